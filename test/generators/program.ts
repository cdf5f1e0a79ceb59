import type { Asset, Award, Cap, Expiry, GivingRule, Ladder, Multiplier, Program, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { capOf, days, earning, level, multiplier, points, program } from '../vectors/program-builder.ts'
import { audience, during, holdout, keptSegments, onActivity, onLine, onOrder, some } from './conditions.ts'
import { endings } from './endings.ts'
import { gifting } from './gifts.ts'
import { cards, challenges, offers, sprint } from './goals.ts'
import { partners } from './partners.ts'
import { memberships } from './plans.ts'
import { referrals } from './referrals.ts'
import { rewards } from './rewards.ts'
import { lifeOf, type Scale, spansOf, zones } from './scale.ts'
import { localOf } from './stamp.ts'

/** Random programs as the compiler would make them: ids exist, first levels reach 0, the last choice is for everyone. */

const multipliers = (
  rule: string,
  scale: Scale,
  ladders: readonly Ladder[],
  take: 'best' | 'first' | 'all',
  lineScoped: boolean,
): fc.Arbitrary<Multiplier[]> =>
  fc
    .array(
      fc.record({
        by: fc.constantFrom([3, 2], [2, 1], [11, 10], [4, 3], [1, 1]),
        audience: audience(ladders),
        when: some(fc.constantFrom(...onOrder), 5),
        lines: lineScoped ? some(fc.constantFrom(...onLine), 3) : fc.constant(null),
        during: some(during(scale), 5),
        holdout,
        grouped: fc.boolean(),
        exclusive: fc.integer({ min: 0, max: 6 }).map((drawn) => drawn === 6),
      }),
      { maxLength: 3, size: 'max' },
    )
    .map((drafts) =>
      drafts.map(({ by: [numerator = 1, denominator = 1], grouped, ...rest }, i) =>
        multiplier(`${rule}-times-${i}`, numerator, denominator, {
          ...rest,
          group: grouped ? { id: `${rule}-bonus`, take } : null,
        }),
      ),
    )

export const plainExpiry = (scale: Scale): fc.Arbitrary<Expiry> =>
  fc.oneof(
    { arbitrary: fc.constant<Expiry>({ type: 'never' }), weight: 1 },
    {
      arbitrary: lifeOf(scale),
      weight: 12,
    },
    {
      arbitrary: fc.record({
        type: fc.constant('date' as const),
        month: fc.constantFrom(1, 3, 12),
        day: fc.constantFrom(1, 9, 31),
        leastLife: fc.constantFrom(null, ...scale.lives),
      }),
      weight: 7,
    },
    {
      arbitrary: fc.record({
        type: fc.constant('anniversary' as const),
        leastLife: fc.constantFrom(null, ...scale.lives),
      }),
      weight: 11,
    },
  )

/** Most refunds are accepted for longer than anybody may be idle: they ask for what was in other stretches. */
export const inactivity = (scale: Scale): fc.Arbitrary<Expiry> =>
  fc.record({
    type: fc.constant('inactive' as const),
    idle: fc.constantFrom(...scale.lives),
    moves: fc.constantFrom(new Set(['order.paid']), new Set(['order.paid', 'activity.visit'])),
  })

const expiry = (scale: Scale): fc.Arbitrary<Expiry> =>
  fc.oneof({ arbitrary: plainExpiry(scale), weight: 4 }, { arbitrary: inactivity(scale), weight: 1 })

// ---- the parts of a program --------------------------------------------------------------------------------------------

const spendable = (scale: Scale): fc.Arbitrary<Asset> =>
  fc
    .record({
      pending: fc.oneof(
        { arbitrary: fc.constant({ type: 'none' as const }), weight: 3 },
        {
          arbitrary: fc.record({ type: fc.constant('period' as const), period: fc.constantFrom(...scale.pendings) }),
          weight: 2,
        },
        {
          arbitrary: fc.record({
            type: fc.constant('event' as const),
            event: fc.constant('order.delivered' as const),
            longest: fc.constantFrom(...scale.pendings),
          }),
          weight: 1,
        },
      ),
      expiry: expiry(scale),
      gifting: gifting(scale),
      lapsedReturns: fc.record({
        member: fc.constantFrom(null, ...scale.graces),
        shop: fc.constantFrom(null, ...scale.graces),
      }),
    })
    .map((parts) => points({ ...parts, burnOrder: ['bonus'] }))

/** So that a charity gets something. */
const worthy = (asset: Asset): Asset => ({ ...asset, worth: { amount: 100, minor: 150 } })

const status: Asset = points({ id: 'status', kind: 'qualifying', name: { en: 'status' } })

/** What whoever enters a level is given. */
const entry: fc.Arbitrary<readonly Award[]> = fc.constantFrom<readonly Award[]>(
  [],
  [],
  [{ type: 'reward', reward: 'gift' }],
  [{ type: 'amount', asset: 'points', amount: 20 }],
  [
    { type: 'amount', asset: 'status', amount: 25 },
    { type: 'badge', badge: 'climber' },
  ],
  [
    { type: 'reward', reward: 'off' },
    { type: 'amount', asset: 'points', amount: 4 },
    { type: 'reward', reward: 'cause' },
    { type: 'reward', reward: 'tree' },
  ],
)

/** A window with periods, some of which leave their surplus to the next. */
const recurring = <W extends object>(window: fc.Arbitrary<W>) =>
  fc
    .tuple(window, fc.constantFrom(null, null, { most: null }, { most: 20 }))
    .map(([drawn, rollOver]) => (rollOver === null ? drawn : { ...drawn, rollOver }))

const ladderNamed = (id: string, scale: Scale): fc.Arbitrary<Ladder> =>
  fc
    .record({
      measure: fc.constantFrom<Ladder['measure']>(
        { type: 'earned', asset: 'status' },
        { type: 'earned', asset: 'points' },
        { type: 'spend' },
        { type: 'spend' },
        { type: 'orders' },
        { type: 'visits' },
        { type: 'activities', name: 'review' },
      ),
      window: fc.oneof(
        recurring(
          fc.record({
            type: fc.constant('calendar' as const),
            unit: fc.constantFrom(...scale.windowUnits),
            keptThrough: fc.boolean(),
          }),
        ),
        recurring(
          fc.record({
            type: fc.constant('fixed-date' as const),
            month: fc.constantFrom(1, 3),
            day: fc.constantFrom(1, 9, 31),
            keptThrough: fc.boolean(),
          }),
        ),
        recurring(fc.record({ type: fc.constant('anniversary' as const), keptThrough: fc.boolean() })),
        fc.record({ type: fc.constant('rolling' as const), length: fc.constantFrom(...scale.rollings) }),
        fc.constant({ type: 'lifetime' as const }),
      ),
      rise: fc.constantFrom('at-once' as const, 'at-once' as const, 'period-end' as const),
      to: fc.constantFrom('earned' as const, 'earned' as const, 'never' as const, 'one-step' as const),
      grace: fc.constantFrom(null, ...scale.graces),
      afterRefund: fc.constantFrom('keep-to-window-end' as const, 'revoke' as const),
      tierExpiry: some(plainExpiry(scale), 4),
      entries: fc.array(entry, { minLength: 2, maxLength: 2 }),
    })
    .map(({ measure, window, rise, to, grace, afterRefund, tierExpiry, entries }) => {
      const [silver, gold] = measure.type === 'spend' ? [3000, 6000] : measure.type === 'earned' ? [30, 60] : [1, 2]
      const top = level('gold', gold, { entry: entries[1] ?? [] })
      const hasPeriods = window.type !== 'rolling' && window.type !== 'lifetime'
      return {
        id,
        measure,
        window,
        // A window without periods has no end of one to rise at, nor to wait for one step down.
        rise: hasPeriods ? rise : 'at-once',
        fall: { to: hasPeriods || to !== 'one-step' ? to : 'earned', grace, warn: [] },
        afterRefund,
        levels: [
          level('member', 0),
          level('silver', silver, { entry: entries[0] ?? [] }),
          tierExpiry === null ? top : { ...top, expiry: new Map([['points', tierExpiry]]) },
        ],
      }
    })

const cap = (id: string, scale: Scale): fc.Arbitrary<Cap> =>
  fc
    .record({
      counts: fc.constantFrom('amount' as const, 'amount' as const, 'times' as const),
      most: fc.constantFrom(10, 50, 80),
      span: fc.oneof(fc.constant({ type: 'order' as const }), ...spansOf(scale)),
      edge: fc.constantFrom('trim' as const, 'refuse' as const),
    })
    .map(({ most, ...parts }) => capOf(id, parts.counts === 'times' ? 2 : most, parts))

interface Surroundings {
  readonly scale: Scale
  readonly ladders: readonly Ladder[]
  readonly caps: readonly Cap[]
  /** What the group of giving rules takes. */
  readonly take: 'best' | 'first' | 'all'
}

const givingRule = (
  id: string,
  on: 'order' | 'activity',
  { scale, ladders, caps, take: groupTakes }: Surroundings,
): fc.Arbitrary<GivingRule> =>
  fc
    .record({
      asset: fc.constantFrom('points', 'points', 'status'),
      per:
        on === 'activity'
          ? fc.constantFrom<GivingRule['per']>(
              { type: 'activity' },
              { type: 'activity' },
              { type: 'fact', fact: 'words', count: 1 },
              { type: 'fact', fact: 'words', count: 7 },
            )
          : fc.constantFrom<GivingRule['per']>(
              { type: 'spend', minor: 100 },
              { type: 'spend', minor: 100 },
              { type: 'spend', minor: 1000 },
              { type: 'spend', minor: 33 },
              { type: 'item' },
              { type: 'order' },
              { type: 'visit' },
            ),
      give: fc.constantFrom(1, 1, 3, 10),
      audience: audience(ladders),
      when: some(fc.constantFrom(...(on === 'order' ? onOrder : onActivity)), 6),
      lines: on === 'order' ? some(fc.constantFrom(...onLine), 6) : fc.constant(null),
      during: some(during(scale), 8),
      include: fc.oneof(
        { arbitrary: fc.constant(new Set<never>()), weight: 3 },
        {
          arbitrary: fc
            .subarray(['tax', 'shipping', 'tip', 'gift-card', 'points', 'stored-value'] as const)
            .map((each) => new Set(each)),
          weight: 1,
        },
      ),
      round: fc.constantFrom('floor' as const, 'ceil' as const, 'half-up' as const, 'half-even' as const),
      stack: fc.constantFrom('add' as const, 'multiply' as const),
      crossing: on === 'order' ? fc.constantFrom('before' as const, 'split' as const) : fc.constant('before' as const),
      caps: fc.subarray(caps.map((_, i) => i)),
      holdout,
      grouped: fc.boolean(),
      exclusive: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 9),
      burnAs: fc.constantFrom(null, null, 'bonus'),
      charity: fc.constantFrom(null, null, null, null, null, 'green-city'),
      expiry: some(plainExpiry(scale), 5),
      take: fc.constantFrom('best' as const, 'first' as const, 'all' as const),
    })
    .chain((parts) =>
      multipliers(
        id,
        scale,
        ladders,
        parts.take,
        on === 'order' && (parts.per.type === 'spend' || parts.per.type === 'item'),
      ).map((found) => ({
        ...parts,
        multipliers: found,
      })),
    )
    .map(({ grouped, take: _take, burnAs, ...rest }) =>
      earning({
        ...rest,
        id,
        burnAs: rest.asset === 'points' ? burnAs : null,
        expiry: rest.asset === 'points' ? rest.expiry : null,
        group: grouped ? { id: 'giving', take: groupTakes } : null,
      }),
    )

