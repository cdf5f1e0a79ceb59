import { type Account, type Effect, isOf, type LocalTime, type Move } from '@laurel/engine'
import { type AssetBalances, type Balances, isLegal, moved, NOTHING } from './accounts.ts'
import { LedgerFault } from './invariant.ts'

/** A line of the ledger (LED-5): an amount of one asset moves between two accounts of one member or of the program. */
export interface Transfer {
  /** `cause/rule/asset:from>to/revision`; unique in the member. */
  readonly effectId: string
  /** How many transfers of the same cause, rule, asset and pair of accounts were posted before. */
  readonly revision: number
  readonly asset: string
  readonly from: Account
  readonly to: Account
  /** Above zero. */
  readonly amount: number
  readonly cause: string
  readonly rule: string
  readonly version: number
  readonly effective: LocalTime
  /** 1, 2, 3 … in the member, over all assets. */
  readonly number: number
  /** `source/id` of the late fact that made this correction necessary; null where the cause says it all. */
  readonly because: string | null
  readonly after: Balances
}

/** What stood before a decision is posted. */
export interface Before {
  /** Of the member, by asset; an absent asset is at zero. `Member.assets` fits. */
  readonly balances: readonly AssetBalances[]
  /** How many transfers the member has. */
  readonly transferCount: number
  /**
   * Null for a decision. For a correction `source/id` of the late fact: accounts may be swapped, and only the balances at its
   * end are judged, because its lines undo and redo at many instants at once.
   */
  readonly because?: string | null
  /** Next revision by `revisionKeyOf`; what is absent is at 0. A decision at the head posts every key for the first time. */
  readonly revisions?: ReadonlyMap<string, number>
}

export interface Posting {
  readonly transfers: readonly Transfer[]
  /** One net movement per asset, to be added to its balance row (LED-3). */
  readonly movements: readonly AssetBalances[]
  /** How many transfers the member has after it. */
  readonly transferCount: number
}

/**
 * The transfers of a decision's effects, in their order. Two moves with the same key, instant and version become one.
 * Throws a `LedgerFault` that names the entry where an amount is no positive whole number, the accounts are no legal pair, a
 * balance would go below zero, or debt and active stand both above zero at the end (LED-3).
 */
export function transfersOf(effects: readonly Effect[], before: Before): Posting {
  const moves = movesOf(effects)
  if (moves.length === 0) return { transfers: [], movements: [], transferCount: before.transferCount }
  const because = before.because ?? null
  judge(moves, before.balances, because !== null)

  const balances = new Map<string, Balances>()
  const revisionOf = revisionsAfter(moves, before.revisions)
  const transfers = merged(moves).map((move, index): Transfer => {
    const revision = revisionOf(move)
    const after = moved(
      balances.get(move.asset) ?? balanceOf(before.balances, move.asset),
      move.from,
      move.to,
      move.amount,
    )
    balances.set(move.asset, after)
    return {
      effectId: effectIdOf(move, revision),
      revision,
      asset: move.asset,
      from: move.from,
      to: move.to,
      amount: move.amount,
      cause: move.cause,
      rule: move.rule,
      version: move.version,
      effective: move.effective,
      number: before.transferCount + index + 1,
      because: because === move.cause ? null : because,
      after,
    }
  })
  return {
    transfers,
    movements: movementsBetween(before.balances, balances),
    transferCount: before.transferCount + transfers.length,
  }
}

export const movesOf = (effects: readonly Effect[]): Move[] => effects.filter((effect) => isOf('books', effect))

type Line = Pick<Move, 'cause' | 'rule' | 'asset' | 'from' | 'to'>

const lineKeyOf = (line: Line): string => `${line.cause}/${line.rule}/${line.asset}:${line.from}>${line.to}`

/** The id of a transfer (LED-5), from what a store keeps of it. */
export const effectIdOf = (line: Line, revision: number): string => `${lineKeyOf(line)}/${revision}`

