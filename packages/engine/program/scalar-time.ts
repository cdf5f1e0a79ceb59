import {
  type CivilDate,
  dayFromCivil,
  daysInMonth,
  dayText,
  type LocalDay,
  type LocalTime,
  localText,
  type Period,
  startOf,
} from '../time/local.ts'
import { choices } from './own-words.ts'
import { type Parsed, right, scalar, type Wrong, wrong } from './scalar.ts'
import { defined, type Shape } from './shape.ts'

// A century: longer is a slip of the pen, and sums of days stay far from what a number can hold.
const YEARS_MAX = 100

const periodPattern =
  /^P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const periodRule =
  'Periods are written as in ISO 8601: P14D (days), P2W (weeks), P12M (months), P1Y (years), PT15M (minutes)'

export function parsePeriod(text: string): Parsed<Period> {
  const match = periodPattern.exec(text)
  if (match === null) return wrong('bad-period', `\`${text}\` is no period`, periodInstead(text), periodMeant(text))
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const period = {
    months: years * 12 + months,
    days: weeks * 7 + days,
    ms: ((hours * 60 + minutes) * 60 + seconds) * 1000,
  }
  if (period.months === 0 && period.days === 0 && period.ms === 0) {
    return wrong('period-length', `\`${text}\` is no time at all`, 'Leave the key out, or say how long')
  }
  if (period.months > YEARS_MAX * 12 || period.days > YEARS_MAX * 366 || period.ms > YEARS_MAX * 366 * 86_400_000) {
    return wrong('period-length', `\`${text}\` is longer than ${YEARS_MAX} years`, `Write at most P${YEARS_MAX}Y`)
  }
  return right(period)
}

/** `14 days`, `15 minutes` and `P14 D` are what people write at first. */
function periodInstead(text: string): string {
  if (/^\d+$/.test(text)) return `Write P${text}D for ${text} days. ${periodRule}`
  if (parseDay(text) !== null || meantDays(text).length > 0)
    return `A day is no period: say how long, for instance P90D. ${periodRule}`
  const written = periodMeant(text)
  return written === null ? periodRule : `Write ${written}. ${periodRule}`
}

/** In English, German, Spanish and Turkish; null where no number and unit of time can be seen. */
function periodMeant(text: string): string | null {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i')
  const [, count = '1', unit = ''] = /^p?\s*(\d+)?\s*([a-z]+)/.exec(plain) ?? /^(\d+)()$/.exec(plain) ?? []
  return periodByUnit.get(unit)?.replace('n', count) ?? null
}
const periodByUnit: ReadonlyMap<string, string> = new Map(
  Object.entries({
    PTnS: 's sec secs second seconds sekunde sekunden segundo segundos saniye',
    PTnM: 'min mins minute minutes minuten minuto minutos dakika dk',
    PTnH: 'h hr hrs hour hours stunde stunden hora horas saat',
    PnD: 'd day days tag tage tagen dia dias gun',
    PnW: 'w week weeks woche wochen semana semanas hafta',
    PnM: 'm month months monat monate monaten mes meses ay',
    PnY: 'y yr yrs year years jahr jahre jahren ano anos yil',
  }).flatMap(([period, units]) => units.split(' ').map((unit): [string, string] => [unit, period])),
)

/** Twelve months are a year and seven days a week: one text for each period. */
function periodText(period: Period): string {
  const years = Math.floor(period.months / 12)
  const seconds = period.ms / 1000
  const part = (count: number, letter: string) => (count === 0 ? '' : `${count}${letter}`)
  const clock =
    part(Math.floor(seconds / 3600), 'H') + part(Math.floor(seconds / 60) % 60, 'M') + part(seconds % 60, 'S')
  return `P${part(years, 'Y')}${part(period.months % 12, 'M')}${part(period.days, 'D')}${clock === '' ? '' : `T${clock}`}`
}

/** Any stretch of time. */
export const period: Shape<Period> = defined(
  'period',
  scalar({
    name: 'a period',
    example: 'P30D',
    schema: { type: 'string', pattern: '^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$' },
    parse: parsePeriod,
    print: periodText,
  }),
)

/** Whole days, months or years: what ends at midnight has no use for hours. */
export const periodOfDays: Shape<Period> = defined(
  'days',
  scalar({
    name: 'a period of days',
    example: 'P30D',
    schema: { type: 'string', pattern: '^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?$' },
    parse(text) {
      const parsed = parsePeriod(text)
      if (!('value' in parsed) || parsed.value.ms === 0) return parsed
      return wrong(
        'period-unit',
        `\`${text}\` counts hours, and this goes by whole days`,
        'Write days, months or years: P14D, P12M, P1Y',
      )
    },
    print: periodText,
  }),
)

const CLOCK_PERIOD_MAX_MS = 7 * 86_400_000 // points held for longer than a week look lost to the member

