import type { GoalWindow } from '../program/program.ts'
import { dayOf, dayText, endOfUnit, type LocalTime, startOf, startOfUnit } from '../time/local.ts'

/** A stretch in which a goal counts, half-open; `to` null: without end. */
export interface GoalSpan {
  readonly from: LocalTime
  readonly to: LocalTime | null
}

/** The stretch that holds a moment; null: none does. */
export function spanAt(window: GoalWindow, local: LocalTime): GoalSpan | null {
  switch (window.type) {
    case 'calendar': {
      const day = dayOf(local)
      return { from: startOf(startOfUnit(day, window.unit)), to: startOf(endOfUnit(day, window.unit)) }
    }
    case 'dates':
      return window.from <= local && local < window.through ? { from: window.from, to: window.through } : null
    case 'lifetime':
      return { from: 0, to: null }
  }
}

/** Its name, in ids: the first day. */
export const spanName = (from: LocalTime): string => (from === 0 ? 'ever' : dayText(dayOf(from)))