/** Revisions are counted over both directions of a pair, so that what is given back and given again never shares an id. */
export const revisionKeyOf = (line: Line): string =>
  line.from < line.to ? lineKeyOf(line) : lineKeyOf({ ...line, from: line.to, to: line.from })

/** Most decisions move each line once, which a look at each pair tells sooner than a table of keys. */
const FEW = 12

function isRepeating(moves: readonly Move[], isSame: (a: Move, b: Move) => boolean): boolean {
  if (moves.length > FEW) return true
  return moves.some((move, index) => moves.some((other, later) => later > index && isSame(move, other)))
}

const isSamePair = (a: Line, b: Line): boolean =>
  a.cause === b.cause &&
  a.rule === b.rule &&
  a.asset === b.asset &&
  ((a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from))

/** Gives each line its revision, in the order in which it is asked. */
function revisionsAfter(moves: readonly Move[], before: Before['revisions']): (move: Move) => number {
  if (before === undefined && !isRepeating(moves, isSamePair)) return () => 0
  const revisions = new Map<string, number>()
  return (move) => {
    const key = revisionKeyOf(move)
    const revision = revisions.get(key) ?? before?.get(key) ?? 0
    revisions.set(key, revision + 1)
    return revision
  }
}

/** Moves one by one, as the engine meant them: merging comes later and could hide or invent a dip. */
function judge(moves: readonly Move[], before: readonly AssetBalances[], correction: boolean): void {
  const balances = new Map<string, Balances>()
  const lastOf = new Map<string, Move>()
  for (const move of moves) {
    const { asset, from, to, amount } = move
    if (!Number.isSafeInteger(amount) || amount <= 0) throw fault(move, `${amount} is no positive whole amount`)
    if (!isLegal(from, to, correction)) throw fault(move, `nothing moves from ${from} to ${to}`)
    const after = moved(balances.get(asset) ?? balanceOf(before, asset), from, to, amount)
    if (!correction) refuseNegative(after, move)
    balances.set(asset, after)
    lastOf.set(asset, move)
  }
  for (const [asset, move] of lastOf) {
    const after = balances.get(asset) ?? NOTHING
    refuseNegative(after, move)
    if (after.debt !== 0 && after.active !== 0) {
      throw fault(move, `debt ${after.debt} and active ${after.active} both stand`)
    }
  }
}

const memberAccounts = ['pending', 'active', 'held', 'debt'] as const

function refuseNegative(after: Balances, move: Move): void {
  for (const account of memberAccounts) {
    const amount = after[account]
    if (amount < 0) throw fault(move, `${account} would stand at ${amount}`)
    if (!Number.isSafeInteger(amount)) throw fault(move, `${account} would stand at ${amount}, beyond what is exact`)
  }
}

const fault = (move: Move, message: string): LedgerFault => new LedgerFault(lineKeyOf(move), message)

function merged(moves: readonly Move[]): readonly Move[] {
  const isSameLine = (a: Move, b: Move): boolean =>
    isSamePair(a, b) && a.from === b.from && a.effective === b.effective && a.version === b.version
  if (!isRepeating(moves, isSameLine)) return moves
  const byKey = new Map<string, Move>()
  for (const move of moves) {
    const key = `${lineKeyOf(move)}/${move.effective}/${move.version}`
    const same = byKey.get(key)
    byKey.set(key, same === undefined ? move : { ...same, amount: same.amount + move.amount })
  }
  return byKey.size === moves.length ? moves : [...byKey.values()]
}

export const balanceOf = (balances: readonly AssetBalances[], asset: string): Balances =>
  balances.find((balance) => balance.asset === asset) ?? NOTHING

function movementsBetween(before: readonly AssetBalances[], after: ReadonlyMap<string, Balances>): AssetBalances[] {
  return [...after].map(([asset, end]) => {
    const start = balanceOf(before, asset)
    return {
      asset,
      pending: end.pending - start.pending,
      active: end.active - start.active,
      held: end.held - start.held,
      debt: end.debt - start.debt,
    }
  })
}
