import { around, type Estimate, type Moments, shareEstimate } from '../estimate.ts'
import { studentBeyond } from '../numbers/student.ts'

/** How many did it, of how many. */
export interface Rate {
  readonly count: number
  readonly among: number
}

/**
 * How much the mean of the treated lies above that of those held out. Neither spread nor size need be alike (Welch, "The
 * generalization of 'Student's' problem", Biometrika 34, 1947; degrees of freedom by Satterthwaite, 1946). Two members in each at
 * least; where nobody differs from anybody, the interval is a point and says nothing.
 */
export function differenceOfMeans(treated: Moments, heldOut: Moments, error: number): Estimate {
  const difference = treated.mean - heldOut.mean
  const ours = treated.variance / treated.count
  const theirs = heldOut.variance / heldOut.count
  if (ours + theirs === 0) return around(difference, 0)
  const degrees = (ours + theirs) ** 2 / (ours ** 2 / (treated.count - 1) + theirs ** 2 / (heldOut.count - 1))
  return around(difference, studentBeyond(error, degrees) * Math.sqrt(ours + theirs))
}

/**
 * How much more of the treated did it, as a share: the hybrid of two Wilson intervals (Newcombe, "Interval estimation for the
 * difference between independent proportions", Statistics in Medicine 17, 1998, method 10). It holds for few members and near 0
 * and 1, where the plain one does not.
 */
export function differenceOfRates(treated: Rate, heldOut: Rate, error: number): Estimate {
  const ours = shareEstimate(treated.count, treated.among, error)
  const theirs = shareEstimate(heldOut.count, heldOut.among, error)
  const value = ours.value - theirs.value
  return {
    value,
    low: value - Math.hypot(ours.value - ours.low, theirs.high - theirs.value),
    high: value + Math.hypot(ours.high - ours.value, theirs.value - theirs.low),
  }
}
