import type { LocalTime } from '@laurel/engine'
import { type AssetBalances, type Balances, moved, NOTHING, TERM_SIGNS, type Term, termsOf } from './accounts.ts'
import { invariant } from './invariant.ts'
import type { Transfer } from './transfers.ts'

/** A transfer and when it was written down, epoch milliseconds. `effective` says when it counts for the member. */
export interface RecordedTransfer extends Transfer {
  readonly recordedAt: number
}

export interface StatementLine {
  readonly effective: LocalTime
  readonly recordedAt: number
  readonly number: number
  readonly cause: string
  readonly rule: string
  /** The late fact that made it necessary; null: none. */
  readonly because: string | null
  /** Change of what can be spent, net of debt: nothing while points wait, or when a credit repays. */
  readonly amount: number
  /** What can be spent after it; below zero is owed. */
  readonly spendable: number
  readonly after: Balances
}

/**
 * A member's lines of one asset as they count for the member: in order of `effective`, then as posted, with the balances
 * running in that order (LED-8). `knownAt` leaves out what was written down later; by default nothing is left out.
 */
export function statementOf(
  transfers: readonly RecordedTransfer[],
  asset: string,
  knownAt: number = Number.POSITIVE_INFINITY,
): StatementLine[] {
  let after = NOTHING
  return transfers
    .filter((transfer) => transfer.asset === asset && transfer.recordedAt <= knownAt)
    .sort((a, b) => a.effective - b.effective || a.number - b.number)
    .map((transfer) => {
      const before = spendableOf(after)
      after = moved(after, transfer.from, transfer.to, transfer.amount)
      const { effective, recordedAt, number, cause, rule, because } = transfer
      const spendable = spendableOf(after)
      return { effective, recordedAt, number, cause, rule, because, amount: spendable - before, spendable, after }
    })
}

/** What a member can spend, below zero what is owed. Both at once never stand (LED-3). */
export const spendableOf = (balances: Balances): number => balances.active - balances.debt

/**
 * The balances of a member as they were at an instant, what happens then included, as far as was written down by `knownAt`
 * (LED-8). Transfers say at which instant they count: in the hour that is read twice the wall clock does not tell. Assets in the
 * order in which they first moved.
 */
export function balancesAt(
  transfers: Iterable<
    Pick<RecordedTransfer, 'asset' | 'from' | 'to' | 'amount' | 'recordedAt'> & { readonly at: number }
  >,
  at: number,
  knownAt: number = Number.POSITIVE_INFINITY,
): AssetBalances[] {
  const balances = new Map<string, Balances>()
  for (const transfer of transfers) {
    const before = balances.get(transfer.asset) ?? NOTHING
    const counts = transfer.at <= at && transfer.recordedAt <= knownAt
    balances.set(transfer.asset, counts ? moved(before, transfer.from, transfer.to, transfer.amount) : before)
  }
  return [...balances].map(([asset, amounts]) => ({ asset, ...amounts }))
}

export interface MovementRow {
  readonly asset: string
  /** As `periodOf` named it. */
  readonly period: string
  readonly opening: number
  readonly terms: Readonly<Record<Term, number>>
  /** opening + sum of sign x term = pending + active + held - debt + transit. */
  readonly closing: number
  readonly standing: Balances & { readonly transit: number }
}

/**
 * The movement table (FIN-1): per asset and period what came, what went and what stands, over the transfers of any number of
 * members. `periodOf` names the period in which a transfer was written down, so that a closed one never changes (LED-8), in
 * text that sorts: `2026-03`. Periods without a transfer have no row; the next one opens where the last closed.
 */
export function movementsOf<Line extends Pick<Transfer, 'asset' | 'from' | 'to' | 'amount'>>(
  transfers: Iterable<Line>,
  periodOf: (transfer: Line) => string,
): MovementRow[] {
  const sums = new Map<string, PeriodSum>()
  for (const transfer of transfers) {
    const period = periodOf(transfer)
    const key = JSON.stringify([transfer.asset, period])
    const sum = sums.get(key) ?? { asset: transfer.asset, period, terms: { ...noTerms }, change: NOTHING, transit: 0 }
    sums.set(key, sum)
    for (const { term, sign } of termsOf(transfer.from, transfer.to)) sum.terms[term] += sign * transfer.amount
    sum.change = moved(sum.change, transfer.from, transfer.to, transfer.amount)
    if (transfer.to === 'transit') sum.transit += transfer.amount
    if (transfer.from === 'transit') sum.transit -= transfer.amount
  }
  const ordered = [...sums.values()].sort((a, b) => compare(a.asset, b.asset) || compare(a.period, b.period))
  return rowsOf(ordered)
}

interface PeriodSum {
  readonly asset: string
  readonly period: string
  readonly terms: Record<Term, number>
  change: Balances
  transit: number
}

const noTerms: Readonly<Record<Term, number>> = {
  earned: 0,
  clawedBack: 0,
  returned: 0,
  redeemed: 0,
  expired: 0,
  reinstated: 0,
  forfeited: 0,
  adjusted: 0,
  imported: 0,
  toCharities: 0,
  toPartners: 0,
  fromPartners: 0,
}

function rowsOf(ordered: readonly PeriodSum[]): MovementRow[] {
  let last: MovementRow | null = null
  return ordered.map(({ asset, period, terms, change, transit }) => {
    const before = last?.asset === asset ? last : null
    const opening = before?.closing ?? 0
    const standing = {
      pending: (before?.standing.pending ?? 0) + change.pending,
      active: (before?.standing.active ?? 0) + change.active,
      held: (before?.standing.held ?? 0) + change.held,
      debt: (before?.standing.debt ?? 0) + change.debt,
      transit: (before?.standing.transit ?? 0) + transit,
    }
    const closing = termNames.reduce((sum, term) => sum + TERM_SIGNS[term] * terms[term], opening)
    const stands = standing.pending + standing.active + standing.held - standing.debt + standing.transit
    invariant(closing === stands, `${asset} ${period}`, `movement gives ${closing}, accounts stand at ${stands}`)
    last = { asset, period, opening, terms, closing, standing }
    return last
  })
}

const termNames = Object.keys(TERM_SIGNS) as Term[]

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
