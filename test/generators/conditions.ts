import type { Audience, Condition, During, Ladder, Program, Scope, Traits } from '@laurel/engine'
import fc from 'fast-check'
import { everyone } from '../vectors/program-builder.ts'
import type { Scale } from './scale.ts'

/** What rules, cards and challenges of random programs ask for. */

/** Mostly nobody is held out; of whom has no number nobody ever is (EXP-1). */
export const holdout = fc.constantFrom<Program['messagesHoldout']>(
  null,
  null,
  null,
  null,
  { numerator: 1, denominator: 2 },
  { numerator: 1, denominator: 5 },
)

export const segments = ['fan', 'staff']
export const memberTags = ['vip']
export const plans = ['club']
export const categories = ['skin', 'hair']
export const channels = ['web', 'shop']
export const places = ['north', 'south']
export const activityNames = ['review', 'visit']

export const some = <T>(arbitrary: fc.Arbitrary<T>, oneIn: number): fc.Arbitrary<T | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: oneIn - 1 }, { arbitrary, weight: 1 })

// ---- conditions --------------------------------------------------------------------------------------------------------

const condition = (text: string, test: (scope: Scope) => boolean): Condition => ({ text, test })

export const onOrder: readonly Condition[] = [
  condition('order.lines >= 2', ({ order }) => (order?.lines ?? 0) >= 2),
  condition('order.items >= 2', ({ order }) => (order?.items ?? 0) >= 2),
  condition('order.eligible >= money("30.00")', ({ order }) => (order?.eligible ?? 0) >= 3000),
  condition('"gift" in order.tags', ({ order }) => order?.tags.includes('gift') ?? false),
  condition('member.segments.size() > 0', ({ member }) => member.segments.length > 0),
  condition('order.channel == "web"', ({ order }) => order?.channel === 'web'),
  condition('order.firstOrder', ({ order }) => order?.firstOrder ?? false),
  condition('member.orders >= 2', ({ member }) => member.orders >= 2),
  condition('member.spend >= money("40.00")', ({ member }) => member.spend >= 4000),
  condition('member.daysSinceOrder > 1', ({ member }) => member.daysSinceOrder !== null && member.daysSinceOrder > 1),
]
export const onLine: readonly Condition[] = [
  condition('line.category == "skin"', ({ line }) => line?.category === 'skin'),
  condition('line.category != "hair"', ({ line }) => line?.category !== 'hair'),
  condition('line.kind == "service"', ({ line }) => line?.kind === 'service'),
]
export const onActivity: readonly Condition[] = [
  condition('activity.words >= 30', ({ activity }) => Number(activity?.['words'] ?? 0) >= 30),
  condition('member.orders >= 1', ({ member }) => member.orders >= 1),
]
/** Whoever is marked is a fan in some programs, whatever is told of it. */
export const keptSegments = fc.constantFrom<Program['segments']>(
  new Map(),
  new Map([
    [
      'fan',
      { id: 'fan', name: {}, when: condition('"vip" in member.tags', ({ member }) => member.tags.includes('vip')) },
    ],
  ]),
)
export const never = condition('false', () => false)

/** Whom a rule leaves out: mostly nobody. */
const nobodyOr = (levels: Traits['tiers']): fc.Arbitrary<Traits> =>
  fc
    .constantFrom<Partial<Traits>>(
      {},
      {},
      {},
      {},
      { segments: ['fan'] },
      { tags: memberTags },
      { tiers: levels.slice(-1) },
      { memberships: plans },
    )
    .map((parts) => ({ ...everyone.not, ...parts }))

// ---- parts of rules ----------------------------------------------------------------------------------------------------

export const audience = (ladders: readonly Ladder[]): fc.Arbitrary<Audience> => {
  const wanted = ladders.flatMap((ladder) => ladder.levels.map((each) => ({ ladder: ladder.id, level: each.id })))
  return fc.oneof(
    { arbitrary: fc.constant(everyone), weight: 9 },
    {
      arbitrary: fc
        .record({
          tiers: fc.subarray(wanted, { maxLength: Math.min(2, wanted.length) }),
          segments: fc.constantFrom([], [], segments, ['fan']),
          tags: fc.constantFrom([], [], [], memberTags),
          memberships: fc.constantFrom([], [], plans),
          places: fc.constantFrom([], [], [], ['north']),
          channels: fc.constantFrom([], [], ['web']),
          partners: fc.constantFrom([], [], [], ['ally']),
          not: nobodyOr(wanted),
        })
        .map((parts): Audience => ({ ...everyone, ...parts })),
      weight: 3,
    },
  )
}

const hourMs = 3_600_000
export const during = (scale: Scale): fc.Arbitrary<During> => {
  const from = Date.parse(scale.startsAt[0] ?? '') + 86_400_000
  const always: During = { from: null, through: null, weekdays: null, hours: null, except: new Set() }
  return fc.constantFrom<During>(
    { ...always, weekdays: new Set([5, 6]) },
    { ...always, hours: { from: 8 * hourMs, to: 20 * hourMs } },
    { ...always, hours: { from: 22 * hourMs, to: 6 * hourMs } },
    { ...always, from, through: from + 40 * 86_400_000 },
    // What begins on a Friday evening goes on into Saturday, and a day that is left out takes its night with it.
    { ...always, weekdays: new Set([4]), hours: { from: 22 * hourMs, to: 6 * hourMs } },
    { ...always, except: new Set([2, 5, 9].map((each) => from / 86_400_000 + each).map(Math.floor)) },
  )
}
