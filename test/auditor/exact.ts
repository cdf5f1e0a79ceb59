import type { Rounding } from '@laurel/engine'

/** Exact amounts in BigInt, and the one rounding at their end (AMT-1). Slow, and plain enough to be checked by eye. */
export interface Exact {
  readonly n: bigint
  /** Above zero. */
  readonly d: bigint
}

export const exact = (n: number, d = 1): Exact => ({ n: BigInt(n), d: BigInt(d) })
export const plus = (a: Exact, b: Exact): Exact => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
export const minus = (a: Exact, b: Exact): Exact => plus(a, { n: -b.n, d: b.d })
/** `by` is above zero. */
export const over = (a: Exact, by: number): Exact => ({ n: a.n, d: a.d * BigInt(by) })
export const times = (a: Exact, b: Exact): Exact => ({ n: a.n * b.n, d: a.d * b.d })
export const minusOne = (a: Exact): Exact => ({ n: a.n - a.d, d: a.d })
export const isMore = (a: Exact, b: Exact): boolean => a.n * b.d > b.n * a.d

/** Nothing below zero is ever rounded here. */
export function rounded(a: Exact, rounding: Rounding): number {
  const whole = a.n / a.d
  const rest = a.n - whole * a.d
  const twice = rest * 2n
  switch (rounding) {
    case 'floor':
      return Number(whole)
    case 'ceil':
      return Number(rest > 0n ? whole + 1n : whole)
    case 'half-up':
      return Number(twice >= a.d ? whole + 1n : whole)
    case 'half-even':
      return Number(twice > a.d || (twice === a.d && whole % 2n === 1n) ? whole + 1n : whole)
  }
}

/** `amount * part / whole`, half-even; nothing of nothing. */
export const share = (amount: number, part: number, whole: number): number =>
  whole === 0 ? 0 : rounded(times(exact(amount), exact(part, whole)), 'half-even')

/** Largest remainder, ties to the earlier weight (AMT-2): hand out the units that flooring left, one by one. */
export function spread(amount: number, weights: readonly number[]): number[] {
  const total = sum(weights)
  if (total === 0) return weights.map(() => 0)
  const parts = weights.map((weight) => rounded({ n: BigInt(weight) * BigInt(amount), d: BigInt(total) }, 'floor'))
  const remainders = weights.map((weight) => (BigInt(weight) * BigInt(amount)) % BigInt(total))
  for (let left = amount - sum(parts); left > 0; left--) {
    let largest = 0
    remainders.forEach((remainder, i) => {
      if (remainder > (remainders[largest] ?? 0n)) largest = i
    })
    parts[largest] = (parts[largest] ?? 0) + 1
    remainders[largest] = -1n
  }
  return parts
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
