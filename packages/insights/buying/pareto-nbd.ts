import { digammaRise, logGammaRise, logSum } from '../numbers/gamma.ts'
import { gaussLegendre } from '../numbers/quadrature.ts'
import { type Fit, fitHistories, type Likelihood, type NoFit } from './fit.ts'
import { type Histories, type History, meanTime } from './histories.ts'
import { logChanceWhileStaying } from './nbd.ts'

/**
 * The Pareto/NBD model (Schmittlein, Morrison & Colombo, Management Science 33, 1987; derivations in Fader & Hardie 2005, "A note
 * on deriving the Pareto/NBD model"): as BG/NBD, but a member may leave at any moment, with a rate that varies as a gamma
 * (s, beta). `alpha` and `beta` are in the unit of time of the histories, the others are plain numbers.
 */
export interface ParetoNbd {
  readonly type: 'pareto-nbd'
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

/** Fits Pareto/NBD by maximum likelihood (2005, section 3) to histories in any unit of time, or says why they do not tell it. */
export const fitParetoNbd = (members: Iterable<History>): Fit<ParetoNbd> | NoFit =>
  fitHistories<ParetoNbd>(members, {
    type: 'pareto-nbd',
    names: ['r', 'alpha', 's', 'beta'],
    likelihoodOf,
    start: (histories) => [1, meanTime(histories), 1, meanTime(histories)],
  })

// How many points reach twelve digits: the wider the range, and the oftener the integrand halves in it, the more. Most members
// need few; 36 foldings are where a double no longer sees what is added.
const SMALLER_RULES = [
  { widthMax: 2, foldingsMax: 6, rule: gaussLegendre(12) },
  { widthMax: 4, foldingsMax: 16, rule: gaussLegendre(20) },
]
const FULL_RULE = gaussLegendre(40)
const FOLDINGS_MAX = 36

/** What is known of the moment τ at which a member left, between the last purchase and now. */
interface Leaving {
  /** The logarithm of the chance of having left by now, over that of still being there; -Infinity where there was no time to. */
  logOdds: number
  /** Means over τ of ln((α+τ)/α) and τ/(α+τ). */
  growthOfAlpha: number
  shareOfAlpha: number
  /** Means over τ of ln((β+τ)/β) and τ/(β+τ). */
  growthOfBeta: number
  shareOfBeta: number
}

/**
 * Integrals of s (α+τ)^-(r+x) (β+τ)^-(s+1) over τ from tx to T. The hypergeometric functions of the literature are this integral;
 * as an integral it is stable for any parameters, and its derivatives are integrals over the same points. Integrated over
 * ln(min(α,β)+τ), in which the slope is bounded by r+x+s, and in units of its value at tx, where it is largest.
 */
function leaving({ r, alpha, s, beta }: ParetoNbd, { x, tx, T }: History, into: Leaving): Leaving {
  into.logOdds = Number.NEGATIVE_INFINITY
  into.growthOfAlpha = into.shareOfAlpha = into.growthOfBeta = into.shareOfBeta = 0
  const from = Math.min(alpha, beta) + tx
  const [fromAlpha, fromBeta] = [alpha + tx, beta + tx]
  const whole = Math.log1p((T - tx) / from)
  if (!(whole > 0)) return into
  const slope = ((r + x) * from) / fromAlpha + ((s + 1) * from) / fromBeta - 1
  // From there on the integrand falls at least as fast as here: what lies beyond is nothing.
  const width = slope > 0 ? Math.min(whole, FOLDINGS_MAX / slope) : whole
  const foldings = (r + x + s + 1) * width
  const { nodes, weights } =
    SMALLER_RULES.find(({ widthMax, foldingsMax }) => width <= widthMax && foldings <= foldingsMax)?.rule ?? FULL_RULE
  let mass = 0
  for (let i = 0; i < nodes.length; i++) {
    const grown = width * (nodes[i] ?? 0)
    const later = from * Math.expm1(grown)
    // The smaller of the two grows by what is integrated over.
    const growthOfAlpha = fromAlpha === from ? grown : Math.log1p(later / fromAlpha)
    const growthOfBeta = fromBeta === from ? grown : Math.log1p(later / fromBeta)
    const weight = (weights[i] ?? 0) * (from + later) * Math.exp(-(r + x) * growthOfAlpha - (s + 1) * growthOfBeta)
    mass += weight
    into.growthOfAlpha += weight * growthOfAlpha
    into.shareOfAlpha += (weight * (tx + later)) / (fromAlpha + later)
    into.growthOfBeta += weight * growthOfBeta
    into.shareOfBeta += (weight * (tx + later)) / (fromBeta + later)
  }
  into.growthOfAlpha = into.growthOfAlpha / mass + Math.log1p(tx / alpha)
  into.shareOfAlpha /= mass
  into.growthOfBeta = into.growthOfBeta / mass + Math.log1p(tx / beta)
  into.shareOfBeta /= mass
  const fall = (r + x) * Math.log1p((T - tx) / fromAlpha) + s * Math.log1p((T - tx) / fromBeta)
  into.logOdds = Math.log((s * width * mass) / fromBeta) + fall
  return into
}

const nothingKnown = (): Leaving => ({
  logOdds: 0,
  growthOfAlpha: 0,
  shareOfAlpha: 0,
  growthOfBeta: 0,
  shareOfBeta: 0,
})

/**
 * The sum over members of the log-likelihood (Fader & Hardie 2005, section 3), with its gradient. Differences of large terms are
 * taken before they are large: members alike drive r and alpha out of sight, and beta where nobody is seen to leave.
 */
export function likelihoodOf(histories: Histories): Likelihood {
  const known = nothingKnown()
  return ([r = 0, alpha = 0, s = 0, beta = 0], gradient) => {
    const model = { type: 'pareto-nbd', r, alpha, s, beta } as const
    const risesByFrequency = new Map<number, readonly [number, number]>()
    let [value, byR, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0]
    for (let row = 0; row < histories.x.length; row++) {
      const [x, tx, T] = [histories.x[row] ?? 0, histories.tx[row] ?? 0, histories.T[row] ?? 0]
      const members = histories.count[row] ?? 0
      const [rise, riseByR] = risesByFrequency.get(x) ?? [logGammaRise(r, x), digammaRise(r, x)]
      risesByFrequency.set(x, [rise, riseByR])
      const left = leaving(model, { x, tx, T }, known)
      const [growthOfAlpha, growthOfBeta] = [Math.log1p(T / alpha), Math.log1p(T / beta)]
      const either = logSum(0, left.logOdds)
      const stays = Math.exp(-either)
      const leaves = Math.exp(left.logOdds - either)
      const shareOfAlpha = stays * (T / (alpha + T)) + leaves * left.shareOfAlpha
      const sharesOfBeta = [stays * (T / (beta + T)), leaves * left.shareOfBeta] as const
      value += members * (rise - r * growthOfAlpha - x * Math.log(alpha + T) - s * growthOfBeta + either)
      byR += members * (riseByR - stays * growthOfAlpha - leaves * left.growthOfAlpha)
      byAlpha += (members * (r * shareOfAlpha - x * (1 - shareOfAlpha))) / alpha
      byS += members * (leaves / s - stays * growthOfBeta - leaves * left.growthOfBeta)
      byBeta += (members * (s * sharesOfBeta[0] + (s + 1) * sharesOfBeta[1] - leaves)) / beta
    }
    gradient[0] = byR
    gradient[1] = byAlpha
    gradient[2] = byS
    gradient[3] = byBeta
    return value
  }
}

/** The chance that a member with this history is still there (2005, section 5). */
export const aliveByParetoNbd = (model: ParetoNbd, history: History): number =>
  1 / (1 + Math.exp(leaving(model, history, nothingKnown()).logOdds))

/** The model of a member with this history who is still there, seen from now (Bayes; 2005, section 6). */
export const goingOnByParetoNbd = ({ r, alpha, s, beta }: ParetoNbd, { x, T }: History): ParetoNbd => ({
  type: 'pareto-nbd',
  r: r + x,
  alpha: alpha + T,
  s,
  beta: beta + T,
})

/** Expected purchases of a new member within `t` (2005, section 4), its limit where s is 1. */
export function expectedByParetoNbd({ r, alpha, s, beta }: ParetoNbd, t: number): number {
  const [k, length] = [s - 1, Math.log1p(t / beta)]
  return ((r * beta) / alpha) * (Math.abs(k) < 1e-12 ? length : -Math.expm1(-k * length) / k)
}

/**
 * The chance that a new member makes exactly `n` purchases within `t` (Fader & Hardie 2006, "Deriving an expression for
 * P(X(t) = x) under the Pareto/NBD model"), from its definition: there all the time, or gone at τ after n purchases, integrated
 * over ln(min(α,β)+τ).
 */
export function chanceByParetoNbd({ r, alpha, s, beta }: ParetoNbd, n: number, t: number): number {
  if (t <= 0) return n === 0 ? 1 : 0
  const chanceIn = (time: number) => Math.exp(logChanceWhileStaying({ r, alpha }, n, time))
  const shift = Math.min(alpha, beta)
  const width = Math.log1p(t / shift)
  const { nodes, weights } = FULL_RULE
  let gone = 0
  for (let i = 0; i < nodes.length; i++) {
    const time = shift * Math.expm1(width * (nodes[i] ?? 0))
    const density = (s / (beta + time)) * Math.exp(-s * Math.log1p(time / beta))
    gone += (weights[i] ?? 0) * width * (shift + time) * density * chanceIn(time)
  }
  return Math.exp(-s * Math.log1p(t / beta)) * chanceIn(t) + gone
}
