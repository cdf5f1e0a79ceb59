/** What a request or an act was answered: stored, and never judged again (EVT-2). */
export type RequestAnswer =
  | { readonly granted: true; readonly asset: string; readonly amount: number }
  | { readonly granted: false; readonly refusal: Refusal }

/** Why the program says no. `code` is stable; the order of `REFUSAL_CODES` is the order in which they are found. */
export interface Refusal {
  readonly code: RefusalCode
  /** Smallest units that are missing, for `short` and `below-least`. */
  readonly shortBy: number | null
}

export const REFUSAL_CODES = [
  'program-not-started',
  'left',
  'frozen',
  'closed',
  'terms-not-accepted',
  'too-young',
  'unknown-reward',
  'unknown-session',
  'unknown-redemption',
  'unknown-voucher',
  'unknown-use',
  'unknown-lot',
  'unknown-pool',
  'pool-exists',
  'pool-closed',
  'already-in-pool',
  'not-in-pool',
  'pool-full',
  'already-reserved',
  'already-waiting',
  'already-confirmed',
  'already-cancelled',
  'already-used',
  'already-returned',
  'already-given',
  'revoked',
  'not-for-member',
  'held-out',
  'fee-needed',
  'not-now',
  'not-for-sale',
  'not-giftable',
  'not-returnable',
  'too-late-to-cancel',
  'not-givable',
  'no-referral',
  'already-referred',
  'not-new',
  'one-per-order',
  'not-together',
  'basket-missing',
  'order-ended',
  'no-line',
  'price-fixed',
  'below-least',
  'above-most',
  'off-step',
  'above-payable',
  'already-over',
  'not-later',
  'price-changed',
  'limit-reached',
  'nothing-left',
  'expired',
  'short',
  'sold-out',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
