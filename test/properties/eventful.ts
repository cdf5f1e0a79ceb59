import type { Program } from '@laurel/engine'
import { sprint } from '../generators/goals.ts'
import type { Pair, Recorded } from '../generators/merging.ts'
import { livesOfDays } from '../generators/scale.ts'
import { challenge, goal, offer, referral } from '../vectors/goal-builder.ts'
import {
  adjusted,
  burn,
  on,
  paid,
  redeem,
  refund,
  reserve,
  returnVoucher,
  useVoucher,
} from '../vectors/history-builder.ts'
import {
  anyAmount,
  capOf,
  cardOf,
  days,
  earning,
  everyone,
  intoStars,
  level,
  months,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import type { Case } from './cases.ts'

/** Lives by hand in which everything changes that a member has: chance meets some of it once in a thousand. */

const twice = goal({ target: 2 })
const quest = challenge('quest', {
  ...{ goal: twice, awards: [{ type: 'badge', badge: 'explorer' }], afterRefund: 'revoke' },
})
const comeBack = offer(twice, {
  ...{ holdout: { numerator: 1, denominator: 100 }, window: { length: days(9), end: 'open' } },
})
const bottle = [{ type: 'reward', reward: 'bottle' }] as const
const ten = [{ type: 'amount', asset: 'points', amount: 10 }] as const
const cup = reward('cup', {
  price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount: 10 }] },
})

const rich: Partial<Program> = {
  assets: [points(), points({ id: 'status', kind: 'qualifying', pending: { type: 'period', period: days(5) } })],
  onOrder: [earning({ caps: [0] }), earning({ id: 'status', asset: 'status' })],
  caps: [capOf('daily', 1_000)],
  ladders: [standing(1_000, { levels: [level('silver', 0), level('gold', 1_000, { entry: ten })] })],
  cards: new Map([['card', cardOf('card', 150, { awards: bottle })]]),
  challenges: new Map([['quest', quest]]),
  badges: new Map([['explorer', { id: 'explorer', name: {}, each: 'ever' }]]),
  leaderboards: sprint,
  offers: new Map([['come-back', comeBack]]),
  memberships: new Map([
    [
      'club',
      {
        ...{ id: 'club', name: {}, fee: 900, benefits: [], audience: everyone, every: months(1), entry: [] },
        ...{ trial: null, grace: null, cancel: 'period-end', holdout: null },
      },
    ],
  ]),
  referral: referral({ friend: ten, advocate: ten, hold: days(2), qualifies: twice }),
  rewards: new Map([anyAmount(), cup, reward('bottle')].map((each) => [each.id, each])),
  partners: new Map([
    ['ally', { id: 'ally', name: {}, settles: { asset: 'points', amount: 1, minor: 1 }, earn: true, burn: true }],
  ]),
  places: new Map([['north', { zone: 'UTC', name: {}, partner: 'ally' }]]),
}

const told = (id: string, at: string) => ({ source: 'shop', id, stamp: on(at) })
const by = (redemption: string) => ({
  payments: [
    { by: 'points', amount: 500, redemption },
    { by: 'money', amount: 500 },
  ] as const,
})

/** What happens to members who may go into another. */
const everything: readonly Recorded[] = [
  { ...told('claim', '2026-03-01'), type: 'referral.claim', advocate: 'cleo', signals: [], recent: 1, answer: null },
  { ...told('sent', '2026-03-01T01:00'), type: 'offer.sent', offer: 'come-back' },
  paid('o1', on('2026-03-02'), 2_000),
  adjusted('gift', on('2026-03-03'), 200),
  { ...told('club', '2026-03-04'), type: 'membership.started', plan: 'club', fee: 900 },
  { ...told('friend', '2026-03-05'), type: 'referral.qualified', from: 'dora', terms: 1, round: 2 },
  { ...told('changed', '2026-03-06'), type: 'member.changed', segments: ['fans'], tags: ['new'], ageAtLeast: 18 },
  ...burn('r1', on('2026-03-07'), 10),
  paid('o2', on('2026-03-07T01:00'), 1_000, by('r1')),
  refund('back', 'o2', on('2026-03-08'), 1_000),
  { ...told('failed', '2026-03-09'), type: 'refund.failed', order: 'o2', refund: 'back' },
  { ...paid('o3', on('2026-03-10'), 1_000, by('r-unknown')), place: 'north' },
  reserve('r2', on('2026-03-11'), 10, { lastsMs: 30 * 86_400_000 }),
  paid('o4', on('2026-03-11T01:00'), 1_000, by('r2')),
  refund('unpaid', 'o4', on('2026-03-12'), 1_000),
  ...redeem('v1', 'cup', on('2026-03-13')),
  useVoucher('use', 'v1', on('2026-03-13T01:00'), { order: 'o5' }),
  paid('o5', on('2026-03-13T02:00'), 1_000),
  ...redeem('v2', 'cup', on('2026-03-13T03:00')),
  returnVoucher('return', 'v2', on('2026-03-13T04:00')),
  ...redeem('v3', 'cup', on('2026-03-13T05:00')),
  useVoucher('use-early', 'v3', on('2026-03-13T06:00'), { order: 'o-unpaid' }),
  refund('waits', 'o-unknown', on('2026-03-14'), 100),
  reserve('r3', on('2026-03-15'), 5),
  paid('o6', on('2026-03-16'), 15_000),
]

/** And to whoever comes and goes. */
const comingAndGoing: readonly Recorded[] = [
  { ...told('frozen', '2026-03-17'), type: 'member.frozen', frozen: true, actor: null, reason: 'lost' },
  { ...told('left', '2026-03-18'), type: 'member.left' },
  paid('o7', on('2026-05-01'), 1_000),
]

const whole = timelineOf(program(rich))

/** From the second of March on everything that is left goes. */
const ending = timelineOf(
  program({
    closing: {
      notice: on('2026-02-01').local,
      earnsUntil: on('2026-03-02').local,
      burnsUntil: on('2026-03-02').local,
      left: { type: 'forfeit' },
    },
  }),
)

/** And here it becomes something else. */
const changing = timelineOf(program(), [
  on('2026-03-02').at,
  program({
    version: 2,
    assets: [points({ id: 'stars' })],
    onOrder: [],
    transitions: intoStars,
  }),
])

const scale = livesOfDays
const early = paid('early', on('2026-03-01'), 1_000)

export const eventfulLives: readonly Case[] = [
  { scale, timeline: whole, events: [...everything, ...comingAndGoing], chance: 1 },
  { scale, timeline: ending, events: [early, paid('late', on('2026-03-03'), 100)] },
  { scale, timeline: changing, events: [early, paid('late', on('2026-03-03', 2), 100)] },
]

const merged: Pair['merged'] = {
  ...{ type: 'member.merged' as const, ...told('merge', '2026-03-16T12:00'), actor: 'staff-1', to: 'ada', head: '' },
  reason: 'same-person',
}
const ofAda: readonly Recorded[] = [
  paid('a1', on('2026-03-02T12:00'), 500),
  reserve('ra', on('2026-03-02T13:00'), 1, { lastsMs: 86_400_000 }),
]

export const eventfulPairs: readonly Pair[] = [
  { timeline: whole, bens: everything, adas: ofAda, merged, late: () => false },
  { timeline: whole, bens: everything, adas: [], merged, late: () => false },
  { timeline: ending, bens: [early], adas: [paid('a1', on('2026-03-01T12:00'), 500)], merged, late: () => true },
]
