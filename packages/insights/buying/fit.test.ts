import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import { fitBgBb } from './bg-bb.ts'
import { fitBgNbd } from './bg-nbd.ts'
import type { Fit, NoFit } from './fit.ts'
import type { History } from './histories.ts'
import { aliveChance, type BuyingModel, expectedNext } from './model.ts'
import { fitParetoNbd } from './pareto-nbd.ts'
import { bgBbShop, bgNbdShop, paretoNbdShop } from './shops.fixture.ts'

/** The fit has an end, and nothing that it says or foretells is infinite, below zero or no number. */
function expectTold(fit: Fit<BuyingModel> | NoFit, members: readonly History[]) {
  if (fit.type === 'untold') {
    expect(fit.reason).toMatch(/came-back$/)
    return
  }
  const { model, errors, logLikelihood } = fit
  expect(Number.isFinite(logLikelihood)).toBe(true)
  const { type: _type, ...parameters } = model
  for (const value of Object.values(parameters)) expect(value > 0 && Number.isFinite(value)).toBe(true)
  for (const error of Object.values(errors)) expect(error === null || (error > 0 && Number.isFinite(error))).toBe(true)
  for (const member of members.slice(0, 20)) {
    const alive = aliveChance(model, member)
    expect(alive >= 0 && alive <= 1).toBe(true)
    const expected = expectedNext(model, member, 26)
    expect(expected >= 0 && Number.isFinite(expected)).toBe(true)
  }
}

// From hardly any member to all of them alike, from gone at once to never gone.
const parameter = fc.double({ min: -4, max: 6, noNaN: true }).map(Math.exp)
const shop = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  members: fc.integer({ min: 15, max: 200 }),
  weeks: fc.integer({ min: 3, max: 80 }),
  rate: fc.double({ min: -3, max: 1, noNaN: true }).map(Math.exp),
  spread: parameter,
  leaving: parameter,
  staying: parameter,
})

describe('INS-1 whatever a shop is made of', () => {
  test('both models of continuous time fit it, each its own story and that of the other', () => {
    fc.assert(
      fc.property(shop, ({ seed, members, weeks, rate, spread, leaving, staying }) => {
        const buying = { r: spread, alpha: spread / rate }
        const watch = { weeks, heldOut: 0 }
        const bgNbd = { type: 'bg-nbd', ...buying, a: leaving, b: staying } as const
        const paretoNbd = { type: 'pareto-nbd', ...buying, s: leaving, beta: staying } as const
        for (const lived of [
          bgNbdShop(seeded(seed), bgNbd, members, watch),
          paretoNbdShop(seeded(seed), paretoNbd, members, watch),
        ]) {
          expectTold(fitBgNbd(lived), lived)
          expectTold(fitParetoNbd(lived), lived)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('BG/BB fits occasions, few or many', () => {
    fc.assert(
      fc.property(shop, ({ seed, members, weeks, rate, spread, leaving, staying }) => {
        const model = { type: 'bg-bb', alpha: rate * spread, beta: spread, gamma: leaving, delta: staying } as const
        const lived = bgBbShop(seeded(seed), model, members, weeks)
        expectTold(fitBgBb(lived), lived)
      }),
      { numRuns: 50 },
    )
  })

  test('histories that no story tells are fitted or said not to be', () => {
    const nonsense = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }))
        .map(([x, days, more]) => ({ x, tx: x === 0 ? 0 : days / 7, T: (days + more) / 7 })),
      { minLength: 2, maxLength: 60 },
    )
    fc.assert(
      fc.property(nonsense, (members) => {
        expectTold(fitBgNbd(members), members)
        expectTold(fitParetoNbd(members), members)
      }),
      { numRuns: 50 },
    )
  })

  test('members who are all alike are told, too', () => {
    for (const alike of [
      { x: 2, tx: 4, T: 10 },
      { x: 1, tx: 10, T: 10 },
      { x: 300, tx: 9.9, T: 10 },
    ]) {
      const members = times(100, () => alike)
      expectTold(fitBgNbd(members), members)
      expectTold(fitParetoNbd(members), members)
    }
  })
})

test('in seconds a shop is fitted as in weeks, to the unit', () => {
  const lived = bgNbdShop(seeded(71), { type: 'bg-nbd', r: 0.5, alpha: 6, a: 0.8, b: 2.5 }, 800, {
    weeks: 52,
    heldOut: 0,
  })
  const second = 7 * 86_400
  const inSeconds = lived.map(({ x, tx, T }) => ({ x, tx: tx * second, T: T * second }))
  for (const fitTo of [fitBgNbd, fitParetoNbd]) {
    const [fit, other] = [fitTo(lived), fitTo(inSeconds)]
    if (fit.type === 'untold' || other.type === 'untold') throw new Error('not told')
    expect(other.model.r / fit.model.r).toBeCloseTo(1, 5)
    expect(other.model.alpha / fit.model.alpha / second).toBeCloseTo(1, 5)
    // The density of each repeat purchase is by the second instead of by the week.
    const purchases = lived.reduce((sum, { x }) => sum + x, 0)
    expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood - purchases * Math.log(second), 4)
  }
})
