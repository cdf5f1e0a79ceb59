import { describe, expect, test } from 'vitest'
import { answered } from '../../../test/properties/living.ts'
import { burn, on, paid, refund } from '../../../test/vectors/history-builder.ts'
import {
  capOf,
  days,
  earning,
  everyone,
  points,
  program,
  reward,
  standing,
  timelineOf,
} from '../../../test/vectors/program-builder.ts'
import type { MemberEvent, TimePassed } from '../event.ts'
import type { Program, Reward } from '../program/program.ts'
import { type Backtested, backtest, mergeBacktested } from './backtest.ts'
import { type Assumption, draftOf, whatRan } from './candidate.ts'

const ran = program({ ladders: [standing(50_000)] })
const upTo: TimePassed = { type: 'time.passed', stamp: on('2026-06-30') }

/** As it is stored: with the answers that were given. */
const pastOf = (member: string, ...events: MemberEvent[]) => ({
  member,
  events: answered(timelineOf(ran), events).filter((event) => event.type !== 'time.passed'),
  told: {},
})
const order = (name: string, day: string, amount: number) => paid(name, on(`2026-${day}T12:00`), amount)

const ann = pastOf('ann', order('1', '01-05', 30_000), order('2', '02-05', 12_000), ...burn('r', on('2026-03-01'), 100))
const ben = pastOf('ben', order('1', '01-06', 60_000), refund('f', '1', on('2026-01-20'), 20_000))
const cas = pastOf('cas', order('1', '01-07', 900))

function backtestedOf(draft: Partial<Program>, assumption: Assumption = 'as-asked', pasts = [ann, ben, cas]) {
  const candidates = [whatRan(timelineOf(ran)), draftOf({ ...ran, ...draft, version: 0 })]
  const [before, after] = backtest(candidates, pasts, { upTo, assumption })
  if (before === undefined || after === undefined) throw new Error('each candidate has its own')
  return { before, after }
}

describe('what a draft costs', () => {
  test('by rule, month and pair of accounts', () => {
    const { before, after } = backtestedOf({ onOrder: [earning({ give: 3, per: { type: 'spend', minor: 200 } })] })
    expect(before.totals.moved).toEqual({
      points: {
        base: { '2026-01': { 'issued>active': 909, 'active>issued': 200 }, '2026-02': { 'issued>active': 120 } },
        reserve: { '2026-03': { 'active>held': 100 } },
        any: { '2026-03': { 'held>redeemed': 100 } },
      },
    })
    expect(after.totals.moved).toMatchObject({
      points: { base: { '2026-01': { 'issued>active': 450 + 900 + 13 }, '2026-02': { 'issued>active': 180 } } },
    })
    expect(before.totals.closing).toEqual({ points: { pending: 0, active: 729, held: 0, debt: 0 } })
    expect(before.totals.gave).toEqual({ base: { '2026-01': 3, '2026-02': 1 } })
  })

  test('points that lapse are seen to lapse', () => {
    const { after } = backtestedOf({ assets: [points({ expiry: { type: 'life', life: days(30), endOf: null } })] })
    expect(after.totals.closing).toEqual({ points: { pending: 0, active: 0, held: 0, debt: 0 } })
    expect(after.totals.refused).toEqual({})
    expect(after.totals.moved).toMatchObject({ points: { expire: { '2026-02': { 'active>expired': 300 + 400 + 9 } } } })
  })

  test('what a cap has cut, and how often', () => {
    const { after } = backtestedOf({ caps: [capOf('rule:base', 250)], onOrder: [earning({ caps: [0] })] })
    expect(after.totals.cut).toEqual({ 'rule:base': { base: { times: 2, amount: 50 + 350 } } })
  })

  test('EARN-5 what all members together would take of a budget, day by day, as if it never ran out', () => {
    const cap = capOf('rule:base', 350, { of: 'program', span: { type: 'ever' } })
    const { after } = backtestedOf({ caps: [cap], onOrder: [earning({ caps: [0] })] })
    expect(after.totals.rooms).toEqual({
      'rule:base/ever': {
        '2026-01-05': 300,
        '2026-01-06': 350,
        '2026-01-07': 9,
        '2026-02-05': 120,
      },
    })
  })
})