const refunds = (scale: Scale): fc.Arbitrary<Program['refunds']> =>
  fc.record({
    accept: fc.constantFrom(...scale.accepts),
    shortfall: fc.constantFrom('debt' as const, 'debt' as const, 'waive' as const),
    limit: fc.constantFrom(new Map<string, number>(), new Map<string, number>(), new Map([['points', 8]])),
  })

const rulesOf = (surroundings: Surroundings) =>
  fc.record({
    onOrder: fc
      .integer({ min: 1, max: 4 })
      .chain((count) =>
        fc.tuple(...Array.from({ length: count }, (_, i) => givingRule(`rule-${i}`, 'order', surroundings))),
      ),
    onActivity: fc
      .tuple(givingRule('reviewed', 'activity', surroundings), givingRule('visited', 'activity', surroundings))
      .map(
        ([reviewed, visited]): Program['onActivity'] =>
          new Map([
            ['review', [reviewed]],
            ['visit', [visited]],
          ]),
      ),
  })

/** A rule that gives once a visit has a cap that says so, as the compiler makes it. */
function withVisits<Rules extends Pick<Program, 'onOrder'>>(
  rules: Rules,
  caps: readonly Cap[],
): Rules & Pick<Program, 'caps'> {
  const visits = rules.onOrder.filter((rule) => rule.per.type === 'visit')
  const onOrder = rules.onOrder.map((rule) => {
    const at = visits.indexOf(rule)
    return at < 0 ? rule : { ...rule, caps: [caps.length + at, ...rule.caps] }
  })
  const once = visits.map(({ id }) =>
    capOf(`visit:${id}`, 1, { counts: 'times', span: { type: 'visit' }, edge: 'refuse' }),
  )
  return { ...rules, onOrder, caps: [...caps, ...once] }
}

