import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookOf, move, someActs } from './books.fixture.ts'
import { isSum, TrialBalance } from './trial-balance.ts'

test('LED-1 what leaves an account arrives in another: positions by asset and account', () => {
  const trial = new TrialBalance()
  expect(trial.rows()).toEqual([])
  trial.add(move({ asset: 'stamps', to: 'pending', amount: 3 }))
  trial.add(move({ amount: 50 }))
  trial.add(move({ from: 'active', to: 'redeemed', amount: 20 }))
  trial.add(move({ from: 'debt', to: 'issued', amount: 5 }))
  expect(trial.rows()).toEqual([
    { asset: 'points', account: 'active', position: 30 },
    { asset: 'points', account: 'debt', position: -5 },
    { asset: 'points', account: 'issued', position: -45 },
    { asset: 'points', account: 'redeemed', position: 20 },
    { asset: 'stamps', account: 'issued', position: -3 },
    { asset: 'stamps', account: 'pending', position: 3 },
  ])
})

test('LED-1 positions are exact however large: beyond 2^53 - 1 their digits as text, and a number again within it', () => {
  const trial = new TrialBalance()
  const most = Number.MAX_SAFE_INTEGER
  const positions = () => trial.rows().map(({ position }) => position)
  trial.add(move({ amount: most }))
  expect(positions()).toEqual([most, -most])
  trial.add(move({ amount: 1 }))
  expect(positions()).toEqual(['9007199254740992', '-9007199254740992'])
  trial.add(move({ amount: 1 }))
  expect(positions()).toEqual(['9007199254740993', '-9007199254740993'])
  expect(positions().every(isSum)).toBe(true)
  trial.add(move({ from: 'active', to: 'redeemed', amount: 3 }))
  expect(positions()).toEqual([most - 1, '-9007199254740993', 3])
})

test.each([
  '0',
  '-0',
  '7',
  '9007199254740991',
  '09007199254740993',
  '+9007199254740993',
  '9e15',
  '',
  2 ** 53,
  0.5,
  null,
])('LED-1 %j is no sum as one is written', (value) => {
  expect(isSum(value)).toBe(false)
})

test('LED-1 over any members each asset sums to zero, and the accounts of members are their balance rows', () => {
  fc.assert(
    fc.property(fc.array(someActs, { maxLength: 4 }), (stories) => {
      const books = stories.map((story, index) => bookOf(`mem_${index}`, story))
      const trial = new TrialBalance()
      for (const { decisions } of books)
        for (const { transfers } of decisions) for (const line of transfers) trial.add(line)
      const rows = trial.rows()
      for (const asset of ['points', 'stamps']) {
        const of = rows.filter((row) => row.asset === asset)
        expect(of.reduce((sum, row) => sum + BigInt(row.position), 0n)).toBe(0n)
        for (const account of ['pending', 'active', 'held', 'debt'] as const) {
          const position = Number(of.find((row) => row.account === account)?.position ?? 0)
          const held = books.flatMap((book) => book.balances.filter((row) => row.asset === asset))
          const sum = held.reduce((total, row) => total + row[account], 0)
          expect(account === 'debt' ? 0 - position : position).toBe(sum)
        }
      }
    }),
  )
})
