import type { CalendarUnit, Period } from '../../time/local.ts'
import type { Texts } from './audience.ts'

export interface Asset {
  readonly id: string
  /**
   * `money` is store credit: its smallest unit is the minor unit of the program's currency and is worth itself. `stamps` are
   * collected on cards, `tickets` are entries of draws. Only `qualifying` is never spent.
   */
  readonly kind: 'spendable' | 'qualifying' | 'money' | 'stamps' | 'tickets'
  /** Decimals: 12.50 at scale 2 is kept as 1250. */
  readonly scale: number
  readonly name: Texts
  /** By language, what so many of it are called where that is not the name: one point. */
  readonly counted: Readonly<Record<string, Readonly<Partial<Record<PluralCategory, string>>>>>
  /** Whether members see it. */
  readonly shown: boolean
  readonly pending: Pending
  readonly expiry: Expiry
  /** Classes in burn order, first burnt first (LOT-4); a rule's `burnAs` names one, silence is the last place. */
  readonly burnOrder: readonly string[]
  /** Grace for returned points whose date has passed (LOT-5); null: they lapse at once. */
  readonly lapsedReturns: { readonly member: Period | null; readonly shop: Period | null }
  /** How long before lots lapse the member is told (LOT-7). */
  readonly warn: readonly Period[]
  /** `amount` smallest units are worth `minor` minor units of money; null: not stated. */
  readonly worth: { readonly amount: number; readonly minor: number } | null
  /** What members may give to each other (GIFT-1), smallest units; null: nothing. */
  readonly gifting: Gifting | null
}

/** Of Unicode (CLDR): which of a word's forms goes with a number. */
export type PluralCategory = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'

export interface Gifting {
  /** At once. */
  readonly least: number
  /** In one calendar period, to all receivers together. */
  readonly most: number
  readonly each: CalendarUnit
}

export type Pending =
  | { readonly type: 'none' }
  /** Ends at 00:00 of the local day earned + period. */
  | { readonly type: 'period'; readonly period: Period }
  /** Ends with the event, at the latest after `longest`. */
  | { readonly type: 'event'; readonly event: 'order.delivered'; readonly longest: Period }

export type Expiry =
  | { readonly type: 'never' }
  /** Last day = activation day + life, rounded up to the end of a unit. */
  | { readonly type: 'life'; readonly life: Period; readonly endOf: 'month' | 'quarter' | 'year' | null }
  /** Last day = last moving action + idle; `moves` names events. */
  | { readonly type: 'inactive'; readonly idle: Period; readonly moves: ReadonlySet<string> }
  /** Last day = the first such date on or after activation + least life. */
  | { readonly type: 'date'; readonly month: number; readonly day: number; readonly leastLife: Period | null }
  /** Last day = the day before the next anniversary of joining. */
  | { readonly type: 'anniversary'; readonly leastLife: Period | null }
