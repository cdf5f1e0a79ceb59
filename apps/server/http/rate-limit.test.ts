import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

test('lets a burst through, then as many as the rate says', () => {
  const limit = createRateLimit({ perSecond: 2, burst: 3 })
  expect([0, 0, 0, 0].map((at) => limit.take('a', at))).toEqual([0, 0, 0, 1])
  expect(limit.take('a', 499)).toBe(1)
  expect(limit.take('a', 500)).toBe(0)
  expect(limit.take('b', 500)).toBe(0)
})

test('says how long to wait', () => {
  const limit = createRateLimit({ perSecond: 0.1, burst: 1 })
  limit.take('a', 0)
  expect(limit.take('a', 1000)).toBe(9)
  expect(limit.wait('a', 9_999)).toBe(1)
  expect(limit.wait('a', 10_000)).toBe(0)
  expect(limit.wait('nobody', 0)).toBe(0)
})

test('a clock that is set back takes nothing away', () => {
  const limit = createRateLimit({ perSecond: 1, burst: 2 })
  limit.take('a', 10_000)
  expect(limit.take('a', 0)).toBe(0)
  expect(limit.take('a', 0)).toBe(1)
})

test('remembers a bounded number of names', () => {
  const limit = createRateLimit({ perSecond: 1, burst: 1, namesMax: 2 })
  for (const name of ['a', 'b', 'c']) expect(limit.take(name, 0)).toBe(0)
  expect(limit.take('c', 0)).toBe(1)
  expect(limit.take('a', 0)).toBe(0) // forgotten when c came
})
