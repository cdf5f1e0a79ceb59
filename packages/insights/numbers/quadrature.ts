/** Nodes and weights of Gauss' quadrature on 0 to 1. */
export interface Quadrature {
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

/** Gauss and Legendre with `n` points: exact for polynomials up to degree 2n - 1 (Newton's method on Legendre's recurrence). */
export function gaussLegendre(n: number): Quadrature {
  const nodes: number[] = []
  const weights: number[] = []
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let round = 0; round < 100; round++) {
      let [before, here] = [1, x]
      for (let k = 2; k <= n; k++) [before, here] = [here, ((2 * k - 1) * x * here - (k - 1) * before) / k]
      slope = (n * (x * here - before)) / (x * x - 1)
      const change = here / slope
      x -= change
      if (Math.abs(change) < 1e-16) break
    }
    nodes.push((1 - x) / 2)
    weights.push(1 / ((1 - x * x) * slope * slope))
  }
  return { nodes, weights }
}
