import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookOf, move, someActs } from './books.fixture.ts'
import { TrialBalance } from './trial-balance.ts'

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

test('LED-1 over any members each asset sums to zero, and the accounts of members are their balance rows', () => {
  fc.assert(
    fc.property(fc.array(someActs, { maxLength: 4 }), (stories) => {
      const books = stories.map((story, index) => bookOf(`mem_${index}`, 0, story))
      const trial = new TrialBalance()
      for (const { decisions } of books)
        for (const { transfers } of decisions) for (const line of transfers) trial.add(line)
      const rows = trial.rows()
      for (const asset of ['points', 'stamps']) {
        const of = rows.filter((row) => row.asset === asset)
        expect(of.reduce((sum, row) => sum + row.position, 0)).toBe(0)
        for (const account of ['pending', 'active', 'held', 'debt'] as const) {
          const position = of.find((row) => row.account === account)?.position ?? 0
          const held = books.flatMap((book) => book.balances.filter((row) => row.asset === asset))
          const sum = held.reduce((total, row) => total + row[account], 0)
          expect(account === 'debt' ? 0 - position : position).toBe(sum)
        }
      }
    }),
  )
})
