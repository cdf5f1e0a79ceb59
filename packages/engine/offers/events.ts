import type { Stamped } from '../stamp.ts'

/** The member has got an offer. The event's own name is the receipt's: two of one offer stand side by side (OFF-1). */
export interface OfferSent extends Stamped {
  readonly type: 'offer.sent'
  readonly offer: string
}

/** The member has seen an offer: one receipt of it, or every one that is there. */
export interface OfferSeen extends Stamped {
  readonly type: 'offer.seen'
  readonly offer: string
  /** `source/id` of what sent it; null: every one. */
  readonly receipt: string | null
}
