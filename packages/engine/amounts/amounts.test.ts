import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fraction, mulDiv, type Rounding } from './fraction.ts'
import { prorate } from './prorate.ts'

const roundings: readonly Rounding[] = ['floor', 'ceil', 'half-up', 'half-even']

/** The definition, in big integers, by looking at both neighbours. */
function slowly(a: number, numerator: number, denominator: number, rounding: Rounding): number {
  const product = BigInt(a) * BigInt(numerator)
  const over = BigInt(denominator)
  let below = product / over
  if (below * over > product) below -= 1n
  const rest = product - below * over
  if (rest === 0n) return Number(below)
  const half = rest * 2n === over
  const above = rest * 2n > over
  const up = { floor: false, ceil: true, 'half-up': above || half, 'half-even': above || (half && below % 2n !== 0n) }
  return Number(up[rounding] ? below + 1n : below)
}

describe('AMT-1: amounts are exact', () => {
  test('a product that leaves the safe range of a double is rounded as truly as a small one', () => {
    const sizes = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1e9, max: 1e9 }))
    fc.assert(
      fc.property(
        sizes,
        sizes,
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(...roundings),
        (a, b, c, rounding) => {
          const expected = slowly(a, b, c, rounding)
          fc.pre(Number.isSafeInteger(expected))
          expect(mulDiv(a, b, c, rounding) + 0).toBe(expected + 0)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test.each([
    ['floor', 1, -1],
    ['ceil', 2, 0],
    ['half-up', 2, 0],
    ['half-even', 2, 0],
  ] as const)('%s sends 1.5 to %i and -0.5 to %i', (rounding, up, down) => {
    expect(mulDiv(3, 1, 2, rounding)).toBe(up)
    expect(mulDiv(-1, 1, 2, rounding) + 0).toBe(down)
  })

  test('a result that no amount can hold is an error, never a rounded number', () => {
    expect(() => mulDiv(Number.MAX_SAFE_INTEGER, 3, 1, 'floor')).toThrow(RangeError)
    expect(() => fraction(0.5, 1)).toThrow(RangeError)
    expect(() => fraction(1, 0)).toThrow(RangeError)
  })

  test('a fraction is kept in lowest terms', () => {
    expect(fraction(150, 100)).toEqual({ numerator: 3, denominator: 2 })
  })
})

describe('AMT-2: what is spread adds up', () => {
  const weights = fc.array(fc.nat({ max: 1e9 }), { minLength: 1, maxLength: 12 })

  test('parts sum to the amount and none is further than one from its exact share', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1e10 }), weights, (amount, list) => {
        const total = list.reduce((sum, weight) => sum + weight, 0)
        const parts = prorate(amount, list)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total === 0 ? 0 : amount)
        for (const [index, weight] of list.entries()) {
          if (total === 0) continue
          const floor = mulDiv(weight, amount, total, 'floor')
          expect([floor, floor + 1]).toContain(parts[index])
        }
      }),
    )
  })

  test('ties go to the earlier line', () => {
    expect(prorate(50, [1111, 1111, 1111])).toEqual([17, 17, 16])
    expect(prorate(49, [1111, 1111, 1111])).toEqual([17, 16, 16])
    expect(prorate(1000, [19_900, 19_900, 19_900])).toEqual([334, 333, 333])
  })

  test('nothing is spread over nothing', () => {
    expect(prorate(7, [0, 0])).toEqual([0, 0])
    expect(prorate(0, [3, 4])).toEqual([0, 0])
  })
})
