import type { EventToSend } from '@laurel/contract'
import type { Invoice } from './invoices.ts'
import type { Mapping } from './mapping.ts'
import { type MatchedCancellation, type Matching, matchCancellations } from './match-cancellations.ts'
import { priceOfItems, type Tally } from './read-lines.ts'
import { isSendable } from './reject-invoices.ts'

/** What is counted on the way from lines to events. */
export interface Counted {
  readonly tally: Tally
  readonly matching: Matching
}

/**
 * What one member did, as the events that are sent. Ids come from the invoices: sent again they are the same events. Invoices that
 * could not be sent are rejected with all their lines.
 */
export function eventsOfMember(
  invoices: readonly Invoice[],
  mapping: Mapping,
  exponent: number,
  { tally, matching }: Counted,
): EventToSend[] {
  const orders: EventToSend[] = []
  const sendable = invoices.filter((invoice) => {
    const event = invoice.cancels ? anyRefund(invoice, mapping) : orderPaid(invoice, mapping, exponent)
    if (!isSendable(event, invoice, mapping, tally)) return false
    if (!invoice.cancels) orders.push(event)
    return true
  })
  const refunds = matchCancellations(sendable, exponent, matching).flatMap((found) => refundsMade(found, mapping))
  // Orders go first where the instant is the same, as in tidy order (TIME-3).
  return [...orders, ...refunds].sort((a, b) =>
    a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
  )
}

function orderPaid(order: Invoice, mapping: Mapping, exponent: number): EventToSend {
  const [first] = order.lines
  return {
    type: 'order.paid',
    ...sentBy(order, order.id, mapping),
    order: {
      id: order.id,
      currency: mapping.currency,
      channel: first?.channel ?? null,
      place: first?.place ?? null,
      lines: order.lines.map((line, position) => ({
        id: lineId(position),
        sku: line.sku,
        quantity: line.quantity,
        total: priceOfItems(line, line.quantity, exponent),
        ...(line.category === null ? {} : { categories: [line.category] }),
        ...(line.brand === null ? {} : { brand: line.brand }),
      })),
    },
  }
}

/** Who, when and under which name, before it is known of what. */
const anyRefund = (invoice: Invoice, mapping: Mapping): EventToSend => ({
  type: 'refund.made',
  ...sentBy(invoice, invoice.id, mapping),
  order: null,
  amount: 0,
})

/** One refund for each order it takes back from, and one without an order for the rest: a person decides about that. */
function refundsMade({ invoice, parts, unmatchedMinor }: MatchedCancellation, mapping: Mapping): EventToSend[] {
  const matched = [...parts].map(
    ([order, itemsByPosition]): EventToSend => ({
      type: 'refund.made',
      ...sentBy(invoice, `${invoice.id}:${order.id}`, mapping),
      order: order.id,
      // Without an amount: the items are taken back at the sale's price (REF-1).
      lines: [...itemsByPosition]
        .sort(([a], [b]) => a - b)
        .map(([position, items]) => ({ line: lineId(position), quantity: items })),
    }),
  )
  if (unmatchedMinor === 0) return matched
  const rest: EventToSend = {
    type: 'refund.made',
    ...sentBy(invoice, `${invoice.id}:unmatched`, mapping),
    order: null,
    amount: unmatchedMinor,
  }
  return [...matched, rest]
}

const sentBy = (invoice: Invoice, id: string, mapping: Mapping) => ({
  id,
  source: mapping.source,
  member: invoice.member,
  occurredAt: new Date(invoice.at).toISOString(),
})

/** The same article may stand on an order twice: a line is its position. */
const lineId = (position: number) => String(position + 1)
