import type { EventInput } from '@laurel/contract'
import { orderKeyOf } from '@laurel/engine'

interface KnownOrder {
  readonly member: string
  readonly currency: string
}

/** Whose the orders of a file are: an order is of whoever paid it first, and in one currency (EVT-1, AMT-4). */
export class OrderOwners {
  readonly #known = new Map<string, KnownOrder>()

  /** Why the recorder would not take the event, in the words that it has for that; null: it would, and an order that it brings is known. */
  whyRejected(event: EventInput): string | null {
    const key = orderKeyIn(event)
    if (key === null) return null
    const known = this.#known.get(key)
    const isPaid = event.type === 'order.paid'
    if (known === undefined) {
      if (isPaid) this.#known.set(key, { member: event.member, currency: event.order.currency })
      return null
    }
    if (known.member !== event.member) {
      return `${isPaid ? 'other-member' : 'order-of-another-member'}: the order ${key} is another member's`
    }
    if (!isPaid && event.type !== 'order.edited') return null
    const { currency } = event.order
    return currency === known.currency
      ? null
      : `currency-mismatch: the order ${key} is in ${known.currency}, and keeps its currency: not ${currency}`
  }
}

/** Null: it acts on no order. */
function orderKeyIn(event: EventInput): string | null {
  switch (event.type) {
    case 'order.paid':
    case 'order.edited':
      return orderKeyOf(event.source, event.order.id)
    case 'order.delivered':
    case 'order.cancelled':
    case 'refund.made':
    case 'refund.failed':
    case 'payment.disputed':
      return event.order === null ? null : orderKeyOf(event.source, event.order)
    default:
      return null
  }
}
