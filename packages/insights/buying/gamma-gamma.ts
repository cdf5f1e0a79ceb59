import { ERROR, type Estimate, momentsOf, wrongError } from '../estimate.ts'
import { digammaRise, logBeta } from '../numbers/gamma.ts'
import { normalBeyond } from '../numbers/normal.ts'
import { counted, type Untold, untold } from '../untold.ts'
import { type Fit, fitPositive, type Likelihood } from './fit.ts'

/**
 * The Gamma-Gamma model of spend (Fader & Hardie 2013, "The Gamma-Gamma model of monetary value"; Colombo & Jiang 1999): each
 * purchase of a member varies as a gamma of shape p around the member's own mean, and those means vary over members by q and
 * gamma. How often members buy plays no part. `gamma` is in the unit of money of the spending, the others are plain numbers.
 */
export interface GammaGamma {
  readonly type: 'gamma-gamma'
  readonly p: number
  readonly q: number
  readonly gamma: number
}

/** What a member spent: how many purchases, 1 or more, and their mean, in any one unit of money, above zero. */
export interface Spending {
  readonly purchases: number
  readonly mean: number
}

/** Why spending does not tell a model. */
export type NoSpend = Untold<'impossible-spending' | 'few-spent' | 'all-alike' | 'unsettled'>

// Three parameters, and the habits of nine members are still those of nine members.
const MEMBERS_MIN = 10

/** Fits Gamma-Gamma by maximum likelihood (2013, equation 1a) to members who have spent, or says why they do not tell it. */
export function fitGammaGamma(members: readonly Spending[]): Fit<GammaGamma> | NoSpend {
  const wrong = wrongAmong(members)
  if (wrong !== null) return wrong
  if (members.length < MEMBERS_MIN) {
    const who = `${counted(members.length, 'member has', 'members have')} spent something`
    return untold('few-spent', `Only ${who}; how spending differs can be told from ${MEMBERS_MIN} members on.`)
  }
  if (members.every(({ mean }) => mean === members[0]?.mean)) {
    return untold('all-alike', 'All members spend the same on average, so nothing shows how spending differs.')
  }
  const mean = members.reduce((sum, member) => sum + member.mean, 0) / members.length
  const found = fitPositive<GammaGamma>('gamma-gamma', ['p', 'q', 'gamma'], likelihoodOf(members), [1, 2, mean])
  return found === null
    ? untold(
        'unsettled',
        'No model of this kind fits what these members spend: the search for the best one has found no end.',
      )
    : { type: 'told', ...found, members: members.length }
}

// As many as a double counts: a sum of more has no last unit.
const isAmount = (amount: number): boolean => amount > 0 && amount <= Number.MAX_SAFE_INTEGER

/** Says why the spending of somebody cannot be; null: it can. */
export function wrongSpending({ purchases, mean }: Spending, whose: string): Untold<'impossible-spending'> | null {
  if (Number.isInteger(purchases) && isAmount(purchases) && isAmount(mean)) return null
  const what = `${counted(purchases, 'purchase')} of ${mean} on average; both must be above zero, the first a whole number`
  return untold('impossible-spending', `The spending of ${whose} cannot be: ${what}.`)
}

function wrongAmong(members: readonly Spending[]): Untold<'impossible-spending'> | null {
  for (const [index, member] of members.entries()) {
    const wrong = wrongSpending(member, `member ${index}`)
    if (wrong !== null) return wrong
  }
  return null
}

/** The sum over members of equation 1a, with its gradient. What depends on the number of purchases alone is computed once. */
export function likelihoodOf(members: readonly Spending[]): Likelihood {
  const meansByPurchases = Map.groupBy(members, ({ purchases }) => purchases)
  return ([p = 0, q = 0, gamma = 0], gradient) => {
    let [value, byP, byQ, byGamma] = [0, 0, 0, 0]
    for (const [purchases, alike] of meansByPurchases) {
      const shape = p * purchases
      const constant = -logBeta(shape, q)
      const [riseOfShape, riseOfQ] = [digammaRise(shape, q), digammaRise(q, shape)]
      for (const { mean } of alike) {
        const spent = purchases * mean
        const [above, below] = [Math.log1p(gamma / spent), Math.log1p(spent / gamma)]
        value += constant - shape * above - q * below - Math.log(mean)
        byP += purchases * (riseOfShape - above)
        byQ += riseOfQ - below
        byGamma += ((q * spent) / gamma - shape) / (gamma + spent)
      }
    }
    gradient[0] = byP
    gradient[1] = byQ
    gradient[2] = byGamma
    return value
  }
}

/**
 * The mean spend of a purchase that is expected of a member, between what was seen of the member and what all spend (2013,
 * equation 5); of a member of whom nothing was seen, what all spend. In the unit of money of the model. Where q is 1 or less, few
 * members spend so much that the mean over all does not exist.
 */
export function expectedSpend(
  { p, q, gamma }: GammaGamma,
  spending: Spending | null,
): number | Untold<'impossible-spending' | 'no-mean-spend'> {
  const wrong = spending === null ? null : wrongSpending(spending, 'this member')
  if (wrong !== null) return wrong
  const { purchases, mean } = spending ?? { purchases: 0, mean: 0 }
  const degrees = p * purchases + q - 1
  if (degrees > 0) return (p * (gamma + purchases * mean)) / degrees
  return untold('no-mean-spend', 'Spending differs so widely between members that there is no mean over them.')
}

export interface SpendCorrelation {
  readonly type: 'told'
  readonly correlation: Estimate
}

/**
 * How far members who buy more often also spend more, or less, each time: the correlation of purchases and mean spend, -1 to 1, with
 * its interval by Fisher's transformation (Fisher 1921). The model takes it for nothing; far from 0, values of members who buy
 * often are off by it.
 */
export function spendCorrelation(
  members: readonly Spending[],
  error = ERROR,
): SpendCorrelation | Untold<'no-error' | 'impossible-spending' | 'few-spent' | 'all-alike'> {
  const wrong = wrongError(error) ?? wrongAmong(members)
  if (wrong !== null) return wrong
  if (members.length < MEMBERS_MIN) {
    return untold('few-spent', `Whether the frequent spend more can be told from ${MEMBERS_MIN} members on.`)
  }
  const [often, much] = [members.map(({ purchases }) => purchases), members.map(({ mean }) => mean)]
  const [byOften, byMuch] = [momentsOf(often), momentsOf(much)]
  if (byOften.variance === 0 || byMuch.variance === 0) {
    return untold(
      'all-alike',
      'All members buy equally often, or spend equally much each time: nothing shows whether one goes with the other.',
    )
  }
  let products = 0
  for (const { purchases, mean } of members) products += (purchases - byOften.mean) * (mean - byMuch.mean)
  const correlation = products / (members.length - 1) / Math.sqrt(byOften.variance) / Math.sqrt(byMuch.variance)
  // Rounding may leave the range by a hair, and of what is perfect there is no transformation beyond 1.
  const value = Math.min(1, Math.max(-1, correlation))
  const [middle, width] = [Math.atanh(value), normalBeyond(error) / Math.sqrt(members.length - 3)]
  return { type: 'told', correlation: { value, low: Math.tanh(middle - width), high: Math.tanh(middle + width) } }
}
