import type { Fraction, Rounding } from '../amounts/fraction.ts'
import type { CalendarUnit, LocalDay, LocalTime, Period } from '../time/local.ts'
import type { Condition } from './condition.ts'

/**
 * A program version as the engine runs it: the document after parsing, checking and compiling. Everything is resolved (ids
 * exist, amounts are whole numbers in the smallest unit, conditions are compiled); lists keep the document's order.
 */
export interface Program {
  readonly id: string
  /** 1, 2, 3 … in order of publication; 0 for a draft. */
  readonly version: number
  /** SHA-256 of the canonical text, lower-case hex; made outside, '' for a draft. */
  readonly hash: string
  readonly name: Texts
  readonly zone: string
  readonly currency: Currency
  /** Start of force as written: `always`, or a local date-time in the program's zone. */
  readonly inForceFrom: 'always' | LocalTime | null
  readonly late: { readonly accept: Period }
  readonly refunds: RefundPolicy
  /** How long a reservation holds points when the request does not say. */
  readonly reservationsLastMs: number
  readonly assets: readonly Asset[]
  /** Giving rules by what they listen to, each list in document order. */
  readonly onOrder: readonly GivingRule[]
  readonly onActivity: ReadonlyMap<string, readonly GivingRule[]>
  /** Every rule's cap and every group's cap, in the order in which they are applied; the position is not an identity, `id` is. */
  readonly caps: readonly Cap[]
  readonly ladders: readonly Ladder[]
  readonly rewards: ReadonlyMap<string, Reward>
  readonly places: ReadonlyMap<string, { readonly zone: string }>
  /** Declared activities and the facts each must bring. */
  readonly activities: ReadonlyMap<string, ReadonlyMap<string, FactKind>>
  /** What becomes of an event of a member that nobody has created. */
  readonly unknownMembers: 'refuse' | 'create'
}

/** What a fact of an activity is: `number` a JSON number, `yes-no` a boolean, `money` whole minor units of the program's currency. */
export type FactKind = 'number' | 'text' | 'yes-no' | 'money'

/** Text by language tag. */
export type Texts = Readonly<Record<string, string>>

export interface Currency {
  /** ISO 4217 */
  readonly code: string
  /** Decimals of the minor unit: JPY 0, USD 2, KWD 3. */
  readonly exponent: number
}

export interface RefundPolicy {
  /** How long after the order a refund is judged by the rules (REF-7). */
  readonly accept: Period
  readonly shortfall: 'debt' | 'waive'
  /** Most debt a clawback may leave, by asset; absent: no limit. */
  readonly limit: ReadonlyMap<string, number>
}

