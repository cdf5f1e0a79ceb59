import type { Fraction } from '../../amounts/fraction.ts'
import type { Period } from '../../time/local.ts'
import type { Condition } from '../condition.ts'
import type { Audience, Texts } from './audience.ts'
import type { Award } from './awards.ts'
import type { Budget, Cap } from './earning.ts'
import type { Goal } from './goals.ts'

export interface Offer {
  readonly id: string
  readonly name: Texts
  readonly type: OfferType
  /** Runs from the receipt; null: without end, for one that only informs. */
  readonly window: { readonly length: Period; readonly end: 'open' | 'closed' } | null
  /** Whether it counts only from the moment the member has seen it. */
  readonly seen: 'required' | 'not-required'
  /** Who gets it where it is sent by its own rule; null: only whom it is sent to one by one. */
  readonly sendTo: { readonly audience: Audience; readonly when: Condition | null } | null
  readonly holdout: Fraction | null
}

export type OfferType =
  | {
      readonly type: 'goal'
      readonly goal: Goal
      readonly awards: readonly Award[]
      /** An order that counts for it counts for no other offer (OFF-3). */
      readonly exclusive: boolean
      readonly budget: Budget | null
    }
  /** Never completes. */
  | { readonly type: 'informs'; readonly text: Texts }

export interface Referral {
  readonly friend: readonly Award[]
  readonly advocate: readonly Award[]
  /** What the friend has to do. */
  readonly qualifies: Goal
  /** From the qualifying event to the awards. */
  readonly hold: Period
  /** Of the advocate; counts times. */
  readonly cap: Cap | null
  readonly review: ReferralReview
}

/** What sends a referral to a person: the same keyed fingerprint, or more than so many in so short a time. */
export interface ReferralReview {
  readonly sameDevice: boolean
  readonly sameAddress: boolean
  readonly samePayment: boolean
  readonly velocity: { readonly most: number; readonly within: Period }
}
