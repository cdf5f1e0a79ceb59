import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { expectGradient } from './gradients.fixture.ts'
import { gatherHistories, type History } from './histories.ts'
import { aliveChance, expectedNext, expectedPurchases, nextChance, purchasesChance } from './model.ts'
import { fitParetoNbd, likelihoodOf, type ParetoNbd } from './pareto-nbd.ts'
import { paretoNbdShop } from './shops.fixture.ts'

const cdnow: ParetoNbd = { type: 'pareto-nbd', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }

const likelihood = ({ r, alpha, s, beta }: ParetoNbd, members: readonly History[]): number => {
  const histories = told(gatherHistories(members))
  return likelihoodOf(histories)([r, alpha, s, beta], [0, 0, 0, 0])
}

describe('Pareto/NBD on CDNOW, as published', () => {
  test('a member of 26 purchases is there with 0.9979, and expected to buy 25.46 times within a year (BTYD walkthrough)', () => {
    const often = { x: 26, tx: 30.86, T: 31 }
    expect(aliveChance({ ...cdnow, r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 }, often)).toBeCloseTo(0.9979, 4)
    expect(expectedNext(cdnow, often, 52)).toBeCloseTo(25.46, 2)
  })

  test('a new member is expected to buy 1.473 times within a year (BTYD walkthrough)', () => {
    expect(expectedPurchases(cdnow, 52)).toBeCloseTo(1.473, 3)
  })
})

describe('Pareto/NBD elsewhere', () => {
  // Likelihood and chance of being there with 40 digits by mpmath 1.3, from the integral over the moment of leaving in
  // 1,000 parts; the last, where alpha is beta, from its closed form.
  test.each([
    [[0.5143, 2.8845, 0.2856, 14.1087], [221, 103.428_57, 103.571_43], -61.584_648_561_729_2, 0.999_596_052_317_938],
    [[0.553, 10.578, 0.606, 11.669], [26, 30.857_142_857, 31], -39.131_626_976_114_4, 0.997_874_260_607_716],
    [[0.553, 10.578, 0.606, 11.669], [0, 0, 38.857_142_857_142_854], -0.521_036_856_410_157, 0.295_303_374_265_796],
    [[0.553, 10.578, 0.606, 11.669], [2, 30.43, 38.86], -9.554_283_245_150_41, 0.869_167_559_153_011],
    [[10.465, 0.007_985_651_81, 3.0516, 2.82], [400, 5, 6], 1323.188_930_967_82, 5.137_458_113_319_42e-31],
    [[10.465, 0.007_985_651_81, 3.0516, 2.82], [500, 1, 37], 2594.404_454_622_76, 0],
    [[1000, 1000, 0.001, 0.001], [221, 0.1, 200], 16.277_294_549_569_4, 1.266_598_980_209_54e-94],
    [[0.01, 1e-6, 50, 1e4], [3, 0.5, 1e5], -8.643_513_842_174_34, 7.615_765_081_551_04e-66],
    [[0.3, 5, 1e-6, 1e6], [40, 10, 100], -30.605_800_771_074_7, 2.295_381_048_976_17e-22],
    [[5, 3, 5, 3], [1000, 1, 1000], 4542.111_681_265_18, 0],
  ] as const)('of %j, %j the likelihood is %d, the chance of being there %d', (parameters, history, value, alive) => {
    const [[r, alpha, s, beta], [x, tx, T]] = [parameters, history]
    const model = { type: 'pareto-nbd', r, alpha, s, beta } as const
    expect(likelihood(model, [{ x, tx, T }]) / value).toBeCloseTo(1, 10)
    const chance = aliveChance(model, { x, tx, T })
    if (alive === 0) expect(chance).toBe(0)
    else expect(chance / alive).toBeCloseTo(1, 9)
  })

  // By mpmath 1.3, integrated over the moment of leaving.
  test.each([
    [0, 0.593_625_031_602_384],
    [1, 0.165_562_947_277_175],
    [5, 0.021_484_828_361_821],
    [20, 0.000_257_831_276_060_586],
  ])('%d purchases in 39 weeks have the chance %d', (n, chance) => {
    expect(purchasesChance(cdnow, n, 39)).toBeCloseTo(chance, 13)
  })

  test('masses sum to 1, and their mean is what is expected', () => {
    const history = { x: 3, tx: 9, T: 12 }
    const massesOf = (chanceOf: (n: number) => number) => times(400, chanceOf)
    const fresh = massesOf((n) => purchasesChance(cdnow, n, 10))
    const known = massesOf((n) => nextChance(cdnow, history, n, 10))
    for (const masses of [fresh, known]) expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 10)
    const meanOf = (masses: readonly number[]) => masses.reduce((sum, mass, n) => sum + n * mass, 0)
    expect(meanOf(fresh)).toBeCloseTo(expectedPurchases(cdnow, 10), 9)
    expect(meanOf(known)).toBeCloseTo(expectedNext(cdnow, history, 10), 9)
  })

  test('at s = 1, where the published form divides by nothing, expectations lie between their neighbours', () => {
    const [below, at, above] = [0.999_999, 1, 1.000_001].map((s) => expectedPurchases({ ...cdnow, s }, 52))
    expect(at).toBeLessThan(below ?? 0)
    expect(at).toBeGreaterThan(above ?? 0)
  })

  test('whatever the parameters and the history, the likelihood is a finite number', () => {
    const parameter = fc.double({ min: -10, max: 10, noNaN: true }).map(Math.exp)
    const history = fc
      .tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }))
      .map(([x, last, silent]) => ({ x, tx: x === 0 ? 0 : last / 7, T: (last + silent) / 7 }))
    fc.assert(
      fc.property(parameter, parameter, parameter, parameter, history, (r, alpha, s, beta, member) => {
        expect(Number.isFinite(likelihood({ type: 'pareto-nbd', r, alpha, s, beta }, [member]))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('fitting Pareto/NBD', () => {
  const shop = paretoNbdShop(seeded(21), cdnow, 5000, { weeks: 39, heldOut: 39 })

  test('the gradient is the slope of the likelihood, also far from its top', () => {
    const histories = told(gatherHistories(shop.slice(0, 200)))
    for (const at of [
      [0.553, 10.578, 0.606, 11.669],
      [1, 30, 1, 30],
      [5, 2, 0.01, 300],
      [0.1, 200, 3, 1],
    ]) {
      expectGradient(likelihoodOf(histories), at)
    }
  })

  test('INS-2 finds what a shop was made of within three standard errors, and predicts what it then sold', () => {
    const fit = fitParetoNbd(shop)
    if (fit.type === 'untold') throw new Error(fit.sentence)
    for (const name of ['r', 'alpha', 's', 'beta'] as const) {
      const error = fit.errors[name] ?? 0
      expect(error).toBeGreaterThan(0)
      expect(Math.abs(fit.model[name] - cdnow[name])).toBeLessThan(3 * error)
    }
    const predicted = shop.reduce((sum, member) => sum + expectedNext(fit.model, member, 39), 0)
    const realised = shop.reduce((sum, { next }) => sum + next, 0)
    // The totals of such shops differ by a standard deviation of 4 % from each other; three of these.
    expect(Math.abs(predicted / realised - 1)).toBeLessThan(0.12)
  })
})