/** Minutes and hours on the clock, as milliseconds. */
export const periodOfClock: Shape<number> = scalar({
  name: 'a period of hours and minutes',
  example: 'PT15M',
  schema: { type: 'string', pattern: '^PT(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?$' },
  parse(text) {
    const parsed = parsePeriod(text)
    if (!('value' in parsed)) return parsed
    const { months, days, ms } = parsed.value
    if (months > 0 || days > 0) {
      return wrong(
        'period-unit',
        `\`${text}\` counts days, and this goes by the clock`,
        'Write hours and minutes: PT24H, PT15M',
      )
    }
    if (ms > CLOCK_PERIOD_MAX_MS)
      return wrong('period-length', `\`${text}\` is longer than a week`, 'Write at most PT168H')
    return right(ms)
  },
  print: (ms) => periodText({ months: 0, days: 0, ms }),
})

const YEAR_MIN = 1900 // before, nobody had a loyalty program, and two-digit years hide there
const YEAR_MAX = 2200 // no member of today lives to see more, and clocks show years of four digits

export function parseDay(text: string): LocalDay | null {
  const date = civilDay(text)
  return date === null || date.year < YEAR_MIN || date.year > YEAR_MAX
    ? null
    : dayFromCivil(date.year, date.month, date.day)
}

/** Of any year of four digits. */
function civilDay(text: string): CivilDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return null
  const [, year, month, day] = match.map(Number) as [number, number, number, number]
  return month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) ? null : { year, month, day }
}

/** What is wrong with a text that `parseDay` does not take, where it is a day of the calendar all the same; null: it is none. */
export function dayOutOfYears(text: string): Wrong | null {
  if (civilDay(text) === null || parseDay(text) !== null) return null
  return wrong(
    'date-range',
    `\`${text}\` lies outside the years ${YEAR_MIN} to ${YEAR_MAX}`,
    `Write a day from ${YEAR_MIN}-01-01 to ${YEAR_MAX}-12-31: an earlier one is a slip of the pen, and no member lives to see a later one`,
  )
}

/** `2026-3-1`, `31.03.2026` and `12/31/2026` as they are written here; both days where day and month could be either. */
function meantDays(text: string): string[] {
  const named = monthNamed(text)
  if (named !== null) return named.year === '' ? [] : existing(named.year, named.month, named.day)
  const numbers = (/^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})$/.exec(text) ?? []).slice(1)
  const [first = '', second = '', third = ''] = numbers.map((number) => number.padStart(2, '0'))
  if (first.length === 4) return existing(first, second, third)
  const days = [existing(third, second, first), text.includes('.') ? [] : existing(third, first, second)]
  return [...new Set(days.flat())]
}

/** `24 December 2026`, `24. Dezember 2026`, `24 de diciembre de 2026`, `24 Aralık`, `December 24, 2026`. */
function monthNamed(text: string): { readonly year: string; readonly month: string; readonly day: string } | null {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ı', 'i')
  const [, before = '', name = '', behind = '', year = ''] =
    /^(?:(\d{1,2})(?:st|nd|rd|th|\.)?(?: de| of)? )?([a-z]{3,})\.?(?: (\d{1,2})(?:st|nd|rd|th)?,?)?(?:(?: de)? (\d{4}))?$/.exec(
      plain,
    ) ?? []
  const month = months.findIndex((names) => names.split(' ').some((each) => name.startsWith(each))) + 1
  const day = before || behind
  return month === 0 || day === '' ? null : { year, month: String(month).padStart(2, '0'), day: day.padStart(2, '0') }
}
// How their names begin in English, German, Spanish and Turkish.
const months: readonly string[] = [
  'jan ene oca',
  'feb sub',
  'mar',
  'apr abr nis',
  'may mai',
  'jun haz',
  'jul tem',
  'aug ago agu',
  'sep eyl',
  'oct okt eki',
  'nov kas',
  'dec dez dic ara',
]

/** The day, or the last of a month that is shorter: 30 February was meant to be its end. */
function existing(year: string, month: string, day: string): string[] {
  const written = `${year}-${month}-${day}`
  if (parseDay(written) !== null) return [written]
  const last =
    Number(day) <= 31 && parseDay(`${year}-${month}-01`) !== null ? daysInMonth(Number(year), Number(month)) : 0
  return last > 0 && Number(day) > last ? [`${year}-${month}-${last}`] : []
}

export function parseClock(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (match === null) return null
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000
  return minutes < 60 && seconds < 60 && ms <= 86_400_000 ? ms : null
}

/** A date, or a date with a time on the wall clock. */
export interface Moment {
  readonly local: LocalTime
  /** Written without a time: as an end it means the end of that day (TIME-2). */
  readonly wholeDay: boolean
}

