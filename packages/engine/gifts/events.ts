import type { ActivePart } from '../points/parts.ts'
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

/** A gift on its way. */
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
