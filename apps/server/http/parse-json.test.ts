import { Problem } from '@laurel/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('brackets within texts do not count as depth', () => {
  const text = JSON.stringify({ text: '[{"\\'.repeat(200) })
  expect(parseJson(text)).toEqual(JSON.parse(text))
})

test.each([
  ['65 levels', nested(65)],
  ['1,000 levels', nested(1000)],
  ['1,000 objects', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['a text that never ends', `{"a":"${'x'.repeat(100)}`],
  ['half an object', '{"a":'],
  ['nothing', ''],
])('refuses %s', (_, text) => {
  expect(() => parseJson(text)).toThrow(Problem)
})

test('takes 64 levels, and a byte order mark', () => {
  expect(parseJson(nested(64))).toBeDefined()
  expect(parseJson('\ufeff{"a":1}')).toEqual({ a: 1 })
})

test('says where, and nothing of what was sent', () => {
  const thrown = (() => {
    try {
      return parseJson('{"email":"maren@example.net",}')
    } catch (error) {
      return error
    }
  })()
  expect(thrown).toBeInstanceOf(Problem)
  expect(String(thrown)).not.toContain('maren')
})
