import type { MergeUndone } from '../merging/events.ts'
import type { ActivePart } from '../points/parts.ts'
import type { PaidByPool, PoolAsked, PoolReservation, PoolTold } from '../pools/events.ts'
import type { ReferralTold } from '../referral/events.ts'
import type { RequestAnswer } from '../refusal.ts'
import type { Stamped } from '../stamp.ts'

/** A member gives points to another (GIFT-1): asked of the sender, delivered to the receiver as an event of its own. */
export interface GiftSend extends Stamped {
  readonly type: 'gift.send'
  /** Id of the receiver. */
  readonly to: string
  readonly asset: string
  readonly amount: number
  readonly answer: RequestAnswer | null
}

/** A gift on its way. The outbox brings merges, what pools and their members tell each other, and referrals, too. */
export type Delivery = GiftReceived | GiftReturned

interface Delivered extends Stamped {
  /** `source/id` of the request that sent it. */
  readonly gift: string
  readonly asset: string
  /** Lots as they were taken from the sender: their ends go with them. */
  readonly parts: readonly ActivePart[]
}
export interface GiftReceived extends Delivered {
  readonly type: 'gift.received'
  /** Id of the sender. */
  readonly from: string
}
/** Nobody was there to receive it. */
export interface GiftReturned extends Delivered {
  readonly type: 'gift.returned'
}

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
