import { expect, test } from 'vitest'
import { csvText, wantsCsv } from './csv-text.ts'

test('fields are quoted where they have to be, and what a spreadsheet would run is text', () => {
  expect(
    csvText(
      ['a', 'b'],
      [
        ['one, "two"', 3],
        ['=1+1', null],
        [-0.5, 'line\nbreak'],
      ].map((row) => row),
    ),
  ).toBe('a,b\r\n"one, ""two""",3\r\n\'=1+1,\r\n-0.5,"line\nbreak"\r\n')
})

test('a table goes to whoever names it, and not before JSON', () => {
  expect(['text/csv', 'text/csv;q=0.9, */*', 'TEXT/CSV, application/json'].map(wantsCsv)).toEqual([true, true, true])
  expect([undefined, '*/*', 'application/json', 'application/json, text/csv'].map(wantsCsv)).toEqual(
    Array(4).fill(false),
  )
})
