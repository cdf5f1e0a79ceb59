import {
  type ActAnswer,
  currencyExponentOf,
  exactRate,
  type FieldError,
  Problem,
  type QueuedRefund,
} from '@laurel/contract'
import {
  type OrderContent,
  type OrderKey,
  type OtherMoney,
  orderKeyOf,
  type RefundAccepted,
  refundNameOf,
} from '@laurel/engine'
import { bucketOf, sumOf } from '@laurel/ledger'
import { actingAs } from '../access/acting-as.ts'
import { writeAudit } from '../access/write-audit.ts'
import { rowOf, rowsOf, transaction } from '../db/transaction.ts'
import { orderContentIn, type StoredEvent } from '../decisions/content.ts'
import { decisionOfMember, ownerOfIdentity } from '../decisions/first-answer.ts'
import { identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Actor } from '../http/bind.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { act, type ByStaff } from './act.ts'
import { dismissQueuedRefund, openRefunds, openRefundsTotals, type QueuedRow, queuedRefund } from './queries.ts'

/** An event in a queue. */
export interface QueuedName {
  readonly source: string
  readonly id: string
}

/** Refunds that no order took, oldest first, and how much all of them are, currency by currency (EVT-5). */
export async function listUnmatchedRefunds(context: RecordingContext, program: string, { limit, cursor }: Page) {
  const [at = null, source = null, id = null] = placeInTime(cursor, 3)
  const { application } = context.database
  const rows = await rowsOf(application, openRefunds(program, at, source, id, limit + 1))
  const amounts = await rowsOf(application, openRefundsTotals(program))
  const total = {
    count: amounts.reduce((sum, { count }) => sum + count, 0),
    amounts: amounts.map(({ amount, ...of }) => ({ ...of, amount: sumOf(BigInt(amount)) })),
  }
  const { page, next } = pageOf(rows, limit, (row) => [row.recorded_at, row.source, row.id])
  return { refunds: page.map(refundOf), total, next }
}

const refundOf = ({
  source,
  id,
  member,
  order_id,
  amount,
  currency,
  reason,
  line,
  recorded_at,
}: QueuedRow): QueuedRefund => ({
  source,
  id,
  member,
  order: order_id,
  amount,
  currency,
  reason,
  line,
  queuedAt: recorded_at,
})

export interface Acceptance extends ByStaff {
  readonly order: { readonly source: string; readonly id: string } | null
  readonly amount?: number | undefined
  readonly currency?: string | undefined
  readonly rate?: { readonly rate: string; readonly on: string } | undefined
  readonly other?: OtherMoney | undefined
}

/**
 * A person lets a queued refund count: against the order that the person names, else against its own, as far as that still holds
 * anything; where nobody knows that one, as what its amount would have earned.
 */
export async function acceptRefund(
  context: RecordingContext,
  actor: Actor,
  refund: QueuedName,
  { order, amount, currency, rate, other: said, ...by }: Acceptance,
): Promise<ActAnswer> {
  const queued = await findQueued(context, actor.program, refund)
  // An accepted one is answered as at first; one that its order took counts already.
  if (queued.outcome === 'dismissed' || queued.outcome === 'matched') throw new Problem('unknown-refund')
  const edited = editIn(queued)
  if (edited !== null)
    return await acceptEdit(context, actor, queued, edited, { order, amount, currency, rate, other: said, ...by })
  const whole = amount ?? queued.amount
  // The person who looks at it says what it is worth.
  if (whole === null || (amount === undefined && whole === 0)) {
    throw new Problem('invalid-request', { errors: [{ path: '/amount', message: priceWanted(queued) }] })
  }
  if (queued.amount !== null && queued.amount > 0 && whole > queued.amount) {
    throw new Problem('invalid-request', {
      errors: [{ path: '/amount', message: `is more than the queued ${queued.amount}` }],
    })
  }
  const orderKey = order === null ? ownOrderOf(queued) : orderKeyOf(order.source, order.id)
  const foreign = orderKey === null ? await foreignIn(context, actor.program, queued, { currency, rate }) : null
  if (orderKey !== null) await checkOrder(context, actor.program, queued, orderKey, { currency, rate })
  const other = said ?? otherNamed(queued, whole)
  if (other !== null && minorOf(other) > whole) {
    throw new Problem('invalid-request', { errors: [{ path: '/other', message: `is more than the ${whole} in all` }] })
  }
  const accepted = `${refund.source}/${refund.id}`
  return await act(context, actor, queued.member, `accept/${accepted}`, by, {
    type: 'refund.accepted',
    refund: accepted,
    name: refundNameOf(queued.event),
    waited: queued.reason === 'order-unknown',
    orderKey,
    amount: whole - (other === null ? 0 : minorOf(other)),
    foreign,
    other,
  })
}

