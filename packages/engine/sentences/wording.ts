import type { Fraction } from '../amounts/fraction.ts'
import type { Currency, PluralCategory } from '../program/program.ts'
import type { LocalDay, LocalTime } from '../time/local.ts'

/** Languages in which a program can be said. */
export const LANGUAGES = ['en', 'tr', 'de', 'es', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

/**
 * How a language writes numbers, money, dates and lists. Made outside, where the locale data is: the sentences themselves are
 * plain text with places in it.
 */
export interface Wording {
  readonly language: Language
  plural(count: number): PluralCategory
  /** `units` at so many decimals. */
  number(units: number, scale: number): string
  money(minor: number, currency: Currency): string
  percent(share: Fraction): string
  /** 10 April 2026 */
  date(day: LocalDay): string
  dateTime(local: LocalTime): string
  /** 31 December */
  dayOfYear(month: number, day: number): string
  /** 0 = Monday */
  weekday(index: number): string
  /** Milliseconds of the day. */
  time(ms: number): string
  all(items: readonly string[]): string
  any(items: readonly string[]): string
  /** A piece of text from elsewhere, kept from turning the direction of the sentence around it. */
  isolate(text: string): string
}
