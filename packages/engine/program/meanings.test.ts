import { describe, expect, test } from 'vitest'
import { compileProgram } from './compile/program.ts'
import type { Expiry } from './program.ts'
import { documentWith, withRules } from './wrong-document.fixture.ts'

const draft = { version: 0, hash: '' }
const compiled = (text: string) => compileProgram(text, draft).program

test('EARN-1 a rule names its event, condition, what it gives, per what, rounding, cap and group', () => {
  const program = compiled(
    withRules(
      `  - id: extra
    on: order.paid
    when: 'order.items >= 3'
    lines: 'line.brand == "Glow"'
    during: { days: [friday] }
    for: { tier: [gold], segment: [students], tag: [press] }
    places: [high-street]
    channels: [web]
    give: 3 points
    per: 2.50 USD
    include: [tax, shipping]
    round: half-even
    stack: multiply
    cap: { most: 40 points, within: P30D, edge: refuse }
    group: bonus
    exclusive: yes
    burnAs: promo
    expires: { life: P6M }
  - { id: other, on: activity.review, give: 2 points, group: bonus }`,
      { groups: 'groups: { bonus: { take: first, cap: { most: 100 points, each: calendar-week } } }' },
    ),
  )
  expect(program?.onOrder.find((rule) => rule.id === 'extra')).toMatchObject({
    asset: 'points',
    give: 3,
    per: { type: 'spend', minor: 250 },
    audience: {
      tiers: [{ ladder: 'standing', level: 'gold' }],
      segments: ['students'],
      tags: ['press'],
      places: ['high-street'],
      channels: ['web'],
    },
    when: { text: 'order.items >= 3' },
    lines: { text: 'line.brand == "Glow"' },
    during: { weekdays: new Set([4]) },
    include: new Set(['shipping', 'tax']),
    round: 'half-even',
    stack: 'multiply',
    caps: [0, 1],
    group: { id: 'bonus', take: 'first' },
    exclusive: true,
    burnAs: 'promo',
    expiry: { type: 'life', life: { months: 6 }, endOf: null },
  })
  expect(program?.onActivity.get('review')?.at(-1)).toMatchObject({ id: 'other', per: { type: 'activity' }, caps: [1] })
  expect(program?.caps).toEqual([
    {
      id: 'rule:extra',
      counts: 'amount',
      most: 40,
      of: 'member',
      span: { type: 'sliding', length: { months: 0, days: 30, ms: 0 } },
      edge: 'refuse',
    },
    {
      id: 'group:bonus',
      counts: 'amount',
      most: 100,
      of: 'member',
      span: { type: 'calendar', unit: 'week' },
      edge: 'trim',
    },
  ])
})

test('a rule that says little has the careful defaults', () => {
  const rule = compiled(documentWith({}))?.onOrder[0]
  expect(rule).toMatchObject({ round: 'floor', stack: 'add', exclusive: false, group: null, caps: [], burnAs: null })
  expect(rule?.include.size).toBe(0)
  const program = compiled(documentWith({ late: '', refunds: 'refunds: { shortfall: waive }', unknownMembers: '' }))
  expect(program).toMatchObject({
    late: { accept: { days: 30 }, historyFrom: null },
    refunds: { accept: { days: 180 }, shortfall: 'waive' },
    reservationsLastMs: 900_000,
    leaving: { forfeitAfter: { months: 0, days: 30, ms: 0 } },
    unknownMembers: 'refuse',
  })
})

describe('LOT-2 expiry families', () => {
  test.each<[string, Expiry]>([
    ['never', { type: 'never' }],
    ['{ life: P12M, endOf: quarter }', { type: 'life', life: { months: 12, days: 0, ms: 0 }, endOf: 'quarter' }],
    [
      '{ inactive: P6M, moves: [redemption.confirmed, activity.review, order.paid] }',
      {
        type: 'inactive',
        idle: { months: 6, days: 0, ms: 0 },
        moves: new Set(['activity.review', 'order.paid', 'redemption.confirmed']),
      },
    ],
    ['{ date: 12-31, leastLife: P3M }', { type: 'date', month: 12, day: 31, leastLife: { months: 3, days: 0, ms: 0 } }],
    ['{ anniversary: joining }', { type: 'anniversary', leastLife: null }],
  ])('%s', (text, expiry) => {
    const program = compiled(
      withRules(`  - { id: extra, on: order.paid, give: 1 points, per: order, expires: ${text} }`),
    )
    expect(program?.onOrder.find((rule) => rule.id === 'extra')?.expiry).toEqual(expiry)
  })
})

