import { expect, test } from 'vitest'
import { seeded, times } from '../numbers/seeded.fixture.ts'
import type { Untold } from '../untold.ts'
import { type BgBb, fitBgBb } from './bg-bb.ts'
import { type BgNbd, fitBgNbd } from './bg-nbd.ts'
import type { Fit, Parameter } from './fit.ts'
import { fitGammaGamma, type GammaGamma } from './gamma-gamma.ts'
import { fitParetoNbd, type ParetoNbd } from './pareto-nbd.ts'
import { bgBbShop, bgNbdShop, gammaGammaShop, paretoNbdShop } from './shops.fixture.ts'

const bgNbd: BgNbd = { type: 'bg-nbd', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const paretoNbd: ParetoNbd = { type: 'pareto-nbd', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
const bgBb: BgBb = { type: 'bg-bb', alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
const spend: GammaGamma = { type: 'gamma-gamma', p: 6.25, q: 3.74, gamma: 15.44 }

const RUNS = 400
const watch = { weeks: 52, heldOut: 0 }

/** For each parameter the share of shops in which 1.96 standard errors on both sides hold what the shop was made of. */
function coverage<Model extends object>(
  truth: Model,
  names: readonly Parameter<Model>[],
  fit: () => Fit<Model> | Untold<string>,
): number[] {
  const fits = times(RUNS, fit).flatMap((each) => (each.type === 'told' ? [each] : []))
  return names.map((name) => {
    const held = fits.filter(({ model, errors }) => {
      const error = errors[name]
      return error !== null && Math.abs(Number(model[name]) - Number(truth[name])) <= 1.96 * error
    })
    return held.length / RUNS
  })
}

test('standard errors are right: 1.96 of them hold the truth in 92 to 98 of 100 simulated shops, for each parameter', () => {
  const random = seeded(61)
  const shares = {
    bgNbd: coverage(bgNbd, ['r', 'alpha', 'a', 'b'], () => fitBgNbd(bgNbdShop(random, bgNbd, 5000, watch))),
    paretoNbd: coverage(paretoNbd, ['r', 'alpha', 's', 'beta'], () =>
      fitParetoNbd(paretoNbdShop(random, paretoNbd, 5000, watch)),
    ),
    bgBb: coverage(bgBb, ['alpha', 'beta', 'gamma', 'delta'], () => fitBgBb(bgBbShop(random, bgBb, 5000, 8))),
    spend: coverage(spend, ['p', 'q', 'gamma'], () => fitGammaGamma(gammaGammaShop(random, spend, 1000))),
  }
  for (const share of Object.values(shares).flat()) {
    // 95 %, and three times the 1.1 % by which 400 shops miss it by chance, rounded inwards.
    expect(share).toBeGreaterThan(0.92)
    expect(share).toBeLessThan(0.98)
  }
})
