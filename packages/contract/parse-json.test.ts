import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'
import { Problem } from './problem.ts'

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

const problemOf = (text: string) => {
  try {
    return parseJson(text)
  } catch (error) {
    return error instanceof Problem ? { code: error.code, errors: error.details.errors } : error
  }
}

test.each([
  ['in a short text', '{"a":1,"a":1}', '/a'],
  ['written otherwise', '{"a":1,"\\u0061":2}', '/a'],
  ['within lists', '[{"x":[{"k":1},{"k":1,"l":":,{","k" :"\\""}]}]', '/0/x/1/k'],
  ['whose name needs an escape in a pointer', '{"a/b":{"~":[],"~":{}}}', '/a~1b/~0'],
  ['after a value that is an object', '{"o":{"a":"a"},"b":"o","o":null}', '/o'],
  ['that an object inherits', '{"__proto__":1,"__proto__":2}', '/__proto__'],
])('EVT-1 refuses a key that is said twice, with its path: %s', (_, text, path) => {
  expect(problemOf(text)).toEqual({
    code: 'invalid-request',
    errors: [{ path, message: 'is said more than once' }],
  })
})

test.each(['100.00000000000000001', '9007199254740993', '0.1234567890123456789', '1e400', '-12345678901234567890'])(
  'AMT-1 refuses %s, which would be kept as another number, with its path',
  (number) => {
    expect(problemOf(`{"id":"1234567890123456789","lines":[{"total":${number}}]}`)).toEqual({
      code: 'invalid-request',
      errors: [{ path: '/lines/0/total', message: 'has more digits than a number can keep' }],
    })
  },
)

test.each([
  '100.0',
  '1e2',
  '0.30000000000000004',
  '9007199254740991',
  '3.141592653589793',
  '-0',
  '1.50e-7',
  '123456789012e3',
])('AMT-1 takes %s as it is written', (number) => {
  expect(parseJson(`["12345678901234567890",${number}]`)).toEqual(['12345678901234567890', Number(number)])
})

test('EVT-1 names every doubled key at once, each once', () => {
  expect(problemOf('{"a":1,"a":2,"a":3,"b":{"c":1,"c":1}}')).toMatchObject({
    errors: [{ path: '/a' }, { path: '/b/c' }],
  })
})

test('EVT-1 the same key in objects beside and within each other is none that is doubled', () => {
  const text = '{"a":{"a":[{"a":1},{"a":"a"}]},"b":"a","__proto__":{"constructor":1}}'
  expect(parseJson(text)).toEqual(JSON.parse(text))
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
