import { expect, test } from 'vitest'
import { followed, followedLines, plainTold, toldOf } from './followed-lines.fixture.ts'

test.each(followedLines)('in the place of a line (%s), %s leads to what was meant: %s', (...line) => {
  const [said = '', ...more] = toldOf(line)
  const told = plainTold(line)
  expect([told.endsWith('…') ? `${said.slice(0, told.length - 1)}…` : said, ...more]).toEqual([told])
  const ways = followed(line)
  expect(ways).not.toEqual([])
  expect(ways).toEqual(ways.map(([text]) => [text, []]))
})

test('more than a hundred lines are followed', () => {
  expect(followedLines.length).toBeGreaterThan(100)
})
