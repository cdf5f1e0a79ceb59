import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { History } from './histories.ts'
import { aliveChance, type BuyingModel, expectedNext, expectedPurchases, nextChance, purchasesChance } from './model.ts'

// From a hundredth of a thousandth to twenty thousand, and histories from a day to fourteen years.
const parameter = fc.double({ min: -10, max: 10, noNaN: true }).map(Math.exp)
const four = fc.tuple(parameter, parameter, parameter, parameter)
const days: fc.Arbitrary<History> = fc
  .tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 5000 }))
  .map(([x, last, silent]) => ({ x, tx: x === 0 ? 0 : last / 7, T: (last + silent) / 7 }))
const occasions: fc.Arbitrary<History> = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([x, missed, silent]) => (x === 0 ? { x, tx: 0, T: silent } : { x, tx: x + missed, T: x + missed + silent }))

function expectChances(model: BuyingModel, history: History, t: number) {
  const alive = aliveChance(model, history)
  expect(alive >= 0 && alive <= 1).toBe(true)
  for (const expected of [expectedNext(model, history, t), expectedPurchases(model, t)]) {
    expect(expected >= 0 && Number.isFinite(expected)).toBe(true)
  }
  for (const n of [0, 1, 7]) {
    for (const chance of [nextChance(model, history, n, t), purchasesChance(model, n, t)]) {
      expect(chance >= 0 && chance <= 1 + 1e-9).toBe(true)
    }
  }
}

describe('whatever the parameters and the history, chances lie between 0 and 1 and nothing is infinite', () => {
  test('BG/NBD', () => {
    const check = ([r, alpha, a, b]: readonly [number, number, number, number], history: History) =>
      expectChances({ type: 'bg-nbd', r, alpha, a, b }, history, 4)
    // A million purchases are summed one by one where a rate is that large.
    fc.assert(fc.property(four, days, check), { numRuns: 100 })
  })

  test('Pareto/NBD', () => {
    const check = ([r, alpha, s, beta]: readonly [number, number, number, number], history: History) =>
      expectChances({ type: 'pareto-nbd', r, alpha, s, beta }, history, 52)
    fc.assert(fc.property(four, days, check), { numRuns: 500 })
  })

  test('BG/BB', () => {
    const check = ([alpha, beta, gamma, delta]: readonly [number, number, number, number], history: History) =>
      expectChances({ type: 'bg-bb', alpha, beta, gamma, delta }, history, 12)
    fc.assert(fc.property(four, occasions, check), { numRuns: 500 })
  })
})
