import { words } from './words.ts'

/** Amounts and times as people of this language write them. */

const { language } = words
/** With the region of the browser, where it speaks this language. */
const region = navigator.languages.find((tag) => tag.startsWith(`${language}-`) && !tag.includes('@')) ?? language

export const amountText = (units: number, scale = 0): string =>
  new Intl.NumberFormat(region, { minimumFractionDigits: scale, maximumFractionDigits: scale }).format(
    units / 10 ** scale,
  )

export const moneyText = (minor: number, currency: string, exponent: number): string =>
  new Intl.NumberFormat(region, { style: 'currency', currency }).format(minor / 10 ** exponent)

const clock = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
/** Of an instant, by the clock of this device. */
export const clockText = (instant: string): string => clock.format(new Date(instant))

/** What comes from elsewhere, such as a name in another script, kept from turning the direction of what stands around it. */
export const apart = (text: string): string => (words.direction === 'rtl' ? `\u2068${text}\u2069` : text)

const plurals = new Intl.PluralRules(language)
export const pluralOf = (count: number): Intl.LDMLPluralRule => plurals.select(count)
