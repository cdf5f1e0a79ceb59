import { expect, test } from 'vitest'
import { timelineOf } from '../../../test/vectors/program-builder.ts'
import { decide } from '../decide.ts'
import type { Activity, OrderPaid } from '../event.ts'
import { newMember } from '../member.ts'
import { compileProgram } from '../program/compile/program.ts'

const text = `laurel: 1
id: street
name: { en: Street }
zone: UTC
currency: USD
refunds: { shortfall: waive }
activities: { visit: {} }
assets: { points: { kind: spendable, pending: none, expires: never } }
partners: { bakery: {}, cinema: {} }
places: { bakery-till: { partner: bakery }, own-till: {} }
earn:
  - { id: bought, on: order.paid, give: 5 points, per: order, partners: [bakery] }
  - { id: asked, on: order.paid, give: 7 points, per: order, when: 'order.partner == "bakery"' }
  - { id: there, on: activity.visit, give: 3 points, partners: [bakery, cinema] }
`
const { program } = compileProgram(text, { version: 1, hash: '' })
if (program === null) throw new Error('it does not compile')
const timeline = timelineOf(program)

const told = { source: 'web', id: 'e1', stamp: { at: 0, local: 0, placeLocal: 0, version: 1 }, channel: null }
const order = (place: string | null): OrderPaid => ({
  ...told,
  type: 'order.paid',
  order: 'o1',
  currency: 'USD',
  rate: null,
  place,
  tags: [],
  lines: [
    { id: '1', sku: 'x', quantity: 1, total: 100, tax: 0, discount: 0, categories: [], brand: null, kind: 'goods' },
  ],
  discount: 0,
  shipping: { total: 0, tax: 0 },
  tip: 0,
  payments: [{ by: 'money', amount: 100 }],
})
const visit = (place: string | null): Activity => ({ ...told, type: 'activity', name: 'visit', place, facts: {} })

test.each([
  ['bakery-till', 12, 3],
  ['own-till', 0, 0],
  ['a-place-nobody-declared', 0, 0],
  [null, 0, 0],
])('EARN-2 rules for the places of a partner hold there and nowhere else: %s', (place, bought, visited) => {
  const activeAfter = (event: OrderPaid | Activity) =>
    decide(timeline, newMember(), event).member.assets.find(({ asset }) => asset === 'points')?.active ?? 0
  expect(activeAfter(order(place))).toBe(bought)
  expect(activeAfter(visit(place))).toBe(visited)
})
