import { differenceOf, evolve, isSameState, type Member, newMember, type PartWithoutDifference } from '@laurel/engine'
import { expect, test } from 'vitest'
import { changeBy, eachFactLeadsOn, mergeLeadsOn, withoutFact } from './differing.ts'
import { eventfulLives, eventfulPairs } from './eventful.ts'
import { differences } from './every-property.ts'
import { fewCases } from './few-cases.ts'

const suite = fewCases(20)
const { coverage } = suite
differences(suite)

// Random late facts seldom meet a reservation, or the end of a program: here every part is changed.
test('EVT-2 whatever changes in a life, the stored differences of each of its facts lead to the replay', () => {
  for (const life of eventfulLives) eachFactLeadsOn(life, coverage)
})

test('MRG-1 and those of a merge that brings all of it', () => {
  for (const pair of eventfulPairs) mergeLeadsOn(pair, coverage)
})

const belonging = {
  ...{ pool: 'pool-1', plan: 'family', asset: 'points', since: 100, until: null },
  ...{ due: 0, put: 0, claimed: 0, out: 0, waived: 0 },
}

const shortfall: NonNullable<Member['shortfalls']>[number] = {
  ...{ asset: 'points', rule: 'base', version: 1, of: 'order:shop/o1', amount: 20, claimed: 0 },
  ...{ holds: ['r-1', 'r-2'], own: [{ priority: 0, lastDay: 'never' }] },
}

type Cause = 'either' | 'a late fact' | 'a merge'

/**
 * What changes each part of a member in these histories: a late fact, a merge or its end, for whoever remains. Neither: what
 * has no difference of its own, and is made of the ids or of a pool. Values: these histories never have the part, and its
 * difference leads from any of them to any other, and to none. A new part does not compile until it stands here.
 */
const changedBy: {
  readonly [Part in keyof Required<Member>]:
    | Cause
    | (Part extends PartWithoutDifference ? 'neither' : readonly NonNullable<Member[Part]>[])
} = {
  seq: 'either',
  head: 'either',
  firedLocal: 'either',
  firedAt: 'either',
  joinedOn: 'either',
  frozen: 'a late fact',
  left: 'a late fact',
  segments: 'a late fact',
  tags: 'a late fact',
  assets: 'either',
  pending: 'either',
  holds: 'either',
  counts: 'either',
  ladders: 'either',
  waiting: 'either',
  forfeited: 'either',
  owed: 'either',
  history: 'either',
  orders: 'either',
  finished: 'either',
  vouchers: 'either',
  usedFor: 'either',
  closed: 'either',
  badges: 'either',
  entered: 'either',
  missed: [
    [{ id: 'a-1', reward: 'mug', on: 100 }],
    [
      { id: 'a-1', reward: 'mug', on: 100 },
      { id: 'a-2', reward: 'mug', on: 200 },
    ],
    [{ id: 'a-2', reward: 'mug', on: 300 }],
  ],
  occasions: [
    [{ occasion: 'member.birthday', on: 10 }],
    [
      { occasion: 'member.anniversary', on: 20 },
      { occasion: 'member.birthday', on: 10 },
    ],
    [{ occasion: 'member.birthday', on: 375 }],
  ],
  benefitUses: [
    [{ benefit: 'lounge', year: 2026, times: 1, worth: 500 }],
    [{ benefit: 'lounge', year: 2026, times: 3, worth: 1_200 }],
    [
      { benefit: 'lounge', year: 2025, times: 1, worth: 0 },
      { benefit: 'parking', year: 2026, times: 2, worth: 800 },
    ],
  ],
  cards: 'either',
  challenges: 'either',
  arms: 'a late fact',
  chance: 'neither',
  boards: 'either',
  offers: 'either',
  plans: 'either',
  belongings: [
    [belonging],
    [{ ...belonging, due: 40, put: 40, claimed: 10 }],
    [
      { ...belonging, until: 200, out: 20 },
      { ...belonging, pool: 'pool-2', since: 300 },
    ],
    [{ ...belonging, as: 'ben' }],
  ],
  wallet: 'neither',
  referral: 'either',
  friends: 'either',
  paidAhead: 'either',
  aliases: 'a merge',
  merged: 'a merge',
  noted: 'either',
  shortfalls: [
    [shortfall],
    [{ ...shortfall, amount: 5, claimed: 15, holds: [] }],
    [shortfall, { ...shortfall, of: null, holds: ['r-2'] }],
  ],
  keptSeats: [
    [{ reward: 'evening', session: 'june', untilAt: 100, untilLocal: 160 }],
    [
      { reward: 'evening', session: 'june', untilAt: 200, untilLocal: 260 },
      { reward: 'evening', session: 'may', untilAt: 100, untilLocal: 160 },
    ],
    [{ reward: 'tasting', session: 'june', untilAt: 100, untilLocal: 160 }],
  ],
  calledOff: [
    [{ redemption: 'r-1', reward: 'evening', session: 'june', on: 100, back: { asset: 'points', amount: 10 } }],
    [
      { redemption: 'r-1', reward: 'evening', session: 'june', on: 100, back: { asset: 'points', amount: 10 } },
      { redemption: 'r-2', reward: 'evening', session: 'may', on: 200, back: null },
    ],
    [{ redemption: 'r-2', reward: 'evening', session: 'may', on: 300, back: null }],
  ],
  footing: 'either',
  ended: 'either',
  begun: 'a late fact',
  putRight: [
    [{ version: 2, fromAt: 100, from: 160 }],
    [
      { version: 2, fromAt: 100, from: 160 },
      { version: 3, fromAt: 50, from: 110 },
    ],
  ],
  converted: 'a late fact',
}

const causes = ['a late fact', 'a merge'] as const
const happens = (part: string, by: (typeof causes)[number]): boolean => coverage.of(changeBy(by, part)) > 0

const unchanged = (by: (typeof causes)[number]) =>
  Object.entries(changedBy).flatMap(([part, what]) =>
    (what === by || what === 'either') && !happens(part, by) ? [part] : [],
  )

test('late facts and merges change every part that they can', () => {
  // Histories without a fact say nothing of late ones.
  expect(coverage.of(withoutFact)).toBeLessThan(100)
  expect({ facts: unchanged('a late fact'), merges: unchanged('a merge') }).toEqual({ facts: [], merges: [] })
})

test('and no part of which this is not said', () => {
  const isSaid = (what: unknown, by: (typeof causes)[number]) => what === by || what === 'either'
  const changed = Object.entries(changedBy).flatMap(([part, what]) =>
    causes.filter((by) => !isSaid(what, by) && happens(part, by)).map((by) => `${part} by ${by}`),
  )
  expect(changed).toEqual([])
})

const examples = Object.entries(changedBy).filter(([, what]) => typeof what === 'object')

test.each(examples)(
  'EVT-2 the stored difference leads from any example of %s to any other, and to none',
  (part, values) => {
    const states = [newMember(), ...[...values].map((value): Member => ({ ...newMember(), [part]: value }))]
    for (const before of states) {
      for (const after of states) {
        expect(isSameState(before, after)).toBe(before === after)
        expect(isSameState(evolve(before, differenceOf(before, after, [])), after)).toBe(true)
      }
    }
  },
)
