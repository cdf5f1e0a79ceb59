import { type Account, evolving, finished, isSameState, type Member, type Steps, withoutRows } from '@laurel/engine'
import type { PostedTotal } from '@laurel/ledger'
import type { PoolClient } from 'pg'
import { int4s, texts } from '../db/binary-array.ts'
import { exchange, type Outcome, step } from '../db/exchange.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { entryOf } from './gather.ts'
import { type History, newcomer, readingHistory } from './history.ts'
import { LostRace } from './lost-race.ts'
import type { MemberEntry } from './member-cache.ts'
import { versionsForMember } from './own-versions.ts'
import type { Owner } from './owner.ts'
import { memberHistory, memberStates, postedTotals, queueOfMember } from './queries.ts'
import { wallOf } from './stored.ts'

/** What is stored of a member: its history, what the ledger has posted, and which of its refunds wait in the queue. */
export interface Past {
  readonly timeline: ProgramTimeline
  readonly entry: MemberEntry
  /** The fold of the history. */
  readonly before: Member
  readonly history: History
  readonly posted: readonly PostedTotal[]
  readonly queue: readonly QueueRow[]
}

export interface QueueRow {
  readonly name: string
  readonly amount: number | null
  readonly reason: string
  readonly isOpen: boolean
}

/** Of a member as the database has it now; null: there is none. Throws as below. */
export async function readPastOf(client: PoolClient, timeline: ProgramTimeline, owner: Owner): Promise<Past | null> {
  const { bucket, program, member } = owner
  const [found] = await exchange(client, [step(memberStates, int4s([bucket]), texts([program]), texts([member]))])
  const row = found?.rows[0]
  if (row === undefined) return null
  const entry = entryOf(owner, row)
  return finished(pastIn(await readRows(client, entry), versionsForMember(timeline, entry.member), entry))
}

/** Rows of a past, as they are stored. */
export type PastRows = Readonly<Record<'decisions' | 'totals' | 'queue', Outcome | undefined>>

export async function readRows(client: PoolClient, { bucket, program, id, member }: MemberEntry): Promise<PastRows> {
  const owner = [String(bucket), program, id]
  const [decisions, totals, queue] = await exchange(client, [
    step(memberHistory, ...owner),
    step(postedTotals, ...owner, String(member.seq)),
    step(queueOfMember, ...owner),
  ])
  return { decisions, totals, queue }
}

/** Throws a `LostRace` where the history is not the one that led to the state: another server has gone on meanwhile. */
export function* pastIn(
  { decisions, totals, queue }: PastRows,
  timeline: ProgramTimeline,
  entry: MemberEntry,
): Steps<Past> {
  const history = yield* readingHistory(decisions?.rows ?? [])
  const before = yield* evolving(newcomer(entry), history.effects)
  yield
  if (!isSameState(withoutRows(before), entry.member)) {
    throw new LostRace('the history is not the one that led to the state')
  }
  yield
  return { timeline, entry, before, history, posted: totalsIn(totals), queue: queueIn(queue) }
}

/** Rows of `transfer`, summed, in the order of a total's fields. */
export const totalsIn = (found: Outcome | undefined): PostedTotal[] =>
  (found?.rows ?? []).map(([cause, rule, asset, from, to, amount, effective, version, revision]) => ({
    cause: cause ?? '',
    rule: rule ?? '',
    asset: asset ?? '',
    // The recorder writes these columns from the ledger's own transfers, and nothing ever changes them.
    from: (from ?? '') as Account,
    to: (to ?? '') as Account,
    amount: Number(amount),
    effective: wallOf(effective ?? ''),
    version: Number(version),
    revision: Number(revision),
  }))

const queueIn = (found: Outcome | undefined): QueueRow[] =>
  (found?.rows ?? []).map(([source, id, amount, reason, outcome]) => ({
    name: `${source}/${id}`,
    amount: amount == null ? null : Number(amount),
    reason: reason ?? '',
    isOpen: outcome == null,
  }))
