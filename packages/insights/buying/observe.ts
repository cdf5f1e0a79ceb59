import { faultsIn, type Purchase, spentByDayByMember, type WrongPurchases, wrongPurchases } from '../purchases.ts'
import type { Spending } from './gamma-gamma.ts'
import type { History } from './histories.ts'

export interface Period {
  /** The last day that the models may see. */
  readonly lastDay: number
  /** Held out to compare with: the days after `lastDay` up to this one. `lastDay` itself where nothing is held out. */
  readonly heldOutUntil: number
  /** Days in the unit of time of the histories: 7 for weeks. */
  readonly daysPerUnit: number
}

/** How a member has bought up to the last day, and what was bought after it. */
export interface Observed {
  readonly member: string
  readonly history: History
  /** Of repeat purchases, in minor units; null where there was none, or only such at price 0. */
  readonly spending: Spending | null
  readonly heldOut: { readonly purchases: number; readonly spent: number }
}

/**
 * Histories and spending of all members who bought up to the last day, in order of their first mention. Where the history of a
 * member begins, with the first day, nothing was bought again yet.
 */
export function observe(
  purchases: readonly Purchase[],
  period: Period,
): { readonly type: 'told'; readonly members: readonly Observed[] } | WrongPurchases {
  const faults = [...faultsOf(period), ...faultsIn(purchases, period.heldOutUntil)]
  if (faults.length > 0) return wrongPurchases(faults, purchases)
  const members = [...spentByDayByMember(purchases)]
    .map(([member, spentByDay]) => observedOf(member, spentByDay, period))
    .filter(({ history }) => history.T >= 0)
  return { type: 'told', members }
}

function observedOf(
  member: string,
  spentByDay: ReadonlyMap<number, number>,
  { lastDay, daysPerUnit }: Period,
): Observed {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const day of spentByDay.keys()) {
    first = Math.min(first, day)
    if (day <= lastDay) last = Math.max(last, day)
  }
  const heldOut = { purchases: 0, spent: 0 }
  let [x, spent] = [0, 0]
  for (const [day, amount] of spentByDay) {
    if (day > lastDay) {
      heldOut.purchases += 1
      heldOut.spent += amount
    } else if (day > first) {
      x += 1
      spent += amount
    }
  }
  return {
    member,
    // A member whose first purchase is held out has a time below zero, and is no member yet.
    history: { x, tx: Math.max(0, last - first) / daysPerUnit, T: (lastDay - first) / daysPerUnit },
    spending: spent > 0 ? { purchases: x, mean: spent / x } : null,
    heldOut,
  }
}

function faultsOf({ lastDay, heldOutUntil, daysPerUnit }: Period): string[] {
  const faults: string[] = []
  if (!Number.isSafeInteger(lastDay)) faults.push(`lastDay is ${lastDay}: give a whole number of days.`)
  if (!(Number.isSafeInteger(heldOutUntil) && heldOutUntil >= lastDay))
    faults.push(`heldOutUntil is ${heldOutUntil}: give ${lastDay} or a later day.`)
  if (!(daysPerUnit >= 1 && Number.isFinite(daysPerUnit))) {
    faults.push(`daysPerUnit is ${daysPerUnit}: give 1 or more, 7 for weeks.`)
  }
  return faults
}
