import { expect, test } from 'vitest'
import { dayOf, onlineRetailPurchases } from '../../../test/data/purchases.fixture.ts'
import { isAbsent } from '../../../test/data/records.fixture.ts'
import { told } from '../told.fixture.ts'
import { fitBgNbd } from './bg-nbd.ts'
import { heldOutError } from './held-out.ts'
import { expectedNext } from './model.ts'
import { observe } from './observe.ts'
import { fitParetoNbd } from './pareto-nbd.ts'

// Seven months to learn from; the five held out end with the rush before Christmas.
const period = { lastDay: dayOf('2011-06-30'), heldOutUntil: dayOf('2011-12-09'), daysPerUnit: 7 }
const heldOutWeeks = (period.heldOutUntil - period.lastDay) / 7

test.skipIf(isAbsent)(
  'Online Retail: both models say that its wholesale customers do not leave, and agree on what is to come',
  async () => {
    const { members } = told(observe(await onlineRetailPurchases(), period))
    const histories = members.map(({ history }) => history)
    const [bgNbd, paretoNbd] = [told(fitBgNbd(histories)), told(fitParetoNbd(histories))]
    expect(members).toHaveLength(2960)
    expect(bgNbd.errors).toMatchObject({ r: expect.any(Number), alpha: expect.any(Number), a: null, b: null })
    expect(paretoNbd.errors).toMatchObject({ r: expect.any(Number), alpha: expect.any(Number), s: null, beta: null })
    expect(paretoNbd.logLikelihood).toBeCloseTo(bgNbd.logLikelihood, 4)
    expect(paretoNbd.model.r).toBeCloseTo(bgNbd.model.r, 5)

    const { all } = told(
      heldOutError(
        members.map(({ history, heldOut }) => ({
          ...{ group: '', realised: heldOut.purchases },
          predicted: expectedNext(bgNbd.model, history, heldOutWeeks),
        })),
      ),
    )
    // A rate without seasons misses an eighth of what autumn brings.
    expect(all.realised).toBe(6427)
    expect(all.bias).toBeCloseTo(-0.123, 3)
    expect(all.meanAbsoluteError).toBeCloseTo(1.367, 3)
  },
)
