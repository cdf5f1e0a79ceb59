/** A function to minimise: its value, and its gradient written into the given array. */
export type Objective = (at: readonly number[], gradient: number[]) => number

export interface Minimum {
  readonly at: readonly number[]
  readonly value: number
  readonly steps: number
  /** Whether a further step promises nothing; false: the limit of steps ended the search, or rounding did too early. */
  readonly settled: boolean
}

// A fit of four parameters settles in 20 to 60 steps; more says that the data cannot tell the parameters apart.
const STEPS_MAX = 500
const SUFFICIENT = 1e-4 // Armijo's condition
const CURVED = 0.9 // Wolfe's condition, as for quasi-Newton steps (Nocedal & Wright 2006, 3.1)
const HALVINGS_MAX = 60
// A thousand times the tolerance is still far below one unit of log-likelihood.
const ROUNDING = 1000

/**
 * Quasi-Newton by Broyden, Fletcher, Goldfarb and Shanno with a bisecting line search for the weak Wolfe conditions (Nocedal &
 * Wright, Numerical Optimization, 2006, algorithm 6.1; Lewis & Overton 2013, algorithm 2.6). Unbounded: parameters that must stay
 * above zero come in as logarithms. It ends where a further step promises to lower the value by less than `tolerance`, relative to
 * the value at the start: of a log-likelihood of thousands, by less than anybody could ever tell.
 */
export function minimize(objective: Objective, start: readonly number[], tolerance = 1e-13): Minimum {
  let at = [...start]
  let gradient = at.map(() => 0)
  let value = objective(at, gradient)
  const least = tolerance * Math.max(1, Math.abs(value))
  let inverse = identity(start.length, 1)
  let fresh = true
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const direction = inverse.map((row) => -dot(row, gradient))
    const promise = -0.5 * dot(direction, gradient)
    if (promise >= 0 && promise <= least) return { at, value, steps, settled: true }
    const found =
      promise > 0 ? search(objective, at, value, gradient, direction, fresh ? firstStep(gradient) : 1) : null
    if (found === null) {
      // Straight down is tried before giving up; where rounding hides that too, what is left of the promise is rounding.
      if (fresh) return { at, value, steps, settled: promise <= ROUNDING * least }
      inverse = identity(start.length, 1)
      fresh = true
      continue
    }
    const moved = found.at.map((part, i) => part - (at[i] ?? 0))
    const turned = found.gradient.map((part, i) => part - (gradient[i] ?? 0))
    const curvature = dot(moved, turned)
    if (curvature > 0) {
      if (fresh) inverse = identity(start.length, curvature / dot(turned, turned))
      fresh = false
      update(inverse, moved, turned, curvature)
    }
    at = found.at
    gradient = found.gradient
    value = found.value
  }
  return { at, value, steps: STEPS_MAX, settled: false }
}

const identity = (size: number, scale: number): number[][] =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? scale : 0)))

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, part, i) => sum + part * (b[i] ?? 0), 0)

const firstStep = (gradient: readonly number[]): number => Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)))

/** The inverse Hessian after a step (Nocedal & Wright 2006, equation 6.17). */
function update(inverse: number[][], moved: readonly number[], turned: readonly number[], curvature: number): void {
  const weighted = inverse.map((row) => dot(row, turned))
  const factor = (1 + dot(turned, weighted) / curvature) / curvature
  for (const [i, row] of inverse.entries()) {
    for (let j = 0; j < row.length; j++) {
      const cross = (weighted[i] ?? 0) * (moved[j] ?? 0) + (moved[i] ?? 0) * (weighted[j] ?? 0)
      row[j] = (row[j] ?? 0) + factor * (moved[i] ?? 0) * (moved[j] ?? 0) - cross / curvature
    }
  }
}

interface Found {
  readonly at: number[]
  readonly value: number
  readonly gradient: number[]
}

function search(
  objective: Objective,
  from: readonly number[],
  value: number,
  gradient: readonly number[],
  direction: readonly number[],
  first: number,
): Found | null {
  const slope = dot(gradient, direction)
  let [low, high, step] = [0, Number.POSITIVE_INFINITY, first]
  let best: Found | null = null
  for (let tries = 0; tries < HALVINGS_MAX; tries++) {
    const at = from.map((part, i) => part + step * (direction[i] ?? 0))
    const there = at.map(() => 0)
    const reached = objective(at, there)
    if (!(reached <= value + SUFFICIENT * step * slope))
      high = step // also where it is not a number
    else {
      best = { at, value: reached, gradient: there }
      if (dot(there, direction) >= CURVED * slope) return best
      low = step
    }
    step = Number.isFinite(high) ? (low + high) / 2 : 2 * low
  }
  return best !== null && best.value < value ? best : null
}
