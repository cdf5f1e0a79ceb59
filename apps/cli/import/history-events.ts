import type { EventToSend } from '@laurel/contract'
import type { Invoice } from './invoices.ts'
import type { Mapping } from './mapping.ts'
import { type MatchedCancellation, type Matching, matchCancellations } from './match-cancellations.ts'
import { priceOfItems, type Tally } from './read-lines.ts'
import { isSendable } from './reject-invoices.ts'
import type { MemberEvents } from './send-history.ts'

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
): Pick<MemberEvents, 'events' | 'continuing'> {
  const orders: EventToSend[] = []
  const continuing = new Set<EventToSend>()
  const sendable = invoices.filter((invoice) => {
    const order = invoice.cancels ? null : orderPaid(invoice, mapping, exponent)
    const events = order === null ? anyRefunds(invoice, mapping) : [order]
    if (!events.every((event) => isSendable(event, invoice, mapping, tally))) return false
    if (order !== null) orders.push(order)
    return true
  })
  const refunds = matchCancellations(sendable, exponent, matching).flatMap((found) => {
    const { numbered, named } = refundsMade(found, mapping)
    for (const event of numbered.slice(1)) continuing.add(event)
    return [...numbered, ...named]
  })
  // Orders go first where the instant is the same, as in tidy order (TIME-3).
  const events = [...orders, ...refunds].sort((a, b) =>
    a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0,
  )
  return { events, continuing }
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

/** Who, when, under which name and of which orders, before it is known of how much. */
const anyRefunds = (invoice: Invoice, mapping: Mapping): EventToSend[] =>
  [...new Set(invoice.lines.map(({ refundOf }) => refundOf))].map((order) =>
    refundOf(invoice, mapping, { id: invoice.id, order, amount: 0 }),
  )

/**
 * One refund for each order it takes back from. What the file does not account for is one for each order it names, which the server
 * finds or waits for, and one without an order for the rest: a person decides about that.
 *
 * What names an order is named after it. What was matched by code alone is numbered: in a file that has grown it may match other
 * purchases, and would be a second refund under any name that says which. So it is another content under the same name, which the
 * server refuses.
 */
function refundsMade({ invoice, partsByName, partsByCode, restByOrder }: MatchedCancellation, mapping: Mapping) {
  const rest = restByOrder.get(null)
  const numbered = [
    ...[...partsByCode].map(([order, items]) => itemsOf(order, items)),
    ...(rest === undefined ? [] : [{ order: null, amount: rest }]),
  ].map((what, index) =>
    refundOf(invoice, mapping, { id: index === 0 ? invoice.id : `${invoice.id}/${index + 1}`, ...what }),
  )
  const named = [
    ...[...partsByName].map(([order, items]) => itemsOf(order, items)),
    // Where the order is in another file, the name is the same as where both are in one: imported so later, it never counts twice.
    ...[...restByOrder].flatMap(([order, amount]) => (order === null ? [] : [{ order, amount }])),
  ].map((what) => refundOf(invoice, mapping, { id: `${invoice.id}:${what.order}`, ...what }))
  return { numbered, named }
}

/** Without an amount: the items are taken back at the sale's price (REF-1). */
const itemsOf = (order: Invoice, itemsByPosition: ReadonlyMap<number, number>) => ({
  order: order.id,
  lines: [...itemsByPosition]
    .sort(([a], [b]) => a - b)
    .map(([position, items]) => ({ line: lineId(position), quantity: items })),
})

type RefundMade = Extract<EventToSend, { type: 'refund.made' }>

const refundOf = (
  invoice: Invoice,
  mapping: Mapping,
  { id, ...what }: Pick<RefundMade, 'id' | 'order' | 'lines' | 'amount'>,
): EventToSend => ({ type: 'refund.made', ...sentBy(invoice, id, mapping), ...what })

const sentBy = (invoice: Invoice, id: string, mapping: Mapping) => ({
  id,
  source: mapping.source,
  member: invoice.member,
  occurredAt: new Date(invoice.at).toISOString(),
})

/** The same article may stand on an order twice: a line is its position. */
const lineId = (position: number) => String(position + 1)
