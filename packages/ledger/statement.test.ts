import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOTHING } from './accounts.ts'
import { bookOf, move, someActs } from './books.fixture.ts'
import { balancesAt, movementsOf, type RecordedTransfer, spendableOf, statementOf } from './statement.ts'
import { balanceOf, transfersOf } from './transfers.ts'

/** Posted one after another, each recorded at the time given. */
function recorded(
  ...lines: readonly (readonly [recordedAt: number, line: Parameters<typeof move>[0]])[]
): RecordedTransfer[] {
  const transfers: RecordedTransfer[] = []
  for (const [recordedAt, line] of lines) {
    const balances = [...new Map(transfers.map(({ asset, after }) => [asset, { asset, ...after }])).values()]
    const posting = transfersOf([move(line)], { balances, transferCount: transfers.length, because: 'till/late-7' })
    transfers.push(...posting.transfers.map((transfer) => ({ ...transfer, recordedAt })))
  }
  return transfers
}

test('LED-8 a statement goes by when things count, and a correction stands where it belongs', () => {
  const lines = statementOf(
    recorded(
      [100, { cause: 'shop/1', amount: 50, effective: 10 }],
      [200, { cause: 'shop/2', rule: 'any', from: 'active', to: 'redeemed', amount: 30, effective: 20 }],
      [300, { cause: 'shop/3', amount: 7, effective: 15 }],
      [300, { cause: 'shop/9', asset: 'stamps', amount: 1, effective: 15 }],
    ),
    'points',
  )
  expect(
    lines.map(({ effective, recordedAt, cause, amount, spendable, because }) => [
      effective,
      recordedAt,
      cause,
      amount,
      spendable,
      because,
    ]),
  ).toEqual([
    [10, 100, 'shop/1', 50, 50, 'till/late-7'],
    [15, 300, 'shop/3', 7, 57, 'till/late-7'],
    [20, 200, 'shop/2', -30, 27, 'till/late-7'],
  ])
})

test('LED-8 what is owed counts against what can be spent, so a repayment is no movement of its own', () => {
  const owed = recorded(
    [1, { from: 'debt', to: 'issued', amount: 50 }],
    [2, { cause: 'shop/2', to: 'pending', amount: 70, effective: 1 }],
  )
  const activation = transfersOf(
    [
      move({ cause: 'shop/2', rule: 'activate', from: 'pending', amount: 70, effective: 2 }),
      move({ cause: 'shop/2', rule: 'repay', from: 'active', to: 'debt', amount: 50, effective: 2 }),
    ],
    { balances: [{ asset: 'points', ...NOTHING, pending: 70, debt: 50 }], transferCount: 2 },
  )
  const lines = statementOf([...owed, ...activation.transfers.map((line) => ({ ...line, recordedAt: 3 }))], 'points')
  expect(lines.map(({ rule, amount, spendable }) => [rule, amount, spendable])).toEqual([
    ['base', -50, -50],
    ['base', 0, -50],
    ['activate', 70, 20],
    ['repay', 0, 20],
  ])
})

test('LED-8 a balance is asked for at one instant, as known at another', () => {
  const transfers = recorded(
    [100, { amount: 50, effective: 10 }],
    [200, { cause: 'shop/2', from: 'active', to: 'held', rule: 'reserve', amount: 30, effective: 20 }],
    [300, { cause: 'shop/3', amount: 7, effective: 15 }],
  )
  const lines = transfers.map((transfer) => ({ ...transfer, at: transfer.effective }))
  const at = (instant: number, knownAt?: number) => balancesAt(lines, instant, knownAt)
  const points = (active: number, held = 0) => [{ asset: 'points', ...NOTHING, active, held }]
  expect(at(9)).toEqual(points(0))
  expect(at(10)).toEqual(points(50))
  expect(at(15)).toEqual(points(57))
  expect(at(15, 299)).toEqual(points(50))
  expect(at(20)).toEqual(points(27, 30))
  expect(at(20, 200)).toEqual(points(20, 30))
  expect(at(20, 99)).toEqual(points(0))
})

test('LED-8 the last line of a statement is the balance, of any random history and as known at any time', () => {
  fc.assert(
    fc.property(someActs, fc.nat({ max: 25 }), (acts, known) => {
      const { decisions, balances } = bookOf('mem_1', acts)
      const transfers = decisions.flatMap((decision, index) =>
        decision.transfers.map((transfer) => ({ ...transfer, recordedAt: index })),
      )
      for (const asset of ['points', 'stamps']) {
        const after = statementOf(transfers, asset).at(-1)?.after ?? NOTHING
        expect({ asset, ...after }).toEqual({ asset, ...NOTHING, ...balanceOf(balances, asset) })
        const lines = statementOf(transfers, asset, known)
        const counted = transfers.map((transfer) => ({ ...transfer, at: transfer.effective }))
        const then = balanceOf(balancesAt(counted, Number.POSITIVE_INFINITY, known), asset)
        expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(spendableOf(then))
        expect(lines.at(-1)?.spendable ?? 0).toBe(spendableOf(then))
      }
    }),
  )
})

