import { isFirstOrder } from '../condition-words.ts'
import { setOf } from '../list-shape.ts'
import { daysMeant, weekdays } from '../meant-days.ts'
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
import {
  defined,
  meantMap,
  mended,
  type Reading,
  reads,
  reportShape,
  type Shape,
  type ValueOf,
  writtenIn,
} from '../shape.ts'
import type { TextTree } from '../syntax-tree.ts'

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
/** `everyone`, `new customers`, `vip`: what is meant is said elsewhere, or by a key that takes any name. */
const audienceOrText: typeof audienceKeys = {
  ...audienceKeys,
  read(tree, reading) {
    if (tree.type !== 'text' || reading.quiet || !/^[\p{L}\d][\p{L}\d _-]*$/u.test(tree.text))
      return audienceKeys.read(tree, reading)
    const message = `Here stands the text \`${tree.text}\`; \`for\` with keys is expected`
    const isAll = /^(all|every ?one|every ?body|any|members|all members|alle|todos|herkes)$/i.test(tree.text)
    const instead = isAll
      ? 'Leave `for` out: silence means all members'
      : isFirstOrder(tree.text) && reading.beside.includes('when')
        ? `Write when: '${reading.beside.includes('per') ? 'order.firstOrder' : 'member.orders == 0'}' in place of \`for\``
        : anyName(tree, reading)
    if (instead === null) return audienceKeys.read(tree, reading)
    reading.report(tree, 'wrong-shape', message, instead)
    return undefined
  },
}
/** Where it is declared as nothing: a segment, where they come from outside, or a tag. */
function anyName(tree: TextTree, reading: Reading): string | null {
  if (meantMap(Object.keys(traits), () => audienceKeys, tree, reading) !== null) return null
  const segment = mended(setOf(segmentReference, NAMED_MAX), tree, reading)
  const tag = `{ tag: [${writtenIn(tree.text)}] }`
  return segment === null ? null : `Write { segment: ${segment} } or ${tag}; levels are declared under \`tiers\``
}
export const audience = defined('audience', audienceOrText)
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

/** `Mo-Fr`, `weekends` and `lunes` as the days that are meant. */
const days: Shape<readonly string[]> = inDays(setOf(inDays(weekday, false), 7), true)
function inDays<Value>(shape: Shape<Value>, isList: boolean): Shape<Value> {
  return {
    ...shape,
    read(tree, reading) {
      const meant = tree.type === 'text' && !reads(shape, tree, reading) ? daysMeant(tree.text) : null
      if (tree.type !== 'text' || meant === null) return shape.read(tree, reading)
      const written = isList ? `[${meant.join(', ')}]` : meant.join(', ')
      const isAll = meant.length === weekdays.length
      const instead = isAll && isList ? 'Leave `days` out: silence means every day' : `Write ${written}`
      const message = `\`${tree.text}\` is not how days are written here`
      reading.report(tree, isList ? 'wrong-shape' : 'unknown-word', message, instead, isAll && isList ? null : written)
      return undefined
    },
  }
}

const hoursKeys = record('`hours`', {
  from: required(timeOfDay, 'The first moment', '17:00'),
  to: required(
    timeOfDay,
    'The first moment that is outside again; before `from`, the hours run past midnight',
    '20:00',
  ),
})

const partsOf = (tree: TextTree): readonly TextTree[] =>
  tree.text
    .replace(/^(?:from|between|von|de) /, '')
    .split(/ ?[-–] ?| (?:to|until|till|and|bis|und|a) /)
    .map((text) => ({ ...tree, text }))

/** `14-17`, `2pm to 5pm`, `[14:00, 17:00]`. */
const hours: typeof hoursKeys = {
  ...hoursKeys,
  read(tree, reading) {
    const parts = tree.type === 'text' ? partsOf(tree) : tree.type === 'list' ? tree.items : []
    const [from, to] = parts.map((part) => (part.type === 'text' ? mended(timeOfDay, part, reading) : null))
    if (parts.length !== 2 || from == null || to == null) return hoursKeys.read(tree, reading)
    const clock = (text: string) => text.replaceAll('"', '')
    const meant = `{ from: ${clock(from)}, to: ${clock(to)} }`
    return reportShape(tree, reading, '`hours` with keys', '', meant)
  },
}

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
  days: optional(days, 'Only on these days of the week; silence means every day', '[saturday, sunday]'),
  hours: optional(hours, 'Only in these hours of the day; silence means all day', '{ from: 17:00, to: 20:00 }'),
  except: optional(
    setOf(calendarDay, DAYS_MAX),
    'Not on these days; silence means that no day is left out',
    '[2026-12-24]',
  ),
})
/** `2026-12-24`, `2026-12`, `2026-12-01 to 2026-12-24`: the days that are meant. */
const duringOrText: typeof duringKeys = {
  ...duringKeys,
  read(tree, reading) {
    // A list of days could only be those that are left out, and nobody means that.
    const days = tree.type === 'list' ? tree.items.map((item) => mended(calendarDay, item, reading)) : []
    const [first] = days
    if (first != null && days.length > 1) {
      const instead = `Write { from: ${first}, through: ${first} }, and a rule of its own for each other day`
      reading.report(tree, 'wrong-shape', 'Here stands a list; `during` with keys is expected', instead)
      return undefined
    }
    if (tree.type !== 'text') return duringKeys.read(tree, reading)
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(tree.text)
    const parts = month ? [`${tree.text}-01`, `${tree.text}-31`] : tree.text.split(/ (?:to|until|till|bis|-|–) /)
    const [from, through = from] = parts.map((text) => mended(moment, { ...tree, text }, reading))
    if (parts.length > 2 || from == null || through == null) return duringKeys.read(tree, reading)
    return reportShape(tree, reading, '`during` with keys', '', `{ from: ${from}, through: ${through} }`)
  },
}
export const during = defined('during', duringOrText)
export type DuringText = ValueOf<typeof during>
