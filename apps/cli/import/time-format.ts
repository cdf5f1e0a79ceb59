/** What a text says: a reading of a wall clock, or a day where the format names no hour. Null where it does not fit. */
export type TimeFormat = (text: string) => Temporal.PlainDateTime | Temporal.PlainDate | null

const patternByPart: Record<string, string> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
}

/** `yyyy-MM-dd HH:mm:ss`, `d/M/yyyy H:mm` and the like (letters of Unicode TR 35); null where it is none. */
export function compileTimeFormat(format: string): TimeFormat | null {
  let pattern = ''
  for (const [part] of format.matchAll(/yyyy|MM?|dd?|HH?|mm|ss|'[^']*'|T|[^A-Za-z']|./g)) {
    const known = patternByPart[part]
    if (known !== undefined) pattern += known
    else if (/^[A-Za-z']$/.test(part) && part !== 'T') return null
    else pattern += RegExp.escape(part.startsWith("'") ? part.slice(1, -1) : part)
  }
  if (!['year', 'month', 'day'].every((name) => pattern.includes(`<${name}>`))) return null
  const namesHour = pattern.includes('<hour>')
  let expression: RegExp
  try {
    expression = new RegExp(`^${pattern}$`)
  } catch {
    return null // a part stands twice
  }
  return (text) => {
    const parts = expression.exec(text)?.groups
    if (parts === undefined) return null
    const number = (name: string) => Number(parts[name] ?? 0)
    try {
      const read = Temporal.PlainDateTime.from(
        {
          year: number('year'),
          month: number('month'),
          day: number('day'),
          hour: number('hour'),
          minute: number('minute'),
          second: number('second'),
        },
        { overflow: 'reject' },
      )
      return namesHour ? read : read.toPlainDate()
    } catch {
      return null // 2011-02-30
    }
  }
}

/** When a reading was shown in a zone, and whether it was shown twice. */
export interface Shown {
  readonly at: number
  readonly twice: boolean
}

/**
 * The instant of a reading, or null where clocks were set forward past it: nobody ever saw it, and to guess would date an order
 * by an hour that it may not have happened in. A reading that was shown twice, when clocks were set back, is taken for the first
 * time: that is how calendars read it (RFC 5545), and the whole hour stays in one piece. A day begins with its first moment.
 */
export function shownIn(zone: string, read: Temporal.PlainDateTime | Temporal.PlainDate): Shown | null {
  if (read instanceof Temporal.PlainDate) return { at: read.toZonedDateTime(zone).epochMilliseconds, twice: false }
  const first = read.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const second = read.toZonedDateTime(zone, { disambiguation: 'later' })
  if (first.epochNanoseconds === second.epochNanoseconds) return { at: first.epochMilliseconds, twice: false }
  return first.toPlainDateTime().equals(read) ? { at: first.epochMilliseconds, twice: true } : null
}
