import { type Moments, momentsOf } from '../estimate.ts'

/** A member's figure in the experiment, and the same figure over a span before it, when nothing was different yet. */
export interface Outcome {
  readonly value: number
  readonly before: number
}

export interface Adjusted {
  readonly treated: Moments
  readonly heldOut: Moments
  /** Which share of the variance the past explained, 0 to 1: at 0.5, half the members tell as much. */
  readonly explained: number
}

/**
 * What the past already said is taken out of each figure: CUPED (Deng, Xu, Kohavi & Walker, "Improving the sensitivity of online
 * controlled experiments by utilizing pre-experiment data", WSDM 2013, equation 5). The slope is that within the arms, so that what the
 * treated did does not bend it; whoever was new has 0 before. Where the past was the same for all, nothing is taken out.
 */
export function adjustByPast(treated: readonly Outcome[], heldOut: readonly Outcome[]): Adjusted {
  const arms = [treated, heldOut]
  const slope = slopeWithin(arms)
  const middle = momentsOf(arms.flatMap((arm) => arm.map(({ before }) => before))).mean
  const adjust = (arm: readonly Outcome[]) =>
    momentsOf(arm.map(({ value, before }) => value - slope * (before - middle)))
  const [ours, theirs] = [adjust(treated), adjust(heldOut)]
  const left = squaresOf(ours) + squaresOf(theirs)
  const whole = arms.reduce((sum, arm) => sum + squaresOf(momentsOf(arm.map(({ value }) => value))), 0)
  return { treated: ours, heldOut: theirs, explained: whole === 0 ? 0 : 1 - left / whole }
}

const squaresOf = ({ count, variance }: Moments): number => variance * Math.max(0, count - 1)

function slopeWithin(arms: readonly (readonly Outcome[])[]): number {
  let [products, squares] = [0, 0]
  for (const arm of arms) {
    const value = momentsOf(arm.map((outcome) => outcome.value)).mean
    const before = momentsOf(arm.map((outcome) => outcome.before)).mean
    for (const outcome of arm) {
      products += (outcome.value - value) * (outcome.before - before)
      squares += (outcome.before - before) ** 2
    }
  }
  return squares === 0 ? 0 : products / squares
}
