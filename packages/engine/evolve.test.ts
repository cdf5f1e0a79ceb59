import { describe, expect, test } from 'vitest'
import { on, paid, refund } from '../../test/vectors/history-builder.ts'
import type { Effect, LadderChanged, Move } from './effect.ts'
import { evolve } from './evolve.ts'
import {
  type FinishedHold,
  type Forfeited,
  type Hold,
  type LapsedLot,
  type LotEnd,
  type Member,
  newMember,
  type OwedReturn,
  type PendingEntry,
} from './member.ts'
import { compareLots, isSamePart } from './points/asset-state.ts'
import type { Voucher, VoucherStatus } from './vouchers/voucher.ts'

/** The member after these, one after another; what was there before each of them is never touched. */
function after(...effects: Effect[]): Member {
  return effects.reduce((member, effect) => {
    const before = JSON.stringify(member)
    const next = evolve(member, [effect])
    expect(JSON.stringify(member)).toBe(before)
    return next
  }, newMember())
}

const lot = (lastDay: LotEnd, change: number, priority = 0): Effect => ({
  type: 'lot',
  asset: 'points',
  priority,
  lastDay,
  change,
})
const moved = (from: Move['from'], to: Move['to'], amount: number): Move => ({
  ...{ type: 'move', cause: 'shop/1', rule: 'base', asset: 'points', effective: 0, version: 1 },
  ...{ from, to, amount },
})

test('LED-4 moves add up in the accounts of the member, where a debt grows by what leaves it', () => {
  const member = after(moved('issued', 'active', 50), moved('active', 'held', 20), moved('debt', 'issued', 7))
  expect(member.assets).toEqual([
    { asset: 'points', pending: 0, active: 30, held: 20, debt: 7, lots: [], lapsed: [], stretches: [] },
  ])
  expect(evolve(member, [moved('active', 'debt', 4)]).assets[0]).toMatchObject({ active: 26, debt: 3 })
  const gave = evolve(member, [{ ...moved('issued', 'redeemed', 9), asset: 'money' }])
  expect(gave.assets).toEqual(member.assets) // what the program pays is no asset of the member
})

test('LOT-4 lots stand in burn order, whatever order they come in, and are gone at zero', () => {
  const order = [lot(300, 3, 1), lot('never', 5), lot(200, 2), lot('idle-90', 4), lot(100, 1, -1), lot(201, 6)]
  const lots = [
    { priority: -1, lastDay: 100, amount: 1 },
    { priority: 0, lastDay: 200, amount: 2 },
    { priority: 0, lastDay: 201, amount: 6 },
    { priority: 0, lastDay: 'idle-90', amount: 4 },
    { priority: 0, lastDay: 'never', amount: 5 },
    { priority: 1, lastDay: 300, amount: 3 },
  ]
  expect(after(...order).assets[0]?.lots).toEqual(lots)
  expect(after(...order.toReversed()).assets[0]?.lots).toEqual(lots)
  expect(after(...order, lot(201, -2), lot('idle-90', -4)).assets[0]?.lots).toEqual(
    lots.flatMap((one) => (one.lastDay === 'idle-90' ? [] : one.lastDay === 201 ? [{ ...one, amount: 4 }] : [one])),
  )
})

test('LOT-4 two lots are one where priority and end are the same', () => {
  const ends: readonly LotEnd[] = [1, 2, 'idle-9', 'idle-10', 'idle-10@ada', 'never']
  for (const [first, a] of ends.entries()) {
    for (const [second, b] of ends.entries()) {
      expect(Math.sign(compareLots({ priority: 0, lastDay: a }, { priority: 0, lastDay: b }))).toBe(
        Math.sign(first - second),
      )
      expect(compareLots({ priority: 1, lastDay: a }, { priority: 2, lastDay: b })).toBeLessThan(0)
      expect(compareLots({ priority: 2, lastDay: a }, { priority: 1, lastDay: b })).toBeGreaterThan(0)
    }
  }
})

