import { hash } from 'node:crypto'
import type { EventInput, OrderInput } from '@laurel/contract'
import type {
  ActivePart,
  DeliveredLine,
  Grant,
  MemberEvent,
  OrderContent,
  OrderDelivered,
  OtherMoney,
  Rate,
  RefundAccepted,
  RequestAnswer,
  Stamp,
  TimePassed,
  VersionCorrected,
} from '@laurel/engine'
import { canonicalText } from '@laurel/ledger'
import type { RequestInput } from './submission.ts'

/**
 * The content of an event: what was sent, parsed, without anything the recorder adds (EVT-1). It is stored as its canonical
 * text (RFC 8785) and hashed as that. The objects below are written with their keys in canonical order, so that
 * `JSON.stringify` writes the canonical text by itself; a test compares each with the slow, general way.
 */
export interface Content {
  /** What the engine needs of it: its event without stamp. */
  readonly fields: object
  readonly text: string
  /** SHA-256 of the text, as lower-case hex. */
  readonly hash: string
}

/** What the recorder pinned beside the stamp: the answer to a request, the end of a reservation. */
export interface Pinned {
  readonly answer?: RequestAnswer | null
  readonly until?: { readonly at: number; readonly local: number }
  /** Sent for this member, who was merged into the one it is recorded for (MRG-1). */
  readonly via?: string
  /** Of rooms that members share (EARN-5). */
  readonly grants?: readonly Grant[]
  /** Of a correction: what its facts were granted anew, what pools give back, what the program bears, which levels stay (COR-3). */
  readonly granted?: VersionCorrected['granted']
  readonly claimed?: VersionCorrected['claimed']
  readonly borne?: VersionCorrected['borne']
  readonly kept?: VersionCorrected['kept']
}

export type StoredEvent = Exclude<MemberEvent, TimePassed>

export function contentOf(event: EventInput | RequestInput): Content {
  const fields = canonicalOf(event)
  const text = JSON.stringify(fields)
  return { fields, text, hash: hash('sha256', text) }
}

/** The event as the engine knows it: content (or its text, parsed), stamp and what was pinned. */
export const eventOf = (fields: object, stamp: Stamp, pinned: Pinned): StoredEvent =>
  ({ ...fields, stamp, ...pinned }) as StoredEvent

