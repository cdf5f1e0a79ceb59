import type { Effect } from '@laurel/engine'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportOf } from './books.fixture.ts'
import type { StoredDecision } from './export.ts'
import { activeAtOnce, lifeOf, type RecordedLife, type Step, someLives } from './recorded-life.fixture.ts'
import { verifyBooks } from './verify-books.ts'
import { lastPassed, verifyDecisions } from './verify-decisions.ts'

const corrections = (life: RecordedLife): number =>
  life.decisions.filter(({ entry }) => entry.because !== null && entry.effects.length > 0).length

test('LED-6 what the engine decided, in any order of arrival, makes clean books that decide the same again', () => {
  let corrected = 0
  fc.assert(
    fc.property(someLives, ({ timeline, steps }) => {
      const life = lifeOf(timeline, steps)
      corrected += corrections(life)
      expect(verifyBooks(exportOf([life.book()]).map((line) => JSON.parse(line))).disagreements).toEqual([])
      expect(verifyDecisions(timeline, life.events, life.decisions, [])).toEqual({
        clean: true,
        differences: [],
        lots: [],
      })
    }),
    // A second's work where other tests want the processor, too; the long suite tries many thousands.
    { numRuns: 150 },
  )
  expect(corrected).toBeGreaterThan(60)
})

const step = (what: Step['what'], hour: number, order: number, amount: number): Step => ({ what, hour, order, amount })
const steps = [step('order', 0, 1, 40), step('order', 24, 2, 30), step('refund', 48, 2, 20), step('wake', 100, 0, 0)]
const honest = lifeOf(activeAtOnce, steps)

const forge = (seq: number, change: (effect: Effect) => Effect, engine = 1): StoredDecision[] =>
  honest.decisions.map((decision) => {
    const { entry } = decision
    return entry.seq === seq
      ? { ...decision, entry: { ...entry, engine, effects: entry.effects.map(change) } }
      : decision
  })

const threeMore = (effect: Effect): Effect => {
  if (effect.type === 'move' && effect.from === 'issued') return { ...effect, amount: effect.amount + 3 }
  return effect.type === 'lot' && effect.change > 0 ? { ...effect, change: effect.change + 3 } : effect
}

test('LED-6 a decision that would not be made again is listed, with the line that differs and the lot it fills', () => {
  expect(verifyDecisions(activeAtOnce, honest.events, honest.decisions, []).clean).toBe(true)
  const report = verifyDecisions(activeAtOnce, honest.events, forge(2, threeMore), [])
  expect(report.clean).toBe(false)
  expect(report.differences).toMatchObject([
    {
      seq: 2,
      cause: 'shop/paid-2',
      rule: 'base',
      asset: 'points',
      move: { from: 'active', to: 'issued', amount: 3 },
      explainedBy: null,
    },
  ])
  expect(report.lots).toMatchObject([{ asset: 'points', change: -3 }])
})

test('LED-6 a difference that a listed revision of the engine explains is told apart', () => {
  const revisions = [
    { revision: 1, what: 'the first' },
    { revision: 2, what: 'rounds once' },
    { revision: 3, what: 'counts again' },
  ]
  const old = verifyDecisions(activeAtOnce, honest.events, forge(2, threeMore, 1), revisions)
  expect(old.differences.map((difference) => difference.explainedBy?.revision)).toEqual([2])
  expect(old.clean).toBe(true)
  const recent = verifyDecisions(activeAtOnce, honest.events, forge(2, threeMore, 3), revisions)
  expect(recent.differences.map((difference) => difference.explainedBy)).toEqual([null])
  expect(recent.clean).toBe(false)
})

test('LED-6 what time did is decided again as far as time had passed, and named by the decision in which it did it', () => {
  const lapse = honest.decisions.findLast(({ entry }) => entry.event === null)
  expect(lapse?.entry.effects).toContainEqual(expect.objectContaining({ rule: 'expire', amount: 40 }))
  const forged = forge(lapse?.entry.seq ?? 0, (effect) =>
    effect.type === 'move' ? { ...effect, amount: effect.amount - 1 } : effect,
  )
  const { differences } = verifyDecisions(activeAtOnce, honest.events, forged, [])
  expect(differences).toMatchObject([{ seq: lapse?.entry.seq, rule: 'expire', move: { amount: 1 } }])
})

test('LED-6 what time did is named by the decision that did it, not by an earlier one that moved nothing', () => {
  const life = lifeOf(activeAtOnce, [step('reserve', 0, 0, 5), step('order', 8, 1, 40), step('wake', 100, 0, 0)])
  expect(life.decisions.map(({ transfers }) => transfers.length)).toEqual([0, 1, 1])
  const forged = life.decisions.map((decision) => {
    const effects = decision.entry.effects.map((effect) =>
      effect.type === 'move' && effect.to === 'expired' ? { ...effect, amount: effect.amount - 1 } : effect,
    )
    return { ...decision, entry: { ...decision.entry, effects } }
  })
  expect(verifyDecisions(activeAtOnce, life.events, forged, []).differences).toMatchObject([{ seq: 3, rule: 'expire' }])
})

test('LED-6 time has passed as far as the last head says, whatever follows it, and not at all where none says so', () => {
  const head = (firedLocal: number | null, firedAt: number | null): Effect => ({
    ...{ type: 'head', position: null, firedLocal, firedAt },
  })
  const remark: Effect = { type: 'not-in-force' }
  const never = Number.NEGATIVE_INFINITY
  const passed = (at: number, local: number) => ({
    type: 'time.passed',
    stamp: { at, local, placeLocal: local, version: null },
  })
  expect(lastPassed([head(5, 7), head(8, null), remark])).toEqual(passed(never, 8))
  expect(lastPassed([head(null, 9)])).toEqual(passed(9, never))
  for (const effects of [[], [remark], [head(5, 7), head(null, null)]]) expect(lastPassed(effects)).toBeNull()
})

