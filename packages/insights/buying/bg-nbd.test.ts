import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type BgNbd, fitBgNbd, likelihoodOf } from './bg-nbd.ts'
import { expectGradient } from './gradients.fixture.ts'
import { gatherHistories } from './histories.ts'
import { aliveChance, expectedNext, expectedPurchases, nextChance, purchasesChance } from './model.ts'
import { bgNbdShop } from './shops.fixture.ts'

const cdnow: BgNbd = { type: 'bg-nbd', r: 0.242_596_7, alpha: 4.413_659, a: 0.792_986_9, b: 2.426_164 }
const strange: readonly BgNbd[] = [
  { type: 'bg-nbd', r: 5, alpha: 2, a: 1.5, b: 0.5 },
  { type: 'bg-nbd', r: 0.01, alpha: 100, a: 0.3, b: 0.2 },
  { type: 'bg-nbd', r: 3, alpha: 0.01, a: 20, b: 0.01 },
  { type: 'bg-nbd', r: 50, alpha: 50, a: 2.5, b: 1000 },
  { type: 'bg-nbd', r: 0.7444, alpha: 9.048, a: 6e-7, b: 14_297 },
]

describe('BG/NBD on CDNOW, with the parameters of its sample', () => {
  test('a new member is expected to buy 1.444004 times within a year', () => {
    expect(expectedPurchases(cdnow, 52)).toBeCloseTo(1.444_004, 6)
  })

  test('a member of 26 purchases is there with 0.9688523, and expected to buy 25.75659 times more', () => {
    const often = { x: 26, tx: 30.857_142_857, T: 31 }
    expect(aliveChance(cdnow, often)).toBeCloseTo(0.968_852_3, 7)
    expect(expectedNext(cdnow, often, 52)).toBeCloseTo(25.756_59, 5)
  })

  test('with the published parameters the example of the paper is expected to buy 1.226 times', () => {
    const published = { type: 'bg-nbd', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } as const
    expect(expectedNext(published, { x: 2, tx: 30.43, T: 38.86 }, 39)).toBeCloseTo(1.226, 3)
  })
})

describe('BG/NBD elsewhere', () => {
  // The closed form of the paper's equations 9 and 10 with 40 digits, by mpmath 1.3: for a new member, then for one of 2,000
  // purchases, the last in week 30 of 31, and 10 weeks more.
  test.each([
    [strange[0], 1.892_448_924_364_16, 1.062_592_984_093_89e-21],
    [strange[1], 0.004_563_851_640_438_49, 0.221_867_604_829_814],
    [strange[2], 1.000_526_315_782_34, 3.233_626_180_814_45e-25],
    [strange[3], 48.764_643_560_532_1, 2.391_582_758_550_55e-6],
    [strange[4], 4.278_160_918_640_58, 1.446_406_214_929_98e-9],
  ])('expectations of %o agree with the closed form', (model = cdnow, fresh, often) => {
    expect(expectedPurchases(model, 52) / fresh).toBeCloseTo(1, 11)
    expect(expectedNext(model, { x: 2000, tx: 30, T: 31 }, 10) / often).toBeCloseTo(1, 9)
  })

  test('at a = 1, where the closed form divides by nothing, it lies between its neighbours', () => {
    const [below, at, above] = [0.999_999, 1, 1.000_001].map((a) => expectedPurchases({ ...cdnow, a }, 52))
    expect(at).toBeLessThan(below ?? 0)
    expect(at).toBeGreaterThan(above ?? 0)
    expect((below ?? 0) - (above ?? 0)).toBeLessThan(1e-5)
  })

  test('masses sum to 1, and their mean is what is expected', () => {
    for (const model of [cdnow, ...strange.slice(0, 2)]) {
      for (const chanceOf of [
        (n: number) => purchasesChance(model, n, 4),
        (n: number) => nextChance(model, { x: 3, tx: 9, T: 12 }, n, 4),
      ]) {
        const masses = times(150, chanceOf)
        expect(Math.min(...masses)).toBeGreaterThanOrEqual(0)
        expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 10)
      }
      const mean = times(150, (n) => n * purchasesChance(model, n, 4)).reduce((sum, part) => sum + part, 0)
      expect(mean).toBeCloseTo(expectedPurchases(model, 4), 9)
    }
  })

  test('nothing is expected of no time', () => {
    expect(expectedPurchases(cdnow, 0)).toBe(0)
    expect([0, 1].map((n) => purchasesChance(cdnow, n, 0))).toEqual([1, 0])
  })

  test('the chance of being there falls with each week of silence, from 1 for who has never come back', () => {
    expect(aliveChance(cdnow, { x: 0, tx: 0, T: 500 })).toBe(1)
    const chances = [10, 12, 20, 40, 1e6].map((T) => aliveChance(cdnow, { x: 5, tx: 10, T }))
    expect(chances).toEqual(chances.toSorted((one, other) => other - one))
    expect(chances.at(-1)).toBeGreaterThanOrEqual(0)
  })
})

describe('fitting BG/NBD', () => {
  const shop = bgNbdShop(seeded(11), cdnow, 20_000, { weeks: 39, heldOut: 39 })

  test('the gradient is the slope of the likelihood, also far from its top', () => {
    const histories = told(gatherHistories(shop.slice(0, 500)))
    for (const at of [
      [0.243, 4.414, 0.793, 2.426],
      [1, 30, 1, 1],
      [5, 2, 0.01, 300],
    ]) {
      expectGradient(likelihoodOf(histories), at)
    }
  })

  test('INS-2 finds what a shop was made of within three standard errors, and predicts what it then sold', () => {
    const fit = fitBgNbd(shop)
    if (fit.type === 'untold') throw new Error(fit.sentence)
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const error = fit.errors[name] ?? 0
      expect(error).toBeGreaterThan(0)
      expect(Math.abs(fit.model[name] - cdnow[name])).toBeLessThan(3 * error)
    }
    const predicted = shop.reduce((sum, member) => sum + expectedNext(fit.model, member, 39), 0)
    const realised = shop.reduce((sum, { next }) => sum + next, 0)
    // The totals of such shops differ by a standard deviation of 2 % from each other; three of these.
    expect(Math.abs(predicted / realised - 1)).toBeLessThan(0.06)
  })

  test('INS-2 where nobody ever leaves, what leaving looks like is not told, and the rest is', () => {
    const loyal = bgNbdShop(seeded(12), { ...cdnow, r: 2, a: 1e-9, b: 1 }, 1000, { weeks: 39, heldOut: 0 })
    const fit = fitBgNbd(loyal)
    if (fit.type === 'untold') throw new Error(fit.sentence)
    expect(fit.errors).toMatchObject({ a: null, r: expect.any(Number), alpha: expect.any(Number) })
    expect(Math.abs(fit.model.r - 2)).toBeLessThan(3 * (fit.errors.r ?? 0))
    expect(aliveChance(fit.model, { x: 5, tx: 5, T: 10 })).toBeGreaterThan(0.999)
  })
})
