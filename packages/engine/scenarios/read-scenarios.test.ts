import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { compileProgram } from '../program/compile/program.ts'
import { readScenarios } from './read-scenarios.ts'
import type { Row, Scenario } from './scenario.ts'

const file = path.resolve(import.meta.dirname, '../../../programs/glow-club/program.yaml')
const { program } = compileProgram(readFileSync(file, 'utf8'), { version: 1, hash: '' })
if (program === null) throw new Error('glow-club does not compile')
const glowClub = program

const page = (...rows: string[]): string =>
  ['## A story', '', '| when | who | what | gives |', '|--|--|--|--|', ...rows].join('\n')

function rowsOf({ parts }: Scenario): readonly Row[] {
  return parts.flatMap((part) => (part.type === 'happens' ? part.rows : []))
}
function steps(...whats: string[]): unknown[] {
  const rows = whats.map((what, index) => `| ${index === 0 ? '2026-01-07' : ''} | Ada | ${what} | |`)
  const { scenarios, mistakes } = readScenarios(page(...rows), glowClub)
  expect(mistakes).toEqual([])
  return scenarios.flatMap(rowsOf).map(({ step }) => step)
}
const mistakesOf = (text: string): string[] =>
  readScenarios(text, glowClub).mistakes.map(
    ({ line, column, message, instead }) => `${line}:${column} ${message} -> ${instead}`,
  )
const mistakeIn = (what: string, gives = ''): string =>
  mistakesOf(page(`| 2026-01-07 | Ada | ${what} | ${gives} |`)).join('\n')

describe('what happens', () => {
  test('an order is a basket, and clauses in any order', () => {
    expect(
      steps('buys 3 items of makeup by acme sku S1 for 30.00 USD and 1 item for 5.00 USD, at fifth-avenue, order 7'),
    ).toMatchObject([
      {
        ...{ type: 'order', act: 'buys', order: '7', place: 'fifth-avenue', channel: null, currency: 'USD' },
        lines: [
          { line: '1', quantity: 3, total: 3000, categories: ['makeup'], brand: 'acme', sku: 'S1' },
          { line: '2', quantity: 1, total: 500, categories: [], brand: null, sku: null },
        ],
      },
    ])
    expect(
      steps('edits order 7 for 5.00 USD', 'would buy for 5.00 USD, paying 2.00 USD by points of r1'),
    ).toMatchObject([
      { act: 'edits', order: '7', lines: [{ total: 500 }] },
      { act: 'would-buy', order: null, payments: [{ by: 'points', amount: 200, redemption: 'r1' }] },
    ])
  })

  test('refunds name an order, lines, items or an amount', () => {
    expect(
      steps('refunds order 1', 'refunds order 1 line 1 items 2 line 2 amount 1.00 USD by shop as f1'),
    ).toMatchObject([
      { order: '1', lines: [], amount: null, by: 'member', as: null },
      {
        ...{ order: '1', by: 'shop', as: 'f1' },
        lines: [
          { line: '1', items: 2, amount: null },
          { line: '2', items: null, amount: 100 },
        ],
      },
    ])
  })

  test('activities bring their declared facts, acts of staff their reason', () => {
    expect(
      steps(
        'does review with words 40 verified yes',
        'staff adjusts -50 points: goodwill',
        'staff sets tier vib until 2026-03-01: match',
      ),
    ).toEqual([
      { type: 'activity', name: 'review', facts: { words: 40, verified: true }, place: null, channel: null },
      { type: 'adjusts', asset: 'points', units: -50, reason: 'goodwill' },
      { type: 'overrides', ladder: 'standing', level: 'vib', endsOn: 20_513, reason: 'match' },
    ])
  })

  test('moments: a date is noon, a period counts from the row above, nothing is a second later', () => {
    const { scenarios, mistakes } = readScenarios(
      page(
        '| 2026-01-31 | Ada | time passes | |',
        '| | Ada | time passes | |',
        '| +P1M | Ada | time passes | |',
        '| 2026-01-01 23:59:59.9 | Ada | time passes | |',
      ),
      glowClub,
    )
    expect(mistakes).toEqual([])
    expect(scenarios.flatMap(rowsOf).map(({ when }) => new Date(when).toISOString())).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-01-31T12:00:01.000Z',
      '2026-02-28T12:00:01.000Z',
      '2026-01-01T23:59:59.900Z',
    ])
  })

  test('lines of a long order stand in a table', () => {
    const text = [
      ...['## A story', '', '| order | items | category | total |', '|--|--|--|--|'],
      ...['| 1 | 2 | skincare, gift | 30.00 USD |', '| 1 | | | 5.00 USD |', ''],
      ...['| when | who | what |', '|--|--|--|', '| 2026-01-07 | Ada | buys order 1, on web |'],
    ].join('\n')
    const { scenarios, mistakes } = readScenarios(text, glowClub)
    expect(mistakes).toEqual([])
    expect(scenarios.flatMap(rowsOf).map(({ step }) => step)).toMatchObject([
      {
        ...{ order: '1', channel: 'web' },
        lines: [
          { line: '1', quantity: 2, total: 3000, categories: ['skincare', 'gift'] },
          { line: '2', quantity: 1, total: 500, categories: [] },
        ],
      },
    ])
  })
})