export const moment: Shape<Moment> = defined(
  'moment',
  scalar({
    name: 'a date or a local date and time',
    example: '2026-03-31',
    schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?)?$' },
    parse(text) {
      const [date = '', clock, ...rest] = text.split('T')
      const day = parseDay(date)
      const ms = clock === undefined ? 0 : parseClock(clock)
      const far = dayOutOfYears(date)
      if (far !== null) return far
      if (day === null || rest.length > 0 || (ms === null && !/[Z+]|-\d\d:?\d\d$/.test(clock ?? ''))) {
        const [said = '', at = ''] = text.split(/[ T]+/)
        const isNamed = monthNamed(text) !== null
        const [meant, other] = meantDays(isNamed ? text : said)
        const hour = isNamed ? null : meantClock(at)
        const clockMeant = hour === null ? '' : `T${hour}`
        const rule =
          meant === undefined
            ? 'Write year, month and day, for instance 2026-03-31, or 2026-03-31T18:00 for a time of that day'
            : other !== undefined
              ? `Write ${other}${clockMeant} or ${meant}${clockMeant}, whichever is meant`
              : hour !== null
                ? `Write ${meant}${clockMeant}`
                : `Write ${meant}, or ${meant}T18:00 for a time of that day`
        const one = meant === undefined || other !== undefined ? null : `${meant}${clockMeant}`
        return wrong('bad-date', `\`${text}\` is no date of the calendar`, rule, one)
      }
      if (ms === null || ms === 86_400_000) {
        const message = `\`${text}\` names a zone or the hour 24; times are read off the clock in the zone of the place`
        const shown = ms === null ? (clock ?? '').replace(/(Z|[+-]\d\d:?\d\d)$/, '') : '00:00'
        return wrong('bad-date', message, `Write ${date}T${shown}, without a zone`)
      }
      return right({ local: startOf(day) + ms, wholeDay: clock === undefined })
    },
    print: ({ local, wholeDay }) =>
      wholeDay ? dayText(Math.floor(local / 86_400_000)) : localText(local).replace(/(:00)?\.000$/, ''),
  }),
)

/** One day, kept as it is written: `2026-12-24`. */
export const calendarDay: Shape<string> = scalar({
  name: 'a date',
  example: '2026-12-24',
  schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  parse: (text) =>
    parseDay(text) === null
      ? (dayOutOfYears(text) ??
        wrong(
          'bad-date',
          `\`${text}\` is no date of the calendar`,
          `Write year, month and day${meantDays(text).length === 0 ? ', for instance 2026-12-24' : `: ${choices(meantDays(text))}`}`,
          meantDays(text).length === 1 ? (meantDays(text)[0] ?? null) : null,
        ))
      : right(text),
  print: (value) => value,
})

/** A day of every year: `12-31`. */
export const dayOfYear: Shape<Omit<CivilDate, 'year'>> = scalar({
  name: 'a day of the year',
  example: '12-31',
  schema: { type: 'string', pattern: '^(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' },
  parse(text) {
    const match = /^(\d{2})-(\d{2})$/.exec(text)
    const [month = 0, day = 0] = match?.slice(1).map(Number) ?? []
    if (text === '02-29') return wrong('bad-date', '29 February is not in every year', 'Write 02-28 or 03-01')
    if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2001, month)) return right({ month, day })
    const message = `\`${text}\` is no day of the year`
    const meant = meantDaysOfYear(text)
    const instead = choices(meant) ?? 'month and day, for instance 12-31'
    const whichever =
      meant.length > 1 ? ', whichever is meant' : parseDay(text) === null ? '' : ', which comes each year'
    return wrong(
      'bad-date',
      message,
      `Write ${instead}${whichever}`,
      meant.length === 1 && parseDay(text) === null ? (meant[0] ?? null) : null,
    )
  },
  print: ({ month, day }) => `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
})

/** `31.12.`, `31/12`, `31 December` and `2026-12-31`, each year. */
function meantDaysOfYear(text: string): readonly string[] {
  const named = monthNamed(text)
  const short = /^\d{1,2}[./-]\d{1,2}\.?$/.test(text)
    ? `${text.replace(/\.$/, '')}${/[./-](?=\d)/.exec(text)?.[0]}2001`
    : text
  const days = named === null ? meantDays(short) : existing('2001', named.month, named.day)
  return days.map((day) => day.slice(5)).filter((day) => day !== '02-29')
}

/** A time of the day in milliseconds; `24:00` is its end. */
export const timeOfDay: Shape<number> = scalar({
  name: 'a time of the day',
  example: '17:00',
  schema: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?$|^24:00$' },
  parse(text) {
    const ms = parseClock(text)
    return ms === null
      ? wrong(
          'bad-hours',
          `\`${text}\` is no time of the day`,
          `Write ${meantClock(text) ?? 'hours and minutes, for instance 09:00, 17:30 or 24:00'}`,
          meantClock(text),
        )
      : right(ms)
  },
  print: (ms) =>
    ms === 86_400_000
      ? '24:00'
      : localText(ms)
          .slice(11)
          .replace(/(:00)?\.000$/, ''),
})

/** `9:00`, `17h30` and `5pm`. */
function meantClock(text: string): string | null {
  const [, hour = '', minute = '00', half = ''] = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:([ap]m)|uhr|h)?$/i.exec(text) ?? []
  const hours = half.toLowerCase() === 'pm' && Number(hour) < 12 ? String(Number(hour) + 12) : hour
  const clock = `${hours.padStart(2, '0')}:${minute}`
  return hour === '' || parseClock(clock) === null ? null : clock
}
