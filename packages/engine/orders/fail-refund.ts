import { type Draft, emit, move } from '../draft.ts'
import { type OrderKey, orderKeyOf, type PaymentDisputed, type RefundFailed } from '../event.ts'
import type { Acceptance, OrderRecord, TakenAlone } from '../member.ts'
import { giveBack } from '../points/lots.ts'
import { notedOf, refundNameOf } from './noted-refund.ts'
import { restate } from './restate.ts'

/**
 * A refund that failed, or a dispute that was won: what it took is given again, once, wherever it counted, and nothing counts it
 * any more that comes later, be it the refund itself or a person's acceptance of what waits in the queue (EVT-8).
 */
export function failRefund(draft: Draft, event: RefundFailed | PaymentDisputed): void {
  const name = event.type === 'refund.failed' ? `${event.source}/${event.refund}` : refundNameOf(event)
  endWait(draft, event, name)
  const orders = new Set<OrderKey>()
  if (event.order !== null) orders.add(orderKeyOf(event.source, event.order))
  for (const acceptance of notedOf(draft.member, name)?.accepted ?? []) {
    if (acceptance.order !== null) orders.add(acceptance.order)
    else giveAgain(draft, acceptance)
  }
  for (const order of orders) {
    const record = draft.member.orders[order]
    if (record) undo(draft, record, name)
  }
  emit(draft, { type: 'refund-noted', refund: { name, accepted: [], failed: true } })
}

export const hasFailed = (draft: Draft, name: string): boolean => notedOf(draft.member, name)?.failed ?? false

/** Nobody needs to look at it any more, and no order that it waits for takes it. */
function endWait(draft: Draft, event: RefundFailed | PaymentDisputed, name: string): void {
  if (event.type === 'refund.failed') {
    emit(draft, { type: 'wait-ended', source: event.source, id: event.refund })
    return
  }
  for (const waiting of draft.member.waiting) {
    if (waiting.type !== 'payment.disputed' || refundNameOf(waiting) !== name) continue
    emit(draft, { type: 'wait-ended', source: waiting.source, id: waiting.id })
    return
  }
}

function undo(draft: Draft, record: OrderRecord, name: string): void {
  if (!record.refunds.some((known) => known.refund === name && !known.undone)) return
  const refunds = record.refunds.map((known) => (known.refund === name ? { ...known, undone: true } : known))
  restate(draft, record, record.content, refunds)
}

/** What was taken without an order goes back to the lots it came from, with the shop's grace where they are over (LOT-5). */
function giveAgain(draft: Draft, { version, taken }: Extract<Acceptance, { order: null }>): void {
  draft.version = version
  for (const { asset, rules, parts } of taken) {
    for (const { rule, amount, waived } of rules) {
      move(draft, rule, asset, 'issued', 'adjusted', waived)
      move(draft, rule, asset, 'issued', 'active', amount)
    }
    giveBack(draft, asset, { parts, version, cameBack: 0 }, amountOf(rules), { type: 'returned', by: 'shop' })
  }
}

const amountOf = (rules: TakenAlone['rules']): number => rules.reduce((sum, { amount }) => sum + amount, 0)
