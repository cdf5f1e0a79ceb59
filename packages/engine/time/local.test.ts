import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addToDay,
  addToTime,
  civilFromDay,
  dayFromCivil,
  dayOf,
  dayText,
  endOfUnit,
  localText,
  startOf,
  startOfUnit,
  weekdayOf,
  yearlyDay,
} from './local.ts'

const day = (text: string): number => {
  const { year, month, day: inMonth } = Temporal.PlainDate.from(text)
  return dayFromCivil(year, month, inMonth)
}
const anyDay = fc.integer({ min: day('1583-01-01'), max: day('2500-12-31') })

describe('TIME-1: a civil day is a number', () => {
  test('and comes back from it, for every day of nine centuries that is tried', () => {
    fc.assert(
      fc.property(anyDay, (number) => {
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: number })
        expect(civilFromDay(number)).toEqual({ year: date.year, month: date.month, day: date.day })
        expect(dayFromCivil(date.year, date.month, date.day)).toBe(number)
        expect(weekdayOf(number)).toBe(date.dayOfWeek - 1)
        expect(dayText(number)).toBe(date.toString())
      }),
      { numRuns: 2000 },
    )
  })

  test('months are added as the calendar of the outside world adds them', () => {
    const period = fc.record({ months: fc.integer({ min: -60, max: 60 }), days: fc.integer({ min: -400, max: 400 }) })
    fc.assert(
      fc.property(anyDay, period, (number, { months, days }) => {
        const expected = Temporal.PlainDate.from('1970-01-01').add({ days: number }).add({ months }).add({ days })
        expect(dayText(addToDay(number, { months, days, ms: 0 }))).toBe(expected.toString())
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(dayText(addToDay(day(from), { months, days: 0, ms: 0 }))).toBe(to)
  })

  test('clock time is kept over a month and added after it', () => {
    const noon = startOf(day('2026-01-31')) + 12 * 3_600_000
    expect(localText(addToTime(noon, { months: 1, days: 1, ms: 90_000 }))).toBe('2026-03-01T12:01:30.000')
  })

  test('a yearly 29 February is kept on the 28th', () => {
    expect(dayText(yearlyDay(2025, 2, 29))).toBe('2025-02-28')
    expect(dayText(yearlyDay(2028, 2, 29))).toBe('2028-02-29')
  })
})

describe('TIME-2: units are half-open', () => {
  test.each([
    ['week', '2026-03-02', '2026-03-09'],
    ['month', '2026-03-01', '2026-04-01'],
    ['quarter', '2026-01-01', '2026-04-01'],
    ['year', '2026-01-01', '2027-01-01'],
    ['day', '2026-03-05', '2026-03-06'],
  ] as const)('the %s of 5 March 2026 runs from %s to before %s', (unit, from, to) => {
    expect(dayText(startOfUnit(day('2026-03-05'), unit))).toBe(from)
    expect(dayText(endOfUnit(day('2026-03-05'), unit))).toBe(to)
  })

  test('the last millisecond of a day belongs to it, the next does not', () => {
    const start = startOf(day('2026-03-05'))
    expect(dayOf(start - 1)).toBe(day('2026-03-04'))
    expect(dayOf(start)).toBe(day('2026-03-05'))
  })
})
