import type { CountedRefund, Excluded, MemberEvent, OrderPaid, OtherMoney, RefundMade } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { adjusted, burn, line, on, paid, refund, refundOfLine } from '../vectors/history-builder.ts'
import { earning, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, live, ofType } from '../vectors/reading.ts'

/** REF-1: shipping, tip and tax are given back without touching a line. */

// 119.00 with 19.00 of tax, shipping 11.90 with 1.90 of tax, a tip of 5.00.
const order: OrderPaid = {
  ...paid('o1', on('2026-03-01T09:00'), [line('1', 11_900, { tax: 1900 })]),
  shipping: { total: 1190, tax: 190 },
  tip: 500,
  payments: [{ by: 'money', amount: 13_590 }],
}
const back = (id: string, other: Partial<OtherMoney>, at = '2026-03-02T09:00'): RefundMade => ({
  ...refund(id, 'o1', on(at), 0),
  other: { shipping: 0, tip: 0, tax: 0, ...other },
})
const including = (...include: readonly Excluded[]) =>
  timelineOf(program({ onOrder: [earning({ include: new Set(include) })] }))
const byDefault = including()
const active = (timeline: typeof byDefault, ...events: readonly MemberEvent[]) =>
  balanceOf(live(timeline, events).member).active
const counted = (...events: readonly MemberEvent[]): CountedRefund['other'][] =>
  (live(byDefault, events).member.orders['shop/o1']?.refunds ?? []).map((known) => known.other)

test('REF-1 it is recorded and takes nothing back where no rule counts it', () => {
  const all = back('r1', { shipping: 1190, tip: 500, tax: 1900 })
  expect(active(byDefault, order)).toBe(100)
  expect(active(byDefault, order, all)).toBe(100)
  expect(counted(order, all)).toEqual([{ shipping: 1190, tip: 500, tax: 1900 }])
  expect(ofType(effectsOf(byDefault, [order, all]), 'refunded')).toMatchObject([{ money: 3590 }])
  expect(ofType(effectsOf(byDefault, [order, all]), 'queued')).toEqual([])
  // Goods are what they were: half of them is half of the points, all of them all.
  expect(active(byDefault, order, all, refund('r2', 'o1', on('2026-03-03T09:00'), 5000))).toBe(50)
  expect(active(byDefault, order, all, refund('r2', 'o1', on('2026-03-03T09:00'), 10_000))).toBe(0)
})

test('EARN-2 REF-1 where a rule counts it, it is due no longer', () => {
  expect(active(including('shipping'), order)).toBe(110)
  expect(active(including('shipping'), order, back('r1', { shipping: 595 }))).toBe(105)
  expect(active(including('shipping'), order, back('r1', { shipping: 1190 }))).toBe(100)
  expect(active(including('tip'), order, back('r1', { tip: 500 }))).toBe(100)
  expect(active(including('tax'), order)).toBe(119)
  expect(active(including('tax'), order, back('r1', { tax: 1000 }))).toBe(109)
  // The tax of shipping is in the same pot, in proportion: 19.00 on the goods, 1.90 on shipping.
  expect(active(including('tax', 'shipping'), order)).toBe(130)
  expect(active(including('tax', 'shipping'), order, back('r1', { tax: 2090 }))).toBe(110)
})

