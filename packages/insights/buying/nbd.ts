import { logGamma, logGammaRise } from '../numbers/gamma.ts'

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
  logGammaRise(r, n) -
  logGamma(n + 1) -
  r * Math.log1p(t / alpha) +
  // Zero times the logarithm of a tiny share is zero, also where the share underflows.
  (n === 0 ? 0 : n * Math.log(t / (alpha + t)))

// Reached where the horizon is some ten thousand times alpha; nobody's millionth purchase is worth waiting for.
const PURCHASES_MAX = 1_000_000

/**
 * The mean of a value for each number 0, 1, 2 … of purchases within `t`, by direct summation: `next` gives the values in turn, none
 * falling and none rising faster than its number. More purchases than a million count as that many.
 */
export function meanWhileStaying(rate: BuyingRate, t: number, next: () => number): number {
  if (t <= 0) return next()
  const { r, alpha } = rate
  const expected = (r * t) / alpha
  const share = t / (alpha + t)
  let logChance = logChanceWhileStaying(rate, 0, t)
  let [sum, left] = [0, 1]
  for (let n = 0; n < PURCHASES_MAX; n++) {
    const chance = Math.exp(logChance)
    const term = chance * next()
    sum += term
    left -= chance
    // Beyond the mean the terms fall at least by this factor; what is left of them is less than rounding.
    const factor = ((r + n) / n) * share
    if (n > expected && factor < 1 && term <= sum * 1e-16 * (1 - factor)) return sum
    logChance += Math.log(share * ((r + n) / (n + 1)))
  }
  return sum + Math.max(0, left) * next()
}
