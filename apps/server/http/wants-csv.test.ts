import { expect, test } from 'vitest'
import { wantsCsv } from './wants-csv.ts'

test('a table goes to whoever names it, and not before JSON', () => {
  expect(['text/csv', 'text/csv;q=0.9, */*', 'TEXT/CSV, application/json'].map(wantsCsv)).toEqual([true, true, true])
  expect([undefined, '*/*', 'application/json', 'application/json, text/csv'].map(wantsCsv)).toEqual(
    Array(4).fill(false),
  )
})
