import type { Excluded, OrderPaid } from '@laurel/engine'
import { expect, test } from 'vitest'
import { line, on, paid } from '../vectors/history-builder.ts'
import { earning, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

/** EARN-2: what of an order is spend. */

// Goods for 119.00 with 19.00 of tax, a gift card for 50.00, shipping 11.90 with 1.90 of tax, a tip of 5.00.
const order = (parts: Partial<OrderPaid> = {}): OrderPaid => ({
  ...paid('o1', on('2026-03-01T09:00'), [line('1', 11_900, { tax: 1900 }), line('2', 5000, { kind: 'gift-card' })]),
  shipping: { total: 1190, tax: 190 },
  tip: 500,
  payments: [{ by: 'money', amount: 18_590 }],
  ...parts,
})
const pointsFor = (bought: OrderPaid, ...include: readonly Excluded[]) => {
  const timeline = timelineOf(program({ onOrder: [earning({ include: new Set(include) })] }))
  return balanceOf(live(timeline, [bought]).member).active
}

test('EARN-2 spend is the price of goods alone: no tax, shipping, tip or gift card, unless a rule takes it in', () => {
  expect(pointsFor(order())).toBe(100)
  expect(pointsFor(order(), 'tax')).toBe(119)
  expect(pointsFor(order(), 'gift-card')).toBe(150)
  expect(pointsFor(order(), 'shipping')).toBe(110)
  expect(pointsFor(order(), 'tip')).toBe(105)
  expect(pointsFor(order(), 'tax', 'gift-card', 'shipping', 'tip')).toBe(185) // 185.90
})

test('EARN-2 a discount is no spend: it is spread over the lines', () => {
  // A tenth off 100.00 of goods and 50.00 of gift card.
  const lines = [line('1', 10_000), line('2', 5000, { kind: 'gift-card' })]
  const cheaper = { ...paid('o1', on('2026-03-01T09:00'), lines), discount: 1500 }
  const bought: OrderPaid = { ...cheaper, payments: [{ by: 'money', amount: 13_500 }] }
  expect(pointsFor(bought)).toBe(90)
  expect(pointsFor(bought, 'gift-card')).toBe(135)
})

test('EARN-2 what a gift card or credit paid is no spend, line by line', () => {
  const paidBy = (by: 'gift-card' | 'store-credit'): OrderPaid =>
    paid('o1', on('2026-03-01T09:00'), [line('1', 10_000), line('2', 5000)], {
      payments: [
        { by, amount: 7500 },
        { by: 'money', amount: 7500 },
      ],
    })
  expect(pointsFor(paidBy('gift-card'))).toBe(75)
  expect(pointsFor(paidBy('store-credit'))).toBe(75)
  expect(pointsFor(paidBy('gift-card'), 'stored-value')).toBe(150)
})
