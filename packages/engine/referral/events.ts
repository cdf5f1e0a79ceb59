import type { RequestAnswer } from '../refusal.ts'
import type { ByStaff, Stamped } from '../stamp.ts'

/** What speaks against a referral, by outcomes alone: nothing of whom or what was compared (LED-9). */
export type Signal = 'same-person' | 'same-device' | 'same-address' | 'same-payment' | 'velocity'

/** A new member says who sent them (RFL-1): asked of the friend, who bears the referral's whole course. */
export interface ReferralClaim extends Stamped {
  readonly type: 'referral.claim'
  /** Id of the member whose code it was. */
  readonly advocate: string
  /** Keyed fingerprints that both have in common. */
  readonly signals: readonly Exclude<Signal, 'velocity'>[]
  /** Friends who claimed the advocate's code within the program's span, this one included. */
  readonly recent: number
  readonly answer: RequestAnswer | null
}

/** A fingerprint that was told later is the advocate's, too. */
export interface ReferralSuspected extends ByStaff {
  readonly type: 'referral.suspected'
  readonly signals: readonly Exclude<Signal, 'velocity'>[]
}

/** A person lets it go on, or ends it; the last word counts. */
export interface ReferralReviewed extends ByStaff {
  readonly type: 'referral.reviewed'
  readonly approved: boolean
}

/** The friend has qualified, or does no more: told to the advocate by the outbox. */
export interface ReferralTold extends Stamped {
  readonly type: 'referral.qualified' | 'referral.reversed'
  /** Id of the friend. */
  readonly from: string
  /** Version whose terms both sides get. */
  readonly terms: number
  /** Grows with each word of the same friend: they may overtake one another on the way. */
  readonly round: number
}
