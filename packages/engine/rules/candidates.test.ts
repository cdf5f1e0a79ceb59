import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { timelineOf } from '../../../test/vectors/program-builder.ts'
import { decide } from '../decide.ts'
import type { OrderPaid } from '../event.ts'
import { newMember } from '../member.ts'
import { compileProgram } from '../program/compile/program.ts'
import type { Condition } from '../program/condition.ts'
import type { Program } from '../program/program.ts'

/** Ten rules of a shop: what a chain has twenty times over, for other categories, brands, places, weeks and groups. */
const tenRules = (turn: number): string[] => [
  `{ id: all-${turn}, on: order.paid, give: 1 points, per: 1.00 USD, during: { from: 2026-03-${day(turn)}, through: 2026-03-${day(turn)} }, when: 'order.items >= 1' }`,
  `{ id: category-${turn}, on: order.paid, give: 5 points, per: 1.00 USD, lines: 'line.category == "category-${turn}"' }`,
  `{ id: brand-${turn}, on: order.paid, give: 5 points, per: item, lines: '"brand-${turn}" == line.brand && line.unitPrice > money("1.00")' }`,
  `{ id: place-${turn}, on: order.paid, give: 9 points, per: order, places: [place-${turn}], when: 'order.total > money("5.00")' }`,
  `{ id: tagged-${turn}, on: order.paid, give: 7 points, per: order, when: '"tag-${turn}" in order.tags' }`,
  `{ id: either-${turn}, on: order.paid, give: 3 points, per: order, lines: 'line.sku == "a-${turn}" || line.sku == "b-${turn}"' }`,
  `{ id: group-${turn}, multiply: { rule: all-0, by: 1.5 }, for: { segment: [group-${turn}] }, when: 'order.total > money("5.00")' }`,
  `{ id: happy-${turn}, multiply: { rule: all-0, by: 2 }, channels: [channel-${turn}], during: { days: [tuesday] }, when: 'order.items >= 1' }`,
  `{ id: treat-${turn}, on: order.paid, give: { badge: fan }, when: 'order.channel in ["channel-${turn}", "kiosk-${turn}"] && order.items > 1' }`,
  `{ id: sale-${turn}, on: order.paid, give: 2 points, per: order, lines: '"sale-${turn}" in line.categories' }`,
]
const day = (turn: number): string => String(turn + 1).padStart(2, '0')

function programOf(turns: number): Program {
  const rules = Array.from({ length: turns }, (_, turn) => tenRules(turn)).flat()
  const places = Array.from({ length: 20 }, (_, turn) => `place-${turn}: {}`)
  const { program, findings } = compileProgram(
    `laurel: 1
id: chain
name: { en: Chain }
zone: UTC
currency: USD
refunds: { shortfall: waive }
assets: { points: { kind: spendable, pending: none, expires: never } }
badges: { fan: {} }
places: { ${places.join(', ')} }
earn:
${rules.map((rule) => `  - ${rule}`).join('\n')}
`,
    { version: 1, hash: '' },
  )
  if (program === null) throw new Error(findings.map(({ message }) => message).join('; '))
  return program
}

interface Sold {
  readonly sku: string
  readonly categories: readonly string[]
  readonly brand: string | null
}
interface Told {
  readonly place: string | null
  readonly channel: string | null
  readonly tags: readonly string[]
  readonly lines: readonly Sold[]
}

function orderOf({ place, channel, tags, lines }: Told): OrderPaid {
  const at = Date.UTC(2026, 2, 3, 12)
  return {
    type: 'order.paid',
    source: 'web',
    id: 'e1',
    order: 'o1',
    stamp: { at, local: at, placeLocal: at, version: 1 },
    currency: 'USD',
    rate: null,
    channel,
    place,
    tags,
    lines: lines.map((each, index) => ({
      ...each,
      id: `${index}`,
      quantity: 1,
      total: 1999,
      tax: 0,
      discount: 0,
      kind: 'goods',
    })),
    discount: 0,
    shipping: { total: 0, tax: 0 },
    tip: 0,
    payments: [{ by: 'money', amount: 1999 * lines.length }],
  }
}

const basket: Told = {
  place: 'place-0',
  channel: 'channel-0',
  tags: ['tag-0'],
  lines: [
    { sku: 'a-0', categories: ['category-0', 'sale-0'], brand: 'brand-0' },
    { sku: 'c', categories: ['other'], brand: null },
    { sku: 'd', categories: [], brand: 'brand-none' },
  ],
}

/** How many conditions one order of this program evaluates. */
function evaluations(program: Program): number {
  const rules = [...program.onOrder, ...program.onOrder.flatMap((rule) => rule.multipliers), ...program.awardsOn.order]
  const conditions = rules
    .flatMap(({ when, lines }) => [when, lines])
    .filter((each): each is Condition => each !== null)
  const spies = conditions.map((condition) => vi.spyOn(condition, 'test'))
  decide(timelineOf(program), newMember(), orderOf(basket))
  return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
}

test('EARN-1 an order of a program with 200 rules asks at most three times the conditions of one with 10', () => {
  const few = evaluations(programOf(1))
  const many = evaluations(programOf(20))
  expect(few).toBeGreaterThan(5)
  expect(many).toBeLessThanOrEqual(3 * few)
})

test('EARN-1 whoever is not asked would not have given', () => {
  const timeline = timelineOf(programOf(20))
  const turn = fc.integer({ min: 0, max: 24 })
  const named = (...names: string[]) => fc.tuple(fc.constantFrom(...names), turn).map(([name, at]) => `${name}-${at}`)
  const told: fc.Arbitrary<Told> = fc.record({
    place: fc.option(fc.integer({ min: 0, max: 19 }).map((at) => `place-${at}`)),
    channel: fc.option(named('channel', 'kiosk')),
    tags: fc.array(named('tag'), { maxLength: 3 }),
    lines: fc.array(
      fc.record({
        sku: named('a', 'b', 'c'),
        categories: fc.array(named('category', 'sale'), { maxLength: 3 }),
        brand: fc.option(named('brand')),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  fc.assert(
    fc.property(told, fc.uniqueArray(named('group'), { maxLength: 2 }), (order, segments) => {
      const member = { ...newMember(), segments }
      const asked = decide(timeline, member, orderOf(order))
      // With a trace every rule is asked.
      const all = decide(timeline, member, orderOf(order), [])
      expect(asked.effects).toEqual(all.effects)
    }),
    { numRuns: 200 },
  )
})
