/** A function to minimise: its value, and its gradient written into the given array. */
export type Objective = (at: readonly number[], gradient: number[]) => number

export interface Minimum {
  readonly at: readonly number[]
  readonly value: number
  readonly steps: number
  /** Whether the gradient vanished to the tolerance; false: the limit of steps ended it. */
  readonly settled: boolean
}

// A fit of four parameters settles in 20 to 60 steps; more says that the data cannot tell the parameters apart.
const STEPS_MAX = 500
const SUFFICIENT = 1e-4 // Armijo's condition
const CURVED = 0.9 // Wolfe's condition, as for quasi-Newton steps (Nocedal & Wright 2006, 3.1)
const HALVINGS_MAX = 60

/**
 * Quasi-Newton by Broyden, Fletcher, Goldfarb and Shanno with a bisecting line search for the weak Wolfe conditions (Nocedal &
 * Wright, Numerical Optimization, 2006, algorithm 6.1; Lewis & Overton 2013, algorithm 2.6). Unbounded: parameters that must stay
 * above zero come in as logarithms. `tolerance` bounds the largest part of the gradient, relative to the value at the start.
 */
export function minimize(objective: Objective, start: readonly number[], tolerance = 1e-9): Minimum {
  const size = start.length
  let at = [...start]
  let gradient = at.map(() => 0)
  let value = objective(at, gradient)
  const inverse = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))
  const bound = tolerance * Math.max(1, Math.abs(value))
  let scaled = false
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    if (gradient.every((part) => Math.abs(part) <= bound)) return { at, value, steps, settled: true }
    let direction = inverse.map((row) => -dot(row, gradient))
    if (dot(direction, gradient) >= 0) {
      reset(inverse)
      direction = gradient.map((part) => -part)
    }
    const found = search(objective, at, value, gradient, direction, scaled ? 1 : firstStep(gradient))
    // Where rounding hides any further descent, what is left of the gradient is rounding too.
    if (found === null) return { at, value, steps, settled: gradient.every((part) => Math.abs(part) <= 100 * bound) }
    const moved = found.at.map((part, i) => part - (at[i] ?? 0))
    const turned = found.gradient.map((part, i) => part - (gradient[i] ?? 0))
    const curvature = dot(moved, turned)
    if (curvature > 0) {
      if (!scaled) scale(inverse, curvature / dot(turned, turned))
      scaled = true
      update(inverse, moved, turned, curvature)
    }
    at = found.at
    gradient = found.gradient
    value = found.value
  }
  return { at, value, steps: STEPS_MAX, settled: false }
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, part, i) => sum + part * (b[i] ?? 0), 0)

const firstStep = (gradient: readonly number[]): number => Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)))

function reset(inverse: number[][]): void {
  for (const [i, row] of inverse.entries()) for (let j = 0; j < row.length; j++) row[j] = i === j ? 1 : 0
}

function scale(inverse: number[][], by: number): void {
  for (const row of inverse) for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) * by
}

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
