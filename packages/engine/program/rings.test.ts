import { expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import { documentWith } from './wrong-document.fixture.ts'

const shop = (more: string) =>
  documentWith({
    assets: `assets:
  points: { kind: spendable, pending: none, expires: never, worth: { 100 points: 1.00 USD } }
  status: { kind: qualifying, expires: never }
  stamps: { kind: stamps, pending: none, expires: never }`,
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: climb, on: order.paid, give: 1 status, per: 1.00 USD }
  - { id: stamp, on: order.paid, give: 1 stamps, per: order }
  - { id: paid, on: order.paid, give: 50 stamps, per: 1.00 USD, include: [points], cap: { most: 50 stamps, each: order } }`,
    more,
  })
const ringsIn = (more: string) =>
  compileProgram(shop(more), { version: 1, hash: '' }).findings.filter(({ message }) => message.startsWith('A ring'))

test.each([
  [
    'that loses',
    'cards: { c: { of: stamps, full: 2 stamps, give: 10 points }, d: { of: points, full: 10 points, give: 1 stamps } }',
  ],
  [
    'that is once ever',
    'cards: { c: { of: stamps, full: 1 stamps, give: 20 points, repeat: no }, d: { of: points, full: 10 points, give: 1 stamps } }',
  ],
  [
    'of exchanges that gains nothing',
    'rewards: { a: { kind: exchange, price: 1 stamps, gets: 2 points }, b: { kind: exchange, price: 2 points, gets: 1 stamps } }',
  ],
  [
    'that a cap bounds',
    'rewards: { a: { kind: exchange, price: 1 stamps, gets: 5 points, cap: { most: 1 times, each: calendar-month } }, b: { kind: exchange, price: 2 points, gets: 1 stamps } }',
  ],
  [
    'that a stock bounds',
    'rewards: { a: { kind: exchange, price: 1 stamps, gets: 5 points, stock: 10 items }, b: { kind: exchange, price: 2 points, gets: 1 stamps } }',
  ],
  [
    'whose rule has a cap',
    'rewards: { pay: { kind: pay-with-points, least: 100 points, step: 100 points }, b: { kind: exchange, price: 1 stamps, gets: 100 points } }',
  ],
  [
    'that nobody can go all the way round',
    'cards: { c: { of: stamps, full: 1 stamps, give: 20 points, for: { tier: [gold] } }, d: { of: points, full: 10 points, give: 1 stamps, for: { tier: [basic] } } }',
  ],
])('STAMP-1 no mistake is a round %s', (_title, more) => {
  expect(ringsIn(more)).toEqual([])
})

test('RED-2 the lowest of several prices makes the ring', () => {
  const found = ringsIn(
    'rewards: { a: { kind: exchange, price: 10 stamps, priceFor: [{ for: { tier: [gold] }, price: 1 stamps }], gets: 5 points }, b: { kind: exchange, price: 2 points, gets: 1 stamps } }',
  )
  expect(found).toMatchObject([
    {
      code: 'ring-gains',
      message:
        'A ring: reward `a` 1 stamps → 5 points, reward `b` 2 points → 1 stamps: each round makes 5/2 out of one',
    },
  ])
})

test('a document with as many ways as there can be is checked at once', () => {
  const cards = Array.from(
    { length: 50 },
    (_, i) =>
      `c${i}: { of: ${i % 2 === 0 ? 'stamps' : 'points'}, full: 100 ${i % 2 === 0 ? 'stamps' : 'points'}, give: ${50 + (i % 7)} ${i % 2 === 0 ? 'points' : 'stamps'} }`,
  )
  expect(ringsIn(`cards: { ${cards.join(', ')} }`)).toEqual([])
})