/** Keys in order of their code units, here and in everything below. */
function canonicalOf(event: EventInput | RequestInput): object {
  const { id, source, type } = event
  switch (type) {
    case 'order.placed':
    case 'order.paid':
    case 'order.edited':
      return orderOf(event)
    case 'order.delivered':
      return { at: atOf(event), id, ...linesOf(event.lines), order: event.order, source, type }
    case 'order.cancelled':
      return { at: atOf(event), by: event.by, id, order: event.order, source, type }
    case 'refund.made': {
      const lines = event.lines.map(({ amount, line, quantity }) => ({ amount, line, quantity }))
      const { amount, order } = event
      const said = { amount, at: atOf(event), by: event.by, ...currencyOf(event.currency) }
      return { ...said, id, lines, order, ...otherOf(event.other), source, type }
    }
    case 'refund.failed':
      return { at: atOf(event), id, order: event.order, refund: event.refund, source, type }
    case 'payment.disputed': {
      const { amount, dispute, order, status } = event
      return { amount, at: atOf(event), dispute, id, order, source, status, type }
    }
    case 'benefit.used':
      return { at: atOf(event), benefit: event.benefit, id, source, type, worth: event.worth }
    case 'offer.sent':
      return { at: atOf(event), id, offer: event.offer, source, type }
    case 'offer.seen':
      return { at: atOf(event), id, offer: event.offer, receipt: event.receipt, source, type }
    case 'member.joined':
    case 'member.birthday':
    case 'member.anniversary':
      return { at: atOf(event), id, source, type }
    case 'membership.started':
    case 'membership.renewed':
      return { at: atOf(event), fee: event.fee, id, plan: event.plan, source, type }
    case 'membership.failed':
    case 'membership.cancelled':
      return { at: atOf(event), id, plan: event.plan, source, type }
    case 'member.changed':
      return changedContent(event)
    case 'member.frozen': {
      const { actor, frozen, reason } = event
      return { actor, at: atOf(event), frozen, id, reason, source, type }
    }
    case 'member.left':
      return { at: atOf(event), id, source, type }
    case 'redemption.reserve': {
      const { lastsMs, paid, payable, points, redemption, reward, session } = event
      const by = paid === undefined ? null : { paid: inOrder(paid) }
      return { ...askedAt(event), id, lastsMs, ...by, payable, points, redemption, reward, session, source, type }
    }
    case 'redemption.confirm':
    case 'redemption.cancel':
      return { ...askedAt(event), id, redemption: event.redemption, source, type }
    case 'voucher.use': {
      const { amount, basket, orderKey, voucher } = event
      const held = basket === null ? null : basketOf(basket)
      return { amount, ...askedAt(event), basket: held, id, orderKey, source, type, voucher }
    }
    case 'voucher.restore':
      return { ...askedAt(event), id, orderKey: event.orderKey, source, type, use: event.use, voucher: event.voucher }
    case 'voucher.return':
    case 'voucher.give':
      return { ...askedAt(event), id, source, type, voucher: event.voucher }
    case 'voucher.revoked': {
      const { actor, priceBack, reason, voucher } = event
      return { actor, ...askedAt(event), id, ...(priceBack ? { priceBack } : null), reason, source, type, voucher }
    }
    case 'points.adjusted': {
      const { actor, amount, asset, reason } = event
      return { actor, amount, asset, ...askedAt(event), id, reason, source, type }
    }
    case 'lots.extended': {
      const { actor, asset, lastDay, newLastDay, reason } = event
      return { actor, asset, ...askedAt(event), id, lastDay, newLastDay, reason, source, type }
    }
    case 'lots.reinstated': {
      const { actor, amount, asset, lastDay, newLastDay, reason } = event
      return { actor, amount, asset, ...askedAt(event), id, lastDay, newLastDay, reason, source, type }
    }
    case 'tier.overridden': {
      const { actor, endsOn, ladder, level, reason } = event
      return { actor, ...askedAt(event), endsOn, id, ladder, level, reason, source, type }
    }
    case 'refund.accepted': {
      const { actor, amount, name, orderKey, reason, refund, waited } = event
      const edited = event.edited == null ? null : { edited: inOrder(event.edited) }
      const said = { actor, amount, ...askedAt(event), ...edited, ...foreignOf(event.foreign), id, name, orderKey }
      return { ...said, ...otherOf(event.other), reason, refund, source, type, waited }
    }
    case 'debt.waived': {
      const { actor, amount, asset, because, orderKey, reason } = event
      return { actor, amount, asset, ...askedAt(event), because, id, orderKey, reason, source, type }
    }
    case 'seat.called-off': {
      const { redemption, reward, session } = event
      return { ...askedAt(event), id, redemption, reward, session, source, type }
    }
    case 'seat.offered':
      return { ...askedAt(event), id, reward: event.reward, session: event.session, source, type }
    case 'gift.send':
      return { amount: event.amount, ...askedAt(event), asset: event.asset, id, source, to: event.to, type }
    case 'gift.received': {
      const { asset, from, gift } = event
      return { asset, ...askedAt(event), from, gift, id, parts: event.parts.map(partOf), source, type }
    }
    case 'gift.returned': {
      const { asset, gift } = event
      return { asset, ...askedAt(event), gift, id, parts: event.parts.map(partOf), source, type }
    }
    case 'pool.asked':
      return { asks: inOrder(event.asks), ...askedAt(event), id, pool: event.pool, source, type }
    case 'pool.told': {
      const { from, pool, tells } = event
      return { ...askedAt(event), from, id, pool, source, tells: inOrder(tells), type }
    }
    case 'referral.claim': {
      const { advocate, recent, signals } = event
      return { advocate, ...askedAt(event), id, recent, signals, source, type }
    }
    case 'referral.qualified':
    case 'referral.reversed': {
      const { from, round, terms } = event
      return { ...askedAt(event), from, id, round, source, terms, type }
    }
    case 'referral.suspected': {
      const { actor, reason, signals } = event
      return { actor, ...askedAt(event), id, reason, signals, source, type }
    }
    case 'referral.reviewed': {
      const { actor, approved, reason } = event
      return { actor, approved, ...askedAt(event), id, reason, source, type }
    }
    case 'award.won': {
      const { actor, reason, won } = event
      const { leaderboard, rank, window } = 'draw' in won ? {} : won
      const what =
        'draw' in won ? { draw: won.draw, round: won.round, terms: won.terms } : { leaderboard, rank, window }
      return { actor, ...askedAt(event), id, reason, source, type, won: what }
    }
    case 'member.merged': {
      const { actor, head, reason, to } = event
      return { actor, ...askedAt(event), head, id, reason, source, to, type }
    }
    case 'merge.received': {
      const { brought, from, into, merge } = event
      return { at: Date.parse(event.occurredAt), brought: inOrder(brought), from, id, into, merge, source, type }
    }
    case 'merge.undone': {
      const { actor, merge, reason, tell } = event
      return { actor, ...askedAt(event), id, merge, reason, source, tell, type }
    }
    case 'version.corrected': {
      const { actor, from, reason, version } = event
      const facts = event.facts.map(({ fact, placeLocal }) =>
        placeLocal === undefined ? { fact } : { fact, placeLocal },
      )
      return {
        actor,
        ...askedAt(event),
        facts,
        from: { at: from.at, local: from.local },
        id,
        reason,
        source,
        type,
        version,
      }
    }
    case 'member.erased': {
      const { actor, reason } = event
      return { actor, ...askedAt(event), id, reason, source, type }
    }
    default: {
      // `activity.<name>` is a pattern, which a switch cannot name.
      const facts = Object.fromEntries(Object.entries(event.facts).sort(([a], [b]) => (a < b ? -1 : 1)))
      const name = type.slice('activity.'.length)
      return { at: atOf(event), channel: event.channel, facts, id, name, place: event.place, source, type: 'activity' }
    }
  }
}