test('LED-6 reservations that timed out and lots that lapsed, one after another, are all decided again', () => {
  const life = lifeOf(activeAtOnce, [
    step('order', 0, 1, 40),
    step('order', 24, 2, 30),
    step('reserve', 32, 0, 5),
    step('wake', 40, 0, 0),
    step('reserve', 48, 0, 6),
    step('wake', 56, 0, 0),
    step('wake', 100, 0, 0),
    step('wake', 130, 0, 0),
  ])
  const byTime = life.decisions.filter(({ entry }) => entry.event === null)
  const rules = byTime.map(({ transfers }) => transfers.map((transfer) => [transfer.rule, transfer.amount]))
  expect(rules).toEqual([[['time-out', 5]], [['time-out', 6]], [['expire', 40]], [['expire', 30]]])
  expect(verifyDecisions(activeAtOnce, life.events, life.decisions, [])).toMatchObject({ clean: true, differences: [] })
  // Where only some of it had been let pass, no more is asked for.
  for (const kept of [3, 4, 5, 6, 7, 8]) {
    const decisions = life.decisions.slice(0, kept)
    const events = life.events.slice(0, decisions.filter(({ entry }) => entry.event !== null).length)
    expect(verifyDecisions(activeAtOnce, events, decisions, []), `${kept} decisions`).toMatchObject({ differences: [] })
  }
})

test('LED-6 a difference is named by the decision about its cause, whichever decision moved it', () => {
  const life = lifeOf(activeAtOnce, [step('refund', 0, 1, 10), step('order', 8, 1, 40)])
  const forged = life.decisions.map((decision) => {
    const effects = decision.entry.effects.map((effect) =>
      effect.type === 'move' && effect.to === 'issued' ? { ...effect, amount: effect.amount - 1 } : effect,
    )
    return { ...decision, entry: { ...decision.entry, effects } }
  })
  const { differences } = verifyDecisions(activeAtOnce, life.events, forged, [])
  expect(differences).toMatchObject([{ seq: 1, cause: 'shop/refund-0', move: { amount: 1 } }])
})

test('LED-6 an event without its decision is listed, and so is a lot that no line accounts for', () => {
  const without = honest.decisions.filter(({ entry }) => entry.seq !== 2 && entry.seq !== 3)
  const report = verifyDecisions(activeAtOnce, honest.events, without, [{ revision: 2, what: 'rounds once' }])
  expect(report.differences.map(({ seq, cause }) => [seq, cause])).toContainEqual([null, 'shop/paid-2'])
  // Nobody knows which engine left it out: the oldest that decided for this member.
  expect(report.clean).toBe(true)
  const recent = without.map((decision) => ({ ...decision, entry: { ...decision.entry, engine: decision.entry.seq } }))
  const causes = verifyDecisions(activeAtOnce, honest.events, recent, [
    { revision: 2, what: 'rounds once' },
  ]).differences
  expect(causes.find(({ seq }) => seq === null)?.explainedBy?.revision).toBe(2)
  const lots = forge(1, (effect) => (effect.type === 'lot' ? { ...effect, change: effect.change + 1 } : effect))
  expect(verifyDecisions(activeAtOnce, honest.events, lots, [])).toMatchObject({
    clean: false,
    differences: [],
    lots: [{ asset: 'points', change: -1 }],
  })
  expect(verifyDecisions(activeAtOnce, [], [], [])).toEqual({ clean: true, differences: [], lots: [] })
})

test('LED-5 points that refunds give back after their date lapse once for each refund, each under its own id', () => {
  const life = lifeOf(activeAtOnce, [
    step('order', 0, 1, 40),
    step('pay', 8, 2, 30),
    step('wake', 96, 0, 0),
    step('refund', 104, 2, 10),
    step('refund', 104, 2, 20),
  ])
  const lapses = life.decisions.flatMap(({ transfers }) => transfers).filter((transfer) => transfer.rule === 'expire')
  expect(lapses.map(({ cause, amount, revision }) => [cause, amount, revision])).toEqual([
    [expect.stringMatching(/^lot\/points\//), 10, 0],
    ['shop/refund-3', 10, 0],
    ['shop/refund-4', 20, 0],
  ])
})

test('LED-5 a moment that fired is over, also where late facts take its reason away and bring it back', () => {
  const steps = [
    step('order', 24, 3, 1),
    step('wake', 120, 0, 0),
    step('refund', 0, 3, 1),
    step('order', 24, 1, 1),
    step('wake', 120, 0, 0),
  ]
  const life = lifeOf(activeAtOnce, steps)
  const lapses = life.decisions.map(({ transfers }) =>
    transfers.filter(({ rule }) => rule === 'expire').map(({ from, to, revision }) => [from, to, revision]),
  )
  expect(lapses).toEqual([[], [['active', 'expired', 0]], [['expired', 'active', 1]], [['active', 'expired', 2]]])
  expect(life.member.firedLocal).toBe(Date.UTC(2026, 0, 6))
  expect(verifyBooks(exportOf([life.book()]).map((line) => JSON.parse(line))).disagreements).toEqual([])
  expect(verifyDecisions(activeAtOnce, life.events, life.decisions, []).clean).toBe(true)
})
