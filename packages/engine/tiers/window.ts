import type { Ladder, Window } from '../program/program.ts'
import {
  addToDay,
  civilFromDay,
  dayOf,
  endOfUnit,
  type LocalDay,
  type LocalTime,
  startOf,
  startOfUnit,
  yearlyDay,
} from '../time/local.ts'

export const YEAR = { months: 12, days: 0, ms: 0 }

/** A stretch of local time, half-open. */
export interface Span {
  readonly from: LocalTime
  readonly to: LocalTime
}

/** Every moment. */
export const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** The period of a window that holds `now`; null for windows without periods. `joinedOn` is asked by anniversaries only. */
export function periodOf(window: Window, joinedOn: LocalDay, now: LocalTime): Span | null {
  const day = dayOf(now)
  switch (window.type) {
    case 'calendar':
      return { from: startOf(startOfUnit(day, window.unit)), to: startOf(endOfUnit(day, window.unit)) }
    case 'fixed-date': {
      const year = civilFromDay(day).year
      const first = yearlyDay(year, window.month, window.day)
      return first <= day
        ? { from: startOf(first), to: startOf(yearlyDay(year + 1, window.month, window.day)) }
        : { from: startOf(yearlyDay(year - 1, window.month, window.day)), to: startOf(first) }
    }
    case 'anniversary': {
      let years = civilFromDay(day).year - civilFromDay(joinedOn).year
      if (addToDay(joinedOn, YEAR, years) > day) years -= 1
      return { from: startOf(addToDay(joinedOn, YEAR, years)), to: startOf(addToDay(joinedOn, YEAR, years + 1)) }
    }
    case 'rolling':
    case 'lifetime':
      return null
  }
}

/** The spans whose facts may hold a level up: the window itself, and the period before it; null for windows without periods. */
export interface Spans {
  readonly current: Span
  readonly previous: Span | null
}

export function spansAt(window: Window, joinedOn: LocalDay, now: LocalTime): Spans {
  const period = periodOf(window, joinedOn, now)
  if (!period) {
    if (window.type === 'rolling') {
      // TIER-3: day D looks at the days after D - length through D.
      return {
        current: { from: startOf(addToDay(dayOf(now), window.length, -1) + 1), to: Number.POSITIVE_INFINITY },
        previous: null,
      }
    }
    return { current: ALWAYS, previous: null }
  }
  return { current: period, previous: periodOf(window, joinedOn, period.from - 1) }
}

/** First moment at which an entry of this day is no longer in a rolling window. */
export function leavesRolling(length: { months: number; days: number; ms: number }, home: LocalTime): LocalTime {
  const day = dayOf(home)
  let at = addToDay(day, length)
  // A month's end is clipped both ways (29 February + P12M - P12M is 28 February), so the exact day is looked for.
  while (addToDay(at, length, -1) < day) at += 1
  return startOf(at)
}

export interface Sums {
  readonly net: number
  /** The highest that the sum ever was. */
  readonly highest: number
}

/** The highest level that a sum reaches, of those that one rises into. */
export function levelFor(ladder: Ladder, sum: number): number {
  let index = 0
  for (let i = 1; i < ladder.levels.length; i++) {
    const level = ladder.levels[i]
    if (level && !level.invitation && sum >= level.reach) index = i
  }
  return index
}

/** Which sum a level goes by, after refunds (TIER-6). */
export const countedOf = (ladder: Ladder, sums: Sums): number =>
  ladder.afterRefund === 'revoke' ? sums.net : sums.highest
