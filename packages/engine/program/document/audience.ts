import { setOf } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { label, word } from '../scalar.ts'
import {
  badgeReference,
  levelReference,
  membershipReference,
  partnerReference,
  placeReference,
  segmentReference,
} from '../scalar-reference.ts'
import { calendarDay, moment, timeOfDay } from '../scalar-time.ts'
import { defined, type ValueOf } from '../shape.ts'

// Longer lists are segments of their own.
const NAMED_MAX = 100
const DAYS_MAX = 366

const traits = {
  tier: optional(
    setOf(levelReference, NAMED_MAX),
    'Members who hold one of these levels; silence means whatever level they hold',
    '[gold]',
  ),
  segment: optional(
    setOf(segmentReference, NAMED_MAX),
    'Members in one of these segments; silence means all of them',
    '[students]',
  ),
  tag: optional(setOf(label, NAMED_MAX), 'Members who bear one of these tags; silence means all of them', '[press]'),
  membership: optional(
    setOf(membershipReference, NAMED_MAX),
    'Members who have one of these memberships; silence means all of them',
    '[plus]',
  ),
  badge: optional(
    setOf(badgeReference, NAMED_MAX),
    'Members who have one of these badges; silence means all of them',
    '[explorer]',
  ),
}
const without = record('`not`', traits)
export type TraitsText = ValueOf<typeof without>

const audienceKeys = record('`for`', {
  ...traits,
  not: optional(
    without,
    'But nobody of whom one of these holds; silence means that nobody is left out',
    '{ tag: [press] }',
  ),
})
export const audience = defined('audience', audienceKeys)
export type AudienceText = ValueOf<typeof audience>

/** Where something happens. */
export const where = {
  places: optional(
    setOf(placeReference, NAMED_MAX),
    'Only in these places; silence means all places',
    '[fifth-avenue]',
  ),
  channels: optional(setOf(label, NAMED_MAX), 'Only on these channels; silence means all channels', '[web]'),
  partners: optional(
    setOf(partnerReference, NAMED_MAX),
    'Only in places of these partners; silence means all places',
    '[spa-house]',
  ),
}

const weekday = word('a day of the week', {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
})

const hours = record('`hours`', {
  from: required(timeOfDay, 'The first moment', '17:00'),
  to: required(
    timeOfDay,
    'The first moment that is outside again; before `from`, the hours run past midnight',
    '20:00',
  ),
})

const duringKeys = record('`during`', {
  from: optional(
    moment,
    'The first moment, by the clock of the place of the order; silence means that it has begun',
    '2026-03-01',
  ),
  through: optional(
    moment,
    'The end: a date means the end of that day, a time the moment before it; silence means without end',
    '2026-03-31',
  ),
  days: optional(setOf(weekday, 7), 'Only on these days of the week; silence means every day', '[saturday, sunday]'),
  hours: optional(hours, 'Only in these hours of the day; silence means all day', '{ from: 17:00, to: 20:00 }'),
  except: optional(
    setOf(calendarDay, DAYS_MAX),
    'Not on these days; silence means that no day is left out',
    '[2026-12-24]',
  ),
})
export const during = defined('during', duringKeys)
export type DuringText = ValueOf<typeof during>
