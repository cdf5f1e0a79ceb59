import { readFileSync } from 'node:fs'
import { compileProgram, type Timeline } from '@laurel/engine'
import { type AccountKind, MAY_MOVE } from '@laurel/ledger'
import { expect, test } from 'vitest'
import { assetName, causeText, levelName, measuredText, movementText, rewardName, ruleText, wordsOf } from './words.ts'

const document = readFileSync(new URL('../../../programs/glow-club/program.yaml', import.meta.url), 'utf8')

function timelineOf(...documents: string[]): Timeline {
  return documents.map((text, index) => {
    const { program } = compileProgram(text, { version: index + 1, hash: '' })
    if (program === null) throw new Error('the document does not compile')
    return { program, fromAt: index, fromLocal: index, publishedAt: index, publishedLocal: index }
  })
}

test('what has a name is called by its English one, the newest that is there', () => {
  const timeline = timelineOf(document, document.replace('name: { en: Rouge,', 'name: { en: Crimson,'))
  expect(assetName(timeline, 'points')).toBe('points')
  expect(levelName(timeline, 'standing', 'rouge')).toBe('Crimson')
  expect(rewardName(timeline, 'mini-mask')).toBe('Mini mask')
})

test('without an English name another language stands in; without any, the id in words', () => {
  const timeline = timelineOf(document.replace('name: { en: VIB, de: VIB }', 'name: { de: Wichtig }'))
  expect(levelName(timeline, 'standing', 'vib')).toBe('Wichtig')
  expect(levelName(timeline, 'standing', 'gone-level')).toBe('Gone level')
  expect(wordsOf('full-basket')).toBe('Full basket')
  expect(wordsOf('-')).toBe('-')
})

test.each([
  ['{ earned: status }', 'status', '1,250 status points', '1 status point'],
  ['spend', '.00 USD', '12.50 USD', '0.01 USD'],
  ['orders', 'orders', '1,250 orders', '1 order'],
  ['visits', 'visits', '1,250 days with a visit', '1 day with a visit'],
  ['{ activity: review }', 'times', '1,250 × Review', '1 × Review'],
])('TIER-1 what a ladder counts by %s has its unit and decimals', (measure, unit, many, one) => {
  const timeline = timelineOf(
    document
      .replace('measure: { earned: status }', `measure: ${measure}`)
      .replaceAll(/reach: (\d+) status/g, unit.startsWith('.') ? `reach: $1${unit}` : `reach: $1 ${unit}`),
  )
  expect(measuredText(timeline, 'standing', 1250)).toBe(many)
  expect(measuredText(timeline, 'standing', 1)).toBe(one)
  expect(measuredText(timeline, 'gone-ladder', 1250)).toBe('1,250')
})

test('TIER-1 of referrals friends are counted', () => {
  const timeline = timelineOf(
    readFileSync(new URL('../../../programs/saas-advocates/program.yaml', import.meta.url), 'utf8'),
  )
  expect(measuredText(timeline, 'network', 5)).toBe('5 friends')
  expect(measuredText(timeline, 'network', 1)).toBe('1 friend')
})

test('a rule of the program is named, what the engine calls a movement is not', () => {
  expect(ruleText('full-basket')).toBe('Full basket')
  for (const name of ['repay', 'gift', 'merge', 'shortfall-waived', 'partner-earned']) expect(ruleText(name)).toBe(null)
})

test.each([
  ['web/1001', '1001 from web'],
  ['till-3/2026/17', '2026/17 from till-3'],
  ['laurel/reserve/mask-1', 'mask-1 was reserved'],
  ['laurel/confirm/mask-1/again', 'mask-1 was confirmed'],
  ['laurel/adjust/goodwill-7', 'An act of staff'],
  ['laurel/joined/maren', 'Joined'],
  ['lot/points/0/20527/20528', 'Last day was 15 March 2026'],
  ['lot/points/1/idle-20517/20528', 'Last day was 15 March 2026'],
  ['pending/web/1001/points/0//20528', 'Waited until 16 March 2026'],
  ['hold/mask-1/time-out', 'mask-1 was not confirmed in time'],
  ['closing/1777593600000', 'The program has ended'],
  ['tier/standing/20528', 'Standing reviewed on 16 March 2026'],
  ['left/20528', 'Had left, and nobody came back until 16 March 2026'],
  ['referral/1773619200000', 'Qualified as a friend on 16 March 2026'],
  ['voucher/card/coffee/web/17/1/20528', 'A voucher ended on 16 March 2026'],
  ['membership/prime/1773619200000', 'The membership Prime ended on 16 March 2026'],
  ['seat/evening/may/1773619200000', 'The seat was kept until 16 March 2026'],
  ['begin/version/3', 'Version 3 of the program began'],
  ['laurel/gift/k', 'A gift'],
  ['laurel/ada/laurel/gift/k', 'A gift, from ada'],
  ['laurel/shop/17/laurel/merge/k', 'A merge, from shop/17'],
  ['laurel/ben/referral/2', 'A referral, from ben'],
  ['laurel/pool:home/spend/mask-1', 'Paid by a pool, from pool:home'],
  ['laurel/pool/spend/mask-1', 'A request to a pool'],
  ['laurel/draw/grinder/round-2/maren', 'Won in the draw Grinder'],
  ['laurel/returned/ada/laurel/gift/k', 'Came back, as nobody could receive it'],
])('the cause %s reads: %s', (cause, words) => {
  expect(causeText({ cause })).toBe(words)
})

const kinds = Object.keys(MAY_MOVE) as AccountKind[]
const pairs = kinds.flatMap((from) => MAY_MOVE[from].map((to) => [from, to] as const))
const accountOf = (kind: AccountKind) => (kind === 'charity' || kind === 'partner' ? `${kind}:green-city` : kind)

test.each(pairs)('LED-1 a movement from %s to %s has words, forwards, again and back', (from, to) => {
  const line = { from: accountOf(from), to: accountOf(to), revision: 0 }
  const words = movementText(line)
  expect(words).not.toContain('From ')
  expect(movementText({ ...line, revision: 1 })).toBe(`${words}, corrected`)
  const back = { from: line.to, to: line.from, revision: 2 }
  const isOwn = MAY_MOVE[to].includes(from)
  expect(movementText(back)).toBe(isOwn ? `${movementText({ ...back, revision: 0 })}, corrected` : `${words}, undone`)
})

test('a gift, a merge and a donation read as what they are', () => {
  const textOf = (from: string, to: string) => movementText({ from, to, revision: 0 })
  expect(textOf('active', 'transit')).toBe('Went to another member')
  expect(textOf('transit', 'active')).toBe('Came from another member')
  expect(textOf('issued', 'charity:green-city')).toBe('Earned for a charity')
})
