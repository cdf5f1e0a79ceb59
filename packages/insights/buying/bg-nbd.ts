import { digammaRise, logGammaRise, logSum } from '../numbers/gamma.ts'
import { type Fit, fitHistories, type Likelihood, type NoFit } from './fit.ts'
import { type Histories, type History, meanTime } from './histories.ts'
import { logChanceWhileStaying, meanWhileStaying } from './nbd.ts'

/**
 * The BG/NBD model (Fader, Hardie & Lee, "Counting your customers the easy way", Marketing Science 24, 2005): while a member is
 * there, purchases are Poisson with a rate that varies as a gamma (r, alpha); after each one the member leaves with a chance
 * that varies as a beta (a, b). `alpha` is in the unit of time of the histories, the others are plain numbers.
 */
export interface BgNbd {
  readonly type: 'bg-nbd'
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** Fits BG/NBD by maximum likelihood (2005, equation 6) to histories in any unit of time, or says why they do not tell it. */
export const fitBgNbd = (members: Iterable<History>): Fit<BgNbd> | NoFit =>
  fitHistories<BgNbd>(members, {
    type: 'bg-nbd',
    names: ['r', 'alpha', 'a', 'b'],
    likelihoodOf,
    start: (histories) => [1, meanTime(histories), 1, 1],
  })

/**
 * The sum over members of equation 6, with its gradient. What depends on x alone is computed once for each x. Differences of large
 * terms are taken before they are large: members alike drive r and alpha out of sight, and a or b where nobody is seen to leave.
 */
export function likelihoodOf({ x, tx, T, count }: Histories): Likelihood {
  const membersByFrequency = new Map<number, number>()
  for (const [row, frequency] of x.entries()) {
    membersByFrequency.set(frequency, (membersByFrequency.get(frequency) ?? 0) + (count[row] ?? 0))
  }
  return ([r = 0, alpha = 0, a = 0, b = 0], gradient) => {
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0]
    for (const [frequency, members] of membersByFrequency) {
      const [riseOfB, riseOfBoth] = [digammaRise(b, frequency), digammaRise(a + b, frequency)]
      const staying = logGammaRise(b, frequency) - logGammaRise(a + b, frequency)
      value += members * (logGammaRise(r, frequency) + staying)
      byR += members * digammaRise(r, frequency)
      byA -= members * riseOfBoth
      byB += members * (riseOfB - riseOfBoth)
    }
    for (let row = 0; row < x.length; row++) {
      const [frequency, members] = [x[row] ?? 0, count[row] ?? 0]
      const [last, end] = [tx[row] ?? 0, T[row] ?? 0]
      const [growthToLast, growthToEnd] = [Math.log1p(last / alpha), Math.log1p(end / alpha)]
      const there = -r * growthToEnd - frequency * Math.log(alpha + end)
      // Nobody leaves before a first repeat purchase. Of a tiny b the order of the sum keeps the digits.
      const gone =
        frequency === 0
          ? Number.NEGATIVE_INFINITY
          : Math.log(a / (b + (frequency - 1))) - r * growthToLast - frequency * Math.log(alpha + last)
      const either = logSum(there, gone)
      const stays = Math.exp(there - either)
      const leaves = Math.exp(gone - either)
      value += members * either
      byR -= members * (stays * growthToEnd + leaves * growthToLast)
      byAlpha += members * stays * (((r * end) / alpha - frequency) / (alpha + end))
      byAlpha += members * leaves * (((r * last) / alpha - frequency) / (alpha + last))
      byA += (members * leaves) / a
      if (leaves > 0) byB -= (members * leaves) / (b + (frequency - 1))
    }
    gradient[0] = byR
    gradient[1] = byAlpha
    gradient[2] = byA
    gradient[3] = byB
    return value
  }
}

/** The chance that a member with this history is still there (Fader, Hardie & Lee 2008, "Computing P(alive)", equation 1). */
export function aliveByBgNbd({ r, alpha, a, b }: BgNbd, { x, tx, T }: History): number {
  if (x === 0) return 1
  const odds = Math.log(a / (b + (x - 1))) + (r + x) * Math.log((alpha + T) / (alpha + tx))
  return 1 / (1 + Math.exp(odds))
}

/**
 * The model of a member with this history who is still there, seen from now: x purchases in T and x times not having left move
 * each distribution (Bayes; the integrand of 2005, equation 10). What is expected of them next is what a new member's model says.
 */
export const goingOnByBgNbd = ({ r, alpha, a, b }: BgNbd, { x, T }: History): BgNbd => ({
  type: 'bg-nbd',
  r: r + x,
  alpha: alpha + T,
  a,
  b: b + x,
})

/**
 * Expected purchases of a new member within `t` (2005, equation 9), summed from its definition: with n occasions to buy come as
 * many purchases as the member is still there for, 1 + b/(a+b) + b(b+1)/((a+b)(a+b+1)) … Unlike the hypergeometric function of
 * the paper it has no hole at a = 1, and all its terms are above zero.
 */
export function expectedByBgNbd({ r, alpha, a, b }: BgNbd, t: number): number {
  let [made, there, n] = [0, 1, 0]
  return meanWhileStaying({ r, alpha }, t, () => {
    const value = made
    made += there
    there *= (b + n) / (a + b + n)
    n += 1
    return value
  })
}

/** The chance that a new member makes exactly `n` purchases within `t` (2005, equation 8). */
export function chanceByBgNbd({ r, alpha, a, b }: BgNbd, n: number, t: number): number {
  if (t <= 0) return n === 0 ? 1 : 0
  const chanceOf = (count: number) => Math.exp(logChanceWhileStaying({ r, alpha }, count, t))
  const chanceThere = (count: number) => Math.exp(logGammaRise(b, count) - logGammaRise(a + b, count))
  const staying = chanceThere(n) * chanceOf(n)
  if (n === 0) return staying
  let fewer = 0
  for (let count = 0; count < n; count++) fewer += chanceOf(count)
  const leavingAtLast = (chanceThere(n - 1) * a) / (a + b + (n - 1))
  return staying + leavingAtLast * Math.max(0, 1 - fewer)
}
