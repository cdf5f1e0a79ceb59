import { counted, type Untold, untold } from './untold.ts'

/**
 * What a member bought on a day, and kept: days since 1970-01-01, whole minor units, 0 or more. What came back is taken off its
 * purchase before; a purchase that came back whole is left out, one at price 0 counts. Those of one member on one day are one.
 */
export interface Purchase {
  readonly member: string
  readonly on: number
  readonly amount: number
}

/** Why purchases are not counted: each wrong one with its place, its field and the remedy. */
export interface WrongPurchases extends Untold<'wrong-purchases'> {
  readonly faults: readonly string[]
}

// A report that nobody reads to the end helps nobody; the sentence says how many there are.
const FAULTS_MAX = 20

export function wrongPurchases(faults: readonly string[], purchases: readonly Purchase[]): WrongPurchases {
  const count = `${counted(faults.length, 'mistake')} in ${counted(purchases.length, 'purchase')}`
  const sentence = `How members buy is told only of purchases that can be: ${count}.`
  return { ...untold('wrong-purchases', sentence), faults: faults.slice(0, FAULTS_MAX) }
}

/** What is wrong with purchases up to and including a day. */
export const faultsIn = (purchases: readonly Purchase[], lastDay: number): string[] =>
  purchases.flatMap(({ on, amount }, index) => {
    const at = `purchases[${index}]`
    const faults: string[] = []
    if (!Number.isSafeInteger(on)) faults.push(`${at}.on is ${on}: give a whole number of days.`)
    else if (on > lastDay) {
      faults.push(`${at}.on is ${on}, after the last day ${lastDay}: leave out what is yet to come.`)
    }
    if (!Number.isSafeInteger(amount) || amount < 0) {
      faults.push(`${at}.amount is ${amount}: give whole minor units, 0 or more; take refunds off their purchase.`)
    }
    return faults
  })

/** Members in the order of their first mention, with what they spent on each day on which they bought. */
export function spentByDayByMember(purchases: readonly Purchase[]): Map<string, Map<number, number>> {
  const byMember = new Map<string, Map<number, number>>()
  for (const { member, on, amount } of purchases) {
    const byDay = byMember.get(member) ?? new Map<number, number>()
    byMember.set(member, byDay)
    byDay.set(on, (byDay.get(on) ?? 0) + amount)
  }
  return byMember
}
