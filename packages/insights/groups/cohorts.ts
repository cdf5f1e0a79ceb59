import { ERROR, type Estimate, shareEstimate, wrongError } from '../estimate.ts'
import { faultsIn, type Purchase, wrongPurchases } from '../purchases.ts'
import { type Untold, untold } from '../untold.ts'
import { type Buyer, buyersOf, firstDay, type NoBuyers } from './buyers.ts'

/** Members who bought for the first time in one period. */
export interface Cohort {
  readonly period: number
  readonly members: number
  /** The share of them who bought in the first, second … period after it, as far as those are over. */
  readonly retained: readonly Estimate[]
}

export interface Cohorts {
  readonly type: 'told'
  readonly cohorts: readonly Cohort[]
  /** All cohorts together that are old enough: the first, second … period after their own. */
  readonly retained: readonly Estimate[]
  /** By period but the last: of those who bought in it, the share who did not in the next; null: nobody bought. */
  readonly churn: readonly (Estimate | null)[]
}

export type NoCohorts = NoBuyers | Untold<'no-error' | 'no-two-periods' | 'nobody-new'>

/**
 * Retention by cohort of first purchase, each share with Wilson's interval. A period goes from one of `starts` to the day before the
 * next, in order; the last of them only ends the last period. What lies outside is not looked at, but whoever bought before the
 * first period is not new in a later one.
 */
export function cohortsOf(
  purchases: readonly Purchase[],
  starts: readonly number[],
  error = ERROR,
): Cohorts | NoCohorts {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  const periods = starts.length - 1
  const isInOrder = starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? start))
  if (periods < 2 || !isInOrder || !starts.every(Number.isSafeInteger)) {
    return noTwoPeriods()
  }
  const faults = faultsIn(purchases, Number.MAX_SAFE_INTEGER)
  if (faults.length > 0) return wrongPurchases(faults, purchases)
  const end = starts.at(-1) ?? 0
  const found = buyersOf(
    purchases.filter(({ on }) => on < end),
    end - 1,
  )
  if (found.type === 'untold') return found
  const active = found.buyers
    .filter((buyer) => firstDay(buyer) >= (starts[0] ?? 0))
    .map((buyer) => activeIn(buyer, starts))
  const byFirst = Map.groupBy(active, (periodsOf) => Math.min(...periodsOf))
  const all = found.buyers.map((buyer) => activeIn(buyer, starts))
  return cohortsOfCounts(
    {
      cohorts: Array.from({ length: periods }, (_, period) => cohortOf(period, byFirst.get(period) ?? [], periods)),
      leaving: Array.from({ length: periods - 1 }, (_, period) => leavingAfter(all, period)),
    },
    error,
  )
}

/** Cohorts as they were counted, in the order of their periods. */
export interface CohortCounts {
  readonly cohorts: readonly {
    /** Who bought for the first time in the period. */
    readonly members: number
    /** How many of them bought in the first, second … period after it. */
    readonly counts: readonly number[]
  }[]
  /** By period but the last: who bought in it, and how many of them did not in the next. */
  readonly leaving: readonly { readonly before: number; readonly gone: number }[]
}

/** The same of cohorts that were counted elsewhere: members may be too many to be named. */
export function cohortsOfCounts(
  { cohorts, leaving }: CohortCounts,
  error = ERROR,
): Cohorts | Untold<'no-error' | 'nobody-new' | 'no-two-periods'> {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  const periods = cohorts.length
  if (periods < 2) return noTwoPeriods()
  if (cohorts.every(({ members }) => members === 0)) {
    return untold('nobody-new', 'Nobody bought for the first time in these periods.')
  }
  return {
    type: 'told',
    cohorts: cohorts.map(({ members, counts }, period) => ({
      period,
      members,
      retained: members === 0 ? [] : counts.map((count) => shareEstimate(count, members, error)),
    })),
    retained: Array.from({ length: periods - 1 }, (_, age) => {
      const old = cohorts.slice(0, periods - age - 1)
      const among = old.reduce((sum, { members }) => sum + members, 0)
      const count = old.reduce((sum, { counts }) => sum + (counts[age] ?? 0), 0)
      return among === 0 ? [] : [shareEstimate(count, among, error)]
    }).flat(),
    churn: leaving.map(({ before, gone }) => (before === 0 ? null : shareEstimate(gone, before, error))),
  }
}

const noTwoPeriods = () =>
  untold('no-two-periods', 'Two whole periods, one after the other, are the least in which anybody can come back.')

function activeIn({ days }: Buyer, starts: readonly number[]): ReadonlySet<number> {
  const periods = new Set<number>()
  let period = -1
  for (const day of days) {
    while (period + 1 < starts.length && day >= (starts[period + 1] ?? 0)) period += 1
    if (period >= 0) periods.add(period)
  }
  return periods
}

function cohortOf(period: number, members: readonly ReadonlySet<number>[], periods: number) {
  const ages = Array.from({ length: periods - 1 - period }, (_, age) => period + age + 1)
  return { members: members.length, counts: ages.map((later) => members.filter((active) => active.has(later)).length) }
}

function leavingAfter(all: readonly ReadonlySet<number>[], period: number) {
  const before = all.filter((active) => active.has(period))
  return { before: before.length, gone: before.filter((active) => !active.has(period + 1)).length }
}
