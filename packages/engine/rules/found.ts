import type { CountingReceipt } from '../offers/receipt.ts'
import type { LocalDay } from '../time/local.ts'

/** Why a member neither earns nor redeems, whatever the program says. */
export type Away = 'left' | 'frozen'
/** Why nothing is earned (END-1), in the order in which it is found. */
export const NOT_EARNING = ['left', 'frozen', 'closed', 'staff-or-test', 'terms-not-accepted', 'too-young'] as const
export type NotEarning = (typeof NOT_EARNING)[number]
/** Why nothing is redeemed. */
export type NotRedeeming = Exclude<NotEarning, 'staff-or-test'>

/** What the order found, fixed for its refunds (REF-1). */
export interface Found {
  readonly tiers: readonly { readonly ladder: string; readonly level: string }[]
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  /** Why it could earn nothing (END-1). */
  readonly away: NotEarning | null
  /** Absent: none. */
  readonly badges?: readonly string[]
  /** Paid memberships that ran; absent: none. */
  readonly memberships?: readonly string[]
  /** Rules and challenges that were not there for the member (EXP-1); absent: none. */
  readonly heldOut?: readonly string[]
  /** Rules with a holdout that it met, and challenges that it counts for, whoever is held out by then (EXP-1); absent: none. */
  readonly treated?: readonly string[]
  /** Offers for which it counts, by receipt; absent: none (OFF-3). */
  readonly receipts?: readonly CountingReceipt[]
  /** What conditions of its version ask of the past; absent where they ask nothing. */
  readonly past?: Past
  /** What counted on ladders that the order could climb; absent where no rule of its version splits orders (EARN-6). */
  readonly rising?: readonly { readonly ladder: string; readonly sum: number }[]
  /** Room of each cap that applied, before the order. */
  readonly room: readonly FoundRoom[]
}

/** What a cap left before an event. */
export interface FoundRoom {
  readonly cap: string
  readonly period: number
  readonly room: number
  /** The room's name where members share it (EARN-5); absent: the cap is the member's own. */
  readonly shared?: string
}

/** What a member has bought so far, for conditions that ask. Orders that are refunded in full do not count (REF-6). */
export interface History {
  readonly orders: number
  /** Eligible minor units that are left of them. */
  readonly spend: number
  /** The day of the last order that counted; a refund never moves it back. */
  readonly lastOn: LocalDay
}

/** What an event finds of the member's past. */
export interface Past {
  readonly joinedOn: LocalDay | null
  readonly history: History | null
}
