import { describe, expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import { documentWith, withRules } from './wrong-document.fixture.ts'

const draft = { version: 0, hash: '' }

interface Followed {
  /** What a shop owner writes. */
  readonly wrong: string
  /** What is said to be right, to the letter. */
  readonly told: string
  /** What then stands there. */
  readonly right: string
}

function follow({ wrong, told, right }: Followed, document: (line: string) => string): void {
  const errors = (line: string) =>
    compileProgram(document(line), draft).findings.filter(({ severity }) => severity === 'error')
  expect(errors(wrong).map(({ instead }) => instead)).toEqual([told])
  expect(errors(right)).toEqual([])
}

const titled = (cases: readonly Followed[]): [string, Followed][] => cases.map((each) => [each.wrong, each])

const points = 'points: { kind: spendable, pending: none, expires: never, burnOrder: [promo]'
const unworthy = { assets: `assets:\n  ${points} }\n  status: { kind: qualifying, expires: never }` }
const rule = (line: string) => withRules(`  - { id: extra, ${line} }`)
const reward = (line: string) => documentWith({ rewards: `rewards: { off: { ${line} } }` })
const pool = (share: string) =>
  documentWith({ more: `pools: { family: { of: points, share: ${share}, most: 4 members, leaving: take-share } }` })
const ladder = (measure: string) => (reach: string) =>
  documentWith({ more: '' }).replace(
    '    levels: [{ id: basic, reach: 0 status }, { id: gold, reach: 100 status }]',
    (levels) =>
      `${levels}\n  - { ladder: other, measure: ${measure}, window: lifetime, fall: { to: never }, levels: [{ id: low, reach: 0${reach.replace(/^\S+?(?=[. ]|$)/, '').replace(/[1-9]/g, '0')} }, { id: high, reach: ${reach} }] }`,
  )

describe('what a rule gives, told as it is spoken', () => {
  test.each(
    titled([
      {
        wrong: 'on: order.paid, give: 2 points per dollar',
        told: 'Write 2 points, and per: 1.00 USD beside it',
        right: 'on: order.paid, give: 2 points, per: 1.00 USD',
      },
      {
        wrong: 'on: order.paid, give: 1 point for every $10',
        told: 'Write 1 points, and per: 10.00 USD beside it',
        right: 'on: order.paid, give: 1 points, per: 10.00 USD',
      },
      {
        wrong: 'on: order.paid, give: 5 points per order',
        told: 'Write 5 points, and per: order beside it',
        right: 'on: order.paid, give: 5 points, per: order',
      },
      {
        wrong: 'on: order.paid, give: 5 points/item, per: item',
        told: 'Write 5 points: `per` says what for',
        right: 'on: order.paid, give: 5 points, per: item',
      },
      {
        wrong: 'on: order.paid, give: 2 points per smile',
        told: 'Write 2 points, and what for under `per` beside it, for instance per: 1.00 USD',
        right: 'on: order.paid, give: 2 points, per: 1.00 USD',
      },
      {
        wrong: 'on: order.paid, give: 5%',
        told: 'Write 5 points, and per: 1.00 USD beside it, which is worth that; or declare an asset that is money, `credit: { kind: money, expires: never }`, and write 5% credit',
        right: 'on: order.paid, give: 5 points, per: 1.00 USD',
      },
      {
        wrong: 'on: order.paid, give: 5 points, per: order, cap: { most: 50 points, each: P1D }',
        told: 'Write each: calendar-day, or within: P1D in place of `each`, which slides',
        right: 'on: order.paid, give: 5 points, per: order, cap: { most: 50 points, each: calendar-day }',
      },
      {
        wrong: 'on: order.paid, give: 5 points, per: order, cap: { most: 50 points, each: P10D }',
        told: 'Write within: P10D in place of `each`, which slides',
        right: 'on: order.paid, give: 5 points, per: order, cap: { most: 50 points, within: P10D }',
      },
      {
        wrong: 'on: order.paid, give: 5 points, per: order, cap: { most: 50 points, each: daily }',
        told: 'Did you mean `calendar-day`?',
        right: 'on: order.paid, give: 5 points, per: order, cap: { most: 50 points, each: calendar-day }',
      },
      {
        wrong: 'on: order.paid, give: 5 points, per: order, cap: { most: once, each: ever }',
        told: 'Write 1 times',
        right: 'on: order.paid, give: 5 points, per: order, cap: { most: 1 times, each: ever }',
      },
      {
        wrong: 'on: order.paid, give: 5 points, per: order, cap: { most: 3x, each: calendar-month }',
        told: 'Write 3 times',
        right: 'on: order.paid, give: 5 points, per: order, cap: { most: 3 times, each: calendar-month }',
      },
      {
        wrong: 'on: order.paid, give: 1 points, per: 1.00 USD, include: tips',
        told: 'Write [tip]',
        right: 'on: order.paid, give: 1 points, per: 1.00 USD, include: [tip]',
      },
      {
        wrong: 'on: order.paid, give: 1 points, per: 1.00 USD, exclude: [gift-card]',
        told: `Leave it out: what spend leaves out counts only where \`include\` names it; for goods, write lines: 'line.category != "gift"'`,
        right: 'on: order.paid, give: 1 points, per: 1.00 USD',
      },
      {
        wrong: 'on: order.paid, give: 1 points, per: 1.00 USD, expires: 6 months',
        told: 'Write { life: P6M }',
        right: 'on: order.paid, give: 1 points, per: 1.00 USD, expires: { life: P6M }',
      },
    ]),
  )('%s', (_title, each) => follow(each, rule))

  test('so many percent without money, of points whose worth is not said', () => {
    const { findings } = compileProgram(withRules('  - { id: extra, on: order.paid, give: 5% }', unworthy), draft)
    expect(findings.map(({ instead }) => instead)).toEqual([
      'Write 1 points, and per: 20.00 USD beside it; or declare an asset that is money, `credit: { kind: money, expires: never }`, and write 5% credit',
    ])
    const money = withRules('  - { id: extra, on: order.paid, give: 5% credit }', {
      assets: `${unworthy.assets}\n  credit: { kind: money, expires: never }`,
    })
    expect(compileProgram(money, draft).program?.onOrder.at(-1)).toMatchObject({ asset: 'credit', give: 1 })
  })
})

describe('what a reward is', () => {
  test.each(
    titled([
      {
        wrong: 'kind: money-off, value: 5.00 USD, price: 100 points + 5.00 USD',
        told: 'Write 100 points: money is no part of such an amount',
        right: 'kind: money-off, value: 5.00 USD, price: 100 points',
      },
      {
        wrong: 'kind: money-off, value: 10 %, price: 100 points',
        told: 'Say kind: percent-off, value: 10%',
        right: 'kind: percent-off, value: 10%, price: 100 points',
      },
      {
        wrong: 'kind: percent-off, value: 5.00 USD, price: 100 points',
        told: 'Say kind: money-off, value: 5.00 USD',
        right: 'kind: money-off, value: 5.00 USD, price: 100 points',
      },
      {
        wrong: 'kind: discount, value: 10%, price: 100 points',
        told: 'Did you mean `percent-off`?',
        right: 'kind: percent-off, value: 10%, price: 100 points',
      },
      {
        wrong: 'kind: free-shipping, price: 100 points, cap: { most: 5 times, each: ever, whose: program }',
        told: 'Leave `whose` out; for all members together, and in all, add `stock: 5 items`',
        right: 'kind: free-shipping, price: 100 points, stock: 5 items',
      },
    ]),
  )('%s', (_title, each) => follow(each, reward))
})

test('all of it and one in a hundred are both told where 1 stands', () => {
  const percent = 'Write a number above 0 and up to 100 with the percent sign right behind it'
  follow({ wrong: '1', told: `${percent}: 100% for all of it, or 1%`, right: '100%' }, pool)
})

describe('a threshold is told in what its ladder counts', () => {
  test.each([
    ['spend', '500.00 USD'],
    ['orders', '500 orders'],
    ['visits', '500 visits'],
    ['{ activity: review }', '500 times'],
    ['{ earned: points }', '500 points'],
  ])('%s', (measure, right) => {
    const { findings } = compileProgram(ladder(measure)('500'), draft)
    expect(findings.map(({ instead }) => instead)).toContain(`Write ${right}`)
    expect(compileProgram(ladder(measure)(right), draft).findings).toEqual([])
  })
})

describe('a colon that is missing before a brace is asked for', () => {
  test.each([
    ['in a line of its own', 'name: { en', 'name { en', 'Write name: { en: Corner Shop }'],
    ['before several keys', 'points: {', 'points {', 'Write points: { …'],
    ['inside other braces', 'facts: {', 'facts {', 'Write facts: { …'],
  ])('%s', (_title, right, wrong, told) => {
    const { findings } = compileProgram(documentWith({}).replace(right, wrong), draft)
    expect(findings.map(({ code, instead }) => [code, instead])).toEqual([['yaml-syntax', told]])
    expect(findings[0]?.message).toContain('a colon is missing behind the key')
  })
})

describe('a letter of another alphabet is named', () => {
  test.each([
    ['in an id', 'id: climb', 'id: сlimb', 'Cyrillic letter с (character 1), which looks like c', 'climb'],
    ['in a key', 'give: 1 status', 'givе: 1 status', 'Cyrillic letter е (character 4), which looks like e', 'give'],
    ['in an amount', '1 status', '1 stαtus', 'Greek letter α (character 5), which looks like a', '1 status'],
    ['in a word', 'kind: qualifying', 'kind: quаlifying', 'Cyrillic letter а (character 3)', 'qualifying'],
  ])('%s', (_title, right, wrong, named, plain) => {
    const [finding] = compileProgram(documentWith({}).replace(right, wrong), draft).findings
    expect(finding?.message).toContain(named)
    expect(finding?.instead).toBe(`Write ${plain} in letters of one alphabet`)
  })

  test('in a condition, and not in its texts', () => {
    const on = (when: string) =>
      compileProgram(rule(`on: order.paid, give: 5 points, per: order, when: '${when}'`), draft).findings
    expect(on('оrder.items >= 3')).toMatchObject([
      {
        message: 'Here is the Cyrillic letter о (character 1), which looks like o',
        instead: 'Write order.items in letters of one alphabet',
      },
    ])
    expect(on('order.channel == "оnline"')).toEqual([])
  })

  test('a word that is all of another alphabet is told what ids are made of', () => {
    const [finding] = compileProgram(documentWith({}).replace('id: climb', 'id: рост'), draft).findings
    expect(finding?.instead).toBe('Ids are lower-case words joined by hyphens, at most 60 characters')
  })
})

test.each([
  [
    'tiers:\n  silver: { reach: 100 points }\n  gold: { reach: 500 points }',
    '[{ ladder: standing, measure: { earned: points }, window: { calendar: year }, fall: { to: earned }, levels: [{ id: member, reach: 0 points }, { id: silver, reach: 100 points }, { id: gold, reach: 500 points }] }]',
  ],
  [
    'tiers:\n  gold: 500.00 USD\n  basic: 0.00 USD',
    '[{ ladder: standing, measure: spend, window: { calendar: year }, fall: { to: earned }, levels: [{ id: basic, reach: 0.00 USD }, { id: gold, reach: 500.00 USD }] }]',
  ],
  [
    'tiers: { ladder: standing, measure: visits, window: lifetime, fall: { to: never }, levels: [{ id: basic, reach: 0 visits }, { id: gold, reach: 9 visits }] }',
    '[{ ladder: standing, measure: visits, window: lifetime, fall: { to: never }, levels: [{ id: basic, reach: 0 visits }, { id: gold, reach: 9 visits }] }]',
  ],
])('levels are put on a ladder, and a ladder into a list: %s', (tiers, meant) => {
  const errors = (text: string) =>
    compileProgram(documentWith({ tiers: text }), draft).findings.filter(({ severity }) => severity === 'error')
  expect(errors(tiers).map(({ instead }) => instead)).toEqual([`Write ${meant}`])
  expect(errors(`tiers: ${meant}`)).toEqual([])
})

test('an asset that is declared in capitals is known under the id that it is told to have', () => {
  const text = documentWith({}).replace('  points: {', '  Points: {')
  const told = compileProgram(text, draft).findings.map(({ code, instead }) => [code, instead])
  expect(told).toEqual([['bad-id', 'Ids are lower-case words joined by hyphens, at most 60 characters: `points`']])
})
