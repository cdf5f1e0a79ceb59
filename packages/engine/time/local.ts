/**
 * Civil time as whole numbers. A `LocalTime` is the reading of a wall clock in some zone, counted in milliseconds as if that
 * zone were UTC; a `LocalDay` is the same in days (0 = 1970-01-01). The engine compares such readings and never makes an
 * instant out of one: that needs zone data, which lives outside (TIME-1).
 */
export type LocalTime = number
export type LocalDay = number

export const DAY_MS = 86_400_000

/** A stretch of calendar time, ISO 8601: years and months are calendar steps, weeks arrive as days, the rest is clock time. */
export interface Period {
  readonly months: number
  readonly days: number
  readonly ms: number
}

export const dayOf = (local: LocalTime): LocalDay => Math.floor(local / DAY_MS)
export const startOf = (day: LocalDay): LocalTime => day * DAY_MS

export interface CivilDate {
  readonly year: number
  /** 1 to 12 */
  readonly month: number
  /** 1 to 31 */
  readonly day: number
}

/** Of whole numbers that are not below zero, as the machine divides them: `Math.floor` would cost several times as much. */
const quotient = (a: number, b: number): number => (a / b) | 0

/** Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013). */
export function dayFromCivil(year: number, month: number, day: number): LocalDay {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = quotient(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1
  const dayOfEra = yearOfEra * 365 + quotient(yearOfEra, 4) - quotient(yearOfEra, 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of `dayFromCivil`. */
export function civilFromDay(day: LocalDay): CivilDate {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const leapDays = quotient(dayOfEra, 1460) - quotient(dayOfEra, 36_524) + quotient(dayOfEra, 146_096)
  const yearOfEra = quotient(dayOfEra - leapDays, 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + quotient(yearOfEra, 4) - quotient(yearOfEra, 100))
  const shifted = quotient(5 * dayOfYear + 2, 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - quotient(153 * shifted + 2, 5) + 1,
  }
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** A yearly date in a given year; 29 February is kept on the 28th in common years. */
export const yearlyDay = (year: number, month: number, day: number): LocalDay =>
  dayFromCivil(year, month, Math.min(day, daysInMonth(year, month)))

/** Calendar months first, held to the last day of the month reached, then days (TIME-1: P1M from 31 January is the last of February). */
export function addToDay(day: LocalDay, period: Period, times = 1): LocalDay {
  if (period.months === 0) return day + period.days * times
  return addMonths(day, period.months * times) + period.days * times
}

function addMonths(day: LocalDay, months: number): LocalDay {
  const civil = civilFromDay(day)
  const since = civil.year * 12 + (civil.month - 1) + months
  const year = Math.floor(since / 12)
  const month = since - year * 12 + 1
  return dayFromCivil(year, month, Math.min(civil.day, daysInMonth(year, month)))
}

/** As `addToDay`, keeping the time of day, then clock time. */
export function addToTime(local: LocalTime, period: Period, times = 1): LocalTime {
  const day = dayOf(local)
  return startOf(addToDay(day, period, times)) + (local - startOf(day)) + period.ms * times
}

/** 1 to 31 */
export const dayOfMonth = (local: LocalTime): number => civilFromDay(dayOf(local)).day

/** The same time of the same month, on `day` or, where the month is shorter, on its last. */
export function onDayOfMonth(local: LocalTime, day: number): LocalTime {
  const own = civilFromDay(dayOf(local))
  const wanted = dayFromCivil(own.year, own.month, Math.min(day, daysInMonth(own.year, own.month)))
  return startOf(wanted) + (local - startOf(dayOf(local)))
}

/** 0 = Monday to 6 = Sunday. */
export const weekdayOf = (day: LocalDay): number => (((day + 3) % 7) + 7) % 7

export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'year'

/** First day of the calendar unit that holds `day`; weeks begin on Monday (ISO 8601). */
export function startOfUnit(day: LocalDay, unit: CalendarUnit): LocalDay {
  switch (unit) {
    case 'day':
      return day
    case 'week':
      return day - weekdayOf(day)
    case 'month':
      return day - civilFromDay(day).day + 1
    case 'quarter': {
      const { year, month } = civilFromDay(day)
      return dayFromCivil(year, firstOfQuarter(month), 1)
    }
    case 'year':
      return dayFromCivil(civilFromDay(day).year, 1, 1)
  }
}

const firstOfQuarter = (month: number): number => month - ((month - 1) % 3)

/** First day after the calendar unit that holds `day`. */
export function endOfUnit(day: LocalDay, unit: CalendarUnit): LocalDay {
  switch (unit) {
    case 'day':
      return day + 1
    case 'week':
      return day - weekdayOf(day) + 7
    case 'month': {
      const civil = civilFromDay(day)
      return day - civil.day + daysInMonth(civil.year, civil.month) + 1
    }
    case 'quarter': {
      const { year, month } = civilFromDay(day)
      const last = firstOfQuarter(month) + 2
      return dayFromCivil(year, last, daysInMonth(year, last)) + 1
    }
    case 'year':
      return dayFromCivil(civilFromDay(day).year + 1, 1, 1)
  }
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** `2026-03-31`. */
export function dayText(day: LocalDay): string {
  const civil = civilFromDay(day)
  return `${pad(civil.year, 4)}-${pad(civil.month, 2)}-${pad(civil.day, 2)}`
}

/** `2026-03-31T09:30:00.000`, without a zone: it is a reading of a wall clock. */
export function localText(local: LocalTime): string {
  const day = dayOf(local)
  const ms = local - startOf(day)
  const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
  return `${dayText(day)}T${clock.map((part) => pad(part, 2)).join(':')}.${pad(ms % 1000, 3)}`
}
