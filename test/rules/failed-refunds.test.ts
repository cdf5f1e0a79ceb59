import type { MemberEvent, PaymentDisputed, RefundAccepted, RefundFailed } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { burn, on, paid, refund } from '../vectors/history-builder.ts'
import { days, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, issuedNet, live, lotsOf, replayed } from '../vectors/reading.ts'

/** EVT-8: a refund that fails takes nothing, whoever let it count and whatever arrives first. */

const timeline = timelineOf(program())
const order = paid('o1', on('2026-01-01T09:00'), 10_000)
const other = paid('o2', on('2026-01-02T09:00'), 5000)
const accepted = (parts: Partial<RefundAccepted> = {}): RefundAccepted => ({
  type: 'refund.accepted',
  source: 'laurel',
  id: 'accept',
  stamp: on('2026-08-02T09:00'),
  actor: 'staff-1',
  reason: 'seen',
  refund: 'shop/r1',
  name: 'shop/r1',
  waited: false,
  orderKey: 'shop/o1',
  amount: 4000,
  ...parts,
})
const failed = (at: string, parts: Partial<RefundFailed> = {}): RefundFailed => ({
  type: 'refund.failed',
  source: 'shop',
  id: 'f1',
  stamp: on(at),
  order: 'o1',
  refund: 'r1',
  ...parts,
})
const nameless = { ...refund('r1', 'o1', on('2026-02-01T09:00'), 4000), order: null }
const balance = (...events: readonly MemberEvent[]) => balanceOf(live(timeline, events).member)
const active = (...events: readonly MemberEvent[]) => balance(...events).active

describe('EVT-8 a refund that a person accepted fails', () => {
  const overdue = refund('r1', 'o1', on('2026-08-01T09:00'), 4000)

  test('against its order, and against another one', () => {
    expect(active(order, overdue)).toBe(100)
    expect(active(order, overdue, accepted())).toBe(60)
    expect(active(order, overdue, accepted(), failed('2026-08-03T09:00'))).toBe(100)
    const elsewhere = accepted({ orderKey: 'shop/o2' })
    expect(active(order, other, overdue, elsewhere)).toBe(110)
    expect(active(order, other, overdue, elsewhere, failed('2026-08-03T09:00'))).toBe(150)
  })

  test('what the order counted and what a person let another one count are undone together, once', () => {
    const tooMuch = refund('r1', 'o1', on('2026-01-03T09:00'), 12_000)
    const rest = accepted({ orderKey: 'shop/o2', amount: 2000, stamp: on('2026-01-04T09:00') })
    expect(active(order, other, tooMuch, rest)).toBe(30)
    const once = failed('2026-01-05T09:00')
    expect(active(order, other, tooMuch, rest, once)).toBe(150)
    expect(active(order, other, tooMuch, rest, once, failed('2026-01-06T09:00', { id: 'f2' }))).toBe(150)
  })

  test('without an order, to the lots it came from', () => {
    const asset = points({ expiry: { type: 'life', life: days(200), endOf: null } })
    const living = timelineOf(program({ assets: [asset] }))
    const alone = accepted({ orderKey: null, stamp: on('2026-02-02T09:00') })
    const history = [order, other, nameless, alone, failed('2026-02-03T09:00', { order: null })]
    expect(balanceOf(live(living, history.slice(0, 4)).member).active).toBe(110)
    expect(lotsOf(live(living, history).member)).toEqual(lotsOf(live(living, [order, other]).member))
    expect(issuedNet(effectsOf(living, history))).toBe(150)
  })

  test('without an order, what became debt and what was waived', () => {
    const spent = burn('b1', on('2026-01-10T09:00'), 80)
    const alone = accepted({ orderKey: null, stamp: on('2026-02-02T09:00') })
    const gone = failed('2026-02-03T09:00', { order: null })
    expect(balance(order, ...spent, nameless, alone)).toMatchObject({ active: 0, debt: 20 })
    expect(balance(order, ...spent, nameless, alone, gone)).toMatchObject({ active: 20, debt: 0 })
    const kind = timelineOf(program({ refunds: { accept: days(180), shortfall: 'waive', limit: new Map() } }))
    const waived = live(kind, [order, ...spent, nameless, alone, gone]).member
    expect(balanceOf(waived)).toMatchObject({ active: 20, debt: 0 })
  })

  test('a chargeback that came too late, accepted and then won', () => {
    const dispute = (status: 'opened' | 'won', at: string): PaymentDisputed => ({
      ...{ type: 'payment.disputed', source: 'shop', id: status, stamp: on(at) },
      ...{ order: 'o1', dispute: 'd1', status, amount: status === 'opened' ? 4000 : 0 },
    })
    const opened = dispute('opened', '2026-08-01T09:00')
    const counts = accepted({ refund: 'shop/opened', name: 'dispute/shop/d1' })
    expect(active(order, opened, counts)).toBe(60)
    expect(active(order, opened, counts, dispute('won', '2026-08-05T09:00'))).toBe(100)
  })
})

describe('EVT-8 a refund failed before it could count', () => {
  test('in one instant, by its id before it', () => {
    const back = refund('r1', 'o1', on('2026-01-03T09:00'), 4000)
    const sooner = failed('2026-01-03T09:00', { id: 'a-failure' })
    expect(active(order, sooner, back)).toBe(100)
    expect(balanceOf(replayed(timeline, [back, sooner, order]).member).active).toBe(100)
  })

  test('it waits for no order, and an order that comes later gives in full', () => {
    const early = refund('r1', 'o1', on('2025-12-30T09:00'), 4000)
    const { member } = live(timeline, [early, failed('2025-12-31T09:00')])
    expect(member.waiting).toEqual([])
    expect(active(early, failed('2025-12-31T09:00'), order)).toBe(100)
  })

  test('a person’s acceptance takes nothing where the failure proves to have come before it', () => {
    const overdue = refund('r1', 'o1', on('2026-08-01T09:00'), 4000)
    const late = failed('2026-08-01T10:00')
    expect(balanceOf(replayed(timeline, [order, overdue, accepted(), late]).member).active).toBe(100)
    expect(balanceOf(replayed(timeline, [order, nameless, accepted({ orderKey: null }), late]).member).active).toBe(100)
  })
})
