import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Coverage, gapsIn } from '../generators/coverage.ts'
import { arrivesInAnyOrder, replaysToAnyMoment } from './arrival.ts'
import { balancesHold, capsHold } from './balances.ts'
import { cases } from './cases.ts'
import { decidesAlike, effectsSayAll, needsNoOtherRows, survivesStorage } from './decisions.ts'
import { idleRulesChangeNothing } from './idle-rules.ts'
import { livingThrough } from './living.ts'
import { mergesAsAudited, mergesHoweverItArrives, mergesInAnyOrder, mergesWholly, undoesMerges } from './merging.ts'
import { tellsOneTruth } from './one-truth.ts'
import { idlesByteEqual, knowsWhatIsDue, passesInAnySteps, wakesChangeNothing } from './passing-time.ts'
import { pinsTheVersion } from './pins.ts'
import { agreesWithAuditor } from './second-book.ts'
import {
  burnsInParts,
  failsToNothing,
  refundsInParts,
  refundsOtherMoney,
  refundsWholly,
  returnsEachLegOnce,
} from './undoing.ts'

// Some faults of such systems needed ten thousand histories to show. Each run draws anew; a failure names its seed.
const numRuns = Number(process.env['LAUREL_RUNS'] ?? 100_000)
const most = 24
const reportEvery = 10_000

let properties = 0
let histories = 0
function holds<T>(property: fc.IPropertyWithHooks<T>): void {
  const startedAt = performance.now()
  let runs = 0
  const watched = property.beforeEach((before) => {
    before()
    runs += 1
    if (runs % reportEvery !== 0) return
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
    console.log(`${expect.getState().currentTestName}: ${runs} histories, ${seconds} s`)
  })
  fc.assert(watched, { numRuns })
  properties += 1
  histories += numRuns
}

afterAll(() => {
  console.log(`${properties} properties held over ${histories} histories`)
})

// Of a hundred thousand histories ten at least; of a few thousand one.
test('the generators leave no event, refusal and pair of mechanics out', () => {
  const coverage = new Coverage()
  const drawn = fc.property(cases({ most }), ({ timeline, events }) => {
    coverage.open(timeline)
    livingThrough(timeline, events, (decision, event) => coverage.see(event, decision.effects))
    coverage.close()
  })
  fc.assert(drawn, { numRuns })
  console.log(coverage.table())
  expect(gapsIn(coverage, numRuns / 10_000)).toEqual([])
})

test('EVT-7 the same arguments give the same decision, and none of them is changed', () => {
  holds(decidesAlike(most))
})

test('LED-5 effects say all there is: evolve makes of them the member that was decided', () => {
  holds(effectsSayAll(most))
})

test('EVT-7 a member survives storage that sorts its keys, at every event', () => {
  holds(survivesStorage(most))
})

test('EVT-3 an event is pinned to the last published of the versions that had begun by its moment', () => {
  holds(pinsTheVersion())
})

test('EVT-6 a decision looks at no order and no finished hold that the event does not name', () => {
  holds(needsNoOtherRows(most))
})

test('LED-1 LED-3 LED-4 balances are sums of entries, lots sum to active, nothing is below zero or both active and owed', () => {
  holds(balancesHold(most))
})

test('EARN-4 no cap is ever exceeded', () => {
  holds(capsHold(most))
})

test('TIME-3 passing to one moment and then to another equals passing to the other', () => {
  holds(passesInAnySteps(most))
})

test('TIME-4 wake-ups change nothing but when it is written down', () => {
  holds(wakesChangeNothing(most))
})

test('TIME-4 a wake-up with nothing due leaves the checkpoint byte-equal', () => {
  holds(idlesByteEqual(most))
})

test('TIME-4 nothing is due before the moment that is named as the next', () => {
  holds(knowsWhatIsDue(most))
})

test('LED-4 LOT-4 burning in two parts equals burning once', () => {
  holds(burnsInParts(most))
})

test('AMT-3 REF-1 any split of a refund equals one', () => {
  holds(refundsInParts(most))
})

test('AMT-3 REF-1 shipping, tip and tax in parts equal one refund, and touch no rule that leaves them out', () => {
  holds(refundsOtherMoney(most))
})

test('REF-4 REF-6 after a full refund by any path nothing is left of an order', () => {
  holds(refundsWholly(most))
})

test('REF-4 of no redemption more comes back than it burnt, and what stays burnt was not given back', () => {
  holds(returnsEachLegOnce(most))
})

test('EVT-8 a refund that a person accepted and that fails has moved nothing in the end', () => {
  holds(failsToNothing(most))
})

test('EVT-2 any arrival of the same facts and answers ends in the same state and totals', () => {
  holds(arrivesInAnyOrder(most))
})

test('EVT-2 LED-8 a replay up to any moment finds the state that was lived to', () => {
  holds(replaysToAnyMoment(most))
})

test('EVT-7 LED-6 LED-8 live, preview, replay and rebuild tell one truth', () => {
  const coverage = new Coverage()
  holds(tellsOneTruth(most, coverage))
  console.log(coverage.table())
})

test('TIER-8 LED-6 the second book agrees at the end and after some step', () => {
  holds(agreesWithAuditor(most, false))
})

test('MRG-1 of two members who become one nothing is made and nothing lost', () => {
  holds(mergesWholly(most))
})

test('MRG-1 EVT-2 a fact of the one who has gone says the same before the merge and after it, to the last entry', () => {
  holds(mergesInAnyOrder(most))
})

test('MRG-1 EVT-2 a merge and what comes via the one who has gone arrive in any order', () => {
  holds(mergesHoweverItArrives(most))
})

test('MRG-1 TIER-8 the second book agrees on what two members become', () => {
  holds(mergesAsAudited(most))
})

test('MRG-1 a merge that was undone is as if it had never been, for both', () => {
  holds(undoesMerges(most))
})

test('EARN-1 a rule that cannot match changes nothing', () => {
  holds(idleRulesChangeNothing(most))
})
