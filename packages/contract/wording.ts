import type { Language, Wording } from '@laurel/engine'

/**
 * How the languages of people write numbers, money, dates and lists, from the locale data of the platform: the same on the
 * server, the command line and in a browser.
 */
export function createWording(language: Language): Wording {
  const plurals = new Intl.PluralRules(language)
  const all = new Intl.ListFormat(language, { type: 'conjunction' })
  const any = new Intl.ListFormat(language, { type: 'disjunction' })
  // To make a format takes longer than to write a hundred numbers in it.
  const formats = new Map<string, Intl.NumberFormat>()
  const formatOf = (name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const format = formats.get(name) ?? new Intl.NumberFormat(language, options)
    formats.set(name, format)
    return format
  }
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 4 })
  // Wall clocks arrive counted as if their zone were UTC.
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory' })
  const date = dates({ dateStyle: 'long' })
  const dateTime = dates({ dateStyle: 'long', timeStyle: 'short' })
  const dayOfYear = dates({ month: 'long', day: 'numeric' })
  const weekday = dates({ weekday: 'long' })
  const time = dates({ timeStyle: 'short' })
  return {
    language,
    plural: (count) => plurals.select(count),
    number: (units, scale) => formatOf(`${scale}`, { maximumFractionDigits: scale }).format(decimalText(units, scale)),
    money: (minor, { code, exponent }) => {
      // Whole amounts of a currency stand without decimals: 5 €, and 5,50 €.
      const digits = minor % 10 ** exponent === 0 ? 0 : exponent
      const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits }
      const format = formatOf(`${code} ${digits}`, { style: 'currency', currency: code, ...fraction })
      return format.format(decimalText(minor, exponent))
    },
    percent: ({ numerator, denominator }) => percent.format(numerator / denominator),
    date: (day) => date.format(day * dayMs),
    dateTime: (local) => dateTime.format(local),
    // A leap year, so that 29 February is a day of it.
    dayOfYear: (month, day) => dayOfYear.format(Date.UTC(2024, month - 1, day)),
    weekday: (index) => weekday.format(Date.UTC(2024, 0, 1 + index)),
    time: (ms) => time.format(ms),
    all: (items) => all.format(items),
    any: (items) => any.format(items),
    isolate: (text) => (language === 'ar' ? `\u2068${text}\u2069` : text),
  }
}

const dayMs = 86_400_000

/** Exact: the number goes in as decimal text, which the platform takes as it is. */
function decimalText(units: number, scale: number): Intl.StringNumericLiteral {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0')
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
  return (units < 0 ? `-${text}` : text) as Intl.StringNumericLiteral
}
