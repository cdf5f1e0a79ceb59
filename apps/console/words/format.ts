import { decimalText } from './decimal-text.ts'
import { tags, words } from './words.ts'

/** Amounts and days as people of this language write them. Days and times are read as they stand: they bear their zone already. */

const region = tags.find((tag) => tag.slice(0, 2) === words.language) ?? words.language

/** A whole number; its digits as text where it is a sum beyond what a number holds exactly. */
export type Sum = number | string

const inUnits = (units: Sum, scale: number): number | Intl.StringNumericLiteral =>
  typeof units === 'number' ? units / 10 ** scale : decimalText(units, scale)

export const isBelowZero = (sum: Sum): boolean => String(sum).startsWith('-')
/** Without its sign. */
export const sizeOf = (sum: Sum): Sum => (typeof sum === 'number' ? Math.abs(sum) : sum.replace(/^-/, ''))

const numbers = new Map<number, Intl.NumberFormat>()

/** `1,216,480`; of an asset with two decimals `12.50`. */
export function amountText(units: Sum, scale = 0): string {
  const known = numbers.get(scale)
  const format = known ?? new Intl.NumberFormat(region, { minimumFractionDigits: scale, maximumFractionDigits: scale })
  if (known === undefined) numbers.set(scale, format)
  return format.format(inUnits(units, scale))
}

/** With its sign, and a true minus. */
export const changeText = (units: number, scale = 0): string =>
  units === 0 ? amountText(0, scale) : `${units > 0 ? '+' : '−'}${amountText(Math.abs(units), scale)}`

export const moneyText = (minor: Sum, currency: string, exponent: number): string =>
  new Intl.NumberFormat(region, { style: 'currency', currency }).format(inUnits(minor, exponent))

/** Without decimals where there are none: what stands at a scale. */
export const shortMoneyText = (minor: number, currency: string, exponent: number): string =>
  new Intl.NumberFormat(region, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(
    inUnits(minor, exponent),
  )

const day = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const dayThisYear = new Intl.DateTimeFormat(region, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})
const shortDay = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const month = new Intl.DateTimeFormat(region, { month: 'short', year: 'numeric', timeZone: 'UTC' })
const time = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
const whole = new Intl.DateTimeFormat(region, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** Of `2026-11-21` or `2026-11-21T10:14:00`, whatever zone that is in. */
const readingOf = (local: string): Date => new Date(`${local.slice(0, 19)}${local.length < 11 ? 'T00:00:00' : ''}Z`)

export const dayText = (local: string): string => day.format(readingOf(local))
/** Of the first moment that no longer counts: people name the day that still does. */
export const lastDayText = (until: string): string => day.format(readingOf(until).getTime() - 1)
/** Without the year where it is this one: the weekday says more. */
export const recentDayText = (local: string): string =>
  local.startsWith(String(new Date().getFullYear())) ? dayThisYear.format(readingOf(local)) : dayText(local)
export const shortDayText = (local: string): string => shortDay.format(readingOf(local))
export const monthText = (local: string): string => month.format(readingOf(local))
export const timeText = (local: string): string => time.format(readingOf(local))
export const todayText = (): string => whole.format(new Date())

const moment = new Intl.DateTimeFormat(region, {
  ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})
/** Of an instant, by the clock of whoever looks. */
export const momentText = (instant: string): string => moment.format(new Date(instant))

/** `3 days ago`, `40 min ago`: of an instant. */
export function agoText(instant: string): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 60_000))
  const format = new Intl.RelativeTimeFormat(region, { numeric: 'auto', style: 'short' })
  if (minutes < 60) return format.format(-minutes, 'minute')
  if (minutes < 60 * 48) return format.format(-Math.round(minutes / 60), 'hour')
  return format.format(-Math.round(minutes / 60 / 24), 'day')
}

/** Of an instant, by the clock of the program: its members live there, not whoever looks. */
export function programMomentText(instant: string, zone: string): string {
  const at = new Date(instant)
  const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at)
  const [day = '', clock = ''] = local.split(' ')
  return clock === '00:00' ? dayText(day) : `${dayText(day)}, ${timeText(`${day}T${clock}`)}`
}
