import { type Asset, mulDiv } from '@laurel/engine'

/** Minor units that so many smallest units are worth; null: the program states no worth. Store credit is worth itself. */
export function worthIn({ kind, worth }: Pick<Asset, 'kind' | 'worth'>, amount: number): number | null {
  if (kind === 'money') return amount
  if (worth === null) return null
  // What is beyond a number's whole ones is a sum of a report, which rounds it.
  return Number.isSafeInteger(amount)
    ? mulDiv(amount, worth.minor, worth.amount, 'half-even')
    : Math.round((amount * worth.minor) / worth.amount)
}
