import { expect, test } from 'vitest'
import { momentIn } from './moments.ts'

test('an instant is told by the clock of a zone', () => {
  expect(momentIn('UTC')('2026-03-01T09:05:00.000Z')).toBe('1 March 2026, 09:05')
  expect(momentIn('Asia/Tokyo')('2026-12-31T20:00:00.000Z')).toBe('1 January 2027, 05:00')
})
