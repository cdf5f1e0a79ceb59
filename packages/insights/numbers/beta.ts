import { logBeta } from './gamma.ts'

// Lentz' method needs about the root of the larger parameter in steps; 100,000 members need some hundred.
const STEPS_MAX = 10_000
const TINY = 1e-300

/**
 * The chance that a beta variable with parameters `a` and `b`, both above zero, is `x` or less: the regularised incomplete beta
 * function, as a continued fraction (Abramowitz & Stegun 26.5.8; Press et al., Numerical Recipes, 3rd edition 2007, 6.4).
 */
export function betaBelow(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b))
  // On its own side of the mean the fraction settles fast, on the other not at all.
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b
}

function fraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < STEPS_MAX; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return value
}

// Halving alone needs 1,074 steps down to the smallest double; with Newton's steps between, 20 are usual.
const HALVINGS_MAX = 1100

/** The `x` that a beta variable stays below with this chance, by Newton's method kept within a bracket that only shrinks. */
export function betaQuantile(chance: number, a: number, b: number): number {
  if (chance <= 0) return 0
  if (chance >= 1) return 1
  let [low, high, x] = [0, 1, a / (a + b)]
  const scale = logBeta(a, b)
  for (let step = 0; step < HALVINGS_MAX; step++) {
    const over = betaBelow(x, a, b) - chance
    if (over === 0) return x
    if (over > 0) high = x
    else low = x
    const slope = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - scale)
    const newton = x - over / slope
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 1e-15 * x) return next
    x = next
  }
  return x
}