const priceWanted = ({ line }: FoundRefund): string =>
  line === null
    ? 'must be given: the refund names items, and not what they cost'
    : `must be given: its order has no line ${line}, so that nobody knows what that cost`

/** What an order was to say, where that is what waits: an edit, or the order sent again. */
const editIn = ({ event }: FoundRefund): OrderContent | null =>
  event.type === 'order.edited' || event.type === 'order.paid' ? orderContentIn(event) : null

/** An edit counts for its own order and whole; what it would take is all that can be said of it (REF-7). */
async function acceptEdit(
  context: RecordingContext,
  actor: Actor,
  queued: FoundRefund,
  edited: OrderContent,
  { order, amount, currency, rate, other, ...by }: Acceptance,
): Promise<ActAnswer> {
  const name = `${queued.source}/${queued.id}`
  const orderKey = orderKeyOf(queued.source, edited.order)
  const errors: FieldError[] = []
  const isOther = order !== null && orderKeyOf(order.source, order.id) !== orderKey
  if (isOther)
    errors.push({ path: '/order', message: `must not be said: an edit counts for its own order, ${orderKey}` })
  const takes = queued.amount ?? 0
  if (takes > 0 && amount !== undefined && amount !== takes) {
    errors.push({
      path: '/amount',
      message: `must be ${takes} or left out: an edit counts whole or not at all`,
    })
  }
  for (const [path, said] of Object.entries({ currency, rate, other })) {
    if (said !== undefined)
      errors.push({ path: `/${path}`, message: 'must not be said: the edit says what the order is' })
  }
  if (errors.length > 0) throw new Problem('invalid-request', { errors })
  return await act(context, actor, queued.member, `accept/${name}`, by, {
    type: 'refund.accepted',
    refund: name,
    name,
    waited: false,
    orderKey,
    amount: takes,
    edited,
  })
}

/** The order that a refund names and that is there: what is too much or too late was measured against it. */
function ownOrderOf({ reason, event }: FoundRefund): OrderKey | null {
  if (reason !== 'more-than-left' && reason !== 'unknown-line' && reason !== 'overdue') return null
  return 'order' in event && event.order !== null ? orderKeyOf(event.source, event.order) : null
}

type SaidMoney = Pick<Acceptance, 'currency' | 'rate'>

/** What is accepted against an order is in the order's currency, and converted as the order is (AMT-4). */
async function checkOrder(
  context: RecordingContext,
  program: string,
  queued: FoundRefund,
  key: OrderKey,
  { currency, rate }: SaidMoney,
): Promise<void> {
  const errors: FieldError[] = []
  const ofOrder = 'must not be said: the order has its own'
  if (currency !== undefined) errors.push({ path: '/currency', message: ofOrder })
  if (rate !== undefined) errors.push({ path: '/rate', message: ofOrder })
  const found = await currencyOfOrder(context, program, queued.member, key)
  if (found === null) errors.push({ path: '/order', message: 'is no order that this member has paid' })
  else if (queued.currency !== null && queued.currency !== found) {
    errors.push({ path: '/order', message: `is in ${found}, and the refund in ${queued.currency}` })
  }
  if (errors.length > 0) throw new Problem('invalid-request', { errors })
}

/** Null: no order of this member. */
async function currencyOfOrder(
  context: RecordingContext,
  program: string,
  member: string,
  key: OrderKey,
): Promise<string | null> {
  const identity = identityOf(program, 'order', key)
  const { application } = context.database
  const owner = await rowOf(application, ownerOfIdentity(identity.bucket, identity.name))
  if (owner === undefined) return null
  // Who was merged is the same one (MRG-1).
  const [remains, asked] = await Promise.all([owner.member, member].map((id) => remainingOf(context, program, id)))
  if (remains !== asked) return null
  const bucket = bucketOf(program, owner.member)
  const first = await rowOf(application, decisionOfMember(bucket, program, owner.member, owner.seq))
  const content: { readonly currency?: string } = JSON.parse(first?.content ?? '{}')
  return content.currency ?? null
}

