import { digammaRise, logGamma, logGammaRise, logSum } from '../numbers/gamma.ts'
import { type Untold, untold } from '../untold.ts'
import { type Fit, fitHistories, type Likelihood, type NoFit } from './fit.ts'
import type { Histories, History } from './histories.ts'

/**
 * The BG/BB model for occasions that come one by one, at each of which one buys or does not: seasons, fairs, yearly gifts (Fader,
 * Hardie & Shang, "Customer-base analysis in a discrete-time noncontractual setting", Marketing Science 29, 2010). A member who
 * is there buys with a chance that varies over members as a beta (alpha, beta), and before each occasion leaves with a chance
 * that varies as a beta (gamma, delta). All four are plain numbers; times are whole numbers of occasions.
 */
export interface BgBb {
  readonly type: 'bg-bb'
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly delta: number
}

// Every day for 27 years. The likelihood walks from occasion to occasion.
const OCCASIONS_MAX = 10_000

/** Fits BG/BB by maximum likelihood to histories in occasions: x with a purchase, the last at tx, of T, x <= tx <= T. */
export function fitBgBb(members: readonly History[]): Fit<BgBb> | NoFit {
  for (const [index, member] of members.entries()) {
    const wrong = wrongOccasions(member, index)
    if (wrong !== null) return wrong
  }
  return fitHistories<BgBb>(members, {
    type: 'bg-bb',
    names: ['alpha', 'beta', 'gamma', 'delta'],
    likelihoodOf,
    start: () => [1, 1, 1, 1],
  })
}

/** Says of the member at this place why the history is none of occasions; null: it is one, as far as `wrongHistory` says no other. */
export function wrongOccasions({ x, tx, T }: History, index: number): Untold<'impossible-history'> | null {
  if (Number.isInteger(tx) && Number.isInteger(T) && x <= tx && T <= OCCASIONS_MAX) return null
  const what = `x ${x}, tx ${tx}, T ${T}; occasions are whole, at most ${OCCASIONS_MAX}, each with at most one purchase`
  return untold('impossible-history', `The history of member ${index} cannot be: ${what}.`)
}

/**
 * The logarithm of the chance of this history where the member is still there, and where it is not, with the gradients of both:
 * gone before occasion tx + i + 1, for i from 0 on, each chance the one before times a ratio.
 */
function chancesOf({ alpha, beta, gamma, delta }: BgBb, { x, tx, T }: History) {
  const rise = logGammaRise
  const stays = rise(alpha, x) + rise(beta, T - x) - rise(alpha + beta, T) + (rise(delta, T) - rise(gamma + delta, T))
  const first =
    rise(alpha, x) +
    rise(beta, tx - x) -
    rise(alpha + beta, tx) +
    (Math.log(gamma) + rise(delta, tx) - rise(gamma + delta, tx + 1))
  // Slopes by each argument that moves with the occasion, of the chance that starts from there.
  const slopes = {
    beta: digammaRise(beta, tx - x),
    purchase: digammaRise(alpha + beta, tx),
    delta: digammaRise(delta, tx),
    leaving: digammaRise(gamma + delta, tx + 1),
  }
  const mean = { beta: 0, purchase: 0, delta: 0, leaving: 0 }
  let [sum, chance] = [0, 1]
  for (let i = tx; i < T; i++) {
    sum += chance
    mean.beta += chance * slopes.beta
    mean.purchase += chance * slopes.purchase
    mean.delta += chance * slopes.delta
    mean.leaving += chance * slopes.leaving
    chance *= ((beta + (i - x)) * (delta + i)) / ((alpha + beta + i) * (gamma + delta + 1 + i))
    // ψ(z + 1) = ψ(z) + 1/z
    slopes.beta += 1 / (beta + (i - x))
    slopes.purchase += 1 / (alpha + beta + i)
    slopes.delta += 1 / (delta + i)
    slopes.leaving += 1 / (gamma + delta + 1 + i)
  }
  for (const key of ['beta', 'purchase', 'delta', 'leaving'] as const) mean[key] /= Math.max(sum, 1)
  // After the loop the slopes are those of the end: what the chance of being there still has.
  return { stays, leaves: sum === 0 ? Number.NEGATIVE_INFINITY : first + Math.log(sum), mean, slopes }
}