interface Kept<Item> {
  readonly what: string
  readonly items: readonly [Item, Item, Item]
  readonly put: (item: Item) => Effect
  readonly remove: (item: Item) => Effect
  readonly change: (item: Item) => Item
  readonly read: (member: Member) => readonly Item[] | undefined
}

const entry = (id: string): PendingEntry => ({
  ...{ id, owner: 'shop/1', asset: 'points', amount: 5, dueOn: 20_000, awaits: null },
  ...{ priority: 0, expiryOf: '', version: 1 },
})
const hold = (redemption: string): Hold => ({
  ...{ redemption, reward: 'any', asset: 'points', amount: 5, parts: [], untilAt: 9, untilLocal: 9, version: 1 },
})
const finished: FinishedHold = { ...hold('a'), end: 'confirmed', returnsFor: null, returned: 0 }
const lapsed = (priority: number, lastDay: LotEnd, lapsedOn: number): LapsedLot => ({
  priority,
  lastDay,
  lapsedOn,
  amount: 5,
})
const part = (parts: Partial<Forfeited> = {}): Forfeited => ({
  ...{ asset: 'points', owner: null, priority: 0, lastDay: 100, on: 90, amount: 5 },
  ...parts,
})
const owed = (redemption: string): OwedReturn => ({
  ...{ redemption, order: 'shop/1', part: { most: 9, pays: 9, back: 9, all: 9 }, by: 'member' },
})

const isKept = <Item>({ what, items, put, remove, change, read }: Kept<Item>) =>
  test(`LED-4 ${what}: each at its place, changed in place, taken out alone, and nothing where it is not there`, () => {
    const [a, b, c] = items
    const both = after(put(a), put(b))
    expect(read(both)).toEqual([a, b])
    expect(read(evolve(both, [put(change(a))]))).toEqual([change(a), b])
    expect(read(evolve(both, [put(change(b))]))).toEqual([a, change(b)])
    expect(read(evolve(both, [remove(a)]))).toEqual([b])
    expect(read(evolve(both, [remove(b)]))).toEqual([a])
    expect(read(evolve(both, [remove(c)]))).toEqual([a, b])
    expect(read(evolve(both, [put(c)]))).toEqual([a, b, c])
    expect(read(both)).toEqual([a, b])
  })

const withAmount = <Item extends { readonly amount: number }>(item: Item): Item => ({ ...item, amount: 6 })

isKept({
  what: 'pending points',
  items: [entry('a'), entry('b'), entry('c')],
  put: (item) => ({ type: 'pending', entry: item }),
  remove: (item) => ({ type: 'pending', entry: { ...item, amount: 0 } }),
  change: withAmount,
  read: ({ pending }) => pending,
})
isKept({
  what: 'reservations',
  items: [hold('a'), hold('b'), hold('c')],
  put: (item) => ({ type: 'hold', hold: item }),
  remove: ({ redemption }) => ({ type: 'hold-ended', redemption, finished }),
  change: withAmount,
  read: ({ holds }) => holds,
})
isKept({
  what: 'returns that are owed',
  items: [owed('a'), owed('b'), owed('c')],
  put: (item) => ({ type: 'owe', redemption: item.redemption, owed: item }),
  remove: ({ redemption }) => ({ type: 'owe', redemption, owed: null }),
  change: (item) => ({ ...item, by: 'shop' as const }),
  read: ({ owed: all }) => all,
})
// Each third differs from the second in one thing only.
for (const [what, ...items] of [
  ['lapsed lots of several priorities', lapsed(0, 100, 101), lapsed(1, 100, 101), lapsed(2, 100, 101)],
  ['lapsed lots of several ends', lapsed(0, 'idle-90', 101), lapsed(0, 'idle-91', 101), lapsed(0, 102, 101)],
  ['lapsed lots of several days', lapsed(0, 'idle-90', 101), lapsed(0, 'idle-90', 102), lapsed(0, 'idle-90', 103)],
] as const) {
  isKept({
    what,
    items,
    put: (item) => ({ type: 'lapsed', asset: 'points', lot: item }),
    remove: (item) => ({ type: 'lapsed', asset: 'points', lot: { ...item, amount: 0 } }),
    change: withAmount,
    read: ({ assets }) => assets[0]?.lapsed,
  })
}
for (const [what, ...items] of [
  ['forfeited assets', part(), part({ asset: 'stars' }), part({ asset: 'miles' })],
  ['forfeited points of several orders', part(), part({ owner: 'shop/1' }), part({ owner: 'shop/2' })],
  ['forfeited points of several priorities', part(), part({ priority: 1 }), part({ priority: 2 })],
  ['forfeited points of several ends', part(), part({ lastDay: 101 }), part({ lastDay: 'never' })],
  ['forfeited points of several days', part(), part({ on: 91 }), part({ on: 92 })],
  ['forfeited points of several charities', part(), part({ charity: 'wood' }), part({ charity: 'sea' })],
] as const) {
  isKept({
    what,
    items,
    put: (item) => ({ type: 'forfeited', part: item }),
    remove: (item) => ({ type: 'forfeited', part: { ...item, amount: 0 } }),
    change: withAmount,
    read: ({ forfeited }) => forfeited,
  })
  test(`REF-2 ${what} are remembered apart`, () => {
    const [a, b, c] = items
    expect([isSamePart(a, a), isSamePart(a, b), isSamePart(b, c)]).toEqual([true, false, false])
  })
}

