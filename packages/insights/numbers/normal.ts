const ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI)

// Beyond 38 the tail is below the smallest double.
const TAIL_MAX = 38
// Where the series for the middle and the fraction for the tail are both good to the last digits.
const SERIES_MAX = 3

/** The chance that a standard normal variable is `z` or less, to a relative error of about 1e-14, in the tails too. */
export function normalBelow(z: number): number {
  if (z > SERIES_MAX) return 1 - tailAbove(z)
  if (z < -SERIES_MAX) return tailAbove(-z)
  return 0.5 + middle(z)
}

/** The chance from 0 to `z` as a series (Abramowitz & Stegun 26.2.11). */
function middle(z: number): number {
  let term = z
  let sum = z
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= (z * z) / odd
    sum += term
  }
  return density(z) * sum
}

/** The chance above `z` as a continued fraction, from its end (Abramowitz & Stegun 26.2.14). */
function tailAbove(z: number): number {
  if (z > TAIL_MAX) return 0
  let fraction = z
  for (let level = 120; level >= 1; level--) fraction = z + level / fraction
  return density(z) / fraction
}

const density = (z: number): number => Math.exp((-z * z) / 2) / ROOT_OF_TWO_PI

/**
 * The `z` that a standard normal variable stays below with this chance, above 0 and below 1: a rational first guess (Abramowitz &
 * Stegun 26.2.23), then Halley's method.
 */
export function normalQuantile(chance: number): number {
  if (chance > 0.5) return -normalQuantile(1 - chance)
  const t = Math.sqrt(-2 * Math.log(chance))
  const guess = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  let z = guess - t
  // The guess is off by 4.5e-4 at most, and each step cubes that.
  for (let step = 0; step < 2; step++) {
    const newton = (normalBelow(z) - chance) / density(z)
    z -= newton / (1 + (z * newton) / 2)
  }
  return z
}

/** The `z` beyond which, on both sides together, a standard normal variable lies with this chance. */
export const normalBeyond = (error: number): number => -normalQuantile(error / 2)
