import { reopenCardsFor } from '../cards/reopen.ts'
import { type Draft, emit, programOf } from '../draft.ts'
import type { OrderContent, RefundAccepted } from '../event.ts'
import { clawBack } from '../points/clawback.ts'
import type { Award } from '../points/pending.ts'
import type { Program } from '../program/program.ts'
import { Room } from '../rules/caps.ts'
import { earn } from '../rules/earn.ts'
import { pastOf, tiersOf } from '../rules/found.ts'
import { orderEarnable } from './earnable.ts'
import { moneyOf, Remains } from './money.ts'
import { restate } from './restate.ts'

/** A person accepts a queued refund (EVT-5): against an order by amount, or as what such an order would give now. */
export function acceptRefund(draft: Draft, event: RefundAccepted): void {
  emit(draft, { type: 'queue-answered', refund: event.refund, amount: event.amount })
  const waiting = draft.member.waiting.find((known) => `${known.source}/${known.id}` === event.refund)
  if (waiting) emit(draft, { type: 'wait-ended', source: waiting.source, id: waiting.id })
  else if (event.waited) return
  if (event.orderKey !== null) {
    const record = draft.member.orders[event.orderKey]
    if (!record) return
    const amount = Math.min(event.amount, Remains.of(record.content, record.refunds).money)
    restate(draft, record, record.content, [
      ...record.refunds,
      { refund: `${event.source}/${event.id}`, everything: false, lines: [], amount, undone: false },
    ])
    return
  }
  if (event.stamp.version === null) return
  const program = programOf(draft.timeline, event.stamp.version)
  const takes = wouldGive(draft, program, event)
  for (const asset of program.assets) {
    const own = takes.filter((award) => award.asset === asset.id)
    clawBack(
      draft,
      program.refunds,
      null,
      asset.id,
      own.map(({ rule, amount }) => ({ rule, amount })),
      [],
      (missing) => reopenCardsFor(draft, asset.id, missing),
    )
  }
}

/** What an order of this amount would give the member now by its spend rules, without lines to look at, multipliers or caps. */
function wouldGive(draft: Draft, program: Program, event: RefundAccepted): readonly Award[] {
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
  const { code: currency } = program.currency
  const none = { total: 0, tax: 0 }
  const content: OrderContent = {
    order: id,
    currency,
    rate: null,
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
    .filter((rule) => rule.per.type === 'spend' && !rule.lines)
    .map((rule) => ({ ...rule, multipliers: [], caps: [] }))
  const { segments, tags, ladders } = draft.member
  const found = { away: null, past: pastOf(draft.member), tiers: tiersOf(program, ladders), segments, tags, room: [] }
  const earnable = orderEarnable(program, content, moneyOf(content, []), found, event.stamp.local)
  const situation = { ...found, place: null, channel: null, placeLocal: event.stamp.placeLocal }
  return earn(program, rules, earnable, situation, Room.asFound(program, []), null).awards
}
