import { describe, expect, test } from 'vitest'
import { digamma, digammaRise, logBeta, logGamma, logGammaRise, logSum } from './gamma.ts'

describe('ln Γ', () => {
  test('of a whole number is the logarithm of the factorial before it', () => {
    let factorial = 1
    for (let n = 1; n <= 20; n++) {
      expect(Math.exp(logGamma(n)) / factorial).toBeCloseTo(1, 12)
      factorial *= n
    }
  })

  // Γ(1/2) = √π; the others with 40 digits by mpmath 1.3.
  test.each([
    [0.5, 0.5 * Math.log(Math.PI)],
    [1e-5, 11.512_919_692_895_8],
    [0.3, 1.095_797_994_818_07],
    [1.5, -0.120_782_237_635_245],
    [7.9, 8.324_265_868_008_8],
    [123.456, 469.605_547_129_929],
    [1e6, 12_815_504.569_147_6],
  ])('of %d', (x, value) => {
    expect(logGamma(x) / value).toBeCloseTo(1, 13)
  })
})

describe('ψ', () => {
  // ψ(1) is less by Euler's constant than zero; the others with 40 digits by mpmath 1.3.
  test.each([
    [1, -0.577_215_664_901_532],
    [1e-5, -100_000.577_199_215],
    [0.3, -3.502_524_222_200_13],
    [1.5, 0.036_489_973_978_576_5],
    [7.9, 2.002_238_487_563_57],
    [8.1, 2.028_867_457_080_58],
    [123.456, 4.811_829_323_828_98],
    [1e6, 13.815_510_057_964_1],
  ])('of %d', (x, value) => {
    expect(digamma(x) / value).toBeCloseTo(1, 12)
  })

  test('is the slope of ln Γ', () => {
    for (const x of [0.2, 1, 3.7, 50]) {
      expect(digamma(x)).toBeCloseTo((logGamma(x + 1e-5) - logGamma(x - 1e-5)) / 2e-5, 7)
    }
  })
})

describe('the rise of ln Γ, and of its slope', () => {
  // With 60 digits by mpmath 1.3.
  test.each([
    [0.3, 2.5, -0.579_095_202_830_329, 4.343_071_211_049_55],
    [19.9, 3, 9.116_955_527_523_67, 0.143_760_246_690_181],
    [20, 3, 9.131_297_164_635_73, 0.143_073_593_073_593],
    [25, 0.5, 1.604_438_245_607_63, 0.020_199_960_031_945_7],
    [1000, 1000, 7293.703_024_845_08, 0.693_397_243_059_937],
    [1e8, 3, 55.262_042_261_857_1, 2.999_999_97e-8],
    [1e10, 0.25, 5.756_462_732_475_74, 2.500_000_000_093_75e-11],
    [1e10, 1e6, 23_025_900.928_223_8, 9.999_500_033_830_78e-5],
  ])('from %d by %d', (z, by, rise, slope) => {
    expect(logGammaRise(z, by) / rise).toBeCloseTo(1, 13)
    expect(digammaRise(z, by) / slope).toBeCloseTo(1, 12)
  })

  test('is nothing by nothing', () => {
    for (const z of [0.1, 5, 1e9]) expect([logGammaRise(z, 0), digammaRise(z, 0)]).toEqual([0, 0])
  })
})

test('ln B(1e9, 1e-3) keeps its digits, from either side', () => {
  // By mpmath 1.3.
  expect(logBeta(1e9, 1e-3)).toBeCloseTo(6.886_455_619_547_41, 13)
  expect(logBeta(1e-3, 1e9)).toBe(logBeta(1e9, 1e-3))
})

test('ln B(2, 3) is that of one twelfth', () => {
  expect(logBeta(2, 3)).toBeCloseTo(-Math.log(12), 13)
})

test('a sum of exponentials keeps its logarithm where they themselves leave the range', () => {
  expect(logSum(-1000, -1000)).toBeCloseTo(-1000 + Math.LN2, 12)
  expect(logSum(1000, 0)).toBe(1000)
  expect(logSum(0, Number.NEGATIVE_INFINITY)).toBe(0)
})
