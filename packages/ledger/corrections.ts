import { type Account, type LocalTime, type Move, movesBetween } from '@laurel/engine'
import { type Before, type Posting, revisionKeyOf, transfersOf } from './transfers.ts'

/** What stands posted of one cause, rule, pair of accounts and instant: a member's transfers, summed as `GROUP BY` would. */
export interface PostedTotal {
  readonly cause: string
  readonly rule: string
  readonly asset: string
  readonly from: Account
  readonly to: Account
  readonly amount: number
  readonly effective: LocalTime
  /** The latest version and the highest revision in the group. */
  readonly version: number
  readonly revision: number
}

export interface Correction extends Posting {
  /** The differences as effects: what the decision of the late fact stores, and what `transfersOf` turns into `transfers`. */
  readonly moves: readonly Move[]
}

/**
 * What must be posted so that the ledger says what a replay of all facts says (LED-5): the difference of totals. `posted` are all
 * transfers of the member, one by one or summed in any way that keeps these keys apart; `replayed` all moves of the replay.
 * `because` is `source/id` of the late fact. Posting the result and asking again gives nothing.
 */
export function correctionsOf(
  posted: readonly PostedTotal[],
  replayed: readonly Move[],
  before: Pick<Before, 'balances' | 'transferCount'>,
  because: string,
): Correction {
  const moves = movesBetween(posted, replayed)
  return { moves, ...transfersOf(moves, { ...before, because, revisions: nextRevisionsOf(posted) }) }
}

function nextRevisionsOf(posted: readonly PostedTotal[]): Map<string, number> {
  const revisions = new Map<string, number>()
  for (const total of posted) {
    const key = revisionKeyOf(total)
    revisions.set(key, Math.max(revisions.get(key) ?? 0, total.revision + 1))
  }
  return revisions
}
