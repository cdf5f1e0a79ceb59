/** A function to minimise: its value, and its gradient written into the given array. */
export type Objective = (at: readonly number[], gradient: number[]) => number

export interface Minimum {
  readonly at: readonly number[]
  readonly value: number
  readonly gradient: readonly number[]
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
 * above zero come in as logarithms. `tolerance` bounds the largest part of the gradient, relative to the value.
 */
export function minimize(objective: Objective, start: readonly number[], tolerance = 1e-9): Minimum {
  const size = start.length
  let at = [...start]
  let gradient = at.map(() => 0)
  let value = objective(at, gradient)
  const inverse = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)))
  let scaled = false
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const bound = tolerance * Math.max(1, Math.abs(value))
    if (gradient.every((part) => Math.abs(part) <= bound)) return { at, value, gradient, steps, settled: true }
    let direction = inverse.map((row) => -dot(row, gradient))
    if (dot(direction, gradient) >= 0) {
      reset(inverse)
      direction = gradient.map((part) => -part)
    }
    const found = search(objective, at, value, gradient, direction, scaled ? 1 : firstStep(gradient))
    // Where rounding hides any further descent, what is left of the gradient is rounding too.
    if (found === null)
      return { at, value, gradient, steps, settled: gradient.every((part) => Math.abs(part) <= 100 * bound) }
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
  return { at, value, gradient, steps: STEPS_MAX, settled: false }
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

/** The Hessian at a point by central differences of the gradient; `step` is relative to each part. */
export function hessianOf(objective: Objective, at: readonly number[], step = 1e-5): number[][] {
  const rows = at.map((part, i) => {
    const width = step * Math.max(1, Math.abs(part))
    const [above, below] = [at.map(() => 0), at.map(() => 0)]
    objective(
      at.map((other, j) => (i === j ? other + width : other)),
      above,
    )
    objective(
      at.map((other, j) => (i === j ? other - width : other)),
      below,
    )
    return above.map((up, j) => (up - (below[j] ?? 0)) / (2 * width))
  })
  return rows.map((row, i) => row.map((part, j) => (part + (rows[j]?.[i] ?? 0)) / 2))
}

/** The inverse of a small square matrix by elimination with the largest pivot; null where it is singular. */
export function inverseOf(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i
    }
    const chosen = rows[pivot]
    const above = rows[column]
    const head = chosen?.[column] ?? 0
    if (!chosen || !above || head === 0 || !Number.isFinite(head)) return null
    rows[pivot] = above
    rows[column] = chosen.map((part) => part / head)
    for (const [i, row] of rows.entries()) {
      const factor = row[column] ?? 0
      if (i === column || factor === 0) continue
      rows[i] = row.map((part, j) => part - factor * (rows[column]?.[j] ?? 0))
    }
  }
  return rows.map((row) => row.slice(size))
}
