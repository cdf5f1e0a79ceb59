import { type Draft, emit } from '../draft.ts'
import type { QueueReason } from '../effect.ts'
import {
  type OrderCancelled,
  type OrderEdited,
  type OrderKey,
  type OtherMoney,
  orderKeyOf,
  type PaymentDisputed,
  type RefundMade,
} from '../event.ts'
import { isSame } from '../is-same.ts'
import type { CountedRefund, OrderRecord, WaitingEvent } from '../member.ts'
import { programAt, programOf } from '../program/timeline.ts'
import { addToDay, dayOf } from '../time/local.ts'
import { leftOf, moneyOf, remainsOf } from './money.ts'
import { refundNameOf } from './noted-refund.ts'
import { contentOf } from './order.ts'
import { deliver } from './parcels.ts'
import type { Remains } from './remains.ts'
import { restate } from './restate.ts'

/** What happens to an order after it was paid. Its record is there; whoever names an order that is not waits (EVT-5). */
export function judgeAfterOrder(draft: Draft, event: WaitingEvent, record: OrderRecord): void {
  switch (event.type) {
    case 'order.delivered':
      deliver(draft, record, event)
      return
    case 'order.edited':
      edit(draft, record, event)
      return
    case 'order.cancelled':
      refund(
        draft,
        record,
        event,
        { refund: refundNameOf(event), everything: true, lines: [], amount: 0, undone: false },
        0,
      )
      return
    case 'refund.made': {
      const { counted, surplus, strange } = asFarAsLeft(record, event)
      refund(draft, record, event, counted, surplus, strange)
      return
    }
    case 'payment.disputed':
      dispute(draft, record, event)
      return
  }
}

export function orderKeyNamed(event: WaitingEvent): OrderKey | null {
  return event.order === null ? null : orderKeyOf(event.source, event.order)
}

/** An edit counts for as long as a refund does (REF-7): after that a person looks at what it would take back. */
function edit(draft: Draft, record: OrderRecord, event: OrderEdited): void {
  const content = contentOf(event)
  // AMT-4: its refunds are minor units of its own currency. Only an edit that waited for its order comes here with another.
  if (content.currency !== record.content.currency) return
  // What says the same again meets nothing anew (EVT-1). The one is read as it was sent, the other as a store kept it (EVT-7).
  if (isSame(content, contentOf(record.content))) return
  if (!isOverdue(draft, record, event)) {
    restate(draft, record, content, record.refunds, 'shop')
    return
  }
  const less = leftOf(moneyOf(record.content, record.refunds)) - leftOf(moneyOf(content, record.refunds))
  queue(draft, event, { amount: Math.max(0, less), currency: record.content.currency }, 'overdue')
}

function isOverdue(draft: Draft, record: OrderRecord, { stamp }: WaitingEvent): boolean {
  if (record.version === null) return false
  const { accept } = programOf(draft.timeline, record.version).refunds
  return dayOf(stamp.local) > addToDay(dayOf(record.local), accept)
}

function refund(
  draft: Draft,
  record: OrderRecord,
  event: RefundMade | OrderCancelled | PaymentDisputed,
  counted: CountedRefund,
  surplus: number | null,
  strange?: string,
): void {
  const { currency } = record.content
  if (isOverdue(draft, record, event)) {
    const remains = remainsOf(record.content, record.refunds)
    const found = counted.everything ? remains.money : remains.count(counted)
    const amount = surplus === null ? null : found + (counted.everything ? 0 : surplus)
    queue(draft, event, { amount, currency }, 'overdue')
    return
  }
  const by = event.type === 'order.cancelled' || event.type === 'refund.made' ? event.by : 'member'
  restate(draft, record, record.content, [...record.refunds, counted], by)
  if (strange !== undefined) queue(draft, event, { amount: surplus, currency }, 'unknown-line', strange)
  else if (surplus !== 0) queue(draft, event, { amount: surplus, currency }, 'more-than-left')
}

function queue(
  draft: Draft,
  event: RefundMade | OrderCancelled | OrderEdited | PaymentDisputed,
  money: { readonly amount: number | null; readonly currency: string | null },
  reason: QueueReason,
  line?: string,
): void {
  const refund = { source: event.source, id: event.id, order: event.order }
  emit(draft, { type: 'queued', refund, ...money, reason, ...(line !== undefined && { line }) })
}

