import { normalFrom, times } from '../numbers/seeded.fixture.ts'
import type { BgBb } from './bg-bb.ts'
import type { BgNbd } from './bg-nbd.ts'
import type { GammaGamma, Spending } from './gamma-gamma.ts'
import type { History } from './histories.ts'
import type { ParetoNbd } from './pareto-nbd.ts'

/** Shops whose members buy exactly as a model says, drawn from its story and from none of its formulas. */
type Random = () => number

/** A gamma variable with rate 1 (Marsaglia & Tsang 2000); below shape 1 by the power of a uniform one. */
function gammaFrom(random: Random, shape: number): number {
  if (shape < 1) return gammaFrom(random, shape + 1) * random() ** (1 / shape)
  const d = shape - 1 / 3
  for (;;) {
    const z = normalFrom(random)
    const v = (1 + z / Math.sqrt(9 * d)) ** 3
    if (v > 0 && Math.log(random()) < z * z * 0.5 + d - d * v + d * Math.log(v)) return d * v
  }
}

function betaFrom(random: Random, a: number, b: number): number {
  const first = gammaFrom(random, a)
  return first / (first + gammaFrom(random, b))
}

const exponentialFrom = (random: Random, rate: number): number => -Math.log(random()) / rate

/** A member observed for `T` weeks, and how many purchases came in the weeks held out after that. */
export interface Lived extends History {
  readonly next: number
}

/** Weeks that the shop is open, and weeks held out after those. */
export interface Watch {
  readonly weeks: number
  readonly heldOut: number
}

/** As in the books of a shop, which know days: the nearest one, so that the model's continuous times are met on average. */
const onDay = (week: number): number => Math.round(week * 7) / 7

/** Members who joined on any day of the first third and are there until a purchase turns out to be their last. */
export function bgNbdShop(random: Random, { r, alpha, a, b }: BgNbd, members: number, watch: Watch): Lived[] {
  return times(members, () => {
    const rate = gammaFrom(random, r) / alpha
    return livedOf(random, watch, { rate, end: Number.POSITIVE_INFINITY, last: betaFrom(random, a, b) })
  })
}

/** Members who joined on any day of the first third and leave at any moment. */
export function paretoNbdShop(
  random: Random,
  { r, alpha, s, beta }: ParetoNbd,
  members: number,
  watch: Watch,
): Lived[] {
  return times(members, () => {
    const rate = gammaFrom(random, r) / alpha
    return livedOf(random, watch, { rate, end: exponentialFrom(random, gammaFrom(random, s) / beta), last: 0 })
  })
}

/** Purchases at a rate until an end, each with a chance of being the last. */
function livedOf(random: Random, watch: Watch, life: { rate: number; end: number; last: number }): Lived {
  const T = onDay(watch.weeks * (1 - random() / 3))
  const end = Math.min(life.end, T + watch.heldOut)
  let [x, tx, next] = [0, 0, 0]
  // A rate that is zero in a double buys at infinity, after all ends.
  for (let time = exponentialFrom(random, life.rate); time <= end; time += exponentialFrom(random, life.rate)) {
    if (time > T) next += 1
    else {
      x += 1
      tx = Math.max(1 / 7, onDay(time))
    }
    if (random() < life.last) break
  }
  return { x, tx, T, next }
}

/** Members who stay or leave before each occasion, and buy or do not. */
export function bgBbShop(random: Random, model: BgBb, members: number, occasions: number): History[] {
  return times(members, () => {
    const buying = betaFrom(random, model.alpha, model.beta)
    const leaving = betaFrom(random, model.gamma, model.delta)
    let [x, tx] = [0, 0]
    for (let occasion = 1; occasion <= occasions && random() >= leaving; occasion++) {
      if (random() >= buying) continue
      x += 1
      tx = occasion
    }
    return { x, tx, T: occasions }
  })
}

/** Members with one to five purchases of gamma amounts around a mean of their own. */
export function gammaGammaShop(random: Random, { p, q, gamma }: GammaGamma, members: number): Spending[] {
  return times(members, () => {
    const rate = gammaFrom(random, q) / gamma
    const purchases = 1 + Math.floor(random() * 5)
    return { purchases, mean: gammaFrom(random, p * purchases) / rate / purchases }
  })
}