export interface Asset {
  readonly id: string
  readonly kind: 'spendable' | 'qualifying'
  /** Decimals: 12.50 at scale 2 is kept as 1250. */
  readonly scale: number
  readonly name: Texts
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

export interface GivingRule {
  readonly id: string
  readonly asset: string
  /** Smallest units of the asset given each time `per` is met. */
  readonly give: number
  readonly per: Per
  readonly audience: Audience
  readonly when: Condition | null
  /** Condition on a line; null: every line. */
  readonly lines: Condition | null
  readonly during: During | null
  /** What default exclusions this rule counts all the same (EARN-2). */
  readonly include: ReadonlySet<Excluded>
  readonly round: Rounding
  readonly stack: 'sum' | 'product'
  readonly multipliers: readonly Multiplier[]
  /** Positions in `Program.caps`, in order of application (EARN-3 step 4). */
  readonly caps: readonly number[]
  /** Group of giving rules, of which the best, the first or all give. */
  readonly group: { readonly id: string; readonly take: 'best' | 'first' | 'all' } | null
  readonly exclusive: boolean
  readonly burnAs: string | null
  readonly expiry: Expiry | null
}

/** For each so many minor units of eligible spend, each order, each item (quantity), each activity. */
export type Per =
  | { readonly type: 'spend'; readonly minor: number }
  | { readonly type: 'order' }
  | { readonly type: 'item' }
  | { readonly type: 'activity' }

export type Excluded = 'tax' | 'shipping' | 'tip' | 'gift-card' | 'points' | 'stored-value'

export interface Multiplier {
  readonly id: string
  readonly by: Fraction
  readonly audience: Audience
  readonly when: Condition | null
  readonly lines: Condition | null
  readonly during: During | null
  readonly group: { readonly id: string; readonly take: 'best' | 'first' | 'all' } | null
  readonly exclusive: boolean
}

/** Whom a rule is for: any of the tiers (as `ladder/level`), any of the segments, any of the tags; an empty list asks nothing. */
export interface Audience {
  readonly tiers: readonly { readonly ladder: string; readonly level: string }[]
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  readonly places: readonly string[]
  readonly channels: readonly string[]
}

/** By the wall clock of the order's place. `from` counts, `through` is the first moment after the end. */
export interface During {
  readonly from: LocalTime | null
  readonly through: LocalTime | null
  /** 0 = Monday; null: every day. */
  readonly weekdays: ReadonlySet<number> | null
  /** Milliseconds of the day, half-open; may wrap midnight when `from` > `to`. */
  readonly hours: { readonly from: number; readonly to: number } | null
}

export interface Cap {
  readonly id: string
  /** Amount of an asset, or how many times. */
  readonly counts: 'amount' | 'times'
  readonly most: number
  readonly span:
    | { readonly type: 'order' }
    | { readonly type: 'calendar'; readonly unit: CalendarUnit }
    | { readonly type: 'sliding'; readonly length: Period }
    | { readonly type: 'ever' }
  readonly edge: 'trim' | 'refuse'
}

export interface Ladder {
  readonly id: string
  readonly measure: Measure
  readonly window: Window
  readonly rise: 'at-once' | 'period-end'
  readonly fall: {
    readonly to: 'never' | 'one-step' | 'earned'
    readonly grace: Period | null
    /** How long before a fall it is announced. */
    readonly warn: readonly Period[]
  }
  readonly afterRefund: 'keep-to-window-end' | 'revoke'
  /** Ascending reach; the first has reach 0. */
  readonly levels: readonly Level[]
}

export interface Level {
  readonly id: string
  readonly reach: number
  readonly name: Texts
  /** Expiry of what is earned while the level is held, by asset. */
  readonly expiry: ReadonlyMap<string, Expiry>
}

export type Measure =
  | { readonly type: 'earned'; readonly asset: string }
  /** Eligible spend in minor units. */
  | { readonly type: 'spend' }
  | { readonly type: 'orders' }
  /** Days with at least one order or visit activity. */
  | { readonly type: 'visits' }
  | { readonly type: 'activities'; readonly name: string }

export type Window =
  | { readonly type: 'calendar'; readonly unit: 'month' | 'quarter' | 'year'; readonly keptThrough: boolean }
  | { readonly type: 'fixed-date'; readonly month: number; readonly day: number; readonly keptThrough: boolean }
  | { readonly type: 'anniversary'; readonly keptThrough: boolean }
  | { readonly type: 'rolling'; readonly length: Period }
  | { readonly type: 'lifetime' }

export interface Reward {
  readonly id: string
  readonly name: Texts
  readonly audience: Audience
  readonly when: Condition | null
  readonly during: During | null
  readonly kind: RewardKind
  readonly price: Price
}

export type RewardKind =
  | { readonly type: 'money-off'; readonly minor: number }
  | { readonly type: 'percent-off'; readonly percent: Fraction }
  | { readonly type: 'free-shipping' }
  | { readonly type: 'product'; readonly sku: string }
  | { readonly type: 'pay-with-points' }
  | { readonly type: 'custom' }

export type Price =
  /** First audience that holds names the price; the last has an empty audience. */
  | {
      readonly type: 'fixed'
      readonly asset: string
      readonly choices: readonly { readonly audience: Audience; readonly amount: number }[]
    }
  /** The member says how much, within bounds; `minor` of money for each `amount`. */
  | {
      readonly type: 'chosen'
      readonly asset: string
      readonly least: number
      readonly most: number | null
      readonly step: number
      readonly worth: { readonly amount: number; readonly minor: number }
    }

/** A published version and when it rules (EVT-3). */
export interface TimelineEntry {
  readonly program: Program
  /** `always` is -Infinity in both. */
  readonly fromAt: number
  readonly fromLocal: LocalTime
  readonly publishedAt: number
  readonly publishedLocal: LocalTime
}

/** All versions of one program, oldest publication first. */
export type Timeline = readonly TimelineEntry[]

export type { LocalDay }