describe('EVT-5 it counts up to what the order had', () => {
  test('the surplus waits for a person', () => {
    const much = back('r1', { shipping: 2000, tip: 600, tax: 9000 })
    expect(counted(order, much)).toEqual([{ shipping: 1190, tip: 500, tax: 1900 }])
    expect(ofType(effectsOf(byDefault, [order, much]), 'queued')).toMatchObject([
      { reason: 'more-than-left', amount: 810 + 100 + 7100 },
    ])
    expect(ofType(effectsOf(byDefault, [order, much, back('r2', { tip: 1 }, '2026-03-03')]), 'queued')).toHaveLength(2)
  })

  test('with a line its own tax goes back, and what is left of the line is less by tax that was given back before', () => {
    const half = refund('half', 'o1', on('2026-03-02T08:00'), 5950)
    expect(counted(order, half, back('r1', { tax: 9000 }))[1]).toEqual({ shipping: 0, tip: 0, tax: 1140 })
    const line1 = refundOfLine('all', 'o1', on('2026-03-03T09:00'), '1')
    const remarks = ofType(effectsOf(byDefault, [order, back('r1', { tax: 1900 }), line1]), 'refunded')
    expect(remarks.map(({ money }) => money)).toEqual([1900, 10_173])
    expect(active(byDefault, order, back('r1', { tax: 1900 }), line1)).toBe(0)
  })

  test('one that comes before its order waits with its whole amount', () => {
    const early = back('r1', { shipping: 300, tip: 200 }, '2026-02-28T09:00')
    expect(ofType(effectsOf(byDefault, [early]), 'queued')).toMatchObject([{ reason: 'order-unknown', amount: 500 }])
    expect(counted(early, order)).toEqual([{ shipping: 300, tip: 200, tax: 0 }])
  })
})

test('AMT-3 by parts or at once, before lines or after them', () => {
  const timeline = including('tax', 'shipping', 'tip')
  const tens = Array.from({ length: 10 }, (_, i) =>
    back(`r${i}`, { shipping: 119, tip: 50, tax: 100 }, `2026-03-02T1${i}:00`),
  )
  const once = back('r', { shipping: 1190, tip: 500, tax: 1000 })
  expect(active(timeline, order, ...tens)).toBe(active(timeline, order, once))
  const half = refund('half', 'o1', on('2026-03-04T09:00'), 5000)
  expect(active(timeline, order, ...tens, half)).toBe(active(timeline, order, once, half))
})

test('EVT-8 one that failed is undone', () => {
  const failed: MemberEvent = {
    ...{ type: 'refund.failed', source: 'shop', id: 'f', stamp: on('2026-03-03T09:00') },
    ...{ order: 'o1', refund: 'r1' },
  }
  const timeline = including('shipping')
  expect(active(timeline, order, back('r1', { shipping: 1190 }), failed)).toBe(110)
})

test('REF-5 a condition on the order’s total does not see tax that was given back; one on shipping sees shipping', () => {
  const dear = earning({
    id: 'dear',
    give: 7,
    per: { type: 'order' },
    when: { text: 'total', test: ({ order: facts }) => (facts?.total ?? 0) >= 11_900 },
  })
  const shipped = earning({
    id: 'shipped',
    give: 20,
    per: { type: 'order' },
    when: { text: 'shipping', test: ({ order: facts }) => (facts?.shipping ?? 0) > 0 },
  })
  const timeline = timelineOf(program({ onOrder: [dear, shipped] }))
  expect(active(timeline, order)).toBe(27)
  expect(active(timeline, order, back('r1', { tax: 1900 }))).toBe(27)
  expect(active(timeline, order, back('r1', { shipping: 1190 }))).toBe(7)
})

test('REF-4 AMT-2 points that paid shipping come back with it', () => {
  // The lines are paid with points first, then 6.90 of shipping and tip: 4.86 of shipping, 2.04 of the tip.
  const gift = adjusted('gift', on('2026-02-01T09:00'), 12_590)
  const spent = burn('b1', on('2026-02-28T09:00'), 12_590)
  const bought: OrderPaid = {
    ...order,
    payments: [
      { by: 'points', amount: 12_590, redemption: 'b1' },
      { by: 'money', amount: 1000 },
    ],
  }
  const events = [gift, ...spent, bought, back('r1', { shipping: 1190 })]
  const remarks = ofType(effectsOf(byDefault, events), 'refunded')
  expect(remarks).toMatchObject([{ money: 704, points: [{ amount: 486 }] }])
  const cancelled: MemberEvent = {
    ...{ type: 'order.cancelled', source: 'shop', id: 'c', stamp: on('2026-03-05T09:00') },
    ...{ order: 'o1', by: 'shop' },
  }
  expect(active(byDefault, ...events, cancelled)).toBe(12_590)
})