/** The sum over members of the log-likelihood, with its gradient. */
export function likelihoodOf({ x, tx, T, count }: Histories): Likelihood {
  return ([alpha = 0, beta = 0, gamma = 0, delta = 0], gradient) => {
    const model = { type: 'bg-bb', alpha, beta, gamma, delta } as const
    let [value, byAlpha, byBeta, byGamma, byDelta] = [0, 0, 0, 0, 0]
    for (let row = 0; row < x.length; row++) {
      const history = { x: x[row] ?? 0, tx: tx[row] ?? 0, T: T[row] ?? 0 }
      const members = count[row] ?? 0
      const { stays, leaves, mean, slopes: end } = chancesOf(model, history)
      const either = logSum(stays, leaves)
      const [there, gone] = [Math.exp(stays - either), Math.exp(leaves - either)]
      const purchase = there * end.purchase + gone * mean.purchase
      // One occasion more than there were stands in the slope of leaving, one less in that of staying.
      const leaving = there * (end.leaving - 1 / (gamma + delta + history.T)) + gone * mean.leaving
      value += members * either
      byAlpha += members * (digammaRise(alpha, history.x) - purchase)
      byBeta += members * (there * end.beta + gone * mean.beta - purchase)
      byGamma += members * (gone / gamma - leaving)
      byDelta += members * (there * end.delta + gone * mean.delta - leaving)
    }
    gradient[0] = byAlpha
    gradient[1] = byBeta
    gradient[2] = byGamma
    gradient[3] = byDelta
    return value
  }
}

/** The chance that a member with this history was still there at the last occasion, T. */
export function aliveByBgBb(model: BgBb, history: History): number {
  const { stays, leaves } = chancesOf(model, history)
  return 1 / (1 + Math.exp(leaves - stays))
}

/** The model of a member with this history who was still there at the last occasion, seen from then (Bayes). */
export const goingOnByBgBb = ({ alpha, beta, gamma, delta }: BgBb, { x, T }: History): BgBb => ({
  type: 'bg-bb',
  alpha: alpha + x,
  beta: beta + (T - x),
  gamma,
  delta: delta + T,
})

/**
 * Expected purchases of a new member at the next `t` occasions: at each the chance of being there, times that of buying. With a
 * `discount` each is worth that share less for every occasion until then.
 */
export function expectedByBgBb({ alpha, beta, gamma, delta }: BgBb, t: number, discount = 0): number {
  let [there, worth, sum] = [1, 1, 0]
  for (let i = 0; i < Math.floor(t); i++) {
    there *= (delta + i) / (gamma + delta + i)
    worth /= 1 + discount
    sum += there * worth
  }
  return (alpha / (alpha + beta)) * sum
}

/** The chance that a new member buys at exactly `n` of the next `t` occasions. */
export function chanceByBgBb({ alpha, beta, gamma, delta }: BgBb, n: number, t: number): number {
  const occasions = Math.floor(t)
  if (n > occasions) return 0
  const buying = (of: number) =>
    Math.exp(
      logGammaRise(n + 1, of - n) -
        logGamma(of - n + 1) +
        logGammaRise(alpha, n) +
        logGammaRise(beta, of - n) -
        logGammaRise(alpha + beta, of),
    )
  let there = Math.exp(logGammaRise(delta, n) - logGammaRise(gamma + delta, n))
  let sum = 0
  for (let i = n; i < occasions; i++) {
    const stays = (delta + i) / (gamma + delta + i)
    sum += buying(i) * there * (1 - stays)
    there *= stays
  }
  return sum + buying(occasions) * there
}
