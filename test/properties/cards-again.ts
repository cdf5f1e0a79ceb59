import {
  decide,
  differenceOf,
  type Effect,
  firedAsBefore,
  isLate,
  isSameState,
  type Member,
  type MemberEvent,
  newMember,
  replay,
  type Timeline,
  type TimePassed,
  toldBy,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { on, paid, refund } from '../vectors/history-builder.ts'
import { cardOf, days, earning, points, program, reward, timelineOf } from '../vectors/program-builder.ts'

/** STAMP-1 EVT-2: cards that one moment fills, opens and fills again, and facts that come late between them. */

type Recorded = Exclude<MemberEvent, TimePassed>

const award = [{ type: 'reward', reward: 'cup' }] as const
const cardsOf = (fulls: readonly number[]) =>
  new Map(
    fulls.map((full, index) => [`card-${index}`, cardOf(`card-${index}`, full, { asset: 'points', awards: award })]),
  )

const kitchens: fc.Arbitrary<Timeline> = fc.constantFrom([3], [3, 2], 'waiting' as const).map((fulls) =>
  timelineOf(
    program({
      assets: [points(fulls === 'waiting' ? { pending: { type: 'period', period: days(1) } } : {})],
      onOrder: [earning()],
      rewards: new Map([['cup', reward('cup')]]),
      cards: cardsOf(fulls === 'waiting' ? [3] : fulls),
      refunds: { accept: days(180), shortfall: 'debt', limit: new Map() },
    }),
  ),
)

/** Most of it in one moment. */
const moments = ['2026-03-01T09:00', '2026-03-01T09:00', '2026-03-02T09:00', '2026-03-03T09:00'].map((text) => on(text))

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom('buy' as const, 'buy' as const, 'refund' as const, 'use' as const),
    stamp: fc.constantFrom(...moments),
    amount: fc.integer({ min: 1, max: 9 }),
    nth: fc.nat(5),
  }),
  { minLength: 2, maxLength: 8 },
)
type Step = typeof steps extends fc.Arbitrary<readonly (infer Value)[]> ? Value : never

function eventOf(
  { kind, stamp, amount, nth }: Step,
  index: number,
  known: readonly Recorded[],
  member: Member,
): Recorded | null {
  switch (kind) {
    case 'buy':
      return paid(`o${index}`, stamp, amount * 100)
    case 'refund': {
      const orders = known.flatMap((event) => (event.type === 'order.paid' ? [event] : []))
      const order = orders[nth % Math.max(1, orders.length)]
      if (order === undefined) return null
      return refund(`r${index}`, order.order, order.stamp.at > stamp.at ? order.stamp : stamp, amount * 100)
    }
    case 'use': {
      const open = (member.vouchers ?? []).filter(({ status }) => status === 'open')
      const voucher = open[nth % Math.max(1, open.length)]
      if (voucher === undefined) return null
      const at = Math.max(member.head?.[0] ?? 0, member.firedAt ?? 0) + 1
      return {
        ...{ type: 'voucher.use', source: 'shop', id: `u${index}`, stamp: { ...stamp, at, local: at, placeLocal: at } },
        ...{ voucher: voucher.id, orderKey: null, basket: null, amount: null, answer: null },
      }
    }
  }
}

/** What was told again is told so once more, card by card, whatever came late in between; and the second book tells it so from the first. */
export const tellsCardsAgainAlike = () =>
  fc.property(kitchens, steps, (timeline, history) => {
    let member: Member = newMember()
    const known: Recorded[] = []
    const stored: Effect[] = []
    const passed = (): TimePassed | null => {
      const { firedAt: at, firedLocal: local } = member
      const stamp = { at: at ?? 0, local: local ?? 0, placeLocal: local ?? 0, version: null }
      return at === null ? null : { type: 'time.passed', stamp }
    }
    const again = () => replay(timeline, known, passed(), toldBy(stored))
    for (const [index, step] of history.entries()) {
      const event = eventOf(step, index, known, member)
      if (event === null) continue
      if (isLate(member, event)) {
        known.push(event)
        const { member: after, decisions } = again()
        const effects = decisions.flatMap((decision) => decision.effects)
        const next = { ...firedAsBefore(after, member), seq: member.seq + 1 }
        stored.push(...differenceOf(member, next, effects))
        member = next
      } else {
        const { answer, effects, member: next } = decide(timeline, member, event)
        known.push('answer' in event ? ({ ...event, answer } as Recorded) : event)
        stored.push(...effects)
        member = next
      }
      expect(isSameState(firedAsBefore(again().member, member), member)).toBe(true)
      const upTo = passed()
      const book = audit(timeline, upTo === null ? known : [...known, upTo])
      expect(compare(book, replay(timeline, known, upTo).member)).toEqual([])
    }
  })
