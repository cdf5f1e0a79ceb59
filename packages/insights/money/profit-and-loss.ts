import type { Estimate } from '../estimate.ts'
import type { LiftTold, NoLift } from '../lift/lift.ts'
import { type Untold, untold } from '../untold.ts'

/** An item of the accounts in minor units, such as membership fees, or what rewards cost to buy. */
export interface Item {
  readonly name: string
  readonly minor: number
}

/** What an experiment said of one mechanic of the program. */
export interface Measured {
  readonly name: string
  readonly lift: Pick<LiftTold, 'type' | 'incremental'> | NoLift
}

export interface ProfitAndLoss {
  readonly type: 'told'
  /** What members spent because of the program, times the margin on it. */
  readonly incrementalMargin: Estimate
  readonly income: number
  readonly costs: number
  readonly net: Estimate
  /** What is left for each unit of money that the program costs; null: it costs nothing. */
  readonly netPerCost: Estimate | null
  readonly verdict: 'pays' | 'does-not-pay' | 'cannot-tell'
  readonly sentence: string
}

export type NoProfitAndLoss = Untold<'nothing-measured' | 'not-all-measured' | 'no-margin' | 'no-whole-amounts'>

/**
 * Profit and loss of a program: not what members spent, but what they spent because of it, as experiments with a holdout have it,
 * times the margin on goods, against what the program costs. Intervals of independent experiments are added by the recovery of
 * their variances (Zou & Donner, Statistics in Medicine 27, 2008), which needs neither end to lie as far off as the other.
 */
export function profitAndLoss(
  measured: readonly Measured[],
  margin: number,
  income: readonly Item[],
  costs: readonly Item[],
): ProfitAndLoss | NoProfitAndLoss {
  if (!(margin >= 0 && margin <= 1)) {
    return untold('no-margin', 'The margin on goods has to be a share between nothing and the whole price.')
  }
  const lifts = measured.flatMap(({ lift }) => (lift.type === 'told' ? lift.incremental : []))
  const ends = lifts.flatMap(({ value, low, high }) => [value, low, high])
  const amounts = [...income, ...costs].map(({ minor }) => minor)
  if (![...ends, ...amounts].every(Number.isSafeInteger) || amounts.some((amount) => amount < 0)) {
    return untold(
      'no-whole-amounts',
      'All amounts have to be whole numbers of the smallest unit of money, income and costs none below zero.',
    )
  }
  if (measured.length === 0) {
    return untold(
      'nothing-measured',
      'Nothing of the program has a holdout, so nobody knows what members spent because of it.',
    )
  }
  const open = measured.filter(({ lift }) => lift.type === 'untold')
  if (open.length > 0) {
    return untold(
      'not-all-measured',
      `What ${open.map(({ name }) => name).join(' and ')} brought cannot be told yet. ${open.length === 1 ? 'Leave it out, with its costs,' : 'Leave them out, with their costs,'} or wait.`,
    )
  }
  const incrementalMargin = scaled(added(lifts), margin)
  const [earned, spent] = [totalOf(income), totalOf(costs)]
  const net = shifted(incrementalMargin, earned - spent)
  const verdict = net.low > 0 ? 'pays' : net.high < 0 ? 'does-not-pay' : 'cannot-tell'
  return {
    type: 'told',
    incrementalMargin,
    income: earned,
    costs: spent,
    net,
    netPerCost: spent === 0 ? null : { value: net.value / spent, low: net.low / spent, high: net.high / spent },
    verdict,
    sentence: sentenceOf(verdict),
  }
}

const totalOf = (items: readonly Item[]): number => items.reduce((sum, { minor }) => sum + minor, 0)

function added(estimates: readonly Estimate[]): Estimate {
  const value = estimates.reduce((sum, estimate) => sum + estimate.value, 0)
  return {
    value,
    low: value - Math.hypot(...estimates.map((estimate) => estimate.value - estimate.low)),
    high: value + Math.hypot(...estimates.map((estimate) => estimate.high - estimate.value)),
  }
}

/** Outwards, so that rounding never makes an interval say more than it knows. */
const scaled = ({ value, low, high }: Estimate, by: number): Estimate => ({
  value: Math.round(value * by),
  low: Math.floor(low * by),
  high: Math.ceil(high * by),
})

const shifted = ({ value, low, high }: Estimate, by: number): Estimate => ({
  value: value + by,
  low: low + by,
  high: high + by,
})

function sentenceOf(verdict: ProfitAndLoss['verdict']): string {
  switch (verdict) {
    case 'pays':
      return 'The program brings more than it costs, by more than chance explains.'
    case 'does-not-pay':
      return 'The program costs more than it brings, by more than chance explains.'
    case 'cannot-tell':
      return 'Cannot tell: what the program brings lies too near to what it costs for the members measured so far.'
  }
}