describe('whom it touches', () => {
  test('who gains, who loses, by how much, and the biggest of each', () => {
    const { before, after } = backtestedOf({ onOrder: [earning({ give: 200, per: { type: 'order' } })] })
    expect(before.against).toBeNull()
    expect(after.against).toEqual({
      all: { points: { gained: 1, lost: 2, up: 191, down: 20 + 200 } },
      segments: {},
      sizes: { points: { '-10': 1, '-100': 1, '100': 1 } },
      gained: { points: [{ member: 'cas', before: 9, after: 200 }] },
      lost: {
        points: [
          { member: 'ben', before: 400, after: 200 },
          { member: 'ann', before: 420, after: 400 },
        ],
      },
    })
  })

  test('a program against itself: nobody', () => {
    const { before, after } = backtestedOf({})
    expect(after.totals).toEqual(before.totals)
    expect(after.against?.all).toEqual({ points: { same: 3 } })
  })

  test('TIER-3 who reached a level, who came within a fifth of it, and where everyone stands', () => {
    const { before } = backtestedOf({})
    expect(before.totals.aims).toEqual({
      'tier:standing/gold': { reached: 1, near: 1 },
      'reward:any': { reached: 3, near: 0 },
    })
    expect(before.totals.tiers).toEqual({ standing: { gold: 1, silver: 2 } })
    expect(before.totals.tierChanges).toEqual({ standing: { '2026-01': { 'silver>gold': 1 } } })
  })
})

describe('what members do with their points', () => {
  test('ask for what they asked for, and are refused where it no longer goes', () => {
    const { after } = backtestedOf({ onOrder: [earning({ give: 1, per: { type: 'order' } })] })
    expect(after.totals.refused).toEqual({ short: 1, 'unknown-redemption': 1 })
  })

  test('nothing at all', () => {
    const { after } = backtestedOf({}, 'none')
    expect(after.totals.closing).toMatchObject({ points: { active: 829 } })
    expect(after.against?.all).toEqual({ points: { same: 3 } })
  })
})

describe('whoever can afford the cheapest reward takes it at once', () => {
  const draftWith = (rewards: readonly Reward[], parts: Partial<Program> = {}) =>
    backtestedOf({ rewards: new Map(rewards.map((each) => [each.id, each])), ...parts }, 'at-once').after.totals
  const priced = (id: string, amount: number, more: Partial<Reward> = {}): Reward => ({
    ...reward(id),
    price: { type: 'fixed', asset: 'points', choices: [{ audience: everyone, amount }] },
    ...more,
  })

  test('again and again, until nothing is left that buys anything', () => {
    const totals = draftWith([priced('mug', 100), priced('lamp', 250)])
    // ann 300 and 120 later; ben 600, of which 200 are taken back and owed; cas 9.
    expect(totals.vouchers).toEqual({ mug: { open: 3 + 1 + 6 } })
    expect(totals.closing).toMatchObject({ points: { active: 20 + 9, debt: 200 } })
    expect(totals.refused).toEqual({})
  })

  test('also on the day on which time alone makes points usable, before they lapse', () => {
    const waiting = { type: 'period', period: days(14) } as const
    const short = points({ pending: waiting, expiry: { type: 'life', life: days(20), endOf: null } })
    const totals = draftWith([priced('mug', 100)], { assets: [short] })
    // On the day of ben's refund his 600 become usable first.
    expect(totals.vouchers).toEqual({ mug: { open: 3 + 1 + 6 } })
    expect(totals.moved).toMatchObject({
      points: { expire: { '2026-02': { 'active>expired': 9 }, '2026-03': { 'active>expired': 20 } } },
    })
  })

  test('the next cheapest where the cheapest is not to be had', () => {
    const nobody = { ...everyone, segments: ['nobody'] }
    const totals = draftWith([priced('mug', 100, { audience: nobody }), priced('lamp', 250)])
    expect(totals.vouchers).toEqual({ lamp: { open: 1 + 2 } })
    expect(totals.refused).toEqual({})
  })

  test('as much as there is where the member says how much', () => {
    const worth = { amount: 100, minor: 25 }
    const price = { type: 'chosen', asset: 'points', least: 50, most: null, step: 10, worth } as const
    const totals = draftWith([priced('off', 0, { price })])
    expect(totals.closing).toMatchObject({ points: { active: 9 } })
    expect(totals.vouchers).toEqual({ off: { open: 1 + 1 + 1 } })
  })

  test('what ran is lived again by it, too, so that drafts are compared with their like', () => {
    const { before, after } = backtestedOf({}, 'at-once')
    expect(before.totals).toEqual(after.totals)
    expect(after.against?.all).toEqual({ points: { same: 3 } })
  })
})

test('of many members only the biggest differences are named, whichever part they came in', () => {
  const many = Array.from({ length: 30 }, (_, index) => pastOf(`m${index}`, order('1', '01-05', 1_000 + 100 * index)))
  const draft = { onOrder: [earning({ give: 2 })] }
  const whole = backtestedOf(draft, 'as-asked', many).after
  const parts = [many.slice(0, 7), many.slice(7, 8), many.slice(8)].map((some) => [
    backtestedOf(draft, 'as-asked', some).after,
  ])
  const [merged] = parts.reduceRight<readonly Backtested[]>(mergeBacktested, [
    backtestedOf(draft, 'as-asked', []).after,
  ])
  expect(merged).toEqual(whole)
  expect(whole.against?.gained['points']?.map(({ member }) => member)).toEqual(
    Array.from({ length: 10 }, (_, index) => `m${29 - index}`),
  )
})
