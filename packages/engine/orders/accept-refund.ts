import { reopenCardsFor } from '../cards/reopen.ts'
import { type Draft, emit } from '../draft.ts'
import type { OrderContent, OrderKey, RefundAccepted } from '../event.ts'
import { wasHeldOut } from '../experiments/held-out.ts'
import type { Acceptance, TakenAlone } from '../member.ts'
import { clawBack } from '../points/clawback.ts'
import type { Earned } from '../points/pending.ts'
import type { Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { CapRoom } from '../rules/caps.ts'
import { earn } from '../rules/earn.ts'
import { foundBy } from '../rules/found-by.ts'
import { otherLeft } from './after-order.ts'
import { orderEarnable } from './earnable.ts'
import { hasFailed } from './fail-refund.ts'
import { moneyOf, remainsOf } from './money.ts'
import { notedOf } from './noted-refund.ts'
import { restate } from './restate.ts'

/**
 * A person accepts a queued refund (EVT-5): against an order by amount, or as what such an order would give now. What it takes is
 * noted under the refund's name, for the refund may still fail (EVT-8). An edit that waited changes its order (REF-7).
 */
export function acceptRefund(draft: Draft, event: RefundAccepted): void {
  emit(draft, { type: 'queue-answered', refund: event.refund, amount: event.amount })
  const waiting = draft.member.waiting.find((known) => `${known.source}/${known.id}` === event.refund)
  if (waiting) emit(draft, { type: 'wait-ended', source: waiting.source, id: waiting.id })
  else if (event.waited) return
  if (event.edited) {
    applyEdit(draft, event, event.edited)
    return
  }
  if (hasFailed(draft, event.name)) return
  const acceptance = event.orderKey === null ? takeAlone(draft, event) : countFor(draft, event, event.orderKey)
  if (!acceptance) return
  const { name } = event
  const before = notedOf(draft.member, name)?.accepted ?? []
  emit(draft, { type: 'refund-noted', refund: { name, accepted: [...before, acceptance], failed: false } })
}

/** As if it had come in time, up or down: the difference to what the order gave is posted (AMT-3). */
function applyEdit(draft: Draft, { orderKey }: RefundAccepted, edited: OrderContent): void {
  const record = orderKey === null ? undefined : draft.member.orders[orderKey]
  if (record) restate(draft, record, edited, record.refunds, 'shop')
}

function countFor(
  draft: Draft,
  { name, amount: wished, other: asked }: RefundAccepted,
  order: OrderKey,
): Acceptance | null {
  const record = draft.member.orders[order]
  if (!record) return null
  const remains = remainsOf(record.content, record.refunds)
  const amount = Math.min(wished, remains.money)
  remains.count({ everything: false, lines: [], amount })
  const other = otherLeft(remains, asked)
  const counted = { refund: name, everything: false, lines: [], amount, ...(other && { other }), undone: false }
  restate(draft, record, record.content, [...record.refunds, counted])
  return { order }
}

function takeAlone(draft: Draft, event: RefundAccepted): Acceptance | null {
  const { version } = event.stamp
  if (version === null) return null
  const program = programOf(draft.timeline, version)
  const takes = wouldGive(draft, program, event)
  const taken = program.assets.flatMap(({ id: asset }): TakenAlone[] => {
    const own = takes.filter((award) => award.asset === asset).map(({ rule, amount }) => ({ rule, amount, own: [] }))
    if (own.length === 0) return []
    const { waived, parts } = clawBack(draft, program.refunds, {
      owner: null,
      asset,
      takes: own,
      own: [],
      waivedFor: `refund:${event.name}`,
      freeLots: (missing) => reopenCardsFor(draft, asset, missing),
    })
    const rules = own.map(({ rule, amount }) => {
      const left = waived.find((take) => take.rule === rule)?.amount ?? 0
      return { rule, amount: amount - left, waived: left }
    })
    return [{ asset, rules, parts }]
  })
  return { order: null, version, taken }
}

/** What an order of this amount would give the member now by its spend rules, without lines to look at, multipliers or caps. */
function wouldGive(draft: Draft, program: Program, event: RefundAccepted): readonly Earned[] {
  const { amount, id } = event
  const line = {
    id,
    sku: '',
    quantity: 1,
    total: amount,
    tax: 0,
    discount: 0,
    categories: [],
    brand: null,
    kind: 'goods',
  } as const
  const { currency, rate } = event.foreign ?? { currency: program.currency.code, rate: null }
  const none = { total: 0, tax: 0 }
  const content: OrderContent = {
    order: id,
    currency,
    rate,
    channel: null,
    place: null,
    tags: [],
    lines: [line],
    discount: 0,
    shipping: none,
    tip: 0,
    payments: [],
  }
  const rules = program.onOrder
    .filter((rule) => rule.per.type === 'spend' && !rule.lines && !wasHeldOut(draft.member, rule))
    .map((rule) => ({ ...rule, multipliers: [], caps: [] }))
  const found = { ...foundBy(program, draft.member, CapRoom.asFound(program, []), event.stamp.local), away: null }
  const earnable = orderEarnable(program, content, moneyOf(content, []), found, event.stamp.local)
  const situation = { ...found, place: null, channel: null, placeLocal: event.stamp.placeLocal }
  return earn(program, { rules, earnable, situation, room: CapRoom.asFound(program, []), trace: null }).earned
}
