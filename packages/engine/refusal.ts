/** What a request or an act was answered: stored, and never judged again (EVT-2). */
export type RequestAnswer =
  | { readonly granted: true; readonly asset: string; readonly amount: number }
  | { readonly granted: false; readonly refusal: Refusal }

/** Why the program says no. `code` is stable; the order of `REFUSAL_CODES` is the order in which they are found. */
export interface Refusal {
  readonly code: RefusalCode
  /** Smallest units that are missing, for `short`. */
  readonly shortBy: number | null
}

export const REFUSAL_CODES = [
  'program-not-started',
  'left',
  'frozen',
  'unknown-reward',
  'unknown-redemption',
  'already-reserved',
  'already-confirmed',
  'already-cancelled',
  'not-for-member',
  'not-now',
  'not-for-sale',
  'below-least',
  'above-most',
  'off-step',
  'expired',
  'short',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
