import { words } from './words.ts'

/** Amounts and days as people of this language write them. Days and times are read as they stand: they bear their zone already. */

const { language } = words
/** With the region of the browser, where it speaks this language. */
const region = navigator.languages.find((tag) => tag.startsWith(`${language}-`) && !tag.includes('@')) ?? language

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const format = formats.get(name) ?? new Intl.NumberFormat(region, options)
  formats.set(name, format)
  return format
}

/** `1,216,480`; of an asset with two decimals `12.50`. */
export const amountText = (units: number, scale = 0): string =>
  formatOf(`${scale}`, { minimumFractionDigits: scale, maximumFractionDigits: scale }).format(units / 10 ** scale)

/** With its sign, and a true minus. */
export const changeText = (units: number, scale = 0): string =>
  formatOf(`change ${scale}`, {
    ...{ minimumFractionDigits: scale, maximumFractionDigits: scale, signDisplay: 'exceptZero' },
  })
    .format(units / 10 ** scale)
    .replace('-', '−')

export const moneyText = (minor: number, currency: string, exponent: number): string =>
  formatOf(currency, { style: 'currency', currency }).format(minor / 10 ** exponent)

const dates = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(region, { ...options, timeZone: 'UTC', calendar: 'gregory' })
const day = dates({ day: 'numeric', month: 'long', year: 'numeric' })
const shortDay = dates({ day: 'numeric', month: 'short', year: 'numeric' })
const monthName = dates({ month: 'long' })
const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const here = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'short', calendar: 'gregory' })

/** Of `2026-11-21` or `2026-11-21T10:14:00`, whatever zone that is in. */
const readingOf = (local: string): Date => new Date(`${local.slice(0, 19)}${local.length < 11 ? 'T00:00:00' : ''}Z`)

export const dayText = (local: string): string => day.format(readingOf(local))
/** Of the first moment that no longer counts: people name the day that still does. */
export const lastDayText = (until: string): string => day.format(readingOf(until).getTime() - 1)
export const shortDayText = (local: string): string => shortDay.format(readingOf(local))
export const momentText = (local: string): string => `${day.format(readingOf(local))}, ${time.format(readingOf(local))}`
/** Of an instant, by the clock of this device. */
export const hereText = (instant: string | number): string => here.format(new Date(instant))

/** From 1. */
export const monthText = (month: number): string => monthName.format(Date.UTC(2024, month - 1, 1))

/** What comes from elsewhere, such as a name in another script, kept from turning the direction of what stands around it. */
export const apart = (text: string): string => (words.direction === 'rtl' ? `\u2068${text}\u2069` : text)

const plurals = new Intl.PluralRules(language)
export const pluralOf = (count: number): Intl.LDMLPluralRule => plurals.select(count)
