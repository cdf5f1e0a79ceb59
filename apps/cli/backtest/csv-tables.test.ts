import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { everyAnswer } from '../../../test/backtest/every-answer.ts'
import { csvOfTable } from '../csv-table.ts'
import { csvTables } from './csv-tables.ts'

const tableOf = (name: string): string[][] => {
  const table = csvTables(everyAnswer).find((each) => each.name === name)
  if (table === undefined) throw new Error(`there is no table ${name}`)
  return parse(csvOfTable(table))
}

test('every table of the report, each row as wide as its heading', () => {
  const tables = csvTables(everyAnswer)
  expect(tables.map(({ name }) => name)).toEqual([
    ...[
      'history',
      'ledger-differences',
      'assets',
      'rules',
      'silent-rules',
      'tiers',
      'tier-changes',
      'aims',
      'caps',
      'budgets',
      'vouchers',
    ],
    ...['refused', 'differences', 'difference-sizes', 'biggest-differences'],
  ])
  for (const { name } of tables) {
    const [columns = [], ...rows] = tableOf(name)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) expect(row).toHaveLength(columns.length)
  }
})

test('amounts are decimals of their asset and money of its currency, also below nothing', () => {
  expect(tableOf('assets').slice(0, 2)).toEqual([
    ['candidate', 'asset', 'what', 'amount', 'worth GBP'],
    ['programs/club/program.yaml', 'bonus-points', 'earned', '400.00', '400.00'],
  ])
  expect(tableOf('difference-sizes')[1]?.slice(2)).toEqual(['-0.99', '-0.10', '30'])
})

test('what a spreadsheet would take for a formula is text, and quotes are doubled', () => {
  const members = tableOf('biggest-differences').map(([, , member]) => member)
  expect(members).toEqual(['member', `'=HYPERLINK("x")`, `'-2+3`])
  const risky = ['=1', '+1', '-1', '@x', '\t=1', '\r=1', 'a,b', 'a\r\nb']
  const text = csvOfTable({ name: 'risky', columns: ['text'], rows: risky.map((each) => [each]) })
  const read: string[][] = parse(text)
  expect(read.slice(1).flat()).toEqual(["'=1", "'+1", "'-1", "'@x", "'\t=1", "'\r=1", 'a,b', 'a\r\nb'])
})
