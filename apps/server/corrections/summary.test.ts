import { expect, test } from 'vitest'
import { nothingElse, type OtherChanges } from './changes.ts'
import { mergeSummaries, nobody, type Summary, summaryOf } from './summary.ts'

const of = (member: string, change: number, debt = 0, others: OtherChanges = nothingElse): Summary =>
  summaryOf(
    { member, facts: 2, changes: [{ asset: 'points', change, debt, borne: debt > 5 ? 5 : 0, pooled: 0 }], ...others },
    { unknown: 1, onTrial: 2, referrals: 4, transfers: 3, sharing: 1 },
  )

test('members add up, those who have more and those who have less apart', () => {
  const summary = [of('ann', 10), of('ben', -4), of('cid', -30, 8)].reduce(mergeSummaries, nobody)
  expect(summary).toMatchObject({
    members: 3,
    facts: 6,
    unknown: 3,
    onTrial: 6,
    referrals: 12,
    transfers: 9,
    sharing: 3,
  })
  expect(summary.assets).toMatchObject([
    {
      asset: 'points',
      up: { members: 1, amount: 10 },
      down: { members: 2, amount: 34 },
      debt: { members: 1, amount: 8 },
      borne: { members: 1, amount: 5 },
    },
  ])
  expect(summary.assets[0]?.biggest.map(({ member }) => member)).toEqual(['cid', 'ann', 'ben'])
})

test('the ten biggest are the same however members are divided', () => {
  const members = Array.from({ length: 40 }, (_, index) => of(`m-${index}`, ((index * 7) % 13) - 6))
  const whole = members.reduce(mergeSummaries, nobody)
  const halves = [members.slice(0, 17), members.slice(17)].map((part) => part.reduce(mergeSummaries, nobody))
  expect(halves.reduce(mergeSummaries, nobody)).toEqual(whole)
  expect(whole.assets[0]?.biggest).toHaveLength(10)
})

test('levels, vouchers and lots of members add up by what they are', () => {
  const rise = { ladder: 'club', from: 'silver', to: 'gold', kept: false }
  const coffee = (becomes: 'given' | 'revoked') => ({ voucher: `v-${becomes}`, reward: 'coffee', becomes })
  const lots = [
    { asset: 'points', lastDay: '2026-05-31', change: -50 },
    { asset: 'points', lastDay: '2026-06-30', change: 60 },
  ]
  const members = [
    of('ann', 10, 0, { levels: [rise], lots, vouchers: [coffee('given'), coffee('revoked')] }),
    of('ben', 0, 0, { levels: [rise, { ...rise, to: 'silver', kept: true }], lots: [], vouchers: [coffee('given')] }),
  ]
  const summary = members.reduce(mergeSummaries, nobody)
  expect(summary.levels).toEqual([
    { ...rise, members: 2 },
    { ...rise, to: 'silver', kept: true, members: 1 },
  ])
  expect(summary.vouchers).toEqual([{ reward: 'coffee', given: 2, revoked: 1 }])
  expect(summary.assets[0]?.moved).toEqual({ members: 1, amount: 50 })
  expect(members.toReversed().reduce(mergeSummaries, nobody)).toEqual(summary)
})
