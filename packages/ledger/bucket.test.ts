import { expect, test } from 'vitest'
import { BUCKETS, bucketOf } from './bucket.ts'

test('the bucket of a member is pinned for ever: rows lie where this function once put them', () => {
  expect(bucketOf('glow-club', 'cus_1')).toBe(177)
  expect(bucketOf('glow-club', 'zoë')).toBe(679)
  expect(bucketOf('a', 'bc')).toBe(820)
  expect(bucketOf('ab', 'c')).toBe(162)
})

test('buckets fill evenly', () => {
  const filled = new Array<number>(BUCKETS).fill(0)
  for (let member = 0; member < 100 * BUCKETS; member++) {
    const bucket = bucketOf('glow-club', `cus_${member}`)
    filled[bucket] = (filled[bucket] ?? 0) + 1
  }
  expect(Math.min(...filled)).toBeGreaterThan(50)
  expect(Math.max(...filled)).toBeLessThan(150)
})
