import { compileProgram } from '@laurel/engine'
import { expect, test } from 'vitest'
import { line, on, paid } from '../vectors/history-builder.ts'
import { timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

/** EARN-1: what of an order a rule counts, and what it gives for. */

const lines = [
  line('1', 1200, { sku: 'ROLL', quantity: 4, categories: ['bread', 'morning'], brand: 'Mill' }),
  line('2', 3000, { sku: 'CAKE', quantity: 1, categories: ['cakes'], brand: 'Mill' }),
  line('3', 500, { sku: 'TEA', quantity: 2, categories: ['drinks', 'morning'], brand: 'Leaf' }),
  line('4', 800, { sku: 'BAG', categories: [], brand: null }),
]

function given(rest: string, bought = lines): number {
  const { program, findings } = compileProgram(
    `laurel: 1
id: bakery
name: { en: Bakery }
zone: UTC
currency: USD
inForce: { from: always }
unknownMembers: create
refunds: { shortfall: waive }
assets: { points: { kind: spendable, expires: never } }
earn: [{ id: rule, on: order.paid, give: 1 points, ${rest} }]
`,
    { version: 1, hash: '' },
  )
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  if (program === null) throw new Error('no program')
  return balanceOf(live(timelineOf(program), [paid('o1', on('2026-03-02T09:00'), bought)]).member).active
}

test('EARN-1 the lines of one product, of a category, under a label or of a brand count, per money and per item', () => {
  const counted = (condition: string) => ['1.00 USD', 'item'].map((per) => given(`per: ${per}, lines: '${condition}'`))
  expect(given('per: 1.00 USD')).toBe(55)
  expect(given('per: item')).toBe(8)
  expect(counted('line.sku == "CAKE"')).toEqual([30, 1])
  expect(counted('line.category == "bread"')).toEqual([12, 4])
  expect(counted('"morning" in line.categories')).toEqual([17, 6])
  expect(counted('line.brand == "Mill"')).toEqual([42, 5])
  expect(counted('line.brand == "Mill" && line.category != "cakes"')).toEqual([12, 4])
  expect(counted('line.sku == "NONE"')).toEqual([0, 0])
})

test('EARN-1 per order gives once for an order with such a line, and not at all for one without', () => {
  expect(given(`per: order, lines: 'line.brand == "Mill"'`)).toBe(1)
  expect(given(`per: order, lines: 'line.brand == "Nobody"'`)).toBe(0)
})

test('EARN-2 a gift card is no spend, but an item, and its order an order, unless the lines leave it out', () => {
  const card = line('5', 5000, { kind: 'gift-card' })
  const goods = `lines: 'line.kind != "gift-card"'`
  for (const [per, ...counts] of [
    ['1.00 USD', 55, 55, 0, 0],
    ['item', 9, 8, 1, 0],
    ['order', 1, 1, 1, 0],
    ['visit', 1, 1, 1, 0],
  ] as const) {
    const bought = [[...lines, card], [card]]
    expect(bought.flatMap((each) => [given(`per: ${per}`, each), given(`per: ${per}, ${goods}`, each)])).toEqual(counts)
  }
})
