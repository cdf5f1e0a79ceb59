import type { OrderInput } from '@laurel/contract'
import {
  type Checkout,
  checkoutOf,
  decide,
  type Effect,
  isLate,
  type Member,
  orderKeyOf,
  replay,
  type Trace,
  type TraceEntry,
} from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowOf, rowsOf, sql, transaction } from '../db/transaction.ts'
import { type ProgramContext, type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { summaryOf } from './answer.ts'
import { balancesOf } from './balances.ts'
import { basketOf, contentOf, eventOf } from './content.ts'
import { type HistoryOwner, memberStateOf, newcomer, readMemberHistory, toldOf } from './history.ts'
import { type Note, notesOn } from './notes.ts'
import { withRoom } from './offered-room.ts'
import { versionsForId } from './own-versions.ts'
import { paidElsewhere } from './queries.ts'
import { type Rejection, rejectionOf } from './reject.ts'
import { remainingOf } from './remaining.ts'
import { stampOf } from './stamp.ts'
import type { DecisionAnswer } from './submission.ts'

export interface Cart {
  readonly member: string
  readonly order: OrderInput
  /** As if at this instant; null: now. */
  readonly at: string | null
  /** Vouchers that the member has picked; null: all that are open. */
  readonly vouchers: readonly string[] | null
}

export interface Preview {
  /** Of whoever answers: the one that remains where the member was merged (MRG-1). */
  readonly member: string
  readonly at: string
  readonly version: number | null
  readonly earned: NonNullable<DecisionAnswer['earned']>
  readonly remarks: NonNullable<DecisionAnswer['remarks']>
  readonly notes: readonly Note[]
  readonly balances: DecisionAnswer['balances']
  readonly effects: readonly Effect[]
  /** What each rule gave, or why it gave nothing. */
  readonly rules: readonly TraceEntry[]
  /** What applies to it; null: the program has not begun. */
  readonly checkout: Checkout | null
}

export type Previewed = { readonly preview: Preview } | { readonly rejection: Rejection }

const stateOfMember = sql<{ state: string }>(
  'state-of-member',
  'SELECT state FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
)

const finishedHoldsOfCart = sql<{ redemption: string; record: string }>(
  'finished-holds-of-cart',
  `SELECT redemption, record FROM finished_hold
   WHERE bucket = $1 AND program = $2 AND member = $3 AND redemption = ANY($4::text[])`,
)

const paidElsewhereByCart = sql<{ n: string }>('paid-elsewhere-by-cart', paidElsewhere.text)

/** Where nobody can have sent it from: a preview is no event and has no identity. */
const nowhere = { source: 'preview', id: 'cart' }

/** What the program would say about this order of this member: the same decision as for a paid one, and nothing written. */
export async function previewCart(context: ProgramContext, program: string, cart: Cart): Promise<Previewed> {
  const published = await context.timelines.of(program)
  if (published === null) return reject('unknown-program', `no version of ${program} is published`)
  const now = context.now(program)
  const at = cart.at === null ? now : Date.parse(cart.at)
  const { member: id, order } = cart
  const found = versionsForId(published, program, id)
  const occurredAt = new Date(at).toISOString()
  const input = { type: 'order.paid' as const, ...nowhere, member: id, occurredAt, order }
  // A question may be about any time; only what is recorded must be neither overdue nor early.
  const rejection = rejectionOf({ program, member: id, event: input, history: true }, found, Math.max(now, at))
  if (rejection !== null) return { rejection }
  const bucket = bucketOf(program, id)
  const row = await rowOf(context.database.application, stateOfMember(bucket, program, id))
  if (row === undefined && rulingAt(found, now).unknownMembers === 'refuse') {
    return reject('unknown-member', 'the program refuses events of members that nobody has created')
  }
  const stamp = stampOf(found.timeline, found.latest, at, order.place, now)
  const event = eventOf(contentOf(input).fields, stamp, {})
  const stored = row === undefined ? newcomer({ program, id }) : memberStateOf({ program, id }, row.state)
  if (stored.left?.into !== undefined) {
    const remains = await remainingOf(context, program, id)
    if (remains !== id) return await previewCart(context, program, { ...cart, member: remains })
  }
  if (stored.left?.erased) return reject('member-erased', 'the member is erased')
  stored.finished = await finishedOf(context, { bucket, program, id }, order)
  const member = isLate(stored, event) ? await memberAt(context, found, { bucket, program, id }, at) : stored
  const trace: Trace = []
  const granted = await withRoom(context, found, member, event)
  const { effects, member: after } = decide(found.timeline, member, granted, trace)
  const { earned, remarks } = summaryOf(effects)
  const { version } = stamp
  const balances = balancesOf(after.assets, found.timeline, version)
  // As the member is before the order, with the time that has passed.
  const before = decide(found.timeline, member, { type: 'time.passed', stamp }).member
  const checkout = version === null ? null : checkoutOf(found.timeline, before, basketOf(order), stamp, cart.vouchers)
  const elsewhere = await elsewhereOf(context, { bucket, program, id }, order)
  const notes = notesOn(event, found.timeline, stored, elsewhere)
  return {
    preview: { member: id, at: occurredAt, version, earned, remarks, notes, balances, effects, rules: trace, checkout },
  }
}

/** Redemptions that are said to pay and are over. */
async function finishedOf(
  { database }: ProgramContext,
  { bucket, program, id }: HistoryOwner,
  { payments }: OrderInput,
): Promise<Member['finished']> {
  const named = payments.flatMap((payment) => (payment.by === 'points' ? [payment.redemption] : []))
  if (named.length === 0) return {}
  const rows = await rowsOf(database.application, finishedHoldsOfCart(bucket, program, id, named))
  return Object.fromEntries(rows.map(({ redemption, record }) => [redemption, JSON.parse(record)]))
}

/** Of the redemptions that are said to pay, those that an order names already. */
async function elsewhereOf(
  { database }: ProgramContext,
  { bucket, program, id }: HistoryOwner,
  { id: order, payments }: OrderInput,
): Promise<string[]> {
  const named = payments.flatMap((payment) => (payment.by === 'points' ? [payment.redemption] : []))
  if (named.length === 0) return []
  const of = <Value>(value: Value) => named.map(() => value)
  const whose = [of(bucket), of(program), of(id)] as const
  const rows = await rowsOf(
    database.application,
    paidElsewhereByCart(...whose, named, of(orderKeyOf(nowhere.source, order))),
  )
  return rows.flatMap(({ n }) => named[Number(n) - 1] ?? [])
}

const reject = (code: Rejection['code'], detail: string): Previewed => ({ rejection: { code, detail } })

/** The member as of an instant in the past, by all that is known now. */
async function memberAt(
  context: ProgramContext,
  { timeline }: ProgramTimeline,
  owner: HistoryOwner,
  at: number,
): Promise<Member> {
  const history = await transaction(context.database.application, (tx) => readMemberHistory(tx, owner))
  return replay(
    timeline,
    history.events.filter(({ stamp }) => stamp.at < at),
    null,
    toldOf(owner, history),
  ).member
}
