import { digamma, logGamma } from '../numbers/gamma.ts'
import { gaussLegendre } from '../numbers/quadrature.ts'
import { type Fit, fitPositive, type Likelihood } from './fit.ts'
import type { Histories, History } from './histories.ts'

/**
 * The Pareto/NBD model (Schmittlein, Morrison & Colombo, Management Science 33, 1987; derivations in Fader & Hardie 2005, "A note
 * on deriving the Pareto/NBD model"): as BG/NBD, but a member may leave at any moment, with a rate that varies as a gamma
 * (s, beta). Times are in the unit of `alpha` and `beta`.
 */
export interface ParetoNbd {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

export function fitParetoNbd(
  histories: Histories,
  start: ParetoNbd = { r: 1, alpha: meanTime(histories), s: 1, beta: meanTime(histories) },
): Fit<keyof ParetoNbd> {
  return fitPositive(['r', 'alpha', 's', 'beta'], likelihoodOf(histories), [start.r, start.alpha, start.s, start.beta])
}

const meanTime = ({ T, count, members }: Histories): number =>
  T.reduce((sum, time, row) => sum + time * (count[row] ?? 0), 0) / Math.max(1, members)

// Forty points reach twelve digits over all ranges below, and 36 foldings are where a double no longer sees what is added.
const { nodes, weights } = gaussLegendre(40)
const FOLDINGS_MAX = 36

/**
 * Moments of the chance density of having left at τ between the last purchase and now, relative to still being there:
 * ∫ g(τ) (α+τ)^-(r+x) (β+τ)^-(s+1) dτ divided by (α+T)^-(r+x) (β+T)^-s, for g = 1, ln(α+τ), 1/(α+τ), ln(β+τ), 1/(β+τ).
 * The hypergeometric functions of the literature are this integral; as an integral it is stable for any parameters, and its
 * derivatives are integrals over the same points. Integrated over ln(min(α,β)+τ), in which the slope is bounded by r+x+s.
 */
function leftBefore({ r, alpha, s, beta }: ParetoNbd, { x, tx, T }: History, into: Float64Array): void {
  into.fill(0)
  if (T <= tx) return
  const shift = Math.min(alpha, beta)
  const from = Math.log(shift + tx)
  const slope = ((r + x) * (shift + tx)) / (alpha + tx) + ((s + 1) * (shift + tx)) / (beta + tx) - 1
  const whole = Math.log(shift + T) - from
  // From there on the integrand falls at least as fast as here: what lies beyond is nothing.
  const width = slope > 0 ? Math.min(whole, FOLDINGS_MAX / slope) : whole
  const there = (r + x) * Math.log(alpha + T) + s * Math.log(beta + T)
  for (let i = 0; i < nodes.length; i++) {
    const shifted = Math.exp(from + width * (nodes[i] ?? 0))
    const byAlpha = alpha - shift + shifted
    const byBeta = beta - shift + shifted
    const [logAlpha, logBeta] = [Math.log(byAlpha), Math.log(byBeta)]
    const density = Math.exp(there - (r + x) * logAlpha - (s + 1) * logBeta)
    const weight = (weights[i] ?? 0) * width * shifted * density
    into[0] = (into[0] ?? 0) + weight
    into[1] = (into[1] ?? 0) + weight * logAlpha
    into[2] = (into[2] ?? 0) + weight / byAlpha
    into[3] = (into[3] ?? 0) + weight * logBeta
    into[4] = (into[4] ?? 0) + weight / byBeta
  }
}

/** The sum over members of the log-likelihood (Fader & Hardie 2005, equation 17), with its gradient. */
function likelihoodOf(histories: Histories): Likelihood {
  const moments = new Float64Array(5)
  return ([r = 0, alpha = 0, s = 0, beta = 0], gradient) => {
    const model = { r, alpha, s, beta }
    const constant = r * Math.log(alpha) + s * Math.log(beta) - logGamma(r)
    const slope = digamma(r)
    const gammas = new Map<number, readonly [number, number]>()
    let [value, byR, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0]
    for (let row = 0; row < histories.x.length; row++) {
      const [x, tx, T] = [histories.x[row] ?? 0, histories.tx[row] ?? 0, histories.T[row] ?? 0]
      const members = histories.count[row] ?? 0
      const known = gammas.get(x)
      const [gamma, rise] = known ?? [logGamma(r + x), digamma(r + x)]
      if (known === undefined) gammas.set(x, [gamma, rise])
      leftBefore(model, { x, tx, T }, moments)
      const [mass = 0, logA = 0, overA = 0, logB = 0, overB = 0] = moments
      const [endA, endB] = [alpha + T, beta + T]
      const [logEndA, logEndB] = [Math.log(endA), Math.log(endB)]
      const total = 1 + s * mass
      value += members * (constant + gamma - (r + x) * logEndA - s * logEndB + Math.log(total))
      byR += members * (rise - slope + Math.log(alpha) - (logEndA + s * logA) / total)
      byAlpha += members * (r / alpha - ((r + x) * (1 / endA + s * overA)) / total)
      byS += members * (Math.log(beta) + (mass - logEndB - s * logB) / total)
      byBeta += members * (s / beta - (s * (1 / endB + (s + 1) * overB)) / total)
    }
    gradient[0] = byR
    gradient[1] = byAlpha
    gradient[2] = byS
    gradient[3] = byBeta
    return value
  }
}

/** The chance that a member with this history is still there (2005, equation 24). */
export function aliveByParetoNbd(model: ParetoNbd, history: History): number {
  const moments = new Float64Array(5)
  leftBefore(model, history, moments)
  return 1 / (1 + model.s * (moments[0] ?? 0))
}

/** (1 - e^(-k l)) / k, and l where k is 0. */
const grown = (k: number, l: number): number => (Math.abs(k) < 1e-12 ? l : -Math.expm1(-k * l) / k)

/** Expected purchases of a new member within `t` (2005, equation 27). */
export const expectedByParetoNbd = ({ r, alpha, s, beta }: ParetoNbd, t: number): number =>
  ((r * beta) / alpha) * grown(s - 1, Math.log((beta + t) / beta))

/** Expected purchases of a member with this history within `t` from now (2005, equation 41). */
export function expectedNextByParetoNbd(model: ParetoNbd, history: History, t: number): number {
  const { r, alpha, s, beta } = model
  const { x, T } = history
  const staying = (((r + x) * (beta + T)) / (alpha + T)) * grown(s - 1, Math.log((beta + T + t) / (beta + T)))
  return staying * aliveByParetoNbd(model, history)
}
