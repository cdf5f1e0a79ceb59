import type { GiftReceived } from './gifts/events.ts'
import type { MergeUndone } from './merging/events.ts'
import type { PaidByPool, PoolAsked, PoolReservation, PoolTold } from './pools/events.ts'
import type { ReferralTold } from './referral/events.ts'

/** What a decision hands over to another member. Who it is from, and the identity, are added where it is sent. */
export interface Send {
  readonly type: 'send'
  /** Unique in the sender. */
  readonly id: string
  /** Id of the receiver; null: the sender, who asks something of themselves. */
  readonly to: string | null
  readonly event:
    | Pick<GiftReceived, 'type' | 'gift' | 'asset' | 'parts'>
    /** Its past goes with it when it is delivered. */
    | { readonly type: 'merge.received'; readonly merge: string }
    | Pick<MergeUndone, 'type' | 'actor' | 'merge' | 'reason' | 'tell'>
    | (Pick<ReferralTold, 'type' | 'terms' | 'round'> & Partial<Pick<ReferralTold, 'from'>>)
    | Pick<PoolAsked, 'type' | 'pool' | 'asks'>
    | Pick<PoolTold, 'type' | 'pool' | 'tells'>
    | (PoolReservation & { readonly type: 'redemption.reserve'; readonly paid: PaidByPool })
}