test('RED-1 a reservation that has ended is kept as finished, and opened again it is not', () => {
  const ended = after({ type: 'hold', hold: hold('a') }, { type: 'hold-ended', redemption: 'a', finished })
  expect([ended.holds, ended.finished]).toEqual([[], { a: finished }])
  const open = evolve(ended, [{ type: 'hold', hold: hold('a') }])
  expect([open.holds, open.finished]).toEqual([[hold('a')], {}])
})

test('EVT-5 what waits for an order goes by source and id', () => {
  const a = refund('a', '1', on('2026-03-01'), 100)
  const fromTill = { ...a, source: 'till' }
  const b = refund('b', '1', on('2026-03-01'), 100)
  const waiting = after(...[a, fromTill, b].map((event): Effect => ({ type: 'wait', event })))
  const without = ({ source, id }: { source: string; id: string }) =>
    evolve(waiting, [{ type: 'wait-ended', source, id }]).waiting
  expect(without(a)).toEqual([fromTill, b])
  expect(without(fromTill)).toEqual([a, b])
  expect(without(b)).toEqual([a, fromTill])
  expect(without(paid('1', on('2026-03-01'), 100))).toEqual([a, fromTill, b])
})

test('EARN-4 what counts towards a cap is kept by period, and dropped with the periods that are over', () => {
  const count = (cap: string, period: number, change: number, dropBefore = 0): Effect => ({
    type: 'count',
    cap,
    period,
    change,
    dropBefore,
  })
  const counted = after(count('a', 1, 5), count('a', 2, 7), count('b', 1, 9))
  const [a1, a2, b1] = [
    { cap: 'a', period: 1, used: 5 },
    { cap: 'a', period: 2, used: 7 },
    { cap: 'b', period: 1, used: 9 },
  ]
  expect(counted.counts).toEqual([a1, a2, b1])
  const then = (effect: Effect) => evolve(counted, [effect]).counts
  expect(then(count('a', 2, 3))).toEqual([a1, { ...a2, used: 10 }, b1])
  expect(then(count('a', 1, -5))).toEqual([a2, b1])
  expect(then(count('a', 3, 1, 2))).toEqual([a2, b1, { cap: 'a', period: 3, used: 1 }])
  expect(then(count('a', 1, 1, 2))).toEqual([a2, b1]) // its own period is over
  expect(then(count('a', 4, 0))).toEqual([a1, a2, b1])
  expect(then(count('b', 2, 1))).toEqual([a1, a2, b1, { cap: 'b', period: 2, used: 1 }])
})