/** One or two versions of one program: assets, caps and ladders stay, rules and prices change. */
export const timelines = (scale: Scale): fc.Arbitrary<Timeline> =>
  fc
    .record({
      zone: fc.constantFrom(...zones),
      asset: spendable(scale),
      leavings: fc.array(fc.constantFrom(days(0), ...scale.graces), { minLength: 2, maxLength: 2 }),
      refunds: refunds(scale),
      ladders: fc
        .constantFrom([], ['one'], ['one', 'two'])
        .chain((ids) => fc.tuple(...ids.map((id) => ladderNamed(id, scale)))),
      caps: fc
        .constantFrom([], ['cap-0'], ['cap-0', 'cap-1'])
        .chain((ids) => fc.tuple(...ids.map((id) => cap(id, scale)))),
      starts: fc.constantFrom('always' as const, 'always' as const, 'always' as const, 'later' as const),
      versions: fc.constantFrom(1, 1, 2),
      // A version is announced, begins when it is published, or has begun before.
      publishedDays: fc.constantFrom(0, 0, -2, 3),
      take: fc.constantFrom('best' as const, 'first' as const, 'all' as const),
    })
    .chain(({ zone, asset, leavings, refunds: policy, ladders, caps, starts, versions, publishedDays, take }) =>
      fc
        .record({
          rules: fc.array(rulesOf({ scale, ladders, caps, take }), { minLength: versions, maxLength: versions }),
          prices: rewards(ladders, scale),
          // Cards, offers and the end of the program are each version's own.
          collected: fc.array(cards(ladders), { minLength: versions, maxLength: versions }),
          quests: challenges(scale, ladders),
          sendings: fc.array(offers(scale), { minLength: versions, maxLength: versions }),
          sent: referrals(scale),
          paid: fc.array(memberships(scale), { minLength: versions, maxLength: versions }),
          allied: fc.array(partners, { minLength: versions, maxLength: versions }),
          kept: keptSegments,
          ends: fc.array(endings(scale), { minLength: versions, maxLength: versions }),
        })
        .map(({ rules, prices, collected, quests, sendings, sent, paid, allied, kept, ends }): Timeline => {
          const begin = Date.parse(scale.startsAt[0] ?? '')
          return rules.map((each, i) => {
            const from =
              i === 0 ? (starts === 'always' ? Number.NEGATIVE_INFINITY : begin + 86_400_000) : begin + 5 * 86_400_000
            const published = i === 0 ? Date.UTC(2000, 0, 1) : from + publishedDays * 86_400_000
            return {
              program: program({
                partners: allied[i] ?? new Map(),
                charities: new Map([['green-city', { id: 'green-city', name: {}, impact: null }]]),
                ...withVisits(each, caps),
                version: i + 1,
                zone,
                assets: [ends.some((each) => each.closing?.left.type === 'charity') ? worthy(asset) : asset, status],
                refunds: policy,
                leaving: { forfeitAfter: leavings[i] ?? days(0) },
                ladders,
                rewards: prices,
                places: new Map([
                  ['north', { zone: 'Europe/Dublin', name: {}, partner: 'ally' }],
                  ['south', { zone: 'America/Santiago', name: {}, partner: null }],
                ]),
                cards: collected[i] ?? new Map(),
                challenges: quests,
                offers: sendings[i] ?? new Map(),
                referral: sent,
                memberships: paid[i] ?? new Map(),
                leaderboards: sprint,
                badges: new Map(['climber', 'explorer', 'seeker'].map((id) => [id, { id, name: {}, each: 'ever' }])),
                asksPast: true,
                ...ends[i],
                segments: kept,
              }),
              fromAt: from,
              fromLocal: Number.isFinite(from) ? localOf(from, zone) : from,
              publishedAt: published,
              publishedLocal: localOf(published, zone),
            }
          })
        }),
    )
