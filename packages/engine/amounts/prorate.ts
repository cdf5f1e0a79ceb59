import { mulDiv } from './fraction.ts'

/**
 * Splits a whole amount over whole weights by largest remainder, ties to the earlier weight (AMT-2). The parts sum to the
 * amount; where all weights are zero, so are the parts, and nothing was split. `amount` and weights are 0 or more.
 */
export function prorate(amount: number, weights: readonly number[]): number[] {
  let total = 0
  for (const weight of weights) total += weight
  if (total === 0 || amount === 0) return weights.map(() => 0)
  const parts = weights.map((weight) => mulDiv(weight, amount, total, 'floor'))
  let missing = amount
  for (const part of parts) missing -= part
  if (missing === 0) return parts
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: remainderOf(weight, amount, total) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))
  for (let i = 0; i < missing; i++) {
    const entry = byRemainder[i]
    if (entry) parts[entry.index] = (parts[entry.index] ?? 0) + 1
  }
  return parts
}

function remainderOf(weight: number, amount: number, total: number): number {
  const product = weight * amount
  return Number.isSafeInteger(product) ? product % total : Number((BigInt(weight) * BigInt(amount)) % BigInt(total))
}
