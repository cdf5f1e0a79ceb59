/**
 * Exact fractions of whole numbers. Amounts stay integers; a rate or an unrounded amount is a fraction until it is rounded
 * once (AMT-1). Products that leave the safe range of a double are carried out in BigInt.
 */
export interface Fraction {
  readonly numerator: number
  /** Above zero. */
  readonly denominator: number
}

export type Rounding = 'floor' | 'ceil' | 'half-up' | 'half-even'

export const ONE: Fraction = { numerator: 1, denominator: 1 }

function roundBig(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  let quotient = numerator / denominator
  let rest = numerator % denominator
  if (rest < 0n) {
    quotient -= 1n
    rest += denominator
  }
  if (rest === 0n) return quotient
  const twice = rest * 2n
  switch (rounding) {
    case 'floor':
      return quotient
    case 'ceil':
      return quotient + 1n
    case 'half-up':
      return twice >= denominator ? quotient + 1n : quotient
    case 'half-even':
      return twice > denominator || (twice === denominator && quotient % 2n !== 0n) ? quotient + 1n : quotient
  }
}

/**
 * `a * numerator / denominator`, rounded once. Floor and ceil are towards minus and plus infinity, half-up sends halves to plus
 * infinity. Throws a RangeError where the result is no safe integer.
 */
export function mulDiv(a: number, numerator: number, denominator: number, rounding: Rounding): number {
  const product = a * numerator
  if (Number.isSafeInteger(product)) {
    const rest = product % denominator
    if (rest === 0) return product / denominator
    const floor = rest < 0 ? (product - rest) / denominator - 1 : (product - rest) / denominator
    const above = rest < 0 ? rest + denominator : rest
    switch (rounding) {
      case 'floor':
        return floor
      case 'ceil':
        return floor + 1
      case 'half-up':
        return above >= denominator - above ? floor + 1 : floor
      case 'half-even':
        return above > denominator - above || (above === denominator - above && floor % 2 !== 0) ? floor + 1 : floor
    }
  }
  return safe(roundBig(BigInt(a) * BigInt(numerator), BigInt(denominator), rounding))
}

/** The same of a sum over members, which no limit of a single amount bounds. */
export const mulDivOfSum = (sum: bigint, numerator: number, denominator: number, rounding: Rounding): bigint =>
  roundBig(sum * BigInt(numerator), BigInt(denominator), rounding)

function safe(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond what an amount can hold (2^53 - 1)`)
  return number
}

/** A sum of exact terms that is rounded once at its end. */
export interface ExactSum {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const NOTHING: ExactSum = { numerator: 0n, denominator: 1n }

export const plus = (a: ExactSum, b: ExactSum): ExactSum =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      }

export const times = (a: ExactSum, b: ExactSum): ExactSum => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
})

export const roundSum = (sum: ExactSum, rounding: Rounding): number =>
  safe(roundBig(sum.numerator, sum.denominator, rounding))

/** Greatest common divisor of two whole numbers. */
export function gcd(a: number, b: number): number {
  let x = Math.abs(a)
  let y = Math.abs(b)
  while (y !== 0) [x, y] = [y, x % y]
  return x
}

export function fraction(numerator: number, denominator: number): Fraction {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new RangeError(`${numerator}/${denominator} is no fraction of safe whole numbers`)
  }
  const divisor = gcd(numerator, denominator) || 1
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}
