import { describe, expect, test } from 'vitest'
import { told } from '../told.fixture.ts'
import type { BgBb } from './bg-bb.ts'
import type { BgNbd } from './bg-nbd.ts'
import type { GammaGamma } from './gamma-gamma.ts'
import { heldOutError } from './held-out.ts'
import { discountedPurchases, lifetimeValues, type ValuedMember } from './lifetime-value.ts'
import { expectedNext } from './model.ts'
import type { ParetoNbd } from './pareto-nbd.ts'

const bgNbd: BgNbd = { type: 'bg-nbd', r: 0.242_596_7, alpha: 4.413_659, a: 0.792_986_9, b: 2.426_164 }
const paretoNbd: ParetoNbd = { type: 'pareto-nbd', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
const bgBb: BgBb = { type: 'bg-bb', alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
const spend: GammaGamma = { type: 'gamma-gamma', p: 6.25, q: 3.74, gamma: 1544 }

const fresh = { x: 0, tx: 0, T: 0 }
const known = { x: 3, tx: 20, T: 39 }

describe('discounted purchases', () => {
  // ∫ e^(-δt) dE(t) over five years of weeks at 15 % a year (a share of 0.0027 a week), by mpmath 1.3.
  test.each([
    [bgNbd, 2.851_051_909_847_94],
    [paretoNbd, 3.002_427_721_175_85],
  ])('of a new member by %o are %d', (model, value) => {
    expect(discountedPurchases(model, fresh, { horizon: 260, discount: 0.0027 }) / value).toBeCloseTo(1, 8)
  })

  test.each([bgNbd, paretoNbd, bgBb])('without discount they are what is expected: %o', (model) => {
    const history = { x: 3, tx: 20, T: 39 }
    expect(discountedPurchases(model, history, { horizon: 30, discount: 0 })).toBeCloseTo(
      expectedNext(model, history, 30),
      12,
    )
    expect(discountedPurchases(model, history, { horizon: 0, discount: 0.1 })).toBe(0)
  })

  test.each([bgNbd, paretoNbd])(
    'are those of many small steps, also where money soon is worth nothing: %o',
    (model) => {
      for (const discount of [0.0027, 0.5]) {
        const steps = 20_000
        let [sum, before] = [0, 0]
        for (let step = 1; step <= steps; step++) {
          const expected = expectedNext(model, known, (100 * step) / steps)
          sum += (expected - before) * (1 + discount) ** -((100 * (step - 0.5)) / steps)
          before = expected
        }
        expect(discountedPurchases(model, known, { horizon: 100, discount }) / sum).toBeCloseTo(1, 5)
      }
    },
  )

  test('at occasions are those of each occasion, by hand', () => {
    // One occasion ahead: 1.204 / 1.954 to buy, 2.783 / 3.44 to be there, 1.1 less worth.
    const chance = (1.204 / 1.954) * (2.783 / 3.44)
    expect(discountedPurchases(bgBb, fresh, { horizon: 1, discount: 0.1 })).toBeCloseTo(chance / 1.1, 12)
    // And one more, to be there with 3.783 / 4.44 of those.
    const next = (chance * 3.783) / 4.44
    expect(discountedPurchases(bgBb, fresh, { horizon: 2, discount: 0.1 })).toBeCloseTo(chance / 1.1 + next / 1.21, 12)
  })
})

describe('lifetime values', () => {
  const members: readonly ValuedMember[] = [
    { history: known, spending: { purchases: 3, mean: 2500 }, segment: 'gold' },
    { history: known, spending: { purchases: 3, mean: 2500 }, segment: 'silver' },
    { history: fresh, spending: null, segment: 'silver' },
  ]
  const outlook = { horizon: 104, discount: 0.002, margin: 0.4 }

  test('are margin times spend times discounted purchases, and segments add up', () => {
    const found = told(lifetimeValues(bgNbd, spend, members, outlook))
    // (6.25 × (1544 + 3 × 2500)) / (3 × 6.25 + 3.74 - 1), and 6.25 × 1544 / 2.74 of the unknown
    const [gold, unknown] = [56_525 / 21.49, 9650 / 2.74].map((each) => 0.4 * each)
    const [first = 0, second = 0, third = 0] = found.values
    expect(first).toBe(Math.round((gold ?? 0) * discountedPurchases(bgNbd, known, outlook)))
    expect(second).toBe(first)
    expect(third).toBe(Math.round((unknown ?? 0) * discountedPurchases(bgNbd, fresh, outlook)))
    expect(found.segments).toEqual([
      { segment: 'gold', members: 1, total: first },
      { segment: 'silver', members: 2, total: second + third },
    ])
    expect(found.total).toBe(first + second + third)
  })

  test('INS-1 of an outlook that cannot be, and of spending without a mean, there is a sentence', () => {
    for (const wrong of [
      { horizon: -1 },
      { discount: -0.1 },
      { margin: 1.1 },
      { horizon: Number.NaN },
      { horizon: 10_001 },
    ]) {
      expect(lifetimeValues(bgNbd, spend, members, { ...outlook, ...wrong })).toMatchObject({
        ...{ type: 'untold', reason: 'impossible-outlook' },
      })
    }
    expect(lifetimeValues(bgNbd, { ...spend, q: 0.5 }, members, outlook)).toMatchObject({
      ...{ type: 'untold', reason: 'no-mean-spend' },
    })
  })

  test('INS-1 of a member whose history or spending cannot be, the place is said', () => {
    const valued = (wrong: Partial<ValuedMember>) =>
      lifetimeValues(bgNbd, spend, [...members, { history: known, spending: null, segment: '', ...wrong }], outlook)
    expect(valued({ history: { x: 1, tx: 40, T: 39 } })).toMatchObject({
      reason: 'impossible-history',
      sentence: 'The history of member 3 cannot be: tx is 40, and the last purchase lies between 0 and T, 39.',
    })
    expect(valued({ spending: { purchases: 2, mean: Number.NaN } })).toMatchObject({
      reason: 'impossible-spending',
      sentence: expect.stringContaining('member 3'),
    })
  })
})

describe('the error of a held-out period', () => {
  test('INS-2 is summed by group, by hand', () => {
    const { all, groups } = told(
      heldOutError([
        { group: 'often', predicted: 4, realised: 5 },
        { group: 'once', predicted: 1, realised: 0 },
        { group: 'often', predicted: 6, realised: 3 },
      ]),
    )
    expect(all).toEqual({
      ...{ group: '', members: 3, predicted: 11, realised: 8, bias: 0.375 },
      ...{ meanAbsoluteError: 5 / 3, rootMeanSquareError: Math.sqrt(11 / 3) },
    })
    expect(groups.map(({ group, bias }) => [group, bias])).toEqual([
      ['often', 0.25],
      ['once', null],
    ])
  })

  test('INS-1 of nobody, and of what is no number, is untold', () => {
    expect(heldOutError([])).toMatchObject({ type: 'untold', reason: 'no-members' })
    for (const predicted of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(heldOutError([{ group: '', predicted, realised: 1 }])).toMatchObject({ reason: 'no-figures' })
    }
  })
})
