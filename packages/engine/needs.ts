import { type MemberEvent, type OrderKey, orderKeyOf } from './event.ts'
import type { Member, OrderRecord } from './member.ts'
import { notedOf, refundNameOf } from './orders/noted-refund.ts'

/** Rows outside of the checkpoint that must be in the member before an event is decided. */
export interface Needs {
  /** In `member.orders`. */
  readonly orders: readonly OrderKey[]
  /** In `member.finished`. */
  readonly finished: readonly string[]
  /** In `member.closed`, where they are closed. */
  readonly vouchers: readonly string[]
}

const NOTHING: readonly string[] = []

/** What the event itself names; a record that it names may need more. */
export function needsOf(event: MemberEvent): Needs {
  switch (event.type) {
    case 'order.paid':
    case 'order.edited':
      return { orders: [orderKeyOf(event.source, event.order)], finished: pointsRedemptions(event), vouchers: NOTHING }
    case 'order.delivered':
    case 'order.cancelled':
    case 'payment.disputed':
      return { orders: [orderKeyOf(event.source, event.order)], finished: NOTHING, vouchers: NOTHING }
    case 'refund.made':
    case 'refund.failed':
      return { ...needsNothing, orders: event.order === null ? [] : [orderKeyOf(event.source, event.order)] }
    case 'refund.accepted': {
      const finished = event.edited === undefined ? NOTHING : pointsRedemptions(event.edited)
      return { ...needsNothing, orders: event.orderKey === null ? [] : [event.orderKey], finished }
    }
    case 'debt.waived':
      return { ...needsNothing, orders: event.orderKey === null ? [] : [event.orderKey] }
    case 'redemption.reserve':
    case 'redemption.confirm':
    case 'redemption.cancel':
      return { ...needsNothing, finished: [event.redemption] }
    case 'voucher.use':
    case 'voucher.restore': {
      const orders = event.orderKey === null ? NOTHING : [event.orderKey]
      return { orders, finished: NOTHING, vouchers: [event.voucher] }
    }
    case 'pool.told':
      return event.tells.type === 'back' ? { ...needsNothing, finished: [event.tells.redemption] } : needsNothing
    case 'voucher.give':
      return { ...needsNothing, vouchers: [event.voucher] }
    case 'seat.called-off':
      return { ...needsNothing, finished: [event.redemption] }
    case 'voucher.revoked':
    case 'voucher.return':
      return { orders: NOTHING, finished: [event.voucher], vouchers: [event.voucher] }
    case 'order.placed':
    case 'activity':
    case 'benefit.used':
    case 'offer.sent':
    case 'offer.seen':
    case 'member.joined':
    case 'member.changed':
    case 'member.birthday':
    case 'member.anniversary':
    case 'membership.started':
    case 'membership.renewed':
    case 'membership.failed':
    case 'membership.cancelled':
    case 'member.frozen':
    case 'member.left':
    case 'member.erased':
    case 'award.won':
    case 'points.adjusted':
    case 'lots.extended':
    case 'lots.reinstated':
    case 'tier.overridden':
    case 'gift.send':
    case 'gift.received':
    case 'gift.returned':
    case 'pool.asked':
    case 'referral.claim':
    case 'referral.suspected':
    case 'referral.reviewed':
    case 'referral.qualified':
    case 'referral.reversed':
    case 'seat.offered':
    case 'member.merged':
    case 'merge.received':
    case 'merge.undone':
    case 'version.corrected':
    case 'time.passed':
      return needsNothing
  }
}

const needsNothing: Needs = { orders: NOTHING, finished: NOTHING, vouchers: NOTHING }

/** What the refunds of a loaded order may give back to. */
export const needsOfRecord = ({ legs, vouchers }: OrderRecord): Omit<Needs, 'orders'> => ({
  finished: legs.map(({ redemption }) => redemption),
  vouchers: vouchers?.map(({ voucher }) => voucher) ?? NOTHING,
})

/** Vouchers that were used for these orders before they came, and may be closed by now. */
export const vouchersAwaiting = ({ usedFor = [] }: Member, orders: readonly OrderKey[]): readonly string[] =>
  usedFor.flatMap(({ order, vouchers }) => (orders.includes(order) ? vouchers.map(({ voucher }) => voucher) : []))

const pointsRedemptions = ({ payments }: OrderRecord['content']): string[] =>
  payments.flatMap((payment) => (payment.by === 'points' ? [payment.redemption] : []))

/**
 * Orders that only the member's own state connects with an event, and that must be in `member.orders` too: a person may have let
 * a refund that now fails count against any order (EVT-8).
 */
export function ordersLinked(member: Member, event: MemberEvent): readonly OrderKey[] {
  const name =
    event.type === 'refund.failed'
      ? `${event.source}/${event.refund}`
      : event.type === 'payment.disputed' && event.status === 'won'
        ? refundNameOf(event)
        : null
  if (name === null) return NOTHING
  return (notedOf(member, name)?.accepted ?? []).flatMap(({ order }) => order ?? [])
}
