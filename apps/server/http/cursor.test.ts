import { Problem } from '@laurel/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cursorOf, partsOfCursor, placeInTime } from './cursor.ts'

test('a cursor gives back what it was made of', () => {
  const part = fc.oneof(
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
  )
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
      expect(partsOfCursor(cursorOf(...parts), parts.length)).toEqual(parts)
    }),
  )
})

test.each([
  '',
  'x',
  'bm8',
  Buffer.from('[1,2]').toString('base64url'),
  Buffer.from('["\\u0000"]').toString('base64url'),
])('refuses %j, which no page named', (cursor) => {
  expect(() => partsOfCursor(cursor, 1)).toThrow(Problem)
})

test('a place in time begins with a time', () => {
  expect(placeInTime(cursorOf('2026-03-14T12:00:00.000Z', 'web', 'a'), 3)).toEqual([
    '2026-03-14T12:00:00.000Z',
    'web',
    'a',
  ])
  expect(placeInTime(undefined, 3)).toEqual([])
  expect(() => placeInTime(cursorOf('soon', 'web', 'a'), 3)).toThrow(Problem)
})

test('without a cursor the list begins at the top', () => {
  expect(partsOfCursor(undefined, 2)).toBe(null)
})
