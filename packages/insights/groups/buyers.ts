import { faultsIn, type Purchase, spentByDayByMember, type WrongPurchases, wrongPurchases } from '../purchases.ts'
import { type Untold, untold } from '../untold.ts'

export interface Buyer {
  readonly member: string
  /** Days on which something was bought, each once, in order. */
  readonly days: readonly number[]
  readonly total: number
}

export interface Buyers {
  readonly type: 'told'
  /** In the order in which they were named first, one at least. */
  readonly buyers: readonly Buyer[]
}

export type NoBuyers = WrongPurchases | Untold<'nobody-bought'>

/** Purchases by member, up to and including a day; what lies after that day, or cannot be, is named and not counted away. */
export function buyersOf(purchases: readonly Purchase[], today: number): Buyers | NoBuyers {
  const faults = faultsIn(purchases, today)
  if (!Number.isSafeInteger(today)) faults.unshift(`today is ${today}: give a whole number of days.`)
  if (faults.length > 0) return wrongPurchases(faults, purchases)
  if (purchases.length === 0) return untold('nobody-bought', 'Nobody has bought anything yet.')
  const buyers = [...spentByDayByMember(purchases)].map(([member, spentByDay]) => ({
    member,
    days: [...spentByDay.keys()].sort((a, b) => a - b),
    total: spentByDay.values().reduce((sum, spent) => sum + spent, 0),
  }))
  return { type: 'told', buyers }
}

export const firstDay = ({ days }: Buyer): number => days[0] ?? 0

export const lastDay = ({ days }: Buyer): number => days.at(-1) ?? 0
