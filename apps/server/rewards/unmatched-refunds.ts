import { type ActAnswer, Problem, type QueuedRefund } from '@laurel/contract'
import { type OtherMoney, orderKeyOf, refundNameOf } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { rowOf, rowsOf, transaction } from '../db/transaction.ts'
import type { StoredEvent } from '../decisions/content.ts'
import { bucketOf, identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { cursorOf, placeInTime } from '../http/cursor.ts'
import { act, actorOfKey, type ByStaff } from './act.ts'
import {
  decisionOfMember,
  dismissQueuedRefund,
  openRefunds,
  openRefundsTotal,
  ownerOfIdentity,
  type QueuedRow,
  queuedRefund,
} from './queries.ts'

/** An event in a queue. */
export interface QueuedName {
  readonly source: string
  readonly id: string
}

/** Refunds that no order took, oldest first, and how much all of them are (EVT-5). */
export async function listUnmatchedRefunds(
  context: RecordingContext,
  program: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const [at = null, source = null, id = null] = placeInTime(cursor, 3)
  const { application } = context.database
  const rows = await rowsOf(application, openRefunds(program, at, source, id, limit + 1))
  const total = (await rowOf(application, openRefundsTotal(program))) ?? { count: 0, amount: 0 }
  const refunds = rows.slice(0, limit).map(refundOf)
  const last = refunds.at(-1)
  const next = rows.length > limit && last !== undefined ? cursorOf(last.queuedAt, last.source, last.id) : null
  return { refunds, total, next }
}

const refundOf = ({ source, id, member, order_id, amount, reason, recorded_at }: QueuedRow): QueuedRefund => ({
  source,
  id,
  member,
  order: order_id,
  amount,
  reason,
  queuedAt: recorded_at,
})

export interface Acceptance extends ByStaff {
  readonly order: { readonly source: string; readonly id: string } | null
  readonly amount?: number | undefined
  readonly other?: OtherMoney | undefined
}

/** A person lets a queued refund count: against an order, or as what its amount would have earned. */
export async function acceptRefund(
  context: RecordingContext,
  actor: Actor,
  refund: QueuedName,
  { order, amount, other: said, ...by }: Acceptance,
): Promise<ActAnswer> {
  const queued = await findQueued(context, actor.program, refund)
  // An accepted one is answered as at first; one that its order took counts already.
  if (queued.outcome === 'dismissed' || queued.outcome === 'matched') throw new Problem('unknown-refund')
  // A refund of items whose price nobody knew stands there with 0: the person who looks at it says what it is worth.
  if (amount === undefined && queued.amount === 0) {
    throw new Problem('invalid-request', {
      errors: [{ path: '/amount', message: 'must be given: the refund names items, and not what they cost' }],
    })
  }
  if (amount !== undefined && queued.amount > 0 && amount > queued.amount) {
    throw new Problem('invalid-request', {
      errors: [{ path: '/amount', message: `is more than the queued ${queued.amount}` }],
    })
  }
  const orderKey = order === null ? null : orderKeyOf(order.source, order.id)
  if (orderKey !== null && !(await isOrderOf(context, actor.program, queued.member, orderKey))) {
    throw new Problem('invalid-request', {
      errors: [{ path: '/order', message: 'is no order that this member has paid' }],
    })
  }
  const whole = amount ?? queued.amount
  const other = said ?? otherNamed(queued, whole)
  if (other !== null && sumOf(other) > whole) {
    throw new Problem('invalid-request', { errors: [{ path: '/other', message: `is more than the ${whole} in all` }] })
  }
  const accepted = `${refund.source}/${refund.id}`
  return await act(context, actor, queued.member, `accept/${accepted}`, by, {
    type: 'refund.accepted',
    refund: accepted,
    name: refundNameOf(queued.event),
    waited: queued.reason === 'order-unknown',
    orderKey,
    amount: whole - (other === null ? 0 : sumOf(other)),
    other,
  })
}

const sumOf = ({ shipping, tip, tax }: OtherMoney): number => shipping + tip + tax

/**
 * How much of an accepted amount the refund itself called shipping, tip or tax: goods first. Of a surplus nobody knows; it is
 * goods unless a person says otherwise.
 */
function otherNamed({ event, amount, reason }: FoundRefund, accepted: number): OtherMoney | null {
  const named = event.type === 'refund.made' && reason !== 'more-than-left' ? event.other : undefined
  if (named === undefined) return null
  let left = accepted - Math.min(accepted, Math.max(0, amount - sumOf(named)))
  const take = (most: number) => {
    const taken = Math.min(left, most)
    left -= taken
    return taken
  }
  const other = { shipping: take(named.shipping), tip: take(named.tip), tax: take(named.tax) }
  return sumOf(other) === 0 ? null : other
}

async function isOrderOf(context: RecordingContext, program: string, member: string, key: string): Promise<boolean> {
  const { bucket, name } = identityOf(program, 'order', key)
  return (await rowOf(context.database.application, ownerOfIdentity(bucket, name)))?.member === member
}

/** A person decides that a queued refund counts for nothing. */
export async function dismissRefund(
  context: RecordingContext,
  actor: Actor,
  refund: QueuedName,
  { reason, actor: person }: ByStaff,
): Promise<QueuedName & { readonly amount: number }> {
  const { program } = actor
  const { member } = await findQueued(context, program, refund)
  const { source, id } = refund
  const by = person ?? actorOfKey(actor)
  return await transaction(context.database.application, async (tx) => {
    const at = new Date(context.now()).toISOString()
    const bucket = bucketOf(program, member)
    const row = await rowOf(tx, dismissQueuedRefund(bucket, program, member, source, id, at, by))
    if (row === undefined) throw new Problem('unknown-refund')
    const detail = { reason, amount: row.amount }
    await writeAudit(tx, context, { program, actor: by, act: 'refund.dismissed', subject: `${source}/${id}`, detail })
    return { source, id, amount: row.amount }
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