describe('what is wrong is said where it stands, with what would be right', () => {
  test.each([
    ['buyz for 1.00 USD', 'no phrase begins like this, but "buyz" stands here -> did you mean "buys"?'],
    ['bought for 1.00 USD', 'no phrase begins like this, but "bought" stands here -> did you mean "buys"?'],
    ['buys for $10', 'a currency is missing, but the phrase ends -> write 10.00 USD'],
    ['buys for 1.5 USD', '"1.5 USD" is no amount of USD -> write it like 1.50 USD'],
    ['buys for 1.00 USD, ordr 1', '"ordr" means nothing here -> Did you mean `order`?'],
    [
      'buys 2 for 1.00 USD',
      '"items" must come here, but "for" stands here -> buys 3 items of skincare for 30.00 USD, order 1',
    ],
    [
      'buys order 9',
      'no table above has lines of order 9 -> say what is bought: buys 3 items of skincare for 30.00 USD, order 1',
    ],
    ['redeems ten-of', 'there is no reward "ten-of" -> Did you mean `ten-off`?'],
    ['does review with words many', 'words is a whole number, and "many" is none -> with words 40'],
    ['does reviews', 'there is no activity "reviews" -> Did you mean `review`?'],
    [
      'refunds line 1',
      'the refund names no order and no amount, but the phrase ends -> refunds order 1 line 2 items 1',
    ],
    [
      'staff adjusts +50 points',
      'an act of staff ends with a colon and its reason, but "adjusts" stands here -> staff adjusts +50 points: goodwill',
    ],
    [
      'staff adjusts 50 points: goodwill',
      'an amount with + or - must come here, but "50" stands here -> staff adjusts +50 points: goodwill',
    ],
    ['staff sets tier gold: match', 'there is no level "gold" -> Choose one of: insider, vib, rouge'],
    [
      'time passes quickly',
      'the phrase should be over, but "quickly" stands here -> begin a row of its own for what else happens',
    ],
    ['joins: hello', 'only acts of staff have a reason, but the phrase ends -> leave the colon out'],
  ])('%s', (what, said) => {
    expect(mistakeIn(what)).toMatch(/^5:\d+ /)
    expect(mistakeIn(what).replace(/^\S+ /, '')).toBe(said)
  })

  test.each([
    ['+33 point', 'there is no asset "point" -> did you mean "points"?'],
    ['+33 points pendin', '"+33 points pendin" is nothing that is decided -> did you mean "+33 points pending"?'],
    ['rises to vip', 'there is no level "vip" -> did you mean "vib"?'],
    ['refused: shrt', 'there is no refusal "shrt" -> did you mean "short"?'],
    ['voucher ten-of', 'there is no reward "ten-of" -> did you mean "ten-off"?'],
    ['+3.5 points', '"3.5" is no amount of points -> write digits only, like 1500 points'],
  ])('gives %s', (gives, said) => {
    expect(mistakeIn('time passes', gives)).toContain(said)
  })

  test('the column is that of the word', () => {
    expect(mistakeIn('buys for 1.00 USD, ordr 1')).toMatch(/^5:41 /)
    expect(mistakeIn('time passes', '+1 points, +2 pints')).toMatch(/^5:47 /)
  })

  test('tables', () => {
    expect(mistakesOf('| when | who | what |\n|--|--|--|\n')).toEqual([
      '1:1 this table belongs to no scenario -> begin a scenario with a heading: ## What it shows',
    ])
    expect(mistakesOf('## A\n| when | who | what |\n| 2026-01-07 | Ada | joins |')).toEqual([
      '2:1 the second line of a table must be a rule -> write |--|--|--| below the header',
    ])
    expect(mistakesOf(page('| 2026-01-07 | Ada | joins |'))).toEqual([
      '5:1 this row has 3 cells, and the header has 4 -> give it one cell for each of: when, who, what, gives',
    ])
    expect(mistakesOf('## A\n| whn | who | what |\n|--|--|--|\n')).toEqual([
      '2:3 no table begins with a column "whn" -> Did you mean `when`?',
    ])
    expect(mistakesOf('## A\n| member | pionts |\n|--|--|\n| Ada | 1 |')).toEqual([
      '2:12 nothing that stands is called "pionts" -> Did you mean `points`?',
      '4:3 nobody and nothing here is called "Ada" -> ',
    ])
    expect(mistakesOf(`${page('| 2026-01-07 | Ada | joins | |')}\n${page('| 2026-01-07 | Ada | joins | |')}`)).toEqual([
      '6:1 two scenarios have this title -> say what sets it apart',
    ])
  })

  test('moments and names', () => {
    const rule = 'write 2026-03-31 18:00, a date alone (noon), or +P1D after the row above'
    expect(mistakesOf(page('| 2026-02-30 | Ada | joins | |'))).toEqual([`5:3 "2026-02-30" is no moment -> ${rule}`])
    expect(mistakesOf(page('| 2201-03-31 | Ada | joins | |'))).toEqual([
      `5:3 \`2201-03-31\` lies outside the years 1900 to 2200 -> ${rule}`,
    ])
    expect(mistakesOf(page('| | Ada | joins | |'))).toEqual([`5:3 the first row says no moment -> ${rule}`])
    expect(mistakesOf(page('| 2026-01-07 | Ada Lovelace | joins | |'))).toEqual([
      '5:16 "Ada Lovelace" is no name -> write a first name, one word',
    ])
  })

  test('cells of what stands are read by their column', () => {
    const text = `${page('| 2026-01-07 | Ada | joins | |')}\n\n| member | points | tier | points lapse | at risk |\n|--|--|--|--|--|\n| Ada | many | vip | soon | perhaps |`
    expect(mistakesOf(text)).toEqual([
      '9:9 "many" is no number -> write digits only, like 1500',
      '9:16 there is no level "vip" -> did you mean "vib"?',
      '9:22 "soon" is no lot -> write it like 33 after 2027-01-31, 12 never',
      '9:29 "perhaps" is neither yes nor no -> yes or no',
    ])
  })
})
