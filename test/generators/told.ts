import type { MemberEvent, OrderContent, Stamp, Timeline } from '@laurel/engine'
import type { Basket } from './basket.ts'
import type { Presence } from './leaving.ts'
import type { SentOffer } from './offers.ts'

/**
 * A step of a history says what happens and which of the things known by then it happens to; the events are made of it when the
 * history is told. So a shrunk history is still one that makes sense.
 */
export interface Step {
  readonly kind: StepKind
  /** Which pause precedes it, and whether it is moved to the edge of a day. */
  readonly gap: number
  readonly edge: 'none' | 'last' | 'first'
  /** How long after it happened a fact was recorded: what was published meanwhile judges it (EVT-3). */
  readonly lagMs: number
  /** Choices, each read by whoever needs one. */
  readonly pick: number
  readonly other: number
  readonly share: number
  readonly basket: Basket
  readonly flag: boolean
}

/** How often each comes, beside the others. */
export const kinds = [
  ['order', 10],
  ['order-for-points', 5],
  ['order-while-held', 3],
  ['spend', 3],
  ['order-again', 1],
  ['placed', 1],
  ['edit', 2],
  ['edit-early', 1],
  ['deliver', 2],
  ['cancel', 2],
  ['refund', 7],
  ['refund-all', 3],
  ['refund-line', 3],
  ['refund-line-amount', 3],
  ['refund-other', 4],
  ['refund-too-much', 1],
  ['refund-early', 1],
  ['refund-nameless', 1],
  ['refund-fails', 2],
  ['dispute', 1],
  ['dispute-won', 1],
  ['activity', 3],
  ['reserve', 4],
  ['confirm', 4],
  ['cancel-hold', 3],
  ['redeem', 3],
  ['order-with-vouchers', 5],
  ['use', 2],
  ['use-part', 2],
  ['restore', 2],
  ['give-back', 1],
  ['give-away', 1],
  ['revoke', 1],
  ['adjust', 4],
  ['claim', 2],
  ['look-at-referral', 2],
  ['friend-told', 3],
  ['give-points', 6],
  ['gift-from', 2],
  ['gift-back', 1],
  ['extend', 1],
  ['reinstate', 1],
  ['order-and-its-lots', 4],
  ['override', 1],
  ['accept', 2],
  ['waive-debt', 2],
  ['bill', 8],
  ['join', 1],
  ['change', 2],
  ['freeze', 1],
  ['thaw', 3],
  ['leave', 1],
  ['rejoin', 3],
  ['erase', 1],
  ['send-offer', 8],
  ['see-offer', 3],
  ['offer-and-back', 5],
  ['leave-and-back', 9],
  ['order-lapsed', 7],
  ['order-at-the-end', 4],
  ['order-and-some-back', 5],
  // Where a property asks for it.
  ['order-in-parts', 0],
  ['card-used-and-back', 0],
  ['owe-and-repay', 5],
  ['tick', 3],
] as const
export type StepKind = (typeof kinds)[number][0]

/** What is known while a history is told. */
export interface Told {
  readonly timeline: Timeline
  readonly events: MemberEvent[]
  at: number
  readonly orders: { readonly id: string; readonly content: OrderContent; readonly local: number }[]
  readonly refunds: { readonly id: string; readonly order: string | null }[]
  /** `event` is the id of the event that opened it. */
  readonly disputes: { readonly id: string; readonly order: string; readonly event: string }[]
  readonly redemptions: string[]
  /** Redemptions that may have brought a voucher, and uses of vouchers. */
  readonly vouchers: string[]
  readonly uses: { readonly voucher: string; readonly use: string; readonly orderKey: string | null }[]
  /** Those that paid for an order; a redemption pays for one. */
  readonly spent: Set<string>
  /** Names of offers that came. */
  readonly receipts: SentOffer[]
  readonly presence: Presence
  count: number
}

/** How the events of one step are named. */
export interface Shared {
  readonly common: { readonly source: string; readonly id: string; readonly stamp: Stamp }
  readonly staff: {
    readonly source: string
    readonly id: string
    readonly stamp: Stamp
    readonly actor: string
    readonly reason: string
  }
  readonly order: Told['orders'][number] | null
}

/** One of the last three, mostly: what has just happened is what gets undone. */
export const recent = <T>(items: readonly T[], pick: number): T | undefined =>
  pick === 11 ? items[0] : items.at(-1 - (pick % Math.min(items.length, 3)))
