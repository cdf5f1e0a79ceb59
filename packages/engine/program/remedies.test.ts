import { describe, expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import { documentWith } from './wrong-document.fixture.ts'

const draft = { version: 0, hash: '' }

const bakery = (parts: Readonly<Record<string, string>> = {}): string => {
  const sections = {
    assets: `assets:
  points: { kind: spendable, pending: none, expires: never, worth: { 100 points: 5.00 EUR } }
  spent: { kind: stamps, pending: none, expires: never }
  stamps: { kind: stamps, pending: none, expires: never }
  tally: { kind: qualifying, expires: never }`,
    earn: `earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 EUR }
  - { id: counted, on: order.paid, give: 1 spent, per: 1.00 EUR }
  - { id: loaf, on: order.paid, lines: 'line.kind == "goods"', give: 1 stamps, per: item }
  - { id: climb, on: order.paid, give: 1 tally, per: order }
  - { id: class, on: activity.class, give: 5 points }`,
    tiers: '',
    activities: 'activities: { class: { facts: { minutes: number } } }',
    ...parts,
  }
  return documentWith(sections).replaceAll('USD', 'EUR')
}
const loaf = '{ kind: product, sku: L, price: 5 points }'

function saidOf(text: string): readonly string[] {
  const { findings } = compileProgram(text, draft)
  return findings.filter(({ severity }) => severity === 'error').map(({ code, instead }) => `${code}: ${instead}`)
}

test('the bakery is right', () => {
  expect(compileProgram(bakery(), draft).findings).toEqual([])
})

describe('money where an amount is meant is told what is worth as much', () => {
  const priced = (price: string, assets?: string) =>
    saidOf(bakery({ rewards: `rewards: { loaf: ${loaf.replace('5 points', price)} }`, ...(assets && { assets }) }))
  const worth = (worth: string) => `assets:
  points: { kind: spendable, pending: none, expires: never${worth} }
  spent: { kind: stamps, pending: none, expires: never }
  stamps: { kind: stamps, pending: none, expires: never }
  tally: { kind: qualifying, expires: never }`

  test.each([
    ['5.00 EUR', '100 points'],
    ['20.00 EUR', '400 points'],
  ])('%s: %s', (money, points) => {
    expect(priced(money)).toEqual([`unknown-asset: Write what is worth as much: ${points}`])
  })

  test('and no number where the worth is not said, or does not come out even', () => {
    const unsaid = ['unknown-asset: Write it in points, spent or stamps']
    expect(priced('5.00 EUR', worth(''))).toEqual(unsaid)
    expect(priced('5.00 EUR', worth(', worth: { 300 points: 7.00 EUR }'))).toEqual(unsaid)
  })
})

describe('an amount is told in the asset that goes by what stands beside it', () => {
  const card = (full: string, of = 'stamps') =>
    saidOf(bakery({ more: `cards: { one: { of: ${of}, full: ${full}, give: 5 points } }` }))
  const rule = (rest: string) => saidOf(bakery().replace('per: item }', `per: item, ${rest} }`))

  test('a card in what it collects', () => {
    expect(card('10')).toEqual(['bad-amount: Write the number, a blank and the asset: 10 stamps'])
    expect(card('100.00 EUR', 'spent')).toEqual(['unknown-asset: Write it in spent'])
    expect(card('10 points')).toEqual(['card-unit: Write it in stamps'])
  })

  test('a cap and a budget in what the rule gives', () => {
    expect(rule('cap: { most: 3, each: ever }')).toEqual(['bad-quantity: Write 3 stamps or 3 times'])
    expect(rule('budget: { most: 500 }')).toEqual(['bad-quantity: Write 500 stamps, 500.00 EUR or 500 times'])
  })

  test('a level in what the ladder counts', () => {
    const tiers = (reach: string) => `tiers:
  - ladder: standing
    measure: { earned: tally }
    window: { calendar: year }
    fall: { to: earned }
    levels: [{ id: basic, reach: 0 tally }, { id: gold, reach: ${reach}, entry: 5 }]`
    expect(saidOf(bakery({ tiers: tiers('100') }))).toEqual([
      'bad-quantity: Write 100 tally',
      'bad-amount: Write the number, a blank and the asset: 5 points, 5 spent, 5 stamps or 5 tally',
    ])
  })

  test('without one to go by, each of the few there are', () => {
    expect(saidOf(bakery({ rewards: 'rewards: { loaf: { kind: custom, price: 30 } }' }))).toEqual([
      'bad-amount: Write the number, a blank and the asset: 30 points, 30 spent or 30 stamps',
    ])
  })
})

describe('what is missing is named by what the document declares', () => {
  const goal = (goal: string) =>
    saidOf(bakery({ more: `challenges: { run: { goal: ${goal}, window: { calendar: week }, give: 5 points } }` }))

  test('an activity', () => {
    expect(goal('{ activities: { atLeast: 3 times } }')).toEqual(['missing-key: Add `of: class`: which activity'])
  })

  test('what stands one brace too far out is put inside, once', () => {
    expect(goal('{ activities: { atLeast: 3 times }, of: class }')).toEqual([
      'unknown-key: Write activities: { atLeast: 3 times, of: class }',
    ])
  })

  test('nothing where nothing is declared', () => {
    const text = bakery({ activities: '' }).replace('  - { id: class, on: activity.class, give: 5 points }', '')
    const more =
      'challenges: { run: { goal: { activities: { atLeast: 3 times } }, window: { calendar: week }, give: 5 points } }'
    expect(saidOf(`${text}${more}\n`)).toEqual(['missing-key: Add `of`, which activity; declare it under `activities`'])
  })

  test('an example is called one, and is in the currency and the assets of the document', () => {
    expect(saidOf(bakery({ rewards: 'rewards: { off: { kind: money-off, price: 5 points } }' }))).toEqual([
      'missing-key: Add `value`, for instance `value: 10.00 EUR`: how much money off',
    ])
    const coins = documentWith({})
      .replaceAll(/(\d+)\.00 USD/g, '$1 JPY')
      .replaceAll('USD', 'JPY')
      .replaceAll('points', 'coins')
    expect(saidOf(coins.replace('refunds: { accept: P90D, shortfall: debt, limit: none }', ''))).toEqual([
      'missing-key: Add `refunds`, for instance `refunds: { accept: P180D, shortfall: debt, limit: 2000 coins }`: what a refund takes back',
    ])
  })
})

describe('a comma inside braces that was meant inside a number is told once', () => {
  test.each([
    ['per: 1.00 EUR }', 'per: 1,00 EUR, round: floor }', 'bad-money: EUR has exactly 2 decimals: 1.00 EUR'],
    [
      'worth: { 100 points: 5.00 EUR }',
      'worth: { 100 points: 5,00 EUR }',
      'bad-money: EUR has exactly 2 decimals: 5.00 EUR',
    ],
    [
      'worth: { 100 points: 5.00 EUR }',
      'worth: { 1,000 points: 5.00 EUR }',
      'bad-amount: Write it without separators: 1000 points',
    ],
    [
      'per: item }',
      'per: item, budget: { most: 100,000 stamps, edge: trim } }',
      'bad-amount: Write it without separators: 100000 stamps',
    ],
    [
      'per: item }',
      'per: item, budget: { most: 1,000,000 stamps } }',
      'bad-amount: Write it without separators: 1000000 stamps',
    ],
    ['limit: none', 'limit: [2,000 points, 50 stamps]', 'bad-amount: Write it without separators: 2000 points'],
    [
      'give: 1 tally',
      'give: 1,5 tally',
      'bad-amount: Write a whole number, or keep the asset in smaller parts: smallest: 0.1 tally',
    ],
  ])('%s: %s', (right, wrong, said) => {
    expect(bakery()).toContain(right)
    expect(saidOf(bakery().replace(right, wrong))).toEqual([said])
  })

  test('numbers that stand in a list without a blank stay several', () => {
    const { program } = compileProgram(bakery().replace('per: item }', 'per: item, for: { tag: [2024,2025] } }'), draft)
    expect(program?.onOrder.find(({ id }) => id === 'loaf')?.audience.tags).toEqual(['2024', '2025'])
  })
})

describe('pasted blanks and signs are named', () => {
  test.each([
    ['give: 1 tally', 'give: 1\u00a0tally', 'bad-amount: Write 1 tally'],
    ['per: 1.00 EUR }', 'per: 1.00\u202fEUR, round: floor }', 'bad-money: Write 1.00 EUR'],
    ['zone: Europe/London', 'zone: Europe/London\u200b', 'unknown-zone: Write Europe/London'],
    ['per: item }', "per: item, when: 'order.items\u00a0>= 3' }", 'condition-syntax: Write order.items >= 3'],
    ['currency: EUR', 'currency: €', 'unknown-currency: Write its ISO 4217 code: EUR'],
    ['currency: EUR', 'currency: £', 'unknown-currency: Write its ISO 4217 code: GBP'],
    ['per: 1.00 EUR }', 'per: €1, round: floor }', 'bad-money: Write 1.00 EUR'],
    [
      'per: 1.00 EUR }',
      'per: £1, round: floor }',
      'wrong-currency: Write it in EUR; orders are converted at their own rate',
    ],
    [
      'per: 1.00 EUR }',
      'per: 1.00 $, round: floor }',
      'wrong-currency: Write it in EUR; orders are converted at their own rate',
    ],
  ])('%s: %s', (right, wrong, said) => {
    expect(saidOf(bakery().replace(right, wrong))[0]).toBe(said)
  })

  test('the character has its name', () => {
    const { findings } = compileProgram(bakery().replace('give: 1 tally', 'give: 1\u00a0tally'), draft)
    expect(findings[0]?.message).toBe('`1\u00a0tally` has a no-break space in it')
  })
})

test('two of one id are told along with all else that is wrong with them', () => {
  const sessions =
    '[{ id: a, starts: 2026-05-02T18:00, seats: 12 seats }, { id: a, starts: 2026-05-03T18:00, seats: 0 seats }]'
  expect(
    saidOf(bakery({ rewards: `rewards: { tour: { kind: experience, price: 5 points, sessions: ${sessions} } }` })),
  ).toEqual(['duplicate-id: Give one of them another id', 'bad-count: Write from 1 to 10000000 seats'])
})
