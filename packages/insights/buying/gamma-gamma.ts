import { digamma, logGamma } from '../numbers/gamma.ts'
import { type Fit, fitPositive } from './fit.ts'

/**
 * The Gamma-Gamma model of spend (Fader & Hardie 2013, "The Gamma-Gamma model of monetary value"; Colombo & Jiang 1999): each
 * purchase of a member varies as a gamma of shape p around the member's own mean, and those means vary over members by q and
 * gamma. How often members buy plays no part.
 */
export interface GammaGamma {
  readonly p: number
  readonly q: number
  readonly gamma: number
}

/** A member who has bought again: how many purchases, and their mean in units of money above zero. */
export interface Spending {
  readonly purchases: number
  readonly mean: number
}

export function fitGammaGamma(members: readonly Spending[]): Fit<keyof GammaGamma> {
  for (const [index, { purchases, mean }] of members.entries()) {
    if (!(purchases >= 1) || !(mean > 0) || !Number.isFinite(mean)) {
      throw new RangeError(
        `member ${index} spends nothing: ${purchases} purchases of ${mean} each; both must be above zero`,
      )
    }
  }
  const mean = members.reduce((sum, member) => sum + member.mean, 0) / Math.max(1, members.length)
  return fitPositive(['p', 'q', 'gamma'], (at, gradient) => likelihood(members, at, gradient), [1, 2, mean])
}

/** The sum over members of equation 1a, with its gradient. */
function likelihood(
  members: readonly Spending[],
  [p = 0, q = 0, gamma = 0]: readonly number[],
  gradient: number[],
): number {
  let [value, byP, byQ, byGamma] = [0, 0, 0, 0]
  const [gammaOfQ, slopeOfQ, logGammaScale] = [logGamma(q), digamma(q), Math.log(gamma)]
  for (const { purchases, mean } of members) {
    const shape = p * purchases
    const spent = purchases * mean
    const [total, logTotal] = [gamma + spent, Math.log(gamma + spent)]
    const logSpent = Math.log(spent)
    value += logGamma(shape + q) - logGamma(shape) - gammaOfQ + q * logGammaScale + shape * logSpent
    value -= Math.log(mean) + (shape + q) * logTotal
    const rise = digamma(shape + q)
    byP += purchases * (rise - digamma(shape) + logSpent - logTotal)
    byQ += rise - slopeOfQ + logGammaScale - logTotal
    byGamma += q / gamma - (shape + q) / total
  }
  gradient[0] = byP
  gradient[1] = byQ
  gradient[2] = byGamma
  return value
}

/** The mean spend of a purchase that is expected of a member, between what was seen and what all spend (equation 5). */
export function expectedSpend({ p, q, gamma }: GammaGamma, { purchases, mean }: Spending): number {
  const seen = p * purchases
  return (p * (gamma + purchases * mean)) / (seen + q - 1)
}
