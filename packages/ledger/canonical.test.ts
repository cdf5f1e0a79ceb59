import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBytes, canonicalText } from './canonical.ts'

test('the example of RFC 8785, section 3.2.2, less the number that is no safe integer', () => {
  const value = {
    numbers: [Number('333333333.33333329'), 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  expect(canonicalText(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],' +
      '"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('keys stand in order of UTF-16 code units: the example of RFC 8785, section 3.2.3', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  expect(canonicalText(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
})

test('bytes are UTF-8', () => {
  expect(Buffer.from(canonicalBytes(['\u20ac', '\ud83d\ude00'])).toString('hex')).toBe('5b22e282ac222c22f09f9880225d')
})

test('the text is JSON of the same value, whatever the order of keys, and reads back to the same text', () => {
  const values = fc.jsonValue({ depthSize: 'medium' }).filter((value) => JSON.stringify(value).isWellFormed())
  const shuffled = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(shuffled)
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, shuffled(inner)]),
    )
  }
  const exact = (value: unknown): boolean =>
    typeof value === 'number'
      ? Number.isSafeInteger(value) || !Number.isInteger(value)
      : typeof value === 'string'
        ? value.isWellFormed()
        : typeof value === 'object' && value !== null
          ? Object.entries(value).every(([key, inner]) => key.isWellFormed() && key !== '__proto__' && exact(inner))
          : true
  fc.assert(
    fc.property(values.filter(exact), (value) => {
      const text = canonicalText(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalText(shuffled(value))).toBe(text)
      expect(canonicalText(JSON.parse(text))).toBe(text)
    }),
    { numRuns: 300 },
  )
})

test('what looks like an escape is text like any other', () => {
  for (const text of ['\\ud800', '\\\\udfff', 'C:\\udp']) {
    expect(canonicalText({ b: [text], a: text })).toBe(`{"a":${JSON.stringify(text)},"b":[${JSON.stringify(text)}]}`)
    expect(canonicalText([{ [text]: 1 }])).toBe(`[{${JSON.stringify(text)}:1}]`)
  }
})

test('minus zero is zero, and what is undefined is absent', () => {
  expect(canonicalText({ b: -0, a: undefined, c: { d: undefined } })).toBe('{"b":0,"c":{}}')
})

const refused: readonly (readonly [string, unknown, string])[] = [
  ['not a number', { a: [1, Number.NaN] }, '$.a[1]: NaN is no JSON number'],
  ['infinity', Number.POSITIVE_INFINITY, '$: Infinity is no JSON number'],
  ['an unsafe integer', { a: { b: 2 ** 53 } }, '$.a.b: 9007199254740992 is beyond 2^53 - 1, where readers differ'],
  ['a large integer', [1e30], '$[0]: 1e+30 is beyond 2^53 - 1, where readers differ'],
  ['a lone surrogate', ['\ud800'], '$[0]: a lone surrogate is no text'],
  ['a lone surrogate as a key', { a: { '\udc00': 1 } }, '$.a.\udc00: a lone surrogate is no text'],
  ['undefined', [undefined], '$[0]: undefined is no JSON'],
  ['a bigint', { a: 1n }, '$.a: bigint is no JSON'],
  ['a function', { a: () => 1 }, '$.a: function is no JSON'],
  ['a date', { at: new Date(0) }, '$.at: a plain object is wanted'],
  ['a map', new Map(), '$: a plain object is wanted'],
]
test.each(refused)('refuses %s, with its path', (_, value, message) => {
  expect(() => canonicalText(value)).toThrow(expect.objectContaining({ name: 'NotCanonical', message }))
})

test('the text does not depend on what was written before: more shapes than are remembered, absent values, other orders', () => {
  for (let index = 0; index < 3_000; index++) {
    expect(canonicalText({ b: 1, [`key-${index}`]: 2, a: 3 })).toBe(`{"a":3,"b":1,"key-${index}":2}`)
  }
  expect(canonicalText({ b: 1, a: undefined })).toBe('{"b":1}')
  expect(canonicalText({ b: 1, a: 2 })).toBe('{"a":2,"b":1}')
  expect(canonicalText({ b: undefined, a: 2 })).toBe('{"a":2}')
  expect(canonicalText({ b: undefined, a: undefined })).toBe('{}')
  expect(canonicalText({ a: 1, b: {} })).toBe('{"a":1,"b":{}}')
})