/** A refund that names no order, or whose order a person has to find. */
export function queueWithoutOrder(draft: Draft, event: RefundMade): void {
  const currency = event.currency ?? programAt(draft.timeline, event.stamp.local).currency.code
  queue(draft, event, { amount: amountNamed(event), currency }, 'no-order-named')
}

/** Its order is not there yet: it waits in the state, and where it is about money a person can see it in the queue meanwhile. */
export function waitForOrder(draft: Draft, event: WaitingEvent): void {
  emit(draft, { type: 'wait', event })
  const unknown = (amount: number | null) => ({ amount, currency: null })
  if (event.type === 'refund.made') queue(draft, event, unknown(amountNamed(event)), 'order-unknown')
  else if (event.type === 'order.cancelled') queue(draft, event, unknown(null), 'order-unknown')
  else if (event.type === 'payment.disputed') queue(draft, event, unknown(event.amount), 'order-unknown')
}

/** Null: it names items, and not what they cost. */
function amountNamed({ lines, amount, other }: RefundMade): number | null {
  const priced = lines.flatMap((line) => line.amount ?? [])
  if (priced.length < lines.length) return null
  return priced.reduce((sum, each) => sum + each, amount) + sumOf(other)
}

const sumOf = (other: OtherMoney | undefined): number => (other ? other.shipping + other.tip + other.tax : 0)

/** How much of a refund is left to refund; the surplus goes to a person, and so does a line that the order never had (EVT-5). */
function asFarAsLeft(
  record: OrderRecord,
  event: RefundMade,
): { counted: CountedRefund; surplus: number | null; strange?: string } {
  const remains = remainsOf(record.content, record.refunds)
  const lines: { line: string; amount: number; quantity: number }[] = []
  let surplus = 0
  for (const wished of event.lines) {
    const index = remains.indexOf(wished.line)
    if (index < 0) {
      surplus += wished.amount ?? 0
      continue
    }
    const quantity = Math.min(wished.quantity ?? 0, remains.itemsAt(index))
    const price =
      wished.amount ?? remains.priceOf(index, quantity) + remains.priceBeyond(index, (wished.quantity ?? 0) - quantity)
    const amount = Math.min(price, remains.moneyAt(index))
    // A price below the items' own is no surplus of items: only money beyond what is left waits for a person.
    surplus += wished.amount === null && quantity === wished.quantity ? 0 : price - amount
    const line = { amount, line: wished.line, quantity }
    lines.push(line)
    remains.count({ everything: false, lines: [line], amount: 0 })
  }
  const amount = Math.min(event.amount, remains.money)
  remains.count({ everything: false, lines: [], amount })
  const other = otherLeft(remains, event.other)
  surplus += event.amount - amount + sumOf(event.other) - sumOf(other)
  const strange = event.lines.filter((wished) => remains.indexOf(wished.line) < 0)
  const [first] = strange
  return {
    counted: { amount, everything: false, lines, ...(other && { other }), refund: refundNameOf(event), undone: false },
    // What a line cost that the order does not have is known where the refund says so.
    surplus: strange.some((wished) => wished.amount === null) ? null : surplus,
    ...(first !== undefined && { strange: first.line }),
  }
}

/** Of shipping, tip and tax what is left; undefined where that is nothing. */
export function otherLeft(remains: Remains, wished: OtherMoney | undefined): OtherMoney | undefined {
  if (!wished) return undefined
  const shipping = Math.min(wished.shipping, remains.shipping)
  const tip = Math.min(wished.tip, remains.tip)
  remains.count({ everything: false, lines: [], amount: 0, other: { shipping, tip, tax: 0 } })
  const other = { shipping, tip, tax: Math.min(wished.tax, remains.tax) }
  return sumOf(other) === 0 ? undefined : other
}

function dispute(draft: Draft, record: OrderRecord, event: PaymentDisputed): void {
  const name = refundNameOf(event)
  if (record.refunds.some((known) => known.refund === name)) return
  const amount = Math.min(event.amount, remainsOf(record.content, record.refunds).money)
  refund(
    draft,
    record,
    event,
    { refund: name, everything: false, lines: [], amount, undone: false },
    event.amount - amount,
  )
}
