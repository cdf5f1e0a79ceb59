import { expect, test } from 'vitest'
import { gaussLegendre } from './quadrature.ts'

const integral = (n: number, f: (x: number) => number): number => {
  const { nodes, weights } = gaussLegendre(n)
  return nodes.reduce((sum, node, i) => sum + (weights[i] ?? 0) * f(node), 0)
}

test('two points are those of the table (Abramowitz & Stegun 25.4.30, moved to 0 to 1)', () => {
  const { nodes, weights } = gaussLegendre(2)
  expect(nodes.toSorted()).toEqual([0.5 - Math.sqrt(3) / 6, 0.5 + Math.sqrt(3) / 6].map((x) => expect.closeTo(x, 14)))
  expect(weights).toEqual([expect.closeTo(0.5, 14), expect.closeTo(0.5, 14)])
})

test('n points are exact up to degree 2n - 1, and not beyond', () => {
  for (const n of [1, 3, 5, 16]) {
    for (let degree = 0; degree < 2 * n; degree++)
      expect(integral(n, (x) => x ** degree)).toBeCloseTo(1 / (degree + 1), 13)
  }
  expect(Math.abs(integral(3, (x) => x ** 6) - 1 / 7)).toBeGreaterThan(1e-5)
})

test('forty points integrate an exponential that falls by 36 foldings', () => {
  expect(integral(40, (x) => 36 * Math.exp(-36 * x))).toBeCloseTo(1 - Math.exp(-36), 12)
})
