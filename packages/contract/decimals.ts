/** An exact decimal: `units` of 10^-`places`. */
export interface Decimal {
  readonly units: bigint
  readonly places: number
}

/** Whole digits, then at most six places: what a unit price or a rate may need (AMT-1). */
export const decimalPattern = /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/

/** The exact value of a text that matches `decimalPattern`. */
export function decimalOf(text: string): Decimal {
  const point = text.indexOf('.')
  if (point === -1) return { units: BigInt(text), places: 0 }
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), places: text.length - point - 1 }
}

/** `price * quantity` in minor units of a currency with `exponent` decimals, rounded half-up once (AMT-1). */
export function lineTotalOf(price: Decimal, quantity: number, exponent: number): bigint {
  const exact = price.units * BigInt(quantity)
  if (price.places <= exponent) return exact * 10n ** BigInt(exponent - price.places)
  const divisor = 10n ** BigInt(price.places - exponent)
  return (exact * 2n + divisor) / (divisor * 2n)
}

/** Whole digits of a rate: with six places it stays a safe whole number times any minor unit. */
export const ratePattern = /^(0|[1-9]\d{0,7})(\.\d{1,6})?$/

/** A rate between whole units as an exact fraction from the minor unit of a currency with `exponent` decimals (AMT-4). */
export function fractionOf({ units, places }: Decimal, exponent: number) {
  return { numerator: Number(units), denominator: 10 ** (places + exponent) }
}
