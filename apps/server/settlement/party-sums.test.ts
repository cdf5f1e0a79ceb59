import type { Partner } from '@laurel/engine'
import { expect, test } from 'vitest'
import { program } from '../../../test/vectors/program-builder.ts'
import { partySums } from './party-sums.ts'

const bakery: Partner = {
  ...{ id: 'bakery', name: {}, earn: true, burn: true },
  settles: { asset: 'points', amount: 100, minor: 90 },
}
const terms = program({ partners: new Map([['bakery', bakery]]) })

test('PART-1 AMT-1 what a party owes is exact beyond what a number holds, and rounded once', () => {
  const line = (from: string, to: string, amount: string) => ({
    ...{ from_account: from, to_account: to, amount, asset: 'points', version: 1 },
  })
  const rows = [line('partner:bakery', 'issued', '18014398509481985'), line('redeemed', 'partner:bakery', '4')]
  expect(partySums(rows, () => terms)).toEqual([
    {
      ...{ kind: 'partner', id: 'bakery' },
      amounts: [{ asset: 'points', issued: 18_014_398_509_481_985n, received: 4n }],
      // 0.9 x 18014398509481981 = 16212958658533782.9
      owes: 16_212_958_658_533_783n,
    },
  ])
})
