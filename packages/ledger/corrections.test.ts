import { type Account, lotDifferences, type Move, movesBetween } from '@laurel/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moved, NOTHING } from './accounts.ts'
import { bookOf, move, someActs } from './books.fixture.ts'
import { correctionsOf, type PostedTotal } from './corrections.ts'
import { revisionKeyOf, type Transfer, transfersOf } from './transfers.ts'

const rich = { balances: [{ asset: 'points', ...NOTHING, active: 1_000 }], transferCount: 9 }
const posted = (parts: Partial<PostedTotal> = {}): PostedTotal => ({ ...move(), revision: 0, ...parts })

test('LED-2 a mistake is corrected by another transfer that goes back along its way and names what made it necessary', () => {
  const { transfers, movements } = correctionsOf([posted()], [move({ amount: 30 })], rich, 'till/late-7')
  expect(transfers).toMatchObject([
    {
      effectId: 'shop/1/base/points:active>issued/1',
      from: 'active',
      to: 'issued',
      amount: 20,
      revision: 1,
      number: 10,
      because: 'till/late-7',
    },
  ])
  expect(movements).toEqual([{ asset: 'points', pending: 0, active: -20, held: 0, debt: 0 }])
})

test('LED-5 differences are of totals, per cause, rule, accounts and instant, in order of instants', () => {
  const before = [
    posted({ amount: 50 }),
    posted({ from: 'active', to: 'issued', amount: 20, revision: 1 }),
    posted({ rule: 'bonus', amount: 5, effective: 4 }),
    posted({ cause: 'shop/2', amount: 7, effective: 2 }),
  ]
  const replayed = [
    move({ amount: 33 }),
    move({ cause: 'till/late-7', amount: 11, effective: -6 }),
    move({ rule: 'bonus', amount: 5, effective: 5 }),
    move({ cause: 'shop/2', amount: 7, effective: 2 }),
  ]
  const { transfers } = correctionsOf(before, replayed, rich, 'till/late-7')
  expect(transfers.map(({ effectId, amount, effective, because }) => [effectId, amount, effective, because])).toEqual([
    ['till/late-7/base/points:issued>active/0', 11, -6, null],
    ['shop/1/base/points:issued>active/2', 3, 0, 'till/late-7'],
    ['shop/1/bonus/points:active>issued/1', 5, 4, 'till/late-7'],
    ['shop/1/bonus/points:issued>active/2', 5, 5, 'till/late-7'],
  ])
})

test('LED-5 differences come in order of instants, also where the later one was found first', () => {
  const found = [7, 5, -3, 6].map((effective) => move({ cause: `shop/${effective}`, effective }))
  expect(movesBetween([], found).map(({ effective }) => effective)).toEqual([-3, 5, 6, 7])
})

test('LED-5 a correction is judged at its end only, where nothing may be below zero', () => {
  const order = move({ amount: 50, effective: 1 })
  const burn = move({ cause: 'shop/2', rule: 'any', from: 'active', to: 'redeemed', amount: 50, effective: 2 })
  const before = [posted(order), posted(burn)]
  const moves = [
    { ...order, amount: 10 },
    { ...burn, amount: 10 },
  ]
  const empty = { balances: [], transferCount: 2 }
  const { transfers, movements } = correctionsOf(before, moves, empty, 'till/late-7')
  expect(transfers.map(({ after }) => after.active)).toEqual([-40, 0])
  expect(movements).toEqual([{ asset: 'points', ...NOTHING }])
  expect(() => correctionsOf(before, [{ ...order, amount: 10 }, burn], empty, 'till/late-7')).toThrow(
    'would stand at -40',
  )
})

const pairs = [
  ['issued', 'active'],
  ['issued', 'pending'],
  ['pending', 'active'],
  ['active', 'redeemed'],
  ['active', 'issued'],
] as const
const someMoves: fc.Arbitrary<Move[]> = fc.array(
  fc
    .record({
      cause: fc.constantFrom('shop/1', 'shop/2', 'lot/points/0/20512/expire'),
      rule: fc.constantFrom('base', 'bonus'),
      asset: fc.constantFrom('points', 'stamps'),
      pair: fc.constantFrom(...pairs),
      amount: fc.integer({ min: 1, max: 9 }),
      effective: fc.integer({ min: 0, max: 2 }),
      version: fc.integer({ min: 1, max: 2 }),
    })
    .map(({ pair: [from, to], ...line }) => move({ ...line, from, to })),
  { maxLength: 30, size: 'max' },
)

