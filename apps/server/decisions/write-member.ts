import { checkpointOf, type Member, nextDue, withoutRows } from '@laurel/engine'
import type { AssetBalances, Hash } from '@laurel/ledger'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import type { BatchRows } from './batch-rows.ts'
import type { MemberEntry } from './member-cache.ts'
import type { Owner } from './owner.ts'

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
    state,
  }
  if (before === null) rows.addNewMember(entry)
  else rows.addMovedMember(entry, before.member)
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
