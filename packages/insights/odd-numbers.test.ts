import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wrongHistory } from './buying/histories.ts'
import * as door from './index.ts'
import { times } from './numbers/seeded.fixture.ts'
import { told } from './told.fixture.ts'

/** Figures that are in order, and what a function of the door answers to them. */
interface Asked {
  readonly given: unknown
  readonly answer: (given: unknown) => unknown
}

const asked = <Given>(given: Given, answer: (given: Given) => unknown): Asked => ({
  given,
  answer: answer as Asked['answer'],
})

const bgNbd: door.BgNbd = { type: 'bg-nbd', r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const paretoNbd: door.ParetoNbd = { type: 'pareto-nbd', r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 }
const bgBb: door.BgBb = { type: 'bg-bb', alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 }
const spend: door.GammaGamma = { type: 'gamma-gamma', p: 6.25, q: 3.74, gamma: 1544 }

const purchases = times(24, (index) => ({ member: `member ${index % 7}`, on: (index * 5) % 60, amount: 100 * index }))
const histories = times(14, (index) => ({ x: 1 + (index % 3), tx: 4 + index, T: 20 + (index % 2) }))
const spendings = times(12, (index) => ({ purchases: 1 + (index % 4), mean: 500 + 70 * index }))
const subjects = times(40, (index) => ({ spent: 10 * index, spentBefore: (7 * index) % 50, bought: index > 3 }))
const answers = times(12, (index) => 1 + (index % 5))
const cohorts = [
  { cohort: 'may', issued: 100, burned: [30, 20], outstanding: 0 },
  { cohort: 'june', issued: 200, burned: [50], outstanding: 140 },
  { cohort: 'july', issued: 150, burned: [], outstanding: 150 },
]
const deferral = { cohort: 'may', issued: 100, sold: 1000, deferred: 90, released: 40, burned: 30, expected: 70 }

const byFunction: Readonly<Record<string, Asked>> = {
  fitBgNbd: asked(histories, door.fitBgNbd),
  fitParetoNbd: asked(histories, door.fitParetoNbd),
  fitBgBb: asked(histories, door.fitBgBb),
  fitGammaGamma: asked(spendings, door.fitGammaGamma),
  expectedSpend: asked(spendings.slice(0, 1), ([spending = null]) => door.expectedSpend(spend, spending)),
  spendCorrelation: asked({ spendings, error: 0.05 }, (given) => door.spendCorrelation(given.spendings, given.error)),
  heldOutError: asked(
    times(3, (index) => ({ group: '', predicted: index, realised: 2 })),
    door.heldOutError,
  ),
  lifetimeValues: asked(
    {
      members: times(3, (index) => ({ history: { x: 2, tx: 9, T: 20 + index }, spending: spendings[0] ?? null })),
      outlook: { horizon: 52, discount: 0.002, margin: 0.4 },
    },
    ({ members, outlook }) =>
      [bgNbd, paretoNbd, bgBb].map((model) =>
        door.lifetimeValues(
          model,
          spend,
          members.map((member) => ({ ...member, segment: '' })),
          outlook,
        ),
      ),
  ),
  observe: asked({ purchases, period: { lastDay: 40, heldOutUntil: 60, daysPerUnit: 7 } }, (given) =>
    door.observe(given.purchases, given.period),
  ),
  nextBest: asked(
    {
      eligible: times(2, () => ({ worth: 100, here: { shown: 9, taken: 2 }, elsewhere: { shown: 50, taken: 9 } })),
      holdout: 0.1,
      numbers: { holdout: 0.5, each: [0.3, 0.6] },
    },
    ({ eligible, holdout, numbers }) =>
      door.nextBest(
        eligible.map((each, index) => ({ ...each, id: String(index) })),
        holdout,
        numbers,
      ),
  ),
  cohortsOf: asked({ starts: [0, 20, 40, 60], error: 0.05 }, ({ starts, error }) =>
    door.cohortsOf(purchases, starts, error),
  ),
  engagementOf: asked(
    { did: purchases, weights: { visit: { weight: 2, dayMax: 3 } }, today: 60, halfLifeDays: 30 },
    ({ did, weights, today, halfLifeDays }) =>
      door.engagementOf(
        did.map(({ member, on }) => ({ member, on, kind: 'visit' })),
        weights,
        today,
        halfLifeDays,
      ),
  ),
  predictiveCheck: asked(
    { followed: times(24, (index) => ({ score: (index * 7) % 11, bought: index % 2 === 0 })), error: 0.05 },
    ({ followed, error }) => door.predictiveCheck(followed, error),
  ),
  repeatOf: asked({ purchases, today: 60, error: 0.05 }, (given) =>
    door.repeatOf(given.purchases, given.today, given.error),
  ),
  stayOf: asked({ purchases, today: 60, quietDays: 20, error: 0.05 }, (given) =>
    door.stayOf(given.purchases, given.today, given.quietDays, given.error),
  ),
  rfmOf: asked({ purchases, today: 60 }, (given) => door.rfmOf(given.purchases, given.today)),
  survivalOf: asked(
    { observed: times(9, (index) => ({ time: index, ended: index % 3 > 0 })), error: 0.05 },
    ({ observed, error }) => door.survivalOf(observed, error),
  ),
  liftOf: asked(
    { arms: { treated: subjects, heldOut: subjects.slice(4) }, holdout: 0.5, membersPlanned: 100, error: 0.05 },
    ({ arms, holdout, membersPlanned, error }) => [
      door.liftOf(arms, { holdout, look: { type: 'once' } }, error),
      door.liftOf(arms, { holdout, look: { type: 'any-time', membersPlanned } }, error),
    ],
  ),
  membersNeeded: asked([10, 2, 0.5, 0.05] as const, ([spread, difference, holdout, error]) =>
    (['once', 'any-time'] as const).map((look) => door.membersNeeded(spread, difference, holdout, look, error)),
  ),
  breakageOf: asked({ cohorts, periods: 2, error: 0.05 }, (given) =>
    door.breakageOf(given.cohorts, given.periods, given.error),
  ),
  deferSale: asked(
    { sold: 1000, issued: 100, worth: { points: 1, minor: 2 }, share: 0.7 },
    ({ sold, issued, worth, share }) => door.deferSale('may', sold, issued, worth, share),
  ),
  deferRefund: asked(
    { deferral, refunded: 100, takenBack: { outstanding: 5, burned: 5 } },
    ({ deferral: before, refunded, takenBack }) => door.deferRefund(before, refunded, takenBack),
  ),
  releaseDeferred: asked(
    { deferral, standing: { burned: 40, outstanding: 30, expected: 65 } },
    ({ deferral: before, standing }) => door.releaseDeferred(before, standing),
  ),
  reviseEstimates: asked([100], ([day = 100]) => door.reviseEstimates([], told(door.breakageOf(cohorts, 2)), day)),
  profitAndLoss: asked(
    { incremental: { value: 100, low: 50, high: 160 }, margin: 0.4, income: [{ minor: 20 }], costs: [{ minor: 70 }] },
    ({ incremental, margin, income, costs }) => {
      const named = (items: readonly { minor: number }[]) => items.map(({ minor }) => ({ name: 'item', minor }))
      const measured = [{ name: 'offers', lift: { type: 'told', incremental } }] as const
      return door.profitAndLoss(measured, margin, named(income), named(costs))
    },
  ),
  referralCost: asked(
    {
      figures: { toAdvocates: 60, toFriends: 30, running: 10, acquired: 20, boughtAgain: 8, margin: 150 },
      error: 0.05,
    },
    ({ figures, error }) => door.referralCost(figures, error),
  ),
  answersNeeded: asked([0.05, 0.25, 100, 0.05] as const, (given) => door.answersNeeded(...given)),
  whomToAsk: asked(
    {
      askedOn: [null, 10, 50],
      plan: { today: 100, restDays: 60, answersWanted: 2, answerRate: 0.5 },
      numbers: [0.1, 0.2, 0.3],
    },
    ({ askedOn, plan, numbers }) =>
      door.whomToAsk(
        askedOn.map((day, index) => ({ member: String(index), askedOn: day, wantsNoQuestions: false })),
        plan,
        numbers,
      ),
  ),
  netPromoterScore: asked({ answers, error: 0.05 }, (given) => door.netPromoterScore(given.answers, given.error)),
  satisfaction: asked({ answers, error: 0.05 }, (given) => door.satisfaction(given.answers, given.error)),
  effortScore: asked({ answers, error: 0.05 }, (given) => door.effortScore(given.answers, given.error)),
  feedbackOf: asked(['NaN', 'Infinity', ''], (texts) => door.feedbackOf(texts, door.ENGLISH)),
}

/** What INS-1 names as presuming what was checked before. */
const presuming = [
  ...['aliveChance', 'expectedNext', 'nextChance', 'expectedPurchases', 'purchasesChance', 'discountedPurchases'],
  ...[
    'liabilityOf',
    'liabilityMovement',
    'estimateAt',
    'cohortsOfCounts',
    'rfmCutsOf',
    'rfmBy',
    'rfmSegmentOf',
    'lifetimeValueOf',
    'shareEstimate',
  ],
]

const oddNumber = fc.constantFrom(
  ...[Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, -1, 0.5, 1, 7],
  ...[Number.MIN_VALUE, 1e-300, 1e-9, 1e300, -1e300, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 2 ** 53],
)

/** Numbers and lists of a value, each by its way there. */
function* placesIn(value: unknown, way: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value === 'number' || Array.isArray(value)) yield way
  if (typeof value !== 'object' || value === null) return
  for (const [key, inside] of Object.entries(value)) yield* placesIn(inside, [...way, key])
}

