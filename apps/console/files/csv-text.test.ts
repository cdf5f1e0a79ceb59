import { expect, test } from 'vitest'
import { csvText } from './csv-text.ts'

test('cells with commas, quotes and line ends are quoted, and nothing is taken for a formula', () => {
  const rows = [
    ['Name', 'Points'],
    ['Ada, "the first"', 12],
    ['=HYPERLINK("x")', null],
    ['+31 6 14', -5],
  ]
  expect(csvText(rows)).toBe('Name,Points\r\n"Ada, ""the first""",12\r\n"\'=HYPERLINK(""x"")",\r\n\'+31 6 14,-5\r\n')
})
