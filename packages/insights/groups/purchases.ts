import { counted, type Untold, untold } from '../untold.ts'

/** What a member bought or brought back on a day: days since 1970-01-01, whole minor units, below zero for a refund. */
export interface Purchase {
  readonly member: string
  readonly on: number
  readonly amount: number
}

/** A member who kept something of what they bought. */
export interface Buyer {
  readonly member: string
  /** Days on which something was bought, each once, in order: several orders of a day are one purchase. */
  readonly days: readonly number[]
  /** Net of refunds, above zero. */
  readonly total: number
}

export interface Buyers {
  readonly type: 'told'
  /** In the order in which they were named first. */
  readonly buyers: readonly Buyer[]
  /** Members who brought back as much as they bought, or more. */
  readonly returned: readonly string[]
}

export type PurchasesUntold = 'nobody-bought' | 'future-day' | 'no-whole-figures'

/** Purchases by member, up to and including a day; what lies after that day, or is no whole number, is named and not counted away. */
export function buyersOf(purchases: readonly Purchase[], today: number): Buyers | Untold<PurchasesUntold> {
  if (!purchases.every(({ on, amount }) => Number.isSafeInteger(on) && Number.isSafeInteger(amount))) {
    return untold(
      'no-whole-figures',
      'Some days or amounts are no whole numbers of days or of the smallest unit of money.',
    )
  }
  const ahead = purchases.filter(({ on }) => on > today).length
  if (ahead > 0) {
    return untold(
      'future-day',
      `${counted(ahead, 'purchase lies', 'purchases lie')} in the future: a clock or a date is wrong where they come from.`,
    )
  }
  const found = new Map<string, { readonly days: Set<number>; total: number }>()
  for (const { member, on, amount } of purchases) {
    const known = found.get(member) ?? { days: new Set<number>(), total: 0 }
    found.set(member, known)
    known.total += amount
    if (amount > 0) known.days.add(on)
  }
  const all = [...found].map(([member, { days, total }]) => ({ member, total, days: [...days].sort((a, b) => a - b) }))
  const buyers = all.filter(({ total }) => total > 0)
  if (buyers.length === 0) return untold('nobody-bought', 'Nobody has bought anything and kept it yet.')
  return { type: 'told', buyers, returned: all.filter(({ total }) => total <= 0).map(({ member }) => member) }
}

export const firstDay = ({ days }: Buyer): number => days[0] ?? 0

export const lastDay = ({ days }: Buyer): number => days.at(-1) ?? 0