/** The value with another number in one place; where a list stands, it is empty instead. */
function oddAt(value: unknown, [key, ...way]: readonly string[], odd: number): unknown {
  if (key === undefined) return Array.isArray(value) ? [] : typeof value === 'number' ? odd : value
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? oddAt(each, way, odd) : each))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === key ? oddAt(each, way, odd) : each]),
  )
}

const oddly = (given: unknown) =>
  fc
    .array(fc.tuple(fc.constantFrom(...placesIn(given)), oddNumber), { maxLength: 3 })
    .map((changes) => changes.reduce((value, [way, odd]) => oddAt(value, way, odd), given))

/** Ways to numbers of an answer that are none. */
function* noNumbersIn(answer: unknown, way = 'answer'): Generator<string> {
  if (typeof answer === 'number' && !Number.isFinite(answer)) yield `${way} is ${answer}`
  if (typeof answer !== 'object' || answer === null) return
  const entries = answer instanceof Map ? answer.entries() : Object.entries(answer)
  for (const [key, inside] of entries) yield* noNumbersIn(inside, `${way}.${key}`)
}

describe('INS-1: no figure is NaN or infinite, whatever numbers are given', () => {
  test('to any function of the door', () => {
    const functions = Object.entries(door).flatMap(([name, value]) => (typeof value === 'function' ? name : []))
    expect([...Object.keys(byFunction), ...presuming].toSorted()).toEqual(functions.toSorted())
  })

  test.each(Object.entries(byFunction))('to %s', (name, { given, answer }) => {
    expect([...noNumbersIn(answer(given))]).toEqual([])
    fc.assert(
      fc.property(oddly(given), (odd) => {
        expect([...noNumbersIn(answer(odd))]).toEqual([])
      }),
      { numRuns: name.startsWith('fit') ? 50 : 500 },
    )
  })

  test('to what presumes a history that was checked, in years of any length', () => {
    const history = oddly({ x: 2, tx: 9, T: 20 }) as fc.Arbitrary<door.History>
    fc.assert(
      fc.property(
        history.filter((each) => wrongHistory(each, 0) === null),
        fc.constantFrom(bgNbd, paretoNbd),
        fc.constantFrom(0, 1, 52),
        (each, model, t) => {
          const outlook = { horizon: t, discount: 0.01 }
          const alive = door.aliveChance(model, each)
          expect(alive >= 0 && alive <= 1).toBe(true)
          const figures = [
            ...[door.expectedNext(model, each, t), door.nextChance(model, each, 3, t)],
            ...[door.expectedPurchases(model, t), door.purchasesChance(model, 3, t)],
            door.discountedPurchases(model, each, outlook),
          ]
          expect([...noNumbersIn(figures)]).toEqual([])
        },
      ),
    )
  })
})
