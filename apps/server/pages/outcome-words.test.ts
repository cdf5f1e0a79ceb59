import { readFileSync } from 'node:fs'
import { compileProgram, type TraceEntry } from '@laurel/engine'
import { expect, test } from 'vitest'
import { givenText, outcomeText } from './outcome-words.ts'

const document = readFileSync(new URL('../../../programs/cashback/program.yaml', import.meta.url), 'utf8')
const { program } = compileProgram(document, { version: 1, hash: '' })
if (program === null) throw new Error('the document does not compile')
const timeline = [{ program, fromAt: 0, fromLocal: 0, publishedAt: 0, publishedLocal: 0 }]

const entryOf = (outcome: TraceEntry['outcome'], because: string | null, amount = 0): TraceEntry => ({
  rule: 'electronics',
  outcome,
  because,
  asset: 'credit',
  amount,
  exact: null,
  perLine: null,
})

test.each([
  ['capped', 'rule:electronics', 'Trimmed by its cap: 8.800 credit less'],
  ['capped', 'group:bonus-weeks', 'Trimmed by the cap of the group Bonus weeks: 8.800 credit less'],
  ['capped', 'budget:electronics', 'Trimmed by its budget: 8.800 credit less'],
  ['cap-refused', 'rule:electronics', 'Not given: its cap was full'],
  ['cap-refused', 'budget:electronics', 'Not given: its budget was full'],
  ['cap-refused', 'visit:electronics', 'Not given: it gave on this visit already'],
  ['group-lost', 'bonus-weeks', 'Not given: another of the group Bonus weeks gave'],
  ['not-for-member', 'terms-not-accepted', 'Not given: not for this member, terms not accepted'],
  ['not-for-member', null, 'Not given: not for this member'],
  ['rounded-to-zero', 'half-even', 'Not given: less than one, rounded to the nearest'],
  ['condition-false', 'order.items >= 5', 'Not given: the condition did not hold: order.items >= 5'],
  ['nothing-left', null, 'Due no longer: nothing of the order is left'],
  ['not-above-first', null, 'Due no more than at first: 8.800 credit less'],
] as const)('EVT-7 %s because of %s reads: %s', (outcome, because, words) => {
  expect(outcomeText(entryOf(outcome, because, 8800), timeline)).toBe(words)
})

test('EVT-7 what a cap took does not stand beside what was given', () => {
  expect(givenText(entryOf('gave', null, 1200), timeline)).toBe('+1.200')
  expect(givenText(entryOf('capped', 'rule:electronics', 8800), timeline)).toBe('')
  expect(givenText(entryOf('cap-refused', 'rule:electronics', 8800), timeline)).toBe('0.000')
  expect(givenText(entryOf('not-above-first', null, 8800), timeline)).toBe('')
  expect(givenText(entryOf('nothing-left', null), timeline)).toBe('0.000')
})
