import fc from 'fast-check'
import { afterAll, test, vi } from 'vitest'
import { Coverage } from '../generators/coverage.ts'
import { arrivesInAnyOrder, replaysToAnyMoment } from './arrival.ts'
import {
  aDraftOfWhatRanChangesNothing,
  anyPartsAddUp,
  totalsAreAMovementTable,
  whatRanIsReproduced,
} from './backtesting.ts'
import { balancesHold, capsHold } from './balances.ts'
import { decidesAlike, effectsSayAll, needsNoOtherRows, survivesStorage } from './decisions.ts'
import { idleRulesChangeNothing } from './idle-rules.ts'
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

// Few and always the same cases here, so that a check is quick and a failure is a change's own; the long suite draws anew.
const seed = 20_260_301
const most = 16
vi.setConfig({ testTimeout: 60_000 }) // alone each takes a second; machines are shared

let properties = 0
let histories = 0
function holds<T>(property: fc.IProperty<T>, numRuns: number): void {
  fc.assert(property, { seed, numRuns })
  properties += 1
  histories += numRuns
}

afterAll(() => {
  console.log(`${properties} properties held over ${histories} histories`)
})

test('EVT-7 the same arguments give the same decision, and none of them is changed', () => {
  holds(decidesAlike(most), 200)
})

test('LED-5 effects say all there is: evolve makes of them the member that was decided', () => {
  holds(effectsSayAll(most), 200)
})

test('EVT-7 a member survives storage that sorts its keys, at every event', () => {
  holds(survivesStorage(most), 200)
})

test('EVT-3 an event is pinned to the last published of the versions that had begun by its moment', () => {
  holds(pinsTheVersion(), 500)
})

test('EVT-6 a decision looks at no order and no finished hold that the event does not name', () => {
  holds(needsNoOtherRows(most), 200)
})

test('LED-1 LED-3 LED-4 balances are sums of entries, lots sum to active, nothing is below zero or both active and owed', () => {
  holds(balancesHold(most), 300)
})

test('EARN-4 no cap is ever exceeded', () => {
  holds(capsHold(most), 300)
})

test('TIME-3 passing to one moment and then to another equals passing to the other', () => {
  holds(passesInAnySteps(most), 200)
})

test('TIME-4 wake-ups change nothing but when it is written down', () => {
  holds(wakesChangeNothing(most), 200)
})

test('TIME-4 a wake-up with nothing due leaves the checkpoint byte-equal', () => {
  holds(idlesByteEqual(most), 150)
})

test('TIME-4 nothing is due before the moment that is named as the next', () => {
  holds(knowsWhatIsDue(most), 300)
})

test('LED-4 LOT-4 burning in two parts equals burning once', () => {
  holds(burnsInParts(most), 400)
})

test('AMT-3 REF-1 any split of a refund equals one', () => {
  holds(refundsInParts(most), 300)
})

test('AMT-3 REF-1 shipping, tip and tax in parts equal one refund, and touch no rule that leaves them out', () => {
  holds(refundsOtherMoney(most), 300)
})

test('REF-4 REF-6 after a full refund by any path nothing is left of an order', () => {
  holds(refundsWholly(most), 300)
})

test('REF-4 of no redemption more comes back than it burnt, and what stays burnt was not given back', () => {
  holds(returnsEachLegOnce(most), 300)
})

test('EVT-8 a refund that a person accepted and that fails has moved nothing in the end', () => {
  holds(failsToNothing(most), 300)
})

test('EVT-2 any arrival of the same facts and answers ends in the same state and totals', () => {
  holds(arrivesInAnyOrder(most), 150)
})

test('EVT-2 LED-8 a replay up to any moment finds the state that was lived to', () => {
  holds(replaysToAnyMoment(most), 100)
})

test('EVT-7 LED-6 LED-8 live, preview, replay and rebuild tell one truth', () => {
  const coverage = new Coverage()
  holds(tellsOneTruth(most, coverage), 200)
  console.log(`live = preview = replay = rebuild; ${coverage.summary()}`)
})

test('TIER-8 LED-6 the second book agrees after every step', () => {
  holds(agreesWithAuditor(most, true), 150)
})

test('EARN-1 a rule that cannot match changes nothing', () => {
  holds(idleRulesChangeNothing(most), 200)
})

test('LED-6 a past lived again under what ran reproduces its ledger transfer by transfer', () => {
  holds(whatRanIsReproduced(most), 200)
})

test('EVT-3 what ran, judged anew as a draft that always ruled, changes nothing', () => {
  holds(aDraftOfWhatRanChangesNothing(most), 200)
})

test('what many members add up to is the same however they are divided', () => {
  holds(anyPartsAddUp(most), 60)
})

test('FIN-1 totals are a movement table: its terms come to what members have in the end', () => {
  holds(totalsAreAMovementTable(most), 200)
})
