import { describe, expect, test } from 'vitest'
import { alarmsAtEnd, alarmsOnAnyDay, comingIn, coverageOf, goingOn } from './worlds.fixture.ts'

describe('EXP-2: in very many simulated worlds', () => {
  test('intervals at 95 % hold the known lift in 94 to 96 of 100, and 4 to 6 of 100 alarms are false', () => {
    const runs = 20_000
    for (const covered of [...Object.values(coverageOf(runs, 11)), runs - alarmsAtEnd(runs, 12)]) {
      expect(covered).toBeGreaterThanOrEqual(0.94 * runs)
      expect(covered).toBeLessThanOrEqual(0.96 * runs)
    }
  })

  test.each([
    ['come in', comingIn, 560],
    ['come in, fewer than were planned', comingIn, 5000],
    ['come in, more than were planned', comingIn, 100],
    ['go on', goingOn, 120],
    ['go on, more than were planned', goingOn, 30],
  ])('while members %s, looking every day misleads at most 5 of 100', (_how, days, membersPlanned) => {
    const runs = 3000
    expect(alarmsOnAnyDay(runs, days, { type: 'any-time', membersPlanned }, 13)).toBeLessThanOrEqual(0.05 * runs)
  })
})
