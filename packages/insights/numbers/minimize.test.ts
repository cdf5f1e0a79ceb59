import { describe, expect, test } from 'vitest'
import { hessianOf, inverseOf } from './curvature.ts'
import { minimize, type Objective } from './minimize.ts'

/** (x - 3)² + 10 (y + 1)² + (x - 3)(y + 1): its Hessian is 2, 1, 1, 20 everywhere. */
const bowl: Objective = ([x = 0, y = 0], gradient) => {
  gradient[0] = 2 * (x - 3) + (y + 1)
  gradient[1] = 20 * (y + 1) + (x - 3)
  return (x - 3) ** 2 + 10 * (y + 1) ** 2 + (x - 3) * (y + 1)
}

/** Rosenbrock's curved valley (1960), with its minimum at 1, 1. */
const valley: Objective = ([x = 0, y = 0], gradient) => {
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x)
  gradient[1] = 200 * (y - x * x)
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2
}

describe('minimize', () => {
  test('finds the bottom of a bowl', () => {
    const { at, value, settled } = minimize(bowl, [100, 100])
    expect(settled).toBe(true)
    expect(at[0]).toBeCloseTo(3, 3)
    expect(at[1]).toBeCloseTo(-1, 3)
    // A tolerance of 1e-13 of the 122,000 at the start.
    expect(value).toBeLessThan(1.3e-8)
  })

  test('follows a curved valley to its end', () => {
    const { at, settled, steps } = minimize(valley, [-1.2, 1])
    expect(settled).toBe(true)
    expect(at[0]).toBeCloseTo(1, 4)
    expect(at[1]).toBeCloseTo(1, 4)
    expect(steps).toBeLessThan(100)
  })

  test('keeps out of where the value is not a number', () => {
    const walled: Objective = ([x = 0], gradient) => {
      gradient[0] = 1 - 1 / x
      return x > 0 ? x - Math.log(x) : Number.NaN
    }
    expect(minimize(walled, [50]).at[0]).toBeCloseTo(1, 4)
  })

  test('says that it has not settled where there is no minimum', () => {
    const slope: Objective = ([x = 0], gradient) => {
      gradient[0] = 1
      return x
    }
    expect(minimize(slope, [0]).settled).toBe(false)
  })
})

test('a Hessian by differences is that of the bowl, and its inverse undoes it', () => {
  const hessian = hessianOf(bowl, [3, -1])
  for (const [i, row] of [
    [2, 1],
    [1, 20],
  ].entries()) {
    for (const [j, part] of row.entries()) expect(hessian[i]?.[j]).toBeCloseTo(part, 6)
  }
  // 1/39 of 20, -1, -1, 2
  const inverse = inverseOf([
    [2, 1],
    [1, 20],
  ])
  expect(inverse?.flat().map((part) => part * 39)).toEqual([20, -1, -1, 2].map((part) => expect.closeTo(part, 12)))
})

test('a matrix with zeros in its corner is inverted, a singular one is not', () => {
  const swap = [
    [0, 1],
    [1, 0],
  ]
  expect(inverseOf(swap)).toEqual(swap)
  expect(
    inverseOf([
      [1, 2],
      [2, 4],
    ]),
  ).toBeNull()
})