/** What pools ask and tell, and what a merge brings, has many shapes and comes rarely: its keys are put in order as found. */
const inOrder = <Value>(value: Value): Value => JSON.parse(canonicalText(value)) as Value

const partOf = ({ amount, lastDay, priority }: ActivePart): ActivePart => ({ amount, lastDay, priority })

function orderOf(event: Extract<EventInput, { order: OrderInput }>): object {
  const { channel, currency, discount, lines, order, payments, place, rate, shipping, tags, tip } = basketOf(
    event.order,
  )
  return {
    at: atOf(event),
    channel,
    currency,
    discount,
    id: event.id,
    lines,
    order,
    payments,
    place,
    rate,
    shipping,
    source: event.source,
    tags,
    tip,
    type: event.type,
  }
}

export function basketOf({ id, rate, shipping, ...order }: OrderInput): OrderContent {
  return {
    channel: order.channel,
    currency: order.currency,
    discount: order.discount,
    lines: order.lines.map((line) => {
      const { brand, categories, discount, id, kind, quantity, sku, tax, total } = line
      return { brand, categories, discount, id, kind, quantity, sku, tax, total }
    }),
    order: id,
    payments: order.payments.map((payment) =>
      payment.by === 'points'
        ? { amount: payment.amount, by: payment.by, redemption: payment.redemption }
        : { amount: payment.amount, by: payment.by },
    ),
    place: order.place,
    rate: rate === null ? null : rateOf(rate),
    shipping: { tax: shipping.tax, total: shipping.total },
    tags: order.tags,
    tip: order.tip,
  }
}

/** A footing is named where it is said: what says nothing of it reads as it always did. */
const changedContent = (event: Extract<EventInput, { type: 'member.changed' }>): object => ({
  ...(event.ageAtLeast === null ? null : { ageAtLeast: event.ageAtLeast }),
  at: atOf(event),
  id: event.id,
  ...(event.mark === null ? null : { mark: event.mark }),
  segments: event.segments,
  source: event.source,
  tags: event.tags,
  ...(event.terms === null ? null : { terms: event.terms }),
  type: event.type,
})

/** Absent where nothing is said: what was kept of a fact says nothing then, either. */
const otherOf = (other: OtherMoney | null | undefined): { other?: OtherMoney } =>
  other == null ? {} : { other: { shipping: other.shipping, tax: other.tax, tip: other.tip } }

/** Of a delivery in parts; absent: it was all of it, as ever. */
const linesOf = (lines: readonly DeliveredLine[]): Pick<OrderDelivered, 'lines'> =>
  lines.length === 0 ? {} : { lines: lines.map(({ line, quantity }) => ({ line, quantity })) }

const currencyOf = (currency: string | null): { currency?: string } => (currency === null ? {} : { currency })

const foreignOf = (foreign: RefundAccepted['foreign'] | null): Pick<RefundAccepted, 'foreign'> =>
  foreign == null ? {} : { foreign: { currency: foreign.currency, rate: rateOf(foreign.rate) } }

const rateOf = ({ denominator, numerator, on }: Rate): Rate => ({ denominator, numerator, on })

const atOf = (event: { readonly occurredAt: string }): number => Date.parse(event.occurredAt)

/** Requests are judged when they arrive; only a history says when they happened. */
const askedAt = (event: { readonly occurredAt?: string }): { at?: number } =>
  event.occurredAt === undefined ? {} : { at: Date.parse(event.occurredAt) }

/**
 * What an order says of itself and when, from the content of an event that holds one: how two orders are compared (EVT-1). Said
 * again at another moment it is another fact: it may undo an edit that came between.
 */
export function orderTextOf(fields: object): string {
  const { id: _id, type: _type, ...order } = fields as Record<string, unknown>
  return JSON.stringify(order)
}

/** The order that an event brings, as its record keeps it. */
export function orderContentIn(fields: object): OrderContent {
  const { at: _at, id: _id, source: _source, type: _type, ...order } = fields as Record<string, unknown>
  return order as unknown as OrderContent
}
