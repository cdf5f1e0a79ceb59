import {
  checkpointOf,
  type Effect,
  ENGINE_REVISION,
  isOf,
  type Member,
  nextDue,
  type Stamp,
  voucherOf,
  withoutRows,
} from '@laurel/engine'
import { type AssetBalances, type Hash, linkHash, type Transfer } from '@laurel/ledger'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import type { BatchRows, Owner } from './batch-rows.ts'
import type { Content, StoredEvent } from './content.ts'
import type { MemberEntry } from './member-cache.ts'
import { effectsText } from './stored.ts'

/** A decision before it is written down: of an event, of time, or of a late fact. */
export interface DecisionToWrite {
  readonly owner: Owner
  /** Head of the chain before it. */
  readonly previous: Hash
  readonly seq: number
  readonly recordedAt: number
  /** Null: time passed. `pinned` is JSON. */
  readonly event: { readonly event: StoredEvent; readonly content: Content; readonly pinned: string | null } | null
  readonly effects: readonly Effect[]
  readonly because: string | null
  readonly answer: string | null
  readonly transfers: readonly Transfer[]
}

/**
 * Writes a decision and its transfers down; answers with the new head of the chain. What can fail comes first: once the first
 * row is written down, nothing does.
 */
export function writeDecision(rows: BatchRows, position: number, decision: DecisionToWrite): Hash {
  const { owner, previous, seq, recordedAt, event, effects, because, answer, transfers } = decision
  const text = effectsText(effects, event?.event ?? null)
  const hash = linkHash(previous, {
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
  return hash
}

const nameOf = ({ event, content }: NonNullable<DecisionToWrite['event']>) => ({
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

/** Holds that ended, vouchers and what goes to others are rows of their own. `before` knows what a voucher was, unless it was never issued. */
export function writeRows(
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
        rows.addFinishedHold(owner, effect)
        continue
      case 'referral':
        rows.addReferral(owner, effect, recordedAt)
        continue
      case 'send':
        rows.addOutgoing(owner, effect, recordedAt)
        continue
      case 'rows-gone':
        for (const voucher of effect.vouchers) {
          rows.addVoucher(owner, { ...voucher, status: 'revoked' }, voucher.status, recordedAt)
        }
        continue
      case 'voucher': {
        const { voucher } = effect
        rows.addVoucher(owner, voucher, voucherOf(before, voucher.id)?.status ?? null, recordedAt)
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

/** A member after the decisions of a transaction. */
export interface MemberToWrite {
  readonly owner: Owner
  /** As it stands in the database; null: it is new. */
  readonly entry: MemberEntry | null
  readonly timeline: ProgramTimeline
  readonly member: Member
  readonly transferCount: number
  readonly hash: Hash
  readonly recordedAt: number
  /** Of all the decisions, as the ledger says (LED-3). */
  readonly movements: readonly AssetBalances[]
}

export function writeMember(rows: BatchRows, written: MemberToWrite): MemberEntry {
  const { owner, entry: before, timeline, member, transferCount, hash, recordedAt, movements } = written
  const state = JSON.stringify(checkpointOf(member))
  const entry: MemberEntry = {
    bucket: owner.bucket,
    program: owner.program,
    id: owner.member,
    member: withoutRows(member),
    transferCount,
    hash,
    dueAt: dueAtOf(timeline, member),
    recordedAt,
    weight: state.length,
  }
  if (before === null) rows.addNewMember(entry, state)
  else rows.addMovedMember(entry, state, before.member)
  writeBalances(rows, owner, before?.member ?? null, member, movements)
  return entry
}

/** The earliest moment at which time alone changes something, as an instant. */
export function dueAtOf({ timeline, latest }: ProgramTimeline, member: Member): number | null {
  const { at, local } = nextDue(timeline, member)
  const byClock = local === null ? null : instantOf(latest.zone, local)
  return at === null || byClock === null ? (at ?? byClock) : Math.min(at, byClock)
}

/** A balance row stands for each asset that the state names, and moves by what the ledger has posted. */
function writeBalances(
  rows: BatchRows,
  owner: Owner,
  before: Member | null,
  after: Member,
  movements: readonly AssetBalances[],
): void {
  for (const { asset } of after.assets) {
    const sum = sumOf(movements, asset)
    if (before?.assets.some((state) => state.asset === asset) !== true) rows.addNewBalance(owner, asset, sum)
    else if (sum.pending !== 0 || sum.active !== 0 || sum.held !== 0 || sum.debt !== 0) {
      rows.addMovedBalance(owner, asset, sum)
    }
  }
}

function sumOf(movements: readonly AssetBalances[], asset: string): AssetBalances {
  const sum = { asset, pending: 0, active: 0, held: 0, debt: 0 }
  for (const movement of movements) {
    if (movement.asset !== asset) continue
    sum.pending += movement.pending
    sum.active += movement.active
    sum.held += movement.held
    sum.debt += movement.debt
  }
  return sum
}
