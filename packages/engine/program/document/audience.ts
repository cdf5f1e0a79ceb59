import { suggestion } from '../nearest.ts'
import { label, placeReference, right, scalar, word, wrong } from '../scalar.ts'
import { moment, timeOfDay } from '../scalar-time.ts'
import { defined, optional, record, required, type Shape, setOf, type ValueOf } from '../shape.ts'

// Longer lists are segments of their own.
const NAMED_MAX = 100

/** A level of a tier, by its id; `ladder/level` where two ladders have a level of that id. */
const levelReference: Shape<string> = scalar({
  name: 'a level of a tier',
  example: 'gold',
  schema: { type: 'string' },
  parse(text, reading) {
    const [first = '', second] = text.split('/')
    const ladders = reading.names.laddersByLevel.get(second ?? first) ?? []
    const [only] = ladders
    if (second === undefined && ladders.length === 1 && only !== undefined) return right(`${only}/${first}`)
    if (second !== undefined && ladders.includes(first)) return right(text)
    if (ladders.length > 1) {
      const message = `Several ladders have a level \`${first}\``
      return wrong('unknown-level', message, `Say which: ${ladders.map((ladder) => `${ladder}/${first}`).join(' or ')}`)
    }
    const known = reading.names.laddersByLevel.keys()
    return wrong('unknown-level', `There is no level \`${text}\``, suggestion(text, known, 'Declare it under `tiers`'))
  },
  print(value, reading) {
    const level = value.slice(value.indexOf('/') + 1)
    return reading.names.laddersByLevel.get(level)?.length === 1 ? level : value
  },
})

const audienceKeys = record('`for`', {
  tier: optional(setOf(levelReference, NAMED_MAX), 'Members who hold one of these levels', '[gold]'),
  segment: optional(setOf(label, NAMED_MAX), 'Members in one of these segments', '[students]'),
  tag: optional(setOf(label, NAMED_MAX), 'Members who bear one of these tags', '[press]'),
})
export const audience = defined('audience', audienceKeys)
export type AudienceText = ValueOf<typeof audience>

export const places = setOf(placeReference, NAMED_MAX)
export const channels = setOf(label, NAMED_MAX)

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
  from: optional(moment, 'The first moment, by the clock of the place of the order', '2026-03-01'),
  through: optional(moment, 'The end: a date means the end of that day, a time the moment before it', '2026-03-31'),
  days: optional(setOf(weekday, 7), 'Only on these days of the week', '[saturday, sunday]'),
  hours: optional(hours, 'Only in these hours of the day', '{ from: 17:00, to: 20:00 }'),
})
export const during = defined('during', duringKeys)
export type DuringText = ValueOf<typeof during>
