import type { Account, LocalTime, Move } from '@laurel/engine'
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
 * What must be posted so that the ledger says what a replay of all facts says (LED-5): per cause, rule, pair of accounts and
 * instant the difference of totals, in order of instants; a negative one with its accounts swapped. `posted` are all
 * transfers of the member, one by one or summed in any way that keeps these keys apart; `replayed` all moves of the replay.
 * `because` is `source/id` of the late fact. Posting the result and asking again gives nothing.
 */
export function correctionsOf(
  posted: readonly PostedTotal[],
  replayed: readonly Move[],
  before: Pick<Before, 'balances' | 'transferCount'>,
  because: string,
): Correction {
  const moves = differencesOf(posted, replayed)
  return { moves, ...transfersOf(moves, { ...before, because, revisions: nextRevisionsOf(posted) }) }
}

interface Group {
  /** The first line seen; it fixes the direction that counts as positive. */
  readonly line: Move
  /** Of the replay where it has the line, else of what was posted. */
  version: number
  difference: number
}

/** Per cause, rule, pair of accounts and instant what would have to be posted on top of `posted` to arrive at `replayed`. */
export function differencesOf(posted: readonly Omit<PostedTotal, 'revision'>[], replayed: readonly Move[]): Move[] {
  const groups = new Map<string, Group>()
  for (const total of posted) addTo(groups, { ...total, type: 'move' }, -total.amount)
  for (const move of replayed) addTo(groups, move, move.amount).version = move.version
  return [...groups.values()]
    .filter((group) => group.difference !== 0)
    .sort((a, b) => a.line.effective - b.line.effective)
    .map(({ line, version, difference }) => ({
      type: 'move',
      cause: line.cause,
      rule: line.rule,
      asset: line.asset,
      from: difference > 0 ? line.from : line.to,
      to: difference > 0 ? line.to : line.from,
      amount: Math.abs(difference),
      effective: line.effective,
      version,
    }))
}

function addTo(groups: Map<string, Group>, line: Move, amount: number): Group {
  const key = `${revisionKeyOf(line)}/${line.effective}`
  const known = groups.get(key)
  const group = known ?? { line, version: line.version, difference: 0 }
  group.difference += group.line.from === line.from ? amount : -amount
  if (known === undefined) groups.set(key, group)
  return group
}

function nextRevisionsOf(posted: readonly PostedTotal[]): Map<string, number> {
  const revisions = new Map<string, number>()
  for (const total of posted) {
    const key = revisionKeyOf(total)
    revisions.set(key, Math.max(revisions.get(key) ?? 0, total.revision + 1))
  }
  return revisions
}