describe('REF-7 refunds are accepted for a shorter time than lots live', () => {
  const codes = (accept: string, expires: string) => {
    const refunds = `refunds: { accept: ${accept}, shortfall: waive }`
    const rule = `  - { id: extra, on: order.paid, give: 1 points, per: order, expires: ${expires} }`
    return compileProgram(withRules(rule, { refunds }), draft).findings.map((finding) => finding.code)
  }

  test.each([
    ['P180D', '{ life: P181D }'],
    ['P180D', '{ life: P6M }'], // never fewer than 181 days
    ['P30D', '{ date: 12-31, leastLife: P31D }'],
    ['P10Y', 'never'],
  ])('%s against %s is well', (accept, expires) => {
    expect(codes(accept, expires)).toEqual([])
  })

  test.each([
    ['P180D', '{ life: P180D }'],
    ['P182D', '{ life: P6M }'],
    ['P1M', '{ life: P30D }'], // a month may have 31 days
    ['P30D', '{ date: 12-31 }'],
    ['P30D', '{ inactive: P1M, moves: [order.paid] }'],
  ])('%s against %s is warned of', (accept, expires) => {
    expect(codes(accept, expires)).toEqual(['refunds-outlive-lots'])
  })
})

test('nothing depends on the order of a map', () => {
  const rewards = (...ids: string[]) =>
    documentWith({ rewards: `rewards: { ${ids.map((id) => `${id}: { kind: custom, price: 5 points }`).join(', ')} }` })
  const keysOf = (text: string) => [...(compiled(text)?.rewards.keys() ?? [])]
  expect(keysOf(rewards('b', 'a', 'c'))).toEqual(keysOf(rewards('c', 'b', 'a')))
})

test('the first level of two ladders may share an id, and a rule says which', () => {
  const tiers = `tiers:
  - { ladder: yearly, measure: orders, window: { calendar: year }, fall: { to: earned }, levels: [{ id: basic, reach: 0 orders }] }
  - { ladder: ever, measure: spend, window: lifetime, fall: { to: never }, levels: [{ id: basic, reach: 0.00 USD }] }`
  const rule = (tier: string) =>
    withRules(`  - { id: extra, on: order.paid, give: 1 points, per: order, for: { tier: [${tier}] } }`, { tiers })
  const { findings } = compileProgram(rule('basic'), draft)
  expect(findings.map(({ code, instead }) => [code, instead])).toEqual([
    ['unknown-level', 'Say which: yearly/basic or ever/basic'],
  ])
  const found = compiled(rule('ever/basic'))?.onOrder.find(({ id }) => id === 'extra')
  expect(found?.audience.tiers).toEqual([{ ladder: 'ever', level: 'basic' }])
})

test('TIER-3 surplus rolls over where the window says so: all of it, or so much of what the ladder counts', () => {
  const windowOf = (measure: string, window: string, unit: string) =>
    compiled(
      documentWith({
        tiers: `tiers:
  - ladder: standing
    measure: ${measure}
    window: { ${window} }
    fall: { to: earned }
    levels: [{ id: basic, reach: 0${unit} }]`,
      }),
    )?.ladders[0]?.window
  const year = { type: 'calendar', unit: 'year', keptThrough: false }
  expect(windowOf('spend', 'calendar: year', '.00 USD')).toEqual(year)
  expect(windowOf('spend', 'calendar: year, rollOver: no', '.00 USD')).toEqual(year)
  expect(windowOf('spend', 'calendar: year, rollOver: yes', '.00 USD')).toEqual({ ...year, rollOver: { most: null } })
  expect(windowOf('spend', 'calendar: year, rollOver: 12.50 USD', '.00 USD')).toEqual({
    ...year,
    rollOver: { most: 1250 },
  })
  expect(windowOf('orders', 'resets: 02-01, rollOver: 2 orders', ' orders')).toMatchObject({ rollOver: { most: 2 } })
  expect(windowOf('visits', 'anniversary: joining, keptThrough: next-period, rollOver: yes', ' visits')).toEqual({
    ...{ type: 'anniversary', keptThrough: true, rollOver: { most: null } },
  })
})

test('a name may be said by number: one form serves every number that has none of its own', () => {
  const text = (name: string): string =>
    `laurel: 1\nid: a\nname: { en: A }\nzone: UTC\ncurrency: USD\nrefunds: { shortfall: debt, limit: none }\nassets:\n  points: { kind: spendable, expires: never, name: ${name} }\n`
  const assetIn = (name: string) => compileProgram(text(name), { version: 1, hash: '' }).program?.assets[0]
  expect(assetIn('{ en: points }')).toMatchObject({ name: { en: 'points' }, counted: { en: {} } })
  expect(assetIn('{ en: { one: point, other: points }, tr: puan }')).toMatchObject({
    name: { en: 'points', tr: 'puan' },
    counted: { en: { one: 'point' }, tr: {} },
  })
  expect(compileProgram(text('{ en: { one: point } }'), { version: 1, hash: '' }).findings).toContainEqual(
    expect.objectContaining({ severity: 'error', path: 'assets.points.name.en' }),
  )
})

test.each([
  ['to the last day of spending, END-4', 'lastEarn: 2026-03-27', []],
  ['a day longer, END-4', 'lastEarn: 2026-03-28', ['pending-beyond-closing']],
])('what is earned on the last day waits %s', (_title, lastEarn, codes) => {
  const closing = `closing: { notice: 2026-03-01, ${lastEarn}, lastBurn: 2026-04-10, left: forfeit }`
  const { findings } = compileProgram(documentWith({ more: closing }), draft)
  expect(findings.map(({ code }) => code)).toEqual(codes)
})
