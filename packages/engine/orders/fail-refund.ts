import { type Draft, emit, move } from '../draft.ts'
import { type OrderKey, orderKeyOf, type PaymentDisputed, type RefundFailed } from '../event.ts'
import type { Acceptance, OrderRecord, TakenAlone } from '../member.ts'
import { giveBack, lastPriority } from '../points/lots.ts'
import { claimedOf } from '../points/shortfall.ts'
import { boundShortfalls, forgetClaimed } from '../points/shortfalls.ts'
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
    else giveAgain(draft, acceptance, name)
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
function giveAgain(draft: Draft, { version, taken }: Extract<Acceptance, { order: null }>, name: string): void {
  draft.version = version
  const refund = `refund:${name}` as const
  for (const { asset, rules, parts } of taken) {
    let paidSince = 0
    for (const { rule, amount, waived } of rules) {
      const paid = Math.min(waived, claimedOf(draft.member, refund, asset, rule))
      move(draft, rule, asset, 'issued', 'adjusted', waived - paid)
      move(draft, rule, asset, 'issued', 'active', amount + paid)
      boundShortfalls(draft, refund, asset, rule, 0)
      paidSince += paid
    }
    const all = [...parts, { priority: lastPriority(draft, asset), lastDay: 'uncovered' as const, amount: paidSince }]
    const amount = amountOf(rules) + paidSince
    giveBack(draft, asset, { parts: all, version, cameBack: 0 }, amount, { type: 'returned', by: 'shop' })
  }
  forgetClaimed(draft, refund)
}

const amountOf = (rules: TakenAlone['rules']): number => rules.reduce((sum, { amount }) => sum + amount, 0)