/** So much stands everywhere that no difference can take anything below zero. */
const plenty = ['points', 'stamps'].map((asset) => ({ asset, ...NOTHING, pending: 500, active: 500, held: 500 }))

const netBy = (lines: readonly Pick<Move, 'cause' | 'rule' | 'asset' | 'from' | 'to' | 'amount' | 'effective'>[]) => {
  const nets = new Map<string, number>()
  for (const line of lines) {
    const key = `${revisionKeyOf(line)}/${line.effective}`
    nets.set(key, (nets.get(key) ?? 0) + (line.from < line.to ? line.amount : -line.amount))
  }
  return Object.fromEntries([...nets].filter(([, net]) => net !== 0).sort())
}

/** Posted one decision a move, as `GROUP BY` would sum them. */
const post = (moves: readonly Move[]): Transfer[] => {
  const revisions = new Map<string, number>()
  return moves.flatMap((line) => {
    const because = 'any' // lets a random order dip
    const { transfers } = transfersOf([line], { balances: plenty, transferCount: 0, because, revisions })
    for (const transfer of transfers) revisions.set(revisionKeyOf(transfer), transfer.revision + 1)
    return transfers
  })
}

test('LED-5 what was posted and its corrections sum to the replay, and a second time nothing is left to correct', () => {
  fc.assert(
    fc.property(someMoves, someMoves, (old, replayed) => {
      const before = post(old)
      const correction = correctionsOf(
        before,
        replayed,
        { balances: plenty, transferCount: before.length },
        'till/late-7',
      )
      const after = [...before, ...correction.transfers]
      expect(netBy(after)).toEqual(netBy(replayed))
      expect(correctionsOf(after, replayed, { balances: plenty, transferCount: 99 }, 'till/late-7').transfers).toEqual(
        [],
      )
      expect(new Set(after.map((transfer) => transfer.effectId)).size).toBe(after.length)
      // One net movement per account is the sum of the lines.
      for (const { asset, ...movement } of correction.movements) {
        const lines = correction.transfers.filter((transfer) => transfer.asset === asset)
        expect(movement).toEqual(lines.reduce((sum, line) => moved(sum, line.from, line.to, line.amount), NOTHING))
      }
    }),
    { numRuns: 500 },
  )
})

test('LED-5 totals may come summed in any way that keeps keys and instants apart', () => {
  fc.assert(
    fc.property(someMoves, someMoves, (old, replayed) => {
      const single = post(old)
      const sums = new Map<string, PostedTotal>()
      for (const line of single) {
        const key = `${line.cause}/${line.rule}/${line.asset}:${line.from}>${line.to}/${line.effective}`
        const sum = sums.get(key)
        const amount = line.amount + (sum?.amount ?? 0)
        sums.set(key, { ...line, amount, revision: Math.max(line.revision, sum?.revision ?? 0) })
      }
      const before = { balances: plenty, transferCount: 0 }
      const ids = (totals: readonly PostedTotal[]) =>
        correctionsOf(totals, replayed, before, 'till/late-7').transfers.map(({ effectId, amount }) => [
          effectId,
          amount,
        ])
      expect(ids([...sums.values()]).sort()).toEqual(ids(single).sort())
    }),
  )
})

test('LED-4 the lots of a correction are the difference of the lots', () => {
  const lots = (...amounts: readonly (readonly [number | 'never', number])[]) => [
    { asset: 'points', lots: amounts.map(([lastDay, amount]) => ({ priority: 0, lastDay, amount })) },
  ]
  const change = (lastDay: number | 'never', by: number) => ({
    type: 'lot',
    asset: 'points',
    priority: 0,
    lastDay,
    change: by,
  })
  expect(lotDifferences(lots([10, 5], [20, 5], ['never', 1]), lots([10, 7], [30, 2], ['never', 1]))).toEqual([
    change(10, 2),
    change(20, -5),
    change(30, 2),
  ])
  expect(lotDifferences([], [])).toEqual([])
})

test('LED-5 every transfer of a corrected history is of a legal pair, in one direction or the other', () => {
  const seen = new Set<Account>()
  fc.assert(
    fc.property(someActs, (acts) => {
      const late = bookOf('mem_1', acts).decisions.filter(({ entry }) => entry.because !== null)
      for (const { entry, transfers } of late) {
        expect(transfers.length).toBeGreaterThan(0)
        for (const transfer of transfers) {
          seen.add(transfer.from)
          const own = transfer.cause === entry.because
          expect([transfer.because, transfer.revision === 0]).toEqual([own ? null : entry.because, own])
        }
      }
    }),
  )
  expect(seen.has('issued') && seen.has('active')).toBe(true)
})
