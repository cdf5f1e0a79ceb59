import { describe, expect, test } from 'vitest'
import { betaBelow, betaQuantile } from './beta.ts'
import { normalBelow, normalBeyond, normalQuantile } from './normal.ts'
import { studentBeyond } from './student.ts'

const closeTo = (value: number, digits = 12) => expect.closeTo(value, digits)

describe('the normal distribution', () => {
  // Abramowitz & Stegun, table 26.1; the tail at 10 from table 26.2 (-log Q(10) = 23.11805).
  test.each([
    [0, 0.5],
    [1, 0.841_344_746_068_543],
    [1.96, 0.975_002_104_851_78],
    [3, 0.998_650_101_968_37],
    [3.5, 0.999_767_370_920_964],
  ])('below %d lies %d', (z, chance) => {
    expect(normalBelow(z)).toEqual(closeTo(chance))
    expect(normalBelow(-z)).toEqual(closeTo(1 - chance))
  })

  test('far tails keep their digits', () => {
    expect(-Math.log10(normalBelow(-10))).toEqual(closeTo(23.118_05, 4))
    expect(normalBelow(-40)).toBe(0)
    expect(normalBelow(40)).toBe(1)
  })

  test('a quantile is where that much lies below', () => {
    for (const chance of [1e-300, 1e-12, 0.001, 0.2, 0.5, 0.5001, 0.975, 0.999_999]) {
      expect(normalBelow(normalQuantile(chance)) / chance).toEqual(closeTo(1))
    }
    expect(normalBeyond(0.05)).toEqual(closeTo(1.959_963_984_540_054))
  })
})

/** The chance of `most` or fewer successes, term by term. */
function binomialUpTo(most: number, trials: number, chance: number): number {
  let [term, sum] = [(1 - chance) ** trials, 0]
  for (let count = 0; count <= most; count++) {
    sum += term
    term *= (((trials - count) / (count + 1)) * chance) / (1 - chance)
  }
  return sum
}

describe('the beta distribution', () => {
  test('is what binomial sums are (Abramowitz & Stegun 26.5.24)', () => {
    for (const [most, trials, chance] of [
      [0, 1, 0.3],
      [2, 10, 0.1],
      [30, 80, 0.4],
      [79, 80, 0.9],
    ] as const) {
      expect(1 - betaBelow(chance, most + 1, trials - most)).toEqual(closeTo(binomialUpTo(most, trials, chance)))
    }
  })

  test('a quantile is where that much lies below, also where all lies at an end', () => {
    for (const [a, b] of [
      [0.5, 0.5],
      [1, 1],
      [0.5, 300],
      [2, 7],
      [40, 2],
      [5000, 3000],
    ] as const) {
      for (const chance of [1e-6, 0.01, 0.3, 0.5, 0.9, 0.9999]) {
        expect(betaBelow(betaQuantile(chance, a, b), a, b)).toEqual(closeTo(chance, 10))
      }
    }
    expect([betaQuantile(0, 2, 2), betaQuantile(1, 2, 2)]).toEqual([0, 1])
  })
})

describe("Student's distribution", () => {
  // The usual table of t for 95 % on both sides, as in Fisher & Yates.
  test.each([
    [1, 12.706],
    [2, 4.303],
    [5, 2.571],
    [30, 2.042],
    [120, 1.98],
  ])('with %i degrees 5 %% lie beyond %d', (degrees, t) => {
    expect(studentBeyond(0.05, degrees)).toEqual(closeTo(t, 3))
  })

  test('with one degree it is that of Cauchy, with very many the normal one', () => {
    expect(studentBeyond(0.5, 1)).toEqual(closeTo(1))
    expect(studentBeyond(0.05, 999_999)).toEqual(closeTo(studentBeyond(0.05, 1_000_000), 4))
  })
})
