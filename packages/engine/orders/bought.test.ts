import { expect, test } from 'vitest'
import type { OrderContent, Payment } from '../event.ts'
import type { CountedRefund } from '../member.ts'
import type { Program } from '../program/program.ts'
import { boughtWith } from './bought.ts'

const program = { currency: { code: 'EUR', exponent: 2 } } as unknown as Pick<Program, 'currency'>
const line = (id: string, total: number, kind: 'goods' | 'gift-card' = 'goods') => ({
  ...{ id, sku: id, quantity: 1, total, tax: 0, discount: 0, categories: [], brand: null, kind },
})
const content: OrderContent = {
  ...{ order: '1', currency: 'EUR', rate: null, channel: null, place: null, tags: [], discount: 0, tip: 100 },
  lines: [line('a', 6_000), line('b', 2_000), line('card', 5_000, 'gift-card')],
  shipping: { total: 500, tax: 0 },
  payments: [{ by: 'money', amount: 13_600 }],
}
const refund = (change: Partial<CountedRefund>): CountedRefund => ({
  ...{ refund: 'r', everything: false, lines: [], amount: 0, undone: false },
  ...change,
})
const paid = (...payments: Payment[]) => ({ ...content, lines: content.lines.slice(0, 2), payments })

test('goods count with their tax, shipping, tip and what is put on gift cards do not', () => {
  expect(boughtWith(program, { content, refunds: [] })).toEqual({ kept: true, spend: 8_000, refunded: 0 })
})

test('what went back is taken off, and nothing is kept of what went back whole', () => {
  const lines = [{ line: 'b', amount: 2_000, quantity: 1 }]
  expect(boughtWith(program, { content, refunds: [refund({ lines })] })).toEqual({
    ...{ kept: true, spend: 6_000, refunded: 2_000 },
  })
  expect(boughtWith(program, { content, refunds: [refund({ everything: true })] })).toEqual({
    ...{ kept: false, spend: 0, refunded: 8_000 },
  })
  expect(boughtWith(program, { content, refunds: [refund({ everything: true, undone: true })] }).spend).toBe(8_000)
})

test('what points paid is not spent, what a gift card paid is', () => {
  const byPoints = paid({ by: 'points', amount: 2_000, redemption: 'x' }, { by: 'money', amount: 6_600 })
  expect(boughtWith(program, { content: byPoints, refunds: [] }).spend).toBe(6_000)
  expect(boughtWith(program, { content: paid({ by: 'gift-card', amount: 8_600 }), refunds: [] }).spend).toBe(8_000)
})

test('AMT-4 of another currency it is what the order was worth in the program’s', () => {
  const dollars = { ...content, currency: 'USD', rate: { numerator: 9, denominator: 1_000, on: '2026-03-14' } }
  expect(boughtWith(program, { content: dollars, refunds: [] }).spend).toBe(7_200)
})
