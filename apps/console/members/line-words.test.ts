import { expect, test, vi } from 'vitest'

// Where the page is says where the interface is.
vi.stubGlobal('location', new URL('http://localhost/console'))
const { causeText, movementText, ruleText } = await import('./line-words.ts')
const { dayText } = await import('../words/format.ts')
vi.unstubAllGlobals()

test('a rule of the program is named, what the engine calls a movement is not', () => {
  expect(ruleText('full-basket')).toBe('Full basket')
  for (const name of ['repay', 'gift', 'merge', 'shortfall-waived', 'partner-earned']) expect(ruleText(name)).toBe(null)
})

test.each([
  ['web/1001', '1001 from web'],
  ['till-3/2026/17', '2026/17 from till-3'],
  ['laurel/reserve/mask-1', 'A reservation: mask-1'],
  ['laurel/confirm/mask-1/again', 'A reservation was confirmed: mask-1'],
  ['laurel/adjust/goodwill-7', 'An act of staff'],
  ['laurel/joined/maren', 'Joined'],
  ['lot/points/0/20527/20528', `Last day was ${dayText('2026-03-15')}`],
  ['lot/points/1/idle-20517/20528', `Last day was ${dayText('2026-03-15')}`],
  ['pending/web/1001/points/0//20528', `Waited until ${dayText('2026-03-16')}`],
  ['hold/mask-1/time-out', 'mask-1 was not confirmed in time'],
  ['closing/1777593600000', 'The program has ended'],
  ['tier/standing/20528', `Standing reviewed on ${dayText('2026-03-16')}`],
  ['left/20528', `Had left, and nobody came back until ${dayText('2026-03-16')}`],
  ['referral/1773619200000', `Qualified as a friend on ${dayText('2026-03-16')}`],
  ['voucher/card/coffee/web/17/1/20528', `A voucher ended on ${dayText('2026-03-16')}`],
  ['membership/prime/1773619200000', `The membership Prime ended on ${dayText('2026-03-16')}`],
  ['seat/evening/may/1773619200000', `The seat was kept until ${dayText('2026-03-16')}`],
  ['begin/version/3', 'Version 3 of the program began'],
  ['laurel/gift/k', 'A gift'],
  ['laurel/ada/laurel/gift/k', 'A gift, from ada'],
  ['laurel/shop/17/laurel/merge/k', 'A merge, from shop/17'],
  ['laurel/ben/referral/2', 'A referral, from ben'],
  ['laurel/pool:home/spend/mask-1', 'Paid by a pool, from pool:home'],
  ['laurel/pool/spend/mask-1', 'A request to a pool'],
  ['laurel/draw/grinder/round-2/maren', 'Won in a draw: Grinder'],
  ['laurel/returned/ada/laurel/gift/k', 'Came back, as nobody could receive it'],
])('the cause %s reads: %s', (cause, words) => {
  expect(causeText({ cause })).toBe(words)
})

test('a movement that a correction takes back is told as undone, one that it makes as corrected', () => {
  expect(movementText({ from: 'active', to: 'redeemed', revision: 1 })).toBe('Used, corrected')
  expect(movementText({ from: 'redeemed', to: 'held', revision: 1 })).toBe('Used, undone')
  expect(movementText({ from: 'nowhere', to: 'held', revision: 1 })).toContain('nowhere')
})

test('a gift, a merge and a donation read as what they are', () => {
  const textOf = (from: string, to: string) => movementText({ from, to, revision: 0 })
  expect(textOf('active', 'transit')).toBe('Went to another member')
  expect(textOf('transit', 'active')).toBe('Came from another member')
  expect(textOf('issued', 'charity:green-city')).toBe('Earned for a charity')
})
