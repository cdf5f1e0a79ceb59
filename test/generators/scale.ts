import type { CalendarUnit, Period } from '@laurel/engine'
import fc from 'fast-check'
import { days, months } from '../vectors/program-builder.ts'

/**
 * Two scales of time. In lives of days everything collides: pending ends, lots lapse, windows close and refunds run out within
 * one short history. Real periods show what only calendars do: months of unequal length, leap days, changes of clocks.
 */
export interface Scale {
  readonly name: 'days' | 'calendar'
  readonly pendings: readonly Period[]
  readonly lives: readonly Period[]
  readonly graces: readonly Period[]
  readonly accepts: readonly Period[]
  readonly slides: readonly Period[]
  readonly rollings: readonly Period[]
  readonly capUnits: readonly CalendarUnit[]
  readonly windowUnits: readonly ('month' | 'quarter' | 'year')[]
  readonly endsOf: readonly ('month' | 'quarter' | 'year' | null)[]
  /** Pauses between events. */
  readonly gapsMs: readonly number[]
  readonly startsAt: readonly string[]
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export const livesOfDays: Scale = {
  name: 'days',
  pendings: [days(1), days(2)],
  lives: [days(1), days(2), days(4)],
  graces: [days(1), days(2)],
  accepts: [days(3), days(30)],
  slides: [days(1), { months: 0, days: 0, ms: 6 * hour }],
  rollings: [days(2), days(5)],
  capUnits: ['day', 'week'],
  windowUnits: ['month'],
  endsOf: [null, 'month'],
  gapsMs: [0, 0, 0, 1, minute, hour, 5 * hour, 13 * hour, day, day + 7 * hour, 3 * day, 9 * day],
  // The end of a month, and nights in which clocks change.
  startsAt: ['2025-03-07T12:00:00Z', '2025-12-29T22:30:00Z', '2024-02-27T18:00:00Z', '2025-11-01T04:00:00Z'],
}

export const realPeriods: Scale = {
  name: 'calendar',
  pendings: [days(14), months(1)],
  lives: [months(1), months(6), months(12), days(400)],
  graces: [days(30), months(1)],
  accepts: [days(30), days(180)],
  slides: [days(7), days(30)],
  rollings: [months(1), months(12)],
  capUnits: ['day', 'week', 'month', 'quarter', 'year'],
  windowUnits: ['month', 'quarter', 'year'],
  endsOf: [null, 'month', 'quarter', 'year'],
  gapsMs: [0, minute, 11 * hour, day, 6 * day, 17 * day, 31 * day, 59 * day, 190 * day, 370 * day],
  startsAt: ['2024-01-31T23:00:00Z', '2024-02-29T12:00:00Z', '2025-10-25T22:00:00Z', '2023-12-31T23:59:59.999Z'],
}

/** Zones with changes of clocks at midnight, by half hours, and none at all. */
export const zones = [
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Havana',
  'Pacific/Apia',
]

/** How long points or vouchers live. */
export const lifeOf = (scale: Scale) =>
  fc.record({
    type: fc.constant('life' as const),
    life: fc.constantFrom(...scale.lives),
    endOf: fc.constantFrom(...scale.endsOf),
  })

/** Over what a cap counts. */
export const spansOf = (scale: Scale) => [
  fc.record({ type: fc.constant('calendar' as const), unit: fc.constantFrom(...scale.capUnits) }),
  fc.record({ type: fc.constant('sliding' as const), length: fc.constantFrom(...scale.slides) }),
  fc.constant({ type: 'ever' as const }),
]
