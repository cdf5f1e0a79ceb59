import type { Goal, Ladder, Program } from '@laurel/engine'
import fc from 'fast-check'
import { days, everyone } from '../vectors/program-builder.ts'
import { audience, during, holdout, onLine, onOrder, some } from './conditions.ts'
import type { Scale } from './scale.ts'

/** Cards and challenges of random programs: at most one of each, so that what it does is its own. */

export const cards = (ladders: readonly Ladder[]): fc.Arbitrary<Program['cards']> =>
  some(fc.record({ full: fc.constantFrom(20, 35), repeat: fc.boolean(), audience: audience(ladders) }), 3).map(
    (drawn) => {
      if (drawn === null) return new Map()
      const whom = { ...drawn.audience, places: [], channels: [], partners: [] }
      const awards = [{ type: 'reward', reward: 'gift' }] as const
      return new Map([['card', { id: 'card', name: {}, asset: 'points', awards, ...drawn, audience: whom }]])
    },
  )

type Measured = readonly [Goal['measure'], number]

/** What takes a few orders. */
const far: readonly Measured[] = [
  [{ type: 'spend' }, 5000],
  [{ type: 'order' }, 1000],
  [{ type: 'order' }, 3000],
  [{ type: 'orders' }, 2],
  [{ type: 'items' }, 4],
  [{ type: 'visits' }, 2],
  [{ type: 'activities', name: 'review' }, 2],
  [{ type: 'earned', asset: 'points' }, 30],
]
/** What one order can do: a short window holds no more. */
export const near: readonly Measured[] = [
  [{ type: 'spend' }, 1000],
  [{ type: 'spend' }, 3000],
  [{ type: 'order' }, 1000],
  [{ type: 'orders' }, 1],
  [{ type: 'items' }, 2],
  [{ type: 'visits' }, 1],
  [{ type: 'activities', name: 'review' }, 1],
  [{ type: 'earned', asset: 'points' }, 10],
]

export const goal = (measures: readonly Measured[]): fc.Arbitrary<Goal> =>
  fc
    .record({
      measured: fc.constantFrom(...measures),
      comparison: fc.constantFrom('atLeast' as const, 'moreThan' as const),
      onOrders: some(fc.constantFrom(...onOrder), 5),
      lines: some(fc.constantFrom(...onLine), 4),
      places: fc.constantFrom([], [], ['north']),
      channels: fc.constantFrom([], [], ['web']),
      distinct: fc.constantFrom(null, null, 'category' as const, 'sku' as const, 'place' as const, 'day' as const),
    })
    .map(({ measured: [measure, target], onOrders, lines, distinct, ...parts }): Goal => {
      const isOfOrders = !['activities', 'visits', 'earned', 'referrals'].includes(measure.type)
      const canDiffer = measure.type === 'orders' || measure.type === 'items'
      const places = measure.type === 'activities' && (distinct === 'place' || distinct === 'day') ? distinct : null
      return {
        ...parts,
        measure,
        target,
        when: isOfOrders ? onOrders : null,
        lines: isOfOrders ? lines : null,
        distinct: canDiffer ? distinct : places,
      }
    })

/** Friends count for challenges alone: an offer's goal or a friend's own asks for none. */
const withFriends: readonly Measured[] = [...far, [{ type: 'referrals' }, 2]]

export const challenges = (scale: Scale, ladders: readonly Ladder[]): fc.Arbitrary<Program['challenges']> =>
  some(
    fc.record({
      goal: goal(withFriends),
      window: fc.oneof(
        fc.record({
          type: fc.constant('calendar' as const),
          unit: fc.constantFrom(...scale.capUnits, ...scale.windowUnits),
        }),
        fc.constant({ type: 'lifetime' as const }),
      ),
      repeat: fc.constantFrom('each-window' as const, 'once' as const, 'always' as const),
      streaks: fc.boolean(),
      audience: audience(ladders),
      during: some(during(scale), 6),
      afterRefund: fc.constantFrom('keep' as const, 'revoke' as const),
      holdout,
    }),
    3,
  ).map((drawn) => {
    if (drawn === null) return new Map()
    const { streaks, ...parts } = drawn
    const awards = [{ type: 'badge', badge: 'explorer' }] as const
    const streak = streaks && parts.window.type === 'calendar' ? { reach: 2, freeze: 1, awards } : null
    const milestones = [{ id: 'first', reach: 1, awards: [] }]
    const rest = { name: {}, milestones, awards, when: null, budget: null }
    return new Map([['quest', { id: 'quest', ...rest, ...parts, streak }]])
  })

/** Two offers, so that one may be exclusive beside another, and each may come twice. */
export const offers = (scale: Scale): fc.Arbitrary<Program['offers']> => {
  const offer = fc.record({
    goal: goal(near),
    length: fc.constantFrom(...scale.lives, days(9)),
    end: fc.constantFrom('open' as const, 'closed' as const),
    seen: fc.constantFrom('required' as const, 'not-required' as const, 'not-required' as const),
    exclusive: fc.boolean(),
    holdout,
  })
  return fc.tuple(offer, offer).map(
    (drawn) =>
      new Map(
        drawn.map(({ goal: wanted, length, end, seen, exclusive, holdout: share }, i) => {
          const id = offerNames[i] ?? ''
          const awards = [{ type: 'badge', badge: 'seeker' }] as const
          const type = { type: 'goal', goal: wanted, awards, exclusive, budget: null } as const
          return [id, { id, name: {}, type, window: { length, end }, seen, sendTo: null, holdout: share }]
        }),
      ),
  )
}
export const offerNames = ['come-back', 'this-week'] as const

/** Who earns most in a week. */
export const sprint: Program['leaderboards'] = new Map([
  [
    'sprint',
    {
      id: 'sprint',
      name: {},
      measure: { type: 'earned', asset: 'points' },
      window: { type: 'calendar', unit: 'week' },
      ties: 'first',
      top: 10,
      ranks: [],
      audience: everyone,
    },
  ],
])
