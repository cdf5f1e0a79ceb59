import type { ActivePart, Asset, LotEnd, MemberEvent, Stamp } from '@laurel/engine'
import fc from 'fast-check'
import type { Scale } from './scale.ts'
import type { Step } from './told.ts'

/** Points that members give to each other (GIFT-1): what the other one does is told, not lived. */

export const gifting = (scale: Scale): fc.Arbitrary<Asset['gifting']> =>
  fc.oneof(
    fc.constant(null),
    fc.record({
      least: fc.constantFrom(1, 10),
      most: fc.constantFrom(25, 200),
      each: fc.constantFrom(...scale.capUnits),
    }),
  )

interface Named {
  readonly source: string
  readonly id: string
  readonly stamp: Stamp
}

export const sendGift = ({ share, flag }: Step, common: Named): MemberEvent => ({
  ...{ ...common, type: 'gift.send', to: 'ada', asset: 'points' },
  ...{ amount: flag ? share : 5 * share, answer: null },
})

/** Out of the lots of somebody who earns by the same program; some of it may be over by now. */
export function giftFrom({ pick, other, share }: Step, common: Named): MemberEvent {
  const day = Math.floor(common.stamp.local / 86_400_000)
  const ends: readonly LotEnd[] = ['never', `idle-${day - other}`, day - 1, day, day + 1, day + share]
  const parts: ActivePart[] = [{ priority: other % 2, lastDay: ends[pick % ends.length] ?? 'never', amount: 3 * share }]
  if (other > 5) parts.push({ priority: 1, lastDay: day + other, amount: 10 })
  return { ...common, type: 'gift.received', gift: `ben/${common.id}`, from: 'ben', asset: 'points', parts }
}

/** Nobody was there; what no lot covered when it was given lives anew. */
export function giftBack({ pick, other, share, flag }: Step, common: Named): MemberEvent {
  const day = Math.floor(common.stamp.local / 86_400_000)
  const part: ActivePart = { priority: 1, lastDay: day - 1 + (pick % 4), amount: 5 * share }
  const rest: ActivePart = { priority: 1, lastDay: flag ? 'uncovered' : 'never', amount: 1 + other }
  const parts = other % 2 === 0 ? [part] : [part, rest]
  return { ...common, type: 'gift.returned', gift: `shop/${common.id}`, asset: 'points', parts }
}
