import { type Effect, ENGINE_REVISION, isOf, type Member, type OrderKey, type Stamp, voucherOf } from '@laurel/engine'
import { type Hash, linkHash, type Transfer } from '@laurel/ledger'
import { type Answered, answerOf } from './answer.ts'
import type { BatchRows } from './batch-rows.ts'
import type { Content, StoredEvent } from './content.ts'
import type { IdentityKey } from './identity.ts'
import type { Owner } from './owner.ts'
import { queueOf, writeQueue } from './queue.ts'
import { effectsText } from './stored.ts'

/** A decision before it is written down: of an event, of time, or of a late fact. */
export interface DecisionToWrite {
  readonly owner: Owner
  /** Head of the chain before it. */
  readonly previous: Hash
  readonly seq: number
  readonly recordedAt: number
  /** Null: time passed. */
  readonly event: EventToWrite | null
  /** The member with the rows that the event named. */
  readonly before: Member
  readonly after: Member
  readonly effects: readonly Effect[]
  readonly because: string | null
  readonly transfers: readonly Transfer[]
  /** What becomes of refunds in the queue, where it is not what the effects say. */
  readonly queue?: ReturnType<typeof queueOf>
}

export interface EventToWrite {
  readonly event: StoredEvent
  readonly content: Content
  /** JSON. */
  readonly pinned: string | null
  /** Its own, and what it was the first to bring. */
  readonly identities: readonly IdentityKey[]
  /** Orders whose identity points here; any other record has a row that does. */
  readonly brings: readonly OrderKey[]
  /** What its sender is told of it. */
  readonly answered: Pick<Answered, 'effects' | 'answer' | 'isLate' | 'timeline' | 'elsewhere'>
  /** Who acted, if anybody did. */
  readonly by: string
}

/**
 * Writes a decision down: itself, its transfers, and all that has rows of its own. Answers with the new head of the chain and the
 * text for whoever sent the event. What can fail comes first: once the first row is written down, nothing does.
 */
export function writeDecision(
  rows: BatchRows,
  position: number,
  decision: DecisionToWrite,
): { readonly hash: Hash; readonly answer: string | null } {
  const { owner, seq, recordedAt, event, before, after, effects, because, transfers, queue } = decision
  const answer =
    event === null
      ? null
      : JSON.stringify(answerOf({ ...event.answered, member: owner.member, event: event.event, seq, after }))
  const text = effectsText(effects, event?.event ?? null)
  const hash = linkHash(decision.previous, {
    seq,
    event: event === null ? null : nameOf(event),
    recordedAt,
    engine: ENGINE_REVISION,
    because,
    effectsText: text,
  })
  const row = {
    seq,
    recordedAt,
    engine: ENGINE_REVISION,
    event: event === null ? null : recordedEventOf(event.content, event.event.stamp, event.pinned),
    effects: text,
    because,
    answer,
    hash,
  }
  rows.addDecision(owner, row, position + rows.decisions)
  for (const transfer of transfers) rows.addTransfer(owner, transfer, seq, recordedAt)
  for (const identity of event?.identities ?? []) rows.addIdentity(owner, identity, seq)
  writeOrders(rows, owner, effects, event?.brings ?? [], seq)
  writeRows(rows, owner, effects, before, recordedAt)
  const by = event?.by ?? ''
  writeQueue(rows, owner, queue ?? queueOf(effects), { seq, at: recordedAt, by, aliases: after.aliases })
  return { hash, answer }
}

const nameOf = ({ event, content }: EventToWrite) => ({
  source: event.source,
  id: event.id,
  hash: content.hash,
})

const recordedEventOf = (content: Content, stamp: Stamp, pinned: string | null) => ({
  content: content.text,
  hash: content.hash,
  at: stamp.at,
  local: stamp.local,
  placeLocal: stamp.placeLocal,
  version: stamp.version,
  pinned,
})

/**
 * An order's identity points to the decision that recorded it first; a later record is pointed to by a row of its own. What pays
 * it is found by redemption, whoever the order came from: one that a merge brings is an effect like any other.
 */
function writeOrders(
  rows: BatchRows,
  owner: Owner,
  effects: readonly Effect[],
  brings: readonly OrderKey[],
  seq: number,
): void {
  for (const effect of effects) {
    if (effect.type !== 'order') continue
    const { key, record } = effect
    if (!brings.includes(key)) rows.rare.addOrder(owner, key, seq)
    for (const { redemption } of record.legs) rows.rare.addPayment(owner, key, redemption)
  }
}

/** Holds that ended, vouchers and what goes to others are rows of their own. `before` knows what a voucher was, unless it was never issued. */
function writeRows(
  rows: BatchRows,
  owner: Owner,
  effects: readonly Effect[],
  before: Member,
  recordedAt: number,
): void {
  for (const effect of effects) {
    // In the books, in the member's state, or in the text of the decision alone.
    if (isOf('books', effect) || isOf('state', effect) || isOf('remark', effect)) continue
    switch (effect.type) {
      case 'hold-ended':
        rows.rare.addFinishedHold(owner, effect)
        continue
      case 'referral':
        rows.rare.addReferral(owner, effect, recordedAt)
        continue
      case 'send':
        rows.rare.addOutgoing(owner, effect, recordedAt)
        continue
      case 'rows-gone':
        for (const voucher of effect.vouchers) {
          rows.rare.addVoucherGone(owner, voucher, recordedAt)
        }
        continue
      case 'voucher': {
        const { voucher } = effect
        rows.rare.addVoucher(owner, voucher, voucherOf(before, voucher.id)?.status ?? null, recordedAt)
        continue
      }
      // Told, or claimed of what all share; the rows of orders and of the queue need more than the effect.
      case 'tier':
      case 'badge':
      case 'room':
      case 'order':
      case 'wait':
      case 'wait-ended':
        continue
    }
    effect satisfies never // each case goes on to the next: what is missing above does not compile
  }
}
