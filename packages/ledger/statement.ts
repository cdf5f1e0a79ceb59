import type { LocalTime } from '@laurel/engine'
import {
  type AssetBalances,
  type Balances,
  growsOn,
  moved,
  NOTHING,
  TERM_SIGNS,
  type Term,
  termsOf,
} from './accounts.ts'
import { invariant } from './invariant.ts'
import type { Transfer } from './transfers.ts'
import { type Sum, sumOf } from './trial-balance.ts'

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
  readonly opening: Sum
  readonly terms: Readonly<Record<Term, Sum>>
  /** opening + sum of sign x term = pending + active + held - debt + transit. */
  readonly closing: Sum
  readonly standing: Readonly<Record<Standing, Sum>>
}
type Standing = keyof Balances | 'transit'

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
    const sum = sums.get(key) ?? { asset: transfer.asset, period, terms: { ...noTerms }, change: { ...noChange } }
    sums.set(key, sum)
    const amount = BigInt(transfer.amount)
    for (const { term, sign } of termsOf(transfer.from, transfer.to)) sum.terms[term] += BigInt(sign) * amount
    for (const account of standingNames) {
      const sign = growsOn(account) === 'to' ? 1n : -1n
      if (transfer.to === account) sum.change[account] += sign * amount
      if (transfer.from === account) sum.change[account] -= sign * amount
    }
  }
  const ordered = [...sums.values()].sort((a, b) => compare(a.asset, b.asset) || compare(a.period, b.period))
  return rowsOf(ordered)
}

interface PeriodSum {
  readonly asset: string
  readonly period: string
  readonly terms: Record<Term, bigint>
  readonly change: Record<Standing, bigint>
}

const noTerms: Readonly<Record<Term, bigint>> = {
  earned: 0n,
  clawedBack: 0n,
  returned: 0n,
  redeemed: 0n,
  expired: 0n,
  reinstated: 0n,
  forfeited: 0n,
  adjusted: 0n,
  imported: 0n,
  toCharities: 0n,
  toPartners: 0n,
  fromPartners: 0n,
}
const noChange: Readonly<Record<Standing, bigint>> = { pending: 0n, active: 0n, held: 0n, debt: 0n, transit: 0n }

function rowsOf(ordered: readonly PeriodSum[]): MovementRow[] {
  let last: { readonly asset: string; readonly closing: bigint; readonly standing: PeriodSum['change'] } | null = null
  return ordered.map(({ asset, period, terms, change }) => {
    const before = last?.asset === asset ? last : null
    const opening = before?.closing ?? 0n
    const standing = { ...change }
    for (const account of standingNames) standing[account] += before?.standing[account] ?? 0n
    const closing = termNames.reduce((sum, term) => sum + BigInt(TERM_SIGNS[term]) * terms[term], opening)
    const { pending, active, held, debt, transit } = standing
    const stands = pending + active + held - debt + transit
    invariant(closing === stands, `${asset} ${period}`, `movement gives ${closing}, accounts stand at ${stands}`)
    last = { asset, closing, standing }
    const ends = { opening: sumOf(opening), closing: sumOf(closing) }
    return { asset, period, ...ends, terms: sumsOf(terms), standing: sumsOf(standing) }
  })
}

const sumsOf = <Name extends string>(exact: Readonly<Record<Name, bigint>>): Record<Name, Sum> =>
  Object.fromEntries(Object.entries<bigint>(exact).map(([name, amount]) => [name, sumOf(amount)])) as Record<Name, Sum>

const termNames = Object.keys(TERM_SIGNS) as Term[]
const standingNames = Object.keys(noChange) as Standing[]

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
