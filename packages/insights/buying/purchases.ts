import type { Purchase } from '../groups/purchases.ts'
import { counted, type Untold, untold } from '../untold.ts'
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

/** Why purchases are not counted: each wrong one with its place, its field and the remedy. */
export interface WrongPurchases extends Untold<'wrong-purchases'> {
  readonly faults: readonly string[]
}

// A report that nobody reads to the end helps nobody; the sentence says how many there are.
const FAULTS_MAX = 20

/**
 * Histories and spending of all members who bought up to the last day, in order of their first mention. Amounts are what was kept
 * of each purchase: what came back is taken off before, since a purchase below zero is none. Purchases of one member on one day
 * are one purchase; the first is where the history begins and is no repeat purchase.
 */
export function observe(
  purchases: readonly Purchase[],
  period: Period,
): { type: 'observed'; members: readonly Observed[] } | WrongPurchases {
  const faults = purchases.flatMap((purchase, index) => faultsIn(purchase, index, period.heldOutUntil))
  const faultsOfPeriod = faultsOf(period)
  if (faults.length + faultsOfPeriod.length > 0) {
    const count = `${counted(faults.length + faultsOfPeriod.length, 'mistake')} in ${counted(purchases.length, 'purchase')}`
    const sentence = `How members buy is told only of purchases that can be: ${count}.`
    return { ...untold('wrong-purchases', sentence), faults: [...faultsOfPeriod, ...faults].slice(0, FAULTS_MAX) }
  }
  const totalByDayByMember = new Map<string, Map<number, number>>()
  for (const { member, on, amount } of purchases) {
    const totalByDay = totalByDayByMember.get(member) ?? new Map<number, number>()
    totalByDayByMember.set(member, totalByDay)
    totalByDay.set(on, (totalByDay.get(on) ?? 0) + amount)
  }
  const members = [...totalByDayByMember]
    .map(([member, totalByDay]) => observedOf(member, totalByDay, period))
    .filter(({ history }) => history.T >= 0)
  return { type: 'observed', members }
}

function observedOf(
  member: string,
  totalByDay: ReadonlyMap<number, number>,
  { lastDay, daysPerUnit }: Period,
): Observed {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const day of totalByDay.keys()) {
    first = Math.min(first, day)
    if (day <= lastDay) last = Math.max(last, day)
  }
  const heldOut = { purchases: 0, spent: 0 }
  let [x, spent] = [0, 0]
  for (const [day, amount] of totalByDay) {
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

function faultsIn({ on, amount }: Purchase, index: number, lastDay: number): string[] {
  const at = `purchases[${index}]`
  const faults: string[] = []
  if (!Number.isSafeInteger(on)) faults.push(`${at}.on is ${on}: give a whole number of days.`)
  else if (on > lastDay) faults.push(`${at}.on is ${on}, after the last day ${lastDay}: leave out what is yet to come.`)
  if (!Number.isSafeInteger(amount) || amount < 0) {
    faults.push(`${at}.amount is ${amount}: give whole minor units, 0 or more; take refunds off their purchase.`)
  }
  return faults
}

function faultsOf({ lastDay, heldOutUntil, daysPerUnit }: Period): string[] {
  const faults: string[] = []
  if (!Number.isSafeInteger(lastDay)) faults.push(`lastDay is ${lastDay}: give a whole number of days.`)
  if (!(heldOutUntil >= lastDay)) faults.push(`heldOutUntil is ${heldOutUntil}: give ${lastDay} or a later day.`)
  if (!(daysPerUnit > 0)) faults.push(`daysPerUnit is ${daysPerUnit}: give a number above zero, 7 for weeks.`)
  return faults
}
