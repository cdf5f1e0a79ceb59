import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { told } from '../told.fixture.ts'
import { type BgBb, fitBgBb, likelihoodOf } from './bg-bb.ts'
import { expectGradient } from './gradients.fixture.ts'
import { gatherHistories, type History } from './histories.ts'
import { aliveChance, expectedNext, expectedPurchases, nextChance, purchasesChance } from './model.ts'
import { bgBbShop } from './shops.fixture.ts'

/** Donors of 1995 by further years with a gift, last such year, and how many: Fader, Hardie & Shang 2010, table 2. */
const donors: readonly (readonly [number, number, number])[] = [
  [0, 0, 3464],
  ...(
    [
      [1, 1091],
      [2, 277],
      [3, 129],
      [4, 78],
      [5, 119],
      [6, 129],
    ] as const
  ).map(([tx, count]) => [1, tx, count] as const),
  ...(
    [
      [2, 613],
      [3, 255],
      [4, 155],
      [5, 173],
      [6, 234],
    ] as const
  ).map(([tx, count]) => [2, tx, count] as const),
  ...(
    [
      [3, 322],
      [4, 181],
      [5, 225],
      [6, 357],
    ] as const
  ).map(([tx, count]) => [3, tx, count] as const),
  ...(
    [
      [4, 240],
      [5, 284],
      [6, 512],
    ] as const
  ).map(([tx, count]) => [4, tx, count] as const),
  [5, 5, 335],
  [5, 6, 728],
  [6, 6, 1203],
]
const members: readonly History[] = donors.flatMap(([x, tx, count]) => times(count, () => ({ x, tx, T: 6 })))

const published: BgBb = { type: 'bg-bb', alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }

describe('BG/BB on the donors of the paper', () => {
  const fit = fitBgBb(members)
  const model = fit.type === 'told' ? fit.model : published

  test('has the published parameters, at the published likelihood of -33225.6', () => {
    expect(fit).toMatchObject({ type: 'told', members: 11_104, logLikelihood: expect.closeTo(-33_225.6, 1) })
    for (const name of ['alpha', 'beta', 'gamma', 'delta'] as const) {
      expect(Math.abs(model[name] / published[name] - 1)).toBeLessThan(0.001)
    }
  })

  test('in six years 3454.9 are expected never to give again and 1253.1 each year (the authors’ sheets)', () => {
    expect(11_104 * purchasesChance(model, 0, 6)).toBeCloseTo(3454.9, 0)
    expect(11_104 * purchasesChance(model, 6, 6)).toBeCloseTo(1253.1, 0)
  })

  test('12884.2 gifts are expected in the five years after (the authors’ sheets)', () => {
    expect(members.reduce((sum, member) => sum + expectedNext(model, member, 5), 0)).toBeCloseTo(12_884.2, 0)
  })

  test('the chance of being there a year later is that of table 6: 0.11, 0.59 and 0.93', () => {
    const { gamma, delta } = model
    const aYearLater = (history: History) => (aliveChance(model, history) * (delta + 6)) / (gamma + delta + 6)
    expect(aYearLater({ x: 0, tx: 0, T: 6 })).toBeCloseTo(0.11, 2)
    expect(aYearLater({ x: 2, tx: 4, T: 6 })).toBeCloseTo(0.59, 2)
    expect(aYearLater({ x: 6, tx: 6, T: 6 })).toBeCloseTo(0.93, 2)
  })
})

/** Every way to have bought or not at so many occasions, as a history. */
const allWays = (occasions: number): History[] =>
  times(2 ** occasions, (way) => {
    const bought = times(occasions, (occasion) => ((way >> occasion) & 1) === 1)
    return { x: bought.filter(Boolean).length, tx: bought.lastIndexOf(true) + 1, T: occasions }
  })

describe('BG/BB elsewhere', () => {
  const odd: BgBb = { type: 'bg-bb', alpha: 0.3, beta: 5, gamma: 40, delta: 0.2 }
  const chanceOf = ({ alpha, beta, gamma, delta }: BgBb, history: History): number => {
    const histories = told(gatherHistories([history]))
    return Math.exp(likelihoodOf(histories)([alpha, beta, gamma, delta], [0, 0, 0, 0]))
  }

  test.each([published, odd])('the chances of all ways to buy sum to 1, and count up to the masses: %o', (model) => {
    const ways = allWays(5)
    expect(ways.reduce((sum, way) => sum + chanceOf(model, way), 0)).toBeCloseTo(1, 12)
    for (let n = 0; n <= 5; n++) {
      const counted = ways.filter(({ x }) => x === n).reduce((sum, way) => sum + chanceOf(model, way), 0)
      expect(purchasesChance(model, n, 5)).toBeCloseTo(counted, 12)
    }
    expect(purchasesChance(model, 6, 5)).toBe(0)
  })

  test.each([published, odd])(
    'the mean of the masses is what is expected, of the new and of the known: %o',
    (model) => {
      const known = { x: 2, tx: 3, T: 4 }
      const mean = (chance: (n: number) => number) =>
        times(9, (n) => n * chance(n)).reduce((sum, part) => sum + part, 0)
      expect(mean((n) => purchasesChance(model, n, 8))).toBeCloseTo(expectedPurchases(model, 8), 12)
      expect(mean((n) => nextChance(model, known, n, 8))).toBeCloseTo(expectedNext(model, known, 8), 12)
    },
  )

  test('the gradient is the slope of the likelihood', () => {
    const histories = told(gatherHistories(bgBbShop(seeded(31), published, 300, 12)))
    for (const at of [
      [1.204, 0.75, 0.657, 2.783],
      [1, 1, 1, 1],
      [0.2, 9, 4, 0.3],
    ]) {
      expectGradient(likelihoodOf(histories), at)
    }
  })

  test('finds what a shop was made of within three standard errors', () => {
    const fit = fitBgBb(bgBbShop(seeded(32), published, 20_000, 8))
    if (fit.type === 'untold') throw new Error(fit.sentence)
    for (const name of ['alpha', 'beta', 'gamma', 'delta'] as const) {
      expect(Math.abs(fit.model[name] - published[name])).toBeLessThan(3 * (fit.errors[name] ?? 0))
    }
  })

  test('INS-1 what is no history of occasions is said', () => {
    for (const history of [
      { x: 1, tx: 1.5, T: 3 },
      { x: 3, tx: 2, T: 3 },
      { x: 0, tx: 0, T: 2.5 },
      { x: 0, tx: 0, T: 10_001 },
    ]) {
      expect(fitBgBb([history])).toMatchObject({ type: 'untold', reason: 'impossible-history' })
    }
  })
})
