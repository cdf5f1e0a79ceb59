/** Parts of a wall clock, or null where the text does not fit the format. */
export type TimeFormat = (text: string) => Temporal.PlainDateTime | null

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
      return Temporal.PlainDateTime.from(
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
    } catch {
      return null // 2011-02-30
    }
  }
}
