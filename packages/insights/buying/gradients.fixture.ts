import { expect } from 'vitest'
import type { Likelihood } from './fit.ts'

/** Each part of the gradient is the slope that central differences of the value have. */
export function expectGradient(likelihood: Likelihood, at: readonly number[]): void {
  const gradient = at.map(() => 0)
  likelihood(at, gradient)
  for (const [i, part] of at.entries()) {
    const width = 1e-5 * part
    const valueAt = (moved: number) =>
      likelihood(
        at.map((other, j) => (i === j ? moved : other)),
        at.map(() => 0),
      )
    const slope = (valueAt(part + width) - valueAt(part - width)) / (2 * width)
    // By the scale of the parameter: a slope matters as far as the parameter can move.
    expect(((gradient[i] ?? 0) - slope) * part, `part ${i} at ${at.join(', ')}`).toBeCloseTo(0, 4)
  }
}
