import { normalBeyond } from './numbers/normal.ts'
import { type Untold, untold } from './untold.ts'

/** A figure, and the ends between which the truth lies in all but a share `error` of such cases. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** One in twenty intervals misses the truth: what reports say where nobody asked for anything else. */
export const ERROR = 0.05
/** Of less the tails have too few digits. */
export const ERROR_MIN = 1e-9
// Nobody asks for an interval that misses more often than it holds.
const ERROR_MAX = 0.5

/** Says so where an error is none. */
export const wrongError = (error: number): Untold<'no-error'> | null =>
  error >= ERROR_MIN && error <= ERROR_MAX
    ? null
    : untold(
        'no-error',
        'Say in what share of cases an interval may miss: 0.05 is one in twenty, and one in two the most.',
      )

/** What is left of many numbers. */
export interface Moments {
  readonly count: number
  readonly mean: number
  /** The sum of squared distances from the mean, over one less than how many. */
  readonly variance: number
  /** The sum of their cubes: above zero where a few lie far above the rest. */
  readonly cubes: number
}

/** In two passes, so that figures that are large and alike lose no digits. Of no numbers, or of one, the variance is 0. */
export function momentsOf(values: readonly number[]): Moments {
  const count = values.length
  let sum = 0
  for (const value of values) sum += value
  const mean = count === 0 ? 0 : sum / count
  let [squares, cubes] = [0, 0]
  for (const value of values) {
    const away = value - mean
    squares += away * away
    cubes += away * away * away
  }
  return { count, mean, variance: count < 2 ? 0 : squares / (count - 1), cubes }
}

export const around = (value: number, width: number): Estimate => ({ value, low: value - width, high: value + width })

/**
 * `count` of `among`, one at least, as a share with Wilson's interval (Wilson, JASA 22, 1927; Newcombe, Statistics in Medicine 17,
 * 1998, method 3): right also where nobody did, or all.
 */
export function shareEstimate(count: number, among: number, error = ERROR): Estimate {
  const value = count / among
  const square = normalBeyond(error) ** 2
  const middle = (count + square / 2) / (among + square)
  const width = Math.sqrt(square * (value * (1 - value) + square / (4 * among)) * among) / (among + square)
  return { value, low: count === 0 ? 0 : middle - width, high: count === among ? 1 : middle + width }
}
