import { type Estimate, type Moments, shareEstimate } from '../estimate.ts'
import { studentBeyond } from '../numbers/student.ts'

/** How many did it, of how many. */
export interface Rate {
  readonly count: number
  readonly among: number
}

/**
 * How much the mean of the treated lies above that of those held out. Neither spread nor size need be alike (Welch, "The
 * generalization of 'Student's' problem", Biometrika 34, 1947; degrees of freedom by Satterthwaite, 1946). What people spend is
 * skewed, and where few are held out that alone would often pass for a lift: without one of the rare large baskets their mean and its
 * error are both too small. Hall's transformation takes the skewness out (JRSS B 54, 1992; for two samples Zhou & Dinh, Biostatistics
 * 6, 2005); it is taken from both arms together, since those few do not show it. Two members in each arm at least; where nobody
 * differs from anybody, the interval is a point and says nothing.
 */
export function differenceOfMeans(treated: Moments, heldOut: Moments, error: number): Estimate {
  const value = treated.mean - heldOut.mean
  const ours = treated.variance / treated.count
  const theirs = heldOut.variance / heldOut.count
  if (ours + theirs === 0) return { value, low: value, high: value }
  const degrees = (ours + theirs) ** 2 / (ours ** 2 / (treated.count - 1) + theirs ** 2 / (heldOut.count - 1))
  const [critical, spread] = [studentBeyond(error, degrees), Math.sqrt(ours + theirs)]
  const skewness = skewnessOfDifference(treated, heldOut)
  return {
    value,
    low: value - spread * untransformed(critical, skewness),
    high: value - spread * untransformed(-critical, skewness),
  }
}

/** Of the difference of two means of one and the same population: none where both arms are of one size. */
function skewnessOfDifference(treated: Moments, heldOut: Moments): number {
  const among = treated.count + heldOut.count - 2
  const variance = (treated.variance * (treated.count - 1) + heldOut.variance * (heldOut.count - 1)) / among
  const cubes = (treated.cubes + heldOut.cubes) / among
  const spread = Math.sqrt(variance / treated.count + variance / heldOut.count)
  return (cubes * (1 / treated.count ** 2 - 1 / heldOut.count ** 2)) / spread ** 3
}

// Below it the transformation is the identity to as many digits as anybody reads.
const SKEWNESS_MIN = 1e-6

/** The statistic that Hall's t + a t²/3 + a² t³/27 + a/6 makes this of, `a` being its skewness. */
function untransformed(transformed: number, skewness: number): number {
  if (Math.abs(skewness) < SKEWNESS_MIN) return transformed
  return (3 / skewness) * (Math.cbrt(1 + skewness * (transformed - skewness / 6)) - 1)
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