test('FIN-1 the movement table: what stood, what came and went by its pair of accounts, what stands', () => {
  const transfers = recorded(
    [1, { from: 'opening', amount: 5 }],
    [1, { amount: 100 }],
    [2, { cause: 'shop/2', from: 'active', to: 'held', amount: 60 }],
    [2, { cause: 'shop/2', rule: 'any', from: 'held', to: 'redeemed', amount: 40 }],
    [2, { cause: 'shop/3', from: 'redeemed', to: 'active', amount: 10 }],
    [2, { cause: 'shop/4', from: 'active', to: 'issued', amount: 20 }],
    [2, { cause: 'lot/1', from: 'active', to: 'expired', amount: 15 }],
    [4, { cause: 'shop/5', from: 'active', to: 'transit', amount: 5 }],
    [4, { cause: 'shop/5', rule: 'arrive', from: 'transit', to: 'active', amount: 2 }],
    [4, { cause: 'shop/6', from: 'active', to: 'forfeited', amount: 2 }],
    [4, { cause: 'shop/7', from: 'expired', to: 'active', amount: 1 }],
    [4, { cause: 'shop/8', from: 'active', to: 'adjusted', amount: 4 }],
    [4, { cause: 'shop/9', from: 'expired', to: 'issued', amount: 6 }],
  )
  const none = {
    earned: 0,
    clawedBack: 0,
    returned: 0,
    redeemed: 0,
    expired: 0,
    reinstated: 0,
    forfeited: 0,
    adjusted: 0,
    imported: 0,
    toCharities: 0,
    toPartners: 0,
    fromPartners: 0,
  }
  expect(movementsOf(transfers, (transfer) => `2026-0${transfer.recordedAt}`)).toEqual([
    {
      asset: 'points',
      period: '2026-01',
      opening: 0,
      closing: 105,
      terms: { ...none, imported: 5, earned: 100 },
      standing: { ...NOTHING, active: 105, transit: 0 },
    },
    {
      asset: 'points',
      period: '2026-02',
      opening: 105,
      closing: 40,
      terms: { ...none, redeemed: 40, returned: 10, clawedBack: 20, expired: 15 },
      standing: { ...NOTHING, active: 20, held: 20, transit: 0 },
    },
    {
      asset: 'points',
      period: '2026-04',
      opening: 40,
      closing: 35,
      terms: { ...none, forfeited: 2, reinstated: 7, adjusted: -4, clawedBack: 6 },
      standing: { ...NOTHING, active: 12, held: 20, transit: 3 },
    },
  ])
})

test('FIN-1 AMT-1 sums over members that no number holds are exact, as text', () => {
  const most = Number.MAX_SAFE_INTEGER
  const given = { asset: 'points', from: 'adjusted', to: 'active', amount: most } as const
  const [row] = movementsOf([given, given, { ...given, amount: 1 }], () => '2026-01')
  const sum = '18014398509481983'
  expect(row).toMatchObject({ opening: 0, closing: sum, terms: { adjusted: sum }, standing: { active: sum, debt: 0 } })
})

test('FIN-1 LED-8 over random members every period opens where the last closed, and a later correction leaves closed ones alone', () => {
  fc.assert(
    fc.property(fc.array(someActs, { maxLength: 4 }), fc.nat({ max: 25 }), (stories, now) => {
      const transfers = stories.flatMap((story, member) =>
        bookOf(`mem_${member}`, story).decisions.flatMap((decision, index) =>
          decision.transfers.map((transfer) => ({ ...transfer, recordedAt: index })),
        ),
      )
      const period = (transfer: RecordedTransfer) => String(transfer.recordedAt).padStart(2, '0')
      const rows = movementsOf(transfers, period)
      for (const [index, row] of rows.entries()) {
        const last = rows[index - 1]
        expect(row.opening).toBe(last?.asset === row.asset ? last.closing : 0)
        const [pending = 0, active = 0, held = 0, debt = 0, transit = 0] = Object.values(row.standing).map(Number)
        expect(row.closing).toBe(pending + active + held - debt + transit)
      }
      const closed = movementsOf(
        transfers.filter((transfer) => transfer.recordedAt <= now),
        period,
      )
      expect(rows.filter((row) => Number(row.period) <= now)).toEqual(closed)
    }),
  )
})
