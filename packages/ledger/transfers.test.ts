import type { Effect } from '@laurel/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AssetBalances, moved, NOTHING } from './accounts.ts'
import { bookOf, move, someActs } from './books.fixture.ts'
import { balanceOf, movesOf, revisionKeyOf, transfersOf } from './transfers.ts'

const points = (amounts: Partial<AssetBalances>): AssetBalances[] => [{ asset: 'points', ...NOTHING, ...amounts }]
const from = (balances: readonly AssetBalances[]) => ({ balances, transferCount: 4 })

test('LED-5 a move becomes a transfer that carries its cause, rule, version, accounts and the balances after it', () => {
  const line = move({ cause: 'shop/o/1', amount: 20, effective: 99, version: 3 })
  expect(transfersOf([line], from(points({ pending: 7, active: 30 })))).toEqual({
    transfers: [
      {
        effectId: 'shop/o/1/base/points:issued>active/0',
        revision: 0,
        asset: 'points',
        from: 'issued',
        to: 'active',
        amount: 20,
        cause: 'shop/o/1',
        rule: 'base',
        version: 3,
        effective: 99,
        number: 5,
        because: null,
        after: { pending: 7, active: 50, held: 0, debt: 0 },
      },
    ],
    movements: [{ asset: 'points', pending: 0, active: 20, held: 0, debt: 0 }],
    transferCount: 5,
  })
})

test('LED-5 moves of one decision with the same key are one transfer, and an instant of its own is a revision of its own', () => {
  const { transfers } = transfersOf(
    [move({ amount: 1 }), move({ amount: 2, effective: 8 }), move({ amount: 4, rule: 'bonus' }), move({ amount: 8 })],
    from([]),
  )
  expect(transfers.map(({ effectId, amount, effective, number }) => [effectId, amount, effective, number])).toEqual([
    ['shop/1/base/points:issued>active/0', 9, 0, 5],
    ['shop/1/base/points:issued>active/1', 2, 8, 6],
    ['shop/1/bonus/points:issued>active/0', 4, 0, 7],
  ])
})

test('LED-1 only moves are lines of the ledger', () => {
  const others: Effect[] = [
    { type: 'lot', asset: 'points', priority: 0, lastDay: 'never', change: 5 },
    { type: 'not-in-force' },
    { type: 'not-earning', because: 'frozen' },
    { type: 'head', position: null, firedLocal: 3, firedAt: null },
    { type: 'refused', refusal: { code: 'short', shortBy: 20 } },
  ]
  expect(movesOf([...others, move()])).toEqual([move()])
  expect(transfersOf(others, from(points({ active: 3 })))).toEqual({ transfers: [], movements: [], transferCount: 4 })
})

const faults: readonly (readonly [why: string, line: Partial<ReturnType<typeof move>>, has: Partial<AssetBalances>])[] =
  [
    ['active would stand at -1', { from: 'active', to: 'held', amount: 31 }, { active: 30 }],
    ['pending would stand at -1', { from: 'pending', to: 'active', amount: 1 }, {}],
    ['held would stand at -5', { from: 'held', to: 'redeemed', amount: 5 }, {}],
    ['debt would stand at -1', { from: 'adjusted', to: 'debt', amount: 3 }, { debt: 2 }],
    ['debt 5 and active 30 both stand', { from: 'debt', to: 'issued', amount: 5 }, { active: 30 }],
    ['debt 2 and active 50 both stand', {}, { debt: 2 }],
    ['nothing moves from active to pending', { from: 'active', to: 'pending', amount: 1 }, { active: 30 }],
    ['0 is no positive whole amount', { amount: 0 }, {}],
    ['-3 is no positive whole amount', { amount: -3 }, {}],
    ['1.5 is no positive whole amount', { amount: 1.5 }, {}],
    ['active would stand at 9007199254740992, beyond what is exact', { amount: 1 }, { active: 2 ** 53 - 1 }],
  ]
test.each(faults)('LED-3 a fault names its entry: %s', (why, line, has) => {
  const bad = move(line)
  const entry = `shop/1/base/points:${bad.from}>${bad.to}`
  expect(() => transfersOf([bad], from(points(has)))).toThrow(
    expect.objectContaining({ name: 'LedgerFault', entry, message: `${entry}: ${why}` }),
  )
})

test('LED-3 a debt may stand beside a credit within a decision, not at its end', () => {
  const credit = move({ amount: 70 })
  const repay = move({ rule: 'repay', from: 'active', to: 'debt', amount: 50 })
  const { movements } = transfersOf([credit, repay], from(points({ debt: 50 })))
  expect(movements).toEqual(points({ active: 20, debt: -50 }))
  expect(() => transfersOf([credit, { ...repay, amount: 49 }], from(points({ debt: 50 })))).toThrow('both stand')
})

test('LED-3 a dip within a decision is a fault even where the end is fine', () => {
  const out = move({ rule: 'reserve', from: 'active', to: 'held', amount: 10 })
  expect(() => transfersOf([out, move()], from([]))).toThrow('active would stand at -10')
  expect(transfersOf([move(), out], from([])).movements).toEqual(points({ active: 40, held: 10 }))
})

test('LED-3 numbers run without a gap and each balance follows from the one before', () => {
  fc.assert(
    fc.property(someActs, (acts) => {
      const book = bookOf('mem_1', acts)
      const transfers = book.decisions.flatMap((decision) => decision.transfers)
      const balances = new Map<string, AssetBalances>()
      for (const [index, { number, asset, after, ...line }] of transfers.entries()) {
        expect(number).toBe(index + 1)
        expect(after).toEqual(moved(balanceOf([...balances.values()], asset), line.from, line.to, line.amount))
        balances.set(asset, { asset, ...after })
      }
      expect([...balances.values()]).toEqual(expect.arrayContaining(book.balances.map((row) => ({ ...row }))))
      expect(new Set(transfers.map((transfer) => transfer.effectId)).size).toBe(transfers.length)
    }),
  )
})

test('LED-5 a key is the same in both directions, and nothing else is', () => {
  const key = revisionKeyOf(move())
  expect(revisionKeyOf(move({ from: 'active', to: 'issued' }))).toBe(key)
  const others = [{ cause: 'shop/2' }, { rule: 'bonus' }, { asset: 'stamps' }, { to: 'pending' as const }]
  for (const other of others) expect(revisionKeyOf(move(other))).not.toBe(key)
})

test('LED-5 the lines of a decision are the same however many others it has', () => {
  const few = fc.array(
    fc.record({
      cause: fc.constantFrom('shop/1', 'shop/2'),
      to: fc.constantFrom('active' as const, 'pending' as const),
      amount: fc.integer({ min: 1, max: 9 }),
      effective: fc.integer({ min: 0, max: 1 }),
      version: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 6, size: 'max' },
  )
  const others = Array.from({ length: 20 }, (_, index) => move({ asset: 'stamps', cause: `shop/other-${index}` }))
  fc.assert(
    fc.property(few, (parts) => {
      const lines = parts.map((part) => move(part))
      const alone = transfersOf(lines, from([])).transfers
      const among = transfersOf([...lines, ...others], from([])).transfers
      expect(among.slice(0, alone.length)).toEqual(alone)
      expect(among).toHaveLength(alone.length + others.length)
    }),
  )
})
