import type { PoolPlan, Program, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'

/** When every story begins. */
export const START = Date.UTC(2026, 0, 1)
export const people = ['ada', 'ben', 'cem', 'dan'] as const
/** One fewer than there are people. */
export const MOST = 3

/** What may happen around one pool. Days are let pass before each. */
export type Happening = { readonly days: number } & (
  | { readonly type: 'buy'; readonly who: number; readonly amount: number; readonly late: number }
  | { readonly type: 'refund'; readonly order: number; readonly amount: number; readonly late: number }
  | {
      readonly type: 'redeem'
      readonly who: number
      readonly amount: number
      readonly ends: 'confirm' | 'cancel' | 'wait'
    }
  | { readonly type: 'return'; readonly redemption: number }
  | { readonly type: 'join' | 'leave'; readonly who: number }
  | { readonly type: 'close' }
  /** What somebody has earned so far was judged by the wrong version. */
  | { readonly type: 'correct'; readonly who: number }
  /** The outbox does its work, one message after another, in whichever order. */
  | { readonly type: 'deliver'; readonly picks: readonly number[] }
)

const who = fc.nat({ max: people.length - 1 })
const happening: fc.Arbitrary<Happening> = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 1, 9, 25),
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          type: fc.constant('buy' as const),
          who,
          amount: fc.integer({ min: 1, max: 60 }),
          late: fc.constantFrom(0, 0, 0, 2, 12),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          type: fc.constant('refund' as const),
          order: fc.nat({ max: 6 }),
          amount: fc.integer({ min: 1, max: 60 }),
          late: fc.constantFrom(0, 0, 1, 8),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          type: fc.constant('redeem' as const),
          who,
          amount: fc.integer({ min: 1, max: 50 }),
          ends: fc.constantFrom('confirm' as const, 'cancel' as const, 'wait' as const),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ type: fc.constant('return' as const), redemption: fc.nat({ max: 3 }) }),
      },
      { weight: 3, arbitrary: fc.record({ type: fc.constant('join' as const), who }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('leave' as const), who }) },
      {
        weight: 3,
        arbitrary: fc.record({ type: fc.constant('deliver' as const), picks: fc.array(fc.nat(), { maxLength: 8 }) }),
      },
      { weight: 1, arbitrary: fc.constant({ type: 'close' as const }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('correct' as const), who }) },
    ),
  )
  .map(([after, what]) => ({ ...what, days: after }))

/** Somebody comes in, earns by the wrong rate, has their share put in, and is corrected; now and then some of it is held meanwhile. */
const wronglyShared: fc.Arbitrary<Happening[]> = fc
  .record({ who, amount: fc.integer({ min: 20, max: 60 }), held: fc.nat({ max: 30 }) })
  .map(({ who: one, amount, held }): Happening[] => {
    const at = { who: one, days: 0 }
    const deliver = { type: 'deliver', days: 4, picks: Array.from({ length: 8 }, () => 0) } as const
    const redeem = { ...at, type: 'redeem', amount: held, ends: 'wait' } as const
    return [
      ...[{ ...at, type: 'join' } as const, deliver, { ...at, type: 'buy', amount, late: 0 } as const],
      ...[deliver, ...(held > 15 ? [redeem] : []), { ...at, type: 'correct' } as const, deliver],
    ]
  })

export interface PoolCase {
  readonly share: number
  readonly leaving: PoolPlan['leaving']
  readonly shortfall: 'debt' | 'waive'
  /** How many days points wait before they can be used. */
  readonly waits: number
  /** For how many minor units the version that is right gives a point; the wrong one gives it for 100. */
  readonly rightPer: number
  readonly happenings: readonly Happening[]
}

export const poolCases: fc.Arbitrary<PoolCase> = fc.record({
  share: fc.constantFrom(1, 2, 3),
  leaving: fc.constantFrom('keep-in-pool' as const, 'take-share' as const),
  shortfall: fc.constantFrom('debt' as const, 'waive' as const),
  waits: fc.constantFrom(0, 0, 3),
  rightPer: fc.constantFrom(50, 200, 1_000),
  happenings: fc
    .tuple(
      fc.array(happening, { minLength: 8, maxLength: 40 }),
      fc.oneof(fc.constant([]), wronglyShared, wronglyShared),
    )
    .map(([before, after]) => [...before, ...after]),
})

/** By this number nothing is judged but what is corrected: it is published when all is over. */
export const RIGHT = 2
const NEVER = Date.UTC(2126, 0, 1)

export function timelineFor(drawn: PoolCase, limit: number): Timeline {
  const [first, right] = timelineOf(versionFor(drawn, limit, 1, 100), [
    NEVER,
    versionFor(drawn, limit, RIGHT, drawn.rightPer),
  ])
  if (first === undefined || right === undefined) throw new Error('there are two versions')
  return [first, { ...right, fromAt: START, fromLocal: START }]
}

function versionFor(
  { share, leaving, shortfall, waits }: PoolCase,
  limit: number,
  version: number,
  minor: number,
): Program {
  const plan: PoolPlan = {
    ...{ id: 'family', name: {}, asset: 'points', burn: 'everyone', membersMax: MOST, leaving },
    share: { numerator: 1, denominator: share },
  }
  return program({
    version,
    assets: [
      points({
        pending: waits === 0 ? { type: 'none' } : { type: 'period', period: days(waits) },
        expiry: { type: 'life', life: days(40), endOf: null },
      }),
    ],
    onOrder: [earning({ per: { type: 'spend', minor } })],
    pools: new Map([[plan.id, plan]]),
    refunds: { accept: days(180), shortfall, limit: new Map([['points', limit]]) },
  })
}
