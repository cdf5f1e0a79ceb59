import { expect, test } from 'vitest'
import { on, paid, refund } from '../../../test/vectors/history-builder.ts'
import {
  capOf,
  days,
  earning,
  everyone,
  multiplier,
  points,
  program,
  reward,
  standing,
} from '../../../test/vectors/program-builder.ts'
import type { MemberEvent, TimePassed } from '../event.ts'
import type { AwardingRule, Program } from '../program/program.ts'
import { backtest } from './backtest.ts'
import { draftOf } from './candidate.ts'
import { reportOf } from './report.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

const order = (name: string, day: string, amount: number) => paid(name, on(`2026-${day}T12:00`), amount)
const histories: readonly Recorded[][] = [
  [order('1', '01-05', 50_000), refund('f', '1', on('2026-04-01'), 30_000)],
  [order('1', '01-06', 21_000), order('2', '02-06', 22_000)],
  [order('1', '03-07', 1_000)],
]

function reported(parts: Partial<Program>, fewPercent = 10) {
  const draft = program(parts)
  const recordings = histories.map((events, index) => ({ member: `m${index}`, events, told: {} }))
  const upTo: TimePassed = { type: 'time.passed', stamp: on('2026-06-30') }
  const [backtested] = backtest([draftOf(draft)], recordings, { upTo, assumption: 'as-asked' })
  if (backtested === undefined) throw new Error('one candidate, one result')
  return reportOf(draft, backtested, fewPercent)
}

const priced = (amount: number) => ({ amount, minor: amount / 4 })

test('points and what they are worth, by asset, by rule and by month', () => {
  const life = { type: 'life', life: days(120), endOf: null } as const
  const { assets, rules, members } = reported({ assets: [points({ worth: { amount: 100, minor: 25 }, expiry: life })] })
  expect(members).toBe(3)
  expect(assets).toEqual([
    {
      asset: 'points',
      scale: 0,
      earned: priced(200 + 430 + 10),
      spent: priced(0),
      broken: { amount: 200 + 430, minor: 158 },
      outstanding: { amount: 10, minor: 2 },
      debt: priced(0),
      membersInDebt: 0,
    },
  ])
  expect(rules).toEqual([
    {
      rule: 'base',
      asset: 'points',
      months: [
        { month: '2026-01', given: { amount: 710, minor: 178 }, takenBack: priced(0) },
        { month: '2026-02', given: priced(220), takenBack: priced(0) },
        { month: '2026-03', given: { amount: 10, minor: 2 }, takenBack: priced(0) },
        { month: '2026-04', given: priced(0), takenBack: priced(300) },
      ],
    },
  ])
})

test('no worth is made up where none is stated', () => {
  expect(reported({}).assets[0]?.outstanding).toEqual({ amount: 640, minor: null })
})

test('rules that gave nothing to anybody, multipliers and rules that award among them', () => {
  const nobody = { ...everyone, segments: ['nobody'] }
  const base = earning({ multipliers: [multiplier('twice', 2, 1, { audience: nobody })] })
  const ruling = { when: null, lines: null, during: null, group: null, exclusive: false, holdout: null, budget: null }
  const mug = (id: string, audience: typeof everyone): AwardingRule => ({
    ...ruling,
    id,
    audience,
    caps: [],
    awards: [{ type: 'reward', reward: 'mug' }],
  })
  const { silent } = reported({
    onOrder: [base, earning({ id: 'rare', audience: nobody })],
    awardsOn: { order: [mug('mugs', everyone), mug('never', nobody)], activity: new Map(), occasion: new Map() },
    rewards: new Map([['mug', reward('mug')]]),
  })
  expect(silent).toEqual(['rare', 'twice', 'never'])
})

test('who stands where, and who went up and down in which month', () => {
  const { tiers, tierChanges } = reported({ ladders: [standing(45_000, { afterRefund: 'revoke' })] })
  expect(tiers).toEqual([
    { ladder: 'standing', level: 'silver', members: 3 },
    { ladder: 'standing', level: 'gold', members: 0 },
  ])
  expect(tierChanges).toEqual([
    { ladder: 'standing', month: '2026-01', up: 1, down: 0 },
    { ladder: 'standing', month: '2026-04', up: 0, down: 1 },
  ])
})

test('an aim that too few come to or near is too far', () => {
  const gold = (reach: number, few: number) =>
    reported({ ladders: [standing(reach)] }, few).aims.find(({ of }) => of === 'tier:standing')
  // Of three one came to it, and one within a fifth.
  expect(gold(50_000, 66)).toMatchObject({ name: 'tier:standing/gold', reached: 1, near: 1, isTooFar: false })
  expect(gold(50_000, 67)).toMatchObject({ isTooFar: true })
  expect(gold(90_000, 1)).toMatchObject({ reached: 0, near: 0, isTooFar: true })
})

test('EARN-5 the day on which a budget would have run out, and what would have been asked of it', () => {
  const shared = (most: number) => {
    const cap = capOf('rule:base', most, { of: 'program', span: { type: 'ever' } })
    return reported({ caps: [cap], onOrder: [earning({ caps: [0] })] }).rooms
  }
  expect(shared(750)).toEqual([{ room: 'rule:base/ever', whole: 750, asked: 640, ranOutOn: '2026-02-06' }])
  expect(shared(1_000)).toMatchObject([{ ranOutOn: null }])
})

test('who fares how against the first: everybody, each segment, by the size of the difference, and the biggest of each', () => {
  const [before, after] = [program({}), program({ onOrder: [earning({ give: 200, per: { type: 'order' } })] })]
  const recordings = histories.map((events, index) => ({ member: `m${index}`, events, told: {} }))
  const upTo: TimePassed = { type: 'time.passed', stamp: on('2026-06-30') }
  const backtested = backtest([before, after].map(draftOf), recordings, { upTo, assumption: 'as-asked' })
  const [first, second] = backtested.map((each) => reportOf(after, each, 10).against)
  expect(first).toBeNull()
  expect(second).toEqual([
    {
      asset: 'points',
      ...{ gained: 1, lost: 1, same: 1, up: 190, down: 30 },
      segments: [],
      sizes: [
        { from: -99, to: -10, members: 1 },
        { from: 0, to: 0, members: 1 },
        { from: 100, to: 999, members: 1 },
      ],
      mostGained: [{ member: 'm2', before: 10, after: 200 }],
      mostLost: [{ member: 'm1', before: 430, after: 400 }],
    },
  ])
})

test('how often a cap cut a rule, and by how much', () => {
  const { cuts } = reported({ caps: [capOf('rule:base', 200)], onOrder: [earning({ caps: [0] })] })
  expect(cuts).toEqual([{ cap: 'rule:base', rule: 'base', times: 3, amount: 300 + 10 + 20 }])
})
