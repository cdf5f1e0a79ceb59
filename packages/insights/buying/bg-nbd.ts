import { digamma, hypergeometric, logBeta, logGamma, logSum } from '../numbers/gamma.ts'
import { type Fit, fitPositive, type Likelihood } from './fit.ts'
import type { Histories, History } from './histories.ts'

/**
 * The BG/NBD model (Fader, Hardie & Lee, "Counting your customers the easy way", Marketing Science 24, 2005): while a member is
 * there, purchases are Poisson with a rate that varies as a gamma (r, alpha); after each one the member leaves with a chance
 * that varies as a beta (a, b). Times are in the unit of `alpha`.
 */
export interface BgNbd {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

export function fitBgNbd(
  histories: Histories,
  start: BgNbd = { r: 1, alpha: meanTime(histories), a: 1, b: 1 },
): Fit<keyof BgNbd> {
  return fitPositive(['r', 'alpha', 'a', 'b'], likelihoodOf(histories), [start.r, start.alpha, start.a, start.b])
}

const meanTime = ({ T, count, members }: Histories): number =>
  T.reduce((sum, time, row) => sum + time * (count[row] ?? 0), 0) / Math.max(1, members)

/** The sum over members of equation 6, with its gradient. What depends on x alone is computed once for each x. */
function likelihoodOf({ x, tx, T, count }: Histories): Likelihood {
  const frequencies = new Map<number, number>()
  for (const [row, frequency] of x.entries()) {
    frequencies.set(frequency, (frequencies.get(frequency) ?? 0) + (count[row] ?? 0))
  }
  return ([r = 0, alpha = 0, a = 0, b = 0], gradient) => {
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0]
    const atStart = { gamma: logGamma(r), logAlpha: Math.log(alpha), beta: logBeta(a, b) }
    const slopes = { r: digamma(r), sum: digamma(a + b), b: digamma(b) }
    for (const [frequency, members] of frequencies) {
      value +=
        members *
        (logGamma(r + frequency) - atStart.gamma + r * atStart.logAlpha + logBeta(a, b + frequency) - atStart.beta)
      byR += members * (digamma(r + frequency) - slopes.r + atStart.logAlpha)
      byAlpha += (members * r) / alpha
      const gone = slopes.sum - digamma(a + b + frequency)
      byA += members * gone
      byB += members * (gone + digamma(b + frequency) - slopes.b)
    }
    for (let row = 0; row < x.length; row++) {
      const [frequency, members] = [x[row] ?? 0, count[row] ?? 0]
      const [last, end] = [alpha + (tx[row] ?? 0), alpha + (T[row] ?? 0)]
      const logEnd = Math.log(end)
      const there = -(r + frequency) * logEnd
      if (frequency === 0) {
        value += members * there
        byR -= members * logEnd
        byAlpha -= (members * r) / end
        continue
      }
      const logLast = Math.log(last)
      const left = Math.log(a / (b + frequency - 1)) - (r + frequency) * logLast
      const both = logSum(there, left)
      const stays = Math.exp(there - both)
      const leaves = Math.exp(left - both)
      value += members * both
      byR -= members * (stays * logEnd + leaves * logLast)
      byAlpha -= members * (r + frequency) * (stays / end + leaves / last)
      byA += (members * leaves) / a
      byB -= (members * leaves) / (b + frequency - 1)
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
  const odds = Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + T) / (alpha + tx))
  return 1 / (1 + Math.exp(odds))
}

// The expectations divide by a - 1; so near to it the neighbour stands in, and differs by less than a double can tell.
const apartFromOne = (a: number): number => (Math.abs(a - 1) < 1e-7 ? 1 + 1e-7 : a)

/** Expected purchases of a new member within `t` (2005, equation 9). */
export function expectedByBgNbd({ r, alpha, a: chance, b }: BgNbd, t: number): number {
  const a = apartFromOne(chance)
  const z = t / (alpha + t)
  const tail = (alpha / (alpha + t)) ** r * hypergeometric(r, b, a + b - 1, z)
  return ((a + b - 1) / (a - 1)) * (1 - tail)
}

/** Expected purchases of a member with this history within `t` from now (2005, equation 10). */
export function expectedNextByBgNbd(model: BgNbd, history: History, t: number): number {
  const { r, alpha, b } = model
  const a = apartFromOne(model.a)
  const { x, T } = history
  const z = t / (alpha + T + t)
  const tail = ((alpha + T) / (alpha + T + t)) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, z)
  return ((a + b + x - 1) / (a - 1)) * (1 - tail) * aliveByBgNbd(model, history)
}

/** The chance that a new member buys exactly `n` times within `t` (2005, equation 8). */
export function chanceByBgNbd({ r, alpha, a, b }: BgNbd, n: number, t: number): number {
  const z = t / (alpha + t)
  const none = r * Math.log(alpha / (alpha + t))
  const logZ = Math.log(z)
  const rate = (j: number) => logGamma(r + j) - logGamma(r) - logGamma(j + 1) + none + j * logZ
  const staying = Math.exp(logBeta(a, b + n) - logBeta(a, b) + rate(n))
  if (n === 0) return staying
  let fewer = 0
  for (let j = 0; j < n; j++) fewer += Math.exp(rate(j))
  return staying + Math.exp(logBeta(a + 1, b + n - 1) - logBeta(a, b)) * Math.max(0, 1 - fewer)
}