test('TIER-1 a ladder has its standing, keeps what counts for it, and can be gone', () => {
  const standing = { level: 'gold', since: 5, floor: null, override: null, periodStart: null }
  const folded = { highest: 3, net: 2 }
  const rise: LadderChanged = { type: 'tier', ladder: 'a', from: null, to: 'gold', reason: 'reached', standing }
  const other: Effect = { ...rise, ladder: 'b' }
  const counted: Effect = { type: 'qualified', ladder: 'a', removed: [], added: [[1, 10]], folded }
  const member = after(rise, other, counted)
  expect(member.ladders.map(({ ladder, level, entries }) => [ladder, level, entries])).toEqual([
    ['a', 'gold', [[1, 10]]],
    ['b', 'gold', []],
  ])
  const fell = evolve(member, [{ ...rise, standing: { ...standing, level: 'plain' } }]).ladders[0]
  expect(fell).toMatchObject({ level: 'plain', entries: [[1, 10]], folded })
  expect(evolve(member, [{ type: 'ladder-gone', ladder: 'a' }]).ladders.map(({ ladder }) => ladder)).toEqual(['b'])
  expect(evolve(member, [{ ...counted, ladder: 'none' }]).ladders).toEqual(member.ladders)
})

test('TIME-3 the head counts decisions, and keeps its place where only time has passed', () => {
  const position = [7, 6, 'shop', 'paid-1'] as const
  const member = after(
    { type: 'head', position, firedLocal: null, firedAt: 3 },
    { type: 'head', position: null, firedLocal: 5, firedAt: null },
  )
  expect(member).toMatchObject({ seq: 2, head: position, firedLocal: 5, firedAt: null })
})

test('EVT-6 what a member has bought so far is kept, and can be gone', () => {
  const history = { orders: 2, spend: 900, lastOn: 20_010 }
  const bought = after({ type: 'history', history })
  expect(bought.history).toEqual(history)
  expect('history' in evolve(bought, [{ type: 'history', history: null }])).toBe(false)
})

describe('MRG-1 what stands of a merge', () => {
  const voucher = (id: string, status: VoucherStatus): Voucher => ({
    ...{ id, from: 'award', cause: 'shop/2', reward: 'cup', version: 1, status, issued: 0, lastDay: null, left: null },
    uses: [],
  })
  const last = { merge: 'laurel/m1', from: 'ben', cause: 'laurel/ben/m1' }
  const merged: Effect = { type: 'merged', aliases: ['ben'], last }

  test('it can be undone until a voucher comes or is used, not only lapses or is taken back', () => {
    const lastAfter = (status: VoucherStatus) =>
      after(merged, { type: 'voucher', voucher: voucher('v', status) }).merged
    for (const status of ['open', 'used', 'returned', 'given'] as const) expect(lastAfter(status)).toBeUndefined()
    for (const status of ['expired', 'revoked'] as const) expect(lastAfter(status)).toEqual(last)
  })

  test('rows that came with a merge that was undone go, and no others', () => {
    const [bens, adas] = [
      [voucher('b1', 'open'), voucher('b2', 'used')],
      [voucher('a1', 'open'), voucher('a2', 'used')],
    ]
    const both = after(
      ...['a', 'b'].map((redemption): Effect => ({ type: 'hold-ended', redemption, finished })),
      ...[...adas, ...bens].map((each): Effect => ({ type: 'voucher', voucher: each })),
    )
    const without = (vouchers: readonly Voucher[]): Effect => ({
      ...{ type: 'rows-gone', orders: [], finished: ['b'], vouchers },
    })
    const own = evolve(both, [without(bens)])
    expect([own.finished, own.vouchers, own.closed]).toEqual([{ a: finished }, [adas[0]], { a2: adas[1] }])
    const none = evolve(own, [without(adas)])
    expect(['vouchers' in none, 'closed' in none]).toEqual([false, false])
    const orders = { 'shop/1': {}, 'shop/2': {} } as unknown as Member['orders']
    const gone: Effect = { type: 'rows-gone', orders: ['shop/1'], finished: [], vouchers: [] }
    expect(Object.keys(evolve({ ...newMember(), orders }, [gone]).orders)).toEqual(['shop/2'])
  })
})
