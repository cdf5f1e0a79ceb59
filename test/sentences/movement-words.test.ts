import { type AccountKind, MAY_MOVE } from '@laurel/ledger'
import { expect, test } from 'vitest'
import { ledgerWords } from '../../apps/console/words/en/ledger.ts'

const kinds = Object.keys(MAY_MOVE) as AccountKind[]

test('LED-1 every movement between two accounts has words in the console, and nothing else has', () => {
  const pairs = kinds.flatMap((from) => MAY_MOVE[from].map((to) => `${from} ${to}`))
  expect(Object.keys(ledgerWords.movements).toSorted()).toEqual(pairs.toSorted())
})
