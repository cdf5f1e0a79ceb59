import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { expectedSpend, fitGammaGamma, type GammaGamma, likelihoodOf, spendCorrelation } from './gamma-gamma.ts'
import { expectGradient } from './gradients.fixture.ts'
import { gammaGammaShop } from './shops.fixture.ts'

const cdnow: GammaGamma = { type: 'gamma-gamma', p: 6.25, q: 3.74, gamma: 15.44 }

describe('Gamma-Gamma', () => {
  test('expected spend is that of the authors’ sheet: 24.65 after two purchases of 22.35, 35.17 of the unknown', () => {
    expect(expectedSpend(cdnow, { purchases: 2, mean: 22.35 })).toBeCloseTo(24.66, 2)
    expect(expectedSpend(cdnow, null)).toBeCloseTo(35.22, 2)
  })

  // The mixture of the definition, integrated over the member's own rate by mpmath 1.3.
  test.each([
    [cdnow, { purchases: 2, mean: 22.35 }, -3.551_316_759_731_7, 24.663_713_910_761_2],
    [{ ...cdnow, p: 1.2, q: 2.5, gamma: 10 }, { purchases: 1, mean: 3 }, -2.285_363_886_193_17, 5.777_777_777_777_78],
  ])('likelihood and expectation of %o, %o are those of the mixture', (model, member, value, expected) => {
    const { p, q, gamma } = model
    expect(likelihoodOf([member])([p, q, gamma], [0, 0, 0])).toBeCloseTo(value, 11)
    expect(expectedSpend(model, member)).toBeCloseTo(expected, 11)
  })

  test('with ever more purchases what was seen is what is expected', () => {
    expect(expectedSpend(cdnow, { purchases: 1e9, mean: 80 })).toBeCloseTo(80, 5)
  })

  test('INS-1 where few spend without measure, there is no mean of the unknown, and one of the known', () => {
    const wide = { ...cdnow, q: 0.9 }
    expect(expectedSpend(wide, null)).toMatchObject({ type: 'untold', reason: 'no-mean-spend' })
    expect(expectedSpend(wide, { purchases: 3, mean: 10 })).toBeGreaterThan(10)
  })
})

describe('fitting Gamma-Gamma', () => {
  const shop = gammaGammaShop(seeded(41), cdnow, 5000)

  test('the gradient is the slope of the likelihood', () => {
    for (const at of [
      [6.25, 3.74, 15.44],
      [1, 2, 40],
      [0.3, 20, 3],
    ]) {
      expectGradient(likelihoodOf(shop.slice(0, 200)), at)
    }
  })

  test('finds what a shop was made of within three standard errors, in any unit of money', () => {
    const [fit, inPence] = [
      fitGammaGamma(shop),
      fitGammaGamma(shop.map((each) => ({ ...each, mean: each.mean * 100 }))),
    ]
    if (fit.type === 'untold' || inPence.type === 'untold') throw new Error('not told')
    for (const name of ['p', 'q', 'gamma'] as const) {
      expect(Math.abs(fit.model[name] - cdnow[name])).toBeLessThan(3 * (fit.errors[name] ?? 0))
    }
    expect(inPence.model.gamma / fit.model.gamma).toBeCloseTo(100, 3)
    expect(inPence.model.q).toBeCloseTo(fit.model.q, 5)
  })

  test('INS-1 what does not tell how spending differs is said', () => {
    const spend = { purchases: 2, mean: 10 }
    const reasonOf = (members: Parameters<typeof fitGammaGamma>[0]) => {
      const fit = fitGammaGamma(members)
      return fit.type === 'untold' ? fit.reason : fit.type
    }
    expect(reasonOf([])).toBe('few-spent')
    expect(reasonOf([spend])).toBe('few-spent')
    expect(reasonOf(times(50, () => spend))).toBe('all-alike')
    expect(reasonOf([...shop, { purchases: 2, mean: -3 }])).toBe('impossible-spending')
    expect(reasonOf([...shop, { purchases: 0, mean: 3 }])).toBe('impossible-spending')
    expect(reasonOf([...shop, { purchases: 1, mean: Number.NaN }])).toBe('impossible-spending')
  })
})

describe('whether the frequent spend more', () => {
  const members = times(12, (index) => ({
    purchases: 1 + (index % 3),
    mean: 100 + (index % 3) * 10 + (index % 2) * 20,
  }))

  test('is the correlation, by hand, with an interval that holds it', () => {
    // Purchases vary by 8, spend by 800 + 1,200, and their product by 80, each over eleven: 80 / √(8 × 2,000).
    const { correlation } = told(spendCorrelation(members))
    expect(correlation).toMatchObject({ value: expect.closeTo(80 / Math.sqrt(8 * 2000), 12) })
    // tanh(atanh(0.6325) ± 1.96 / 3)
    expect(correlation).toMatchObject({ low: expect.closeTo(0.0919, 4), high: expect.closeTo(0.8851, 4) })
  })

  test('is 1 where spend follows purchases exactly', () => {
    const exact = members.map(({ purchases }) => ({ purchases, mean: 0.1 * purchases }))
    expect(told(spendCorrelation(exact)).correlation).toEqual({
      value: expect.closeTo(1, 12),
      low: expect.closeTo(1, 6),
      high: expect.closeTo(1, 6),
    })
  })

  test('INS-1 is not told by a few, nor where nothing varies', () => {
    expect(spendCorrelation(members.slice(0, 9))).toMatchObject({ type: 'untold', reason: 'few-spent' })
    const alike = members.map((member) => ({ ...member, purchases: 2 }))
    expect(spendCorrelation(alike)).toMatchObject({ type: 'untold', reason: 'all-alike' })
    expect(spendCorrelation(members, 0)).toMatchObject({ type: 'untold', reason: 'no-error' })
  })
})
