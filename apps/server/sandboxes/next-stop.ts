import { dayOf, startOf } from '@laurel/engine'
import { instantOf, localOf } from '../programs/zone.ts'

/** How often live programs are looked at: what becomes due happens at the next such moment. */
const minuteMs = 60_000

export interface WhatComes {
  readonly zone: string
  /** What the clock shows. */
  readonly clock: number
  /** How far it is to go. */
  readonly to: number
  /** Whether the beginning of a day means anything: to birthdays, anniversaries and leaderboards it does. */
  readonly goesByDays: boolean
  /** The next moment at which time does something to a member; null: there is none. */
  readonly dueAt: number | null
  /** When versions begin and draws close, those that are over among them. */
  readonly moments: readonly number[]
}

/**
 * Where the clock stops next (SBX-3): at the first of what comes. Of days the one after the next counts too, for a midnight that is
 * shown twice lies behind and ahead.
 */
export function nextStop({ zone, clock, to, goesByDays, dueAt, moments }: WhatComes): number {
  const today = dayOf(localOf(zone, clock))
  const days = goesByDays ? [today + 1, today + 2].map((day) => instantOf(zone, startOf(day))) : []
  const due = dueAt === null ? [] : [Math.ceil(dueAt / minuteMs) * minuteMs]
  return Math.min(to, ...[...days, ...due, ...moments].filter((at) => at > clock))
}

/** Whether a day begins then. */
export const isDayStart = (zone: string, at: number): boolean =>
  instantOf(zone, startOf(dayOf(localOf(zone, at)))) === at
