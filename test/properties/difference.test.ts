import type { Member } from '@laurel/engine'
import { expect, test } from 'vitest'
import { changeBy, withoutFact } from './differing.ts'
import { differences } from './every-property.ts'
import { fewCases } from './few-cases.ts'

// Cases among which every part is changed: a late fact seldom meets a reservation, or the end of a program.
const suite = fewCases(20, 2)
const { coverage } = suite
differences(suite)

/**
 * What changes each part of a member in these histories: a late fact, a merge or its end, for whoever remains. Neither: what is
 * made of the ids, of a pool, or what these histories never have. A new part does not compile until it stands here.
 */
const changedBy: Readonly<Record<keyof Member, 'either' | 'a late fact' | 'a merge' | 'neither'>> = {
  seq: 'either',
  head: 'either',
  firedLocal: 'either',
  firedAt: 'neither',
  joinedOn: 'either',
  frozen: 'a late fact',
  left: 'a late fact',
  segments: 'a late fact',
  tags: 'a late fact',
  assets: 'either',
  pending: 'either',
  holds: 'a late fact',
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
  missed: 'neither',
  occasions: 'neither',
  benefitUses: 'neither',
  cards: 'either',
  challenges: 'either',
  arms: 'neither',
  chance: 'neither',
  boards: 'either',
  offers: 'either',
  plans: 'either',
  belongings: 'neither',
  wallet: 'neither',
  referral: 'a late fact',
  friends: 'either',
  paidAhead: 'neither',
  aliases: 'a merge',
  merged: 'a merge',
  noted: 'either',
  keptSeats: 'neither',
  footing: 'either',
  ended: 'a late fact',
  begun: 'neither',
  converted: 'neither',
}

const unchanged = (by: 'a late fact' | 'a merge') =>
  Object.entries(changedBy).flatMap(([part, what]) =>
    (what === by || what === 'either') && coverage.of(changeBy(by, part)) === 0 ? [part] : [],
  )

test('late facts and merges change every part that they can', () => {
  // Histories without a fact say nothing of late ones.
  expect(coverage.of(withoutFact)).toBeLessThan(100)
  expect({ facts: unchanged('a late fact'), merges: unchanged('a merge') }).toEqual({ facts: [], merges: [] })
})
