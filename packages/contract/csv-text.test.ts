import { expect, test } from 'vitest'
import { csvText } from './csv-text.ts'

test('fields are quoted where they have to be, and what a spreadsheet would run is text', () => {
  const rows = [
    ['name', 'points'],
    ['Ada, "the first"', 12],
    ['=HYPERLINK("x")', null],
    ['+31 6 14', -5],
    ['line\nbreak', { decimal: '-12.50' }],
    ['@home', true],
  ]
  expect(csvText(rows)).toBe(
    'name,points\r\n"Ada, ""the first""",12\r\n"\'=HYPERLINK(""x"")",\r\n\'+31 6 14,-5\r\n"line\nbreak",-12.50\r\n\'@home,true\r\n',
  )
})
