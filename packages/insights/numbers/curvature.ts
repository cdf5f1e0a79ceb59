import type { Objective } from './minimize.ts'

/** The Hessian at a point by central differences of the gradient; `step` is relative to each part. */
export function hessianOf(objective: Objective, at: readonly number[], step = 1e-5): number[][] {
  const rows = at.map((part, i) => {
    const width = step * Math.max(1, Math.abs(part))
    const gradientAt = (moved: number) => {
      const gradient = at.map(() => 0)
      objective(
        at.map((other, j) => (i === j ? moved : other)),
        gradient,
      )
      return gradient
    }
    const [above, below] = [gradientAt(part + width), gradientAt(part - width)]
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
