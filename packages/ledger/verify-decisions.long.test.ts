import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportOf } from './books.fixture.ts'
import { lifeOf, someLives } from './recorded-life.fixture.ts'
import { verifyBooks } from './verify-books.ts'
import { verifyDecisions } from './verify-decisions.ts'

test('LED-6 a hundred thousand lives, decided and recorded in any order, make clean books that decide the same again', () => {
  fc.assert(
    fc.property(someLives, ({ timeline, steps }) => {
      const life = lifeOf(timeline, steps)
      expect(verifyBooks(exportOf([life.book()]).map((line) => JSON.parse(line))).disagreements).toEqual([])
      expect(verifyDecisions(timeline, life.events, life.decisions, []).clean).toBe(true)
    }),
    { numRuns: 100_000 },
  )
})