/** Without an order the amount earns as goods of that currency do now (AMT-4); null: it is the program's. */
async function foreignIn(
  context: RecordingContext,
  program: string,
  queued: FoundRefund,
  { currency, rate }: SaidMoney,
): Promise<RefundAccepted['foreign'] | null> {
  const own = (await context.timelines.of(program))?.latest.currency.code
  const known = queued.currency ?? currency
  const refuse = (path: string, message: string) => new Problem('invalid-request', { errors: [{ path, message }] })
  if (known === undefined) throw refuse('/currency', 'must be given: nobody knows the currency of its order')
  if (currency !== undefined && currency !== known) throw refuse('/currency', `is not the refund’s, which is ${known}`)
  if (known === own) {
    if (rate !== undefined) throw refuse('/rate', `must not be given: ${known} is the program’s own currency`)
    return null
  }
  if (rate === undefined) throw refuse('/rate', `must be given: ${known} is not the program’s currency`)
  return { currency: known, rate: exactRate(rate, currencyExponentOf(known) ?? 0) }
}

const minorOf = ({ shipping, tip, tax }: OtherMoney): number => shipping + tip + tax

/**
 * How much of an accepted amount the refund itself called shipping, tip or tax: goods first. Of a surplus nobody knows; it is
 * goods unless a person says otherwise.
 */
function otherNamed({ event, amount, reason }: FoundRefund, accepted: number): OtherMoney | null {
  const isRest = reason === 'more-than-left' || reason === 'unknown-line'
  const named = event.type === 'refund.made' && !isRest ? event.other : undefined
  if (named === undefined) return null
  let left = accepted - Math.min(accepted, Math.max(0, (amount ?? accepted) - minorOf(named)))
  const take = (most: number) => {
    const taken = Math.min(left, most)
    left -= taken
    return taken
  }
  const other = { shipping: take(named.shipping), tip: take(named.tip), tax: take(named.tax) }
  return minorOf(other) === 0 ? null : other
}

/** A person decides that a queued refund counts for nothing. */
export async function dismissRefund(
  context: RecordingContext,
  actor: Actor,
  refund: QueuedName,
  { reason, actor: person }: ByStaff,
): Promise<QueuedName & { readonly amount: number | null; readonly currency: string | null }> {
  const { program } = actor
  const { member } = await findQueued(context, program, refund)
  const { source, id } = refund
  const by = actingAs(actor, person)
  return await transaction(context.database.application, async (tx) => {
    const at = new Date(context.now(program)).toISOString()
    const bucket = bucketOf(program, member)
    const row = await rowOf(tx, dismissQueuedRefund(bucket, program, member, source, id, at, by))
    if (row === undefined) throw new Problem('unknown-refund')
    const detail = { reason, ...row }
    await writeAudit(tx, context, { program, actor: by, act: 'refund.dismissed', subject: `${source}/${id}`, detail })
    return { source, id, ...row }
  })
}

/** A row of the queue, and the event that it is about. */
interface FoundRefund extends QueuedRow {
  readonly event: StoredEvent
}

async function findQueued(
  context: RecordingContext,
  program: string,
  { source, id }: QueuedName,
): Promise<FoundRefund> {
  const identity = identityOf(program, 'event', `${source}/${id}`)
  const { application } = context.database
  const owner = await rowOf(application, ownerOfIdentity(identity.bucket, identity.name))
  if (owner === undefined) throw new Problem('unknown-refund')
  const bucket = bucketOf(program, owner.member)
  const queued = await rowOf(application, queuedRefund(bucket, program, owner.member, source, id))
  if (queued === undefined) throw new Problem('unknown-refund')
  const decision = await rowOf(application, decisionOfMember(bucket, program, owner.member, owner.seq))
  return { ...queued, event: JSON.parse(decision?.content ?? '{}') }
}
