import { logGamma } from '../numbers/gamma.ts'

/**
 * How often somebody buys who stays: Poisson purchases with a rate that varies over members as a gamma with shape `r` and rate
 * `alpha`, in purchases per unit of time (the negative binomial distribution of Ehrenberg 1959). All models of continuous time
 * begin with it.
 */
export interface BuyingRate {
  readonly r: number
  readonly alpha: number
}

/** The logarithm of the chance of exactly `n` purchases within `t`, a time above zero, of somebody who stays. */
export const logChanceWhileStaying = ({ r, alpha }: BuyingRate, n: number, t: number): number =>
  logGamma(r + n) -
  logGamma(r) -
  logGamma(n + 1) -
  r * Math.log1p(t / alpha) +
  // Zero times the logarithm of a tiny share is zero, also where the share underflows.
  (n === 0 ? 0 : n * Math.log(t / (alpha + t)))

// Reached where somebody is expected to buy a hundred thousand times within the horizon and more.
const PURCHASES_MAX = 1_000_000

/**
 * The mean over 0, 1, 2 … purchases within `t` of a value for each, above zero and at most proportional to their number, by
 * direct summation. `next` is called once for each number in turn.
 */
export function meanWhileStaying(rate: BuyingRate, t: number, next: () => number): number {
  if (t <= 0) return next()
  const { r, alpha } = rate
  const expected = (r * t) / alpha
  const logShare = Math.log(t / (alpha + t))
  let logChance = logChanceWhileStaying(rate, 0, t)
  let sum = 0
  for (let n = 0; n < PURCHASES_MAX; n++) {
    const term = Math.exp(logChance) * next()
    sum += term
    // Beyond the mean terms fall at least geometrically by this factor; what is left of them is less than rounding.
    const factor = ((r + n) / n) * (t / (alpha + t))
    if (n > expected && factor < 1 && term <= sum * 1e-16 * (1 - factor)) break
    logChance += logShare + Math.log((r + n) / (n + 1))
  }
  return sum
}
