import type { OrderContent, OrderKey } from '../orders/content.ts'
import type { RequestAnswer } from '../refusal.ts'
import type { ByStaff, Stamped } from '../stamp.ts'

/** What can be asked about a voucher. `answer` is null while it is judged, and what was answered ever after. */
export type VoucherRequest = VoucherUseAsked | VoucherRestoreAsked | VoucherReturnAsked | VoucherGiveAsked

/** Uses it, whole or, of a gift card, in part: for an order, or without one at a counter. */
export interface VoucherUseAsked extends Stamped {
  readonly type: 'voucher.use'
  readonly voucher: string
  /** null: it is used without an order. */
  readonly orderKey: OrderKey | null
  /** The order as it would be paid; null: it is not known, and a voucher that asks something of it is refused. */
  readonly basket: OrderContent | null
  /** Minor units that a gift card pays; null: all that it holds. */
  readonly amount: number | null
  readonly answer: RequestAnswer | null
}

/** The use came to nothing: a checkout that failed. The voucher is as before it. */
export interface VoucherRestoreAsked extends Stamped {
  readonly type: 'voucher.restore'
  readonly voucher: string
  /** `source/id` of the request that used it. */
  readonly use: string
  /** The order that it was used for. */
  readonly orderKey: OrderKey | null
  readonly answer: RequestAnswer | null
}

/** Gives an unused one back for its price (RED-6). */
export interface VoucherReturnAsked extends Stamped {
  readonly type: 'voucher.return'
  readonly voucher: string
  readonly answer: RequestAnswer | null
}

/** Gives an unused one to the charity that its reward names (RED-7). */
export interface VoucherGiveAsked extends Stamped {
  readonly type: 'voucher.give'
  readonly voucher: string
  readonly answer: RequestAnswer | null
}

/** Staff takes it out of use. */
export interface VoucherRevoked extends ByStaff {
  readonly type: 'voucher.revoked'
  readonly voucher: string
  /** What was paid for it goes back, whatever the reward's policy; absent: it stays paid. */
  readonly priceBack?: boolean
  readonly answer: RequestAnswer | null
}
