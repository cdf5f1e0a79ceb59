import type fc from 'fast-check'
import { test } from 'vitest'
import type { Coverage } from '../generators/coverage.ts'
import { arrivesInAnyOrder, replaysToAnyMoment } from './arrival.ts'
import {
  aDraftOfWhatRanChangesNothing,
  anyPartsAddUp,
  takenAtOnceNothingIsLeft,
  totalsAreAMovementTable,
} from './backtesting.ts'
import { balancesHold, capsHold } from './balances.ts'
import { tellsCardsAgainAlike } from './cards-again.ts'
import { partlyUsed } from './cases.ts'
import { anyParcelsAreOne, comingInParts } from './coming-in-parts.ts'
import {
  correctionsLeadOn,
  correctsAsAudited,
  correctsAsIfAlways,
  correctsAsIfBeforeTheMerge,
  correctsAsIfPublishedThen,
  correctsBesideATrial,
  correctsWhatAMergeBrought,
  livesOnAsReplayed,
} from './correcting.ts'
import { decidesAlike, effectsSayAll, needsNoOtherRows, survivesStorage } from './decisions.ts'
import { lateFactsLeadOn, mergesLeadOn } from './differing.ts'
import { givesEverythingBack } from './giving-back.ts'
import { endsAsIfKnown } from './held-points.ts'
import { idleRulesChangeNothing } from './idle-rules.ts'
import { mergesAsAudited, mergesHoweverItArrives, mergesInAnyOrder, mergesWholly, undoesMerges } from './merging.ts'
import { tellsOneTruth } from './one-truth.ts'
import { fallsWhenTold, idlesByteEqual, knowsWhatIsDue, passesInAnySteps, wakesChangeNothing } from './passing-time.ts'
import { pinsTheVersion } from './pins.ts'
import { poolsEndAlike, poolsLoseNothing } from './pooling.ts'
import { correctionsKeepPromises } from './promised-levels.ts'
import { publishesMeanwhile } from './published-meanwhile.ts'
import { comesLateAsCorrected, comesLateInAnyOrder } from './reaching-back.ts'
import { refundsWholly, returnsEachLegOnce } from './refunding-all.ts'
import { agreesWithAuditor, lateFactsAsAudited } from './second-book.ts'
import { sharesWithoutOverrun } from './shared-room.ts'
import { mergesAcrossArms, pilotsAreForWhomTheyAre } from './trials.ts'
import { burnsInParts, failsToNothing, refundsInParts, refundsOtherMoney } from './undoing.ts'
import { leavesWhatTheRestGives } from './what-remains.ts'

/** A suite that runs properties: few and always the same cases of each, or many that are drawn anew. */
export interface Suite {
  /** Steps of the longest history. */
  readonly most: number
  /** Whether what is costly to compare is compared after every step, or at the end and after one that is drawn. */
  readonly everyStep: boolean
  readonly coverage: Coverage
  /** How long a property may take, where that is not what its project says. */
  readonly patience: { readonly timeout?: number }
  holds(property: fc.IPropertyWithHooks<unknown>, runs: number): void
}

/** `runs`: cases of a quick suite. */
type Row = readonly [title: string, property: (suite: Suite) => fc.IPropertyWithHooks<unknown>, runs: number]

export function histories(suite: Suite): void {
  test.each<Row>([
    [
      'EVT-7 the same arguments give the same decision, and none of them is changed',
      ({ most }) => decidesAlike(most),
      200,
    ],
    [
      'LED-5 effects say all there is: evolve makes of them the member that was decided',
      ({ most }) => effectsSayAll(most),
      200,
    ],
    ['EVT-7 a member survives storage that sorts its keys, at every event', ({ most }) => survivesStorage(most), 200],
    [
      'EVT-3 an event is pinned to the last published of the versions that had begun by its moment',
      pinsTheVersion,
      500,
    ],
    [
      'EVT-3 what was recorded before a version was published is told again without it, whatever the clocks said',
      ({ most }) => publishesMeanwhile({ most }),
      100,
    ],
    [
      'PIL-1 a version on trial is for whoever is drawn as if it were for all, and has never been for anybody else',
      ({ most }) => pilotsAreForWhomTheyAre({ most }),
      100,
    ],
    [
      'EVT-6 a decision looks at no order and no finished hold that the event does not name',
      ({ most }) => needsNoOtherRows(most),
      200,
    ],
    [
      'LED-1 LED-3 LED-4 balances are sums of entries, lots sum to active, nothing is below zero or both active and owed',
      ({ most }) => balancesHold(most),
      300,
    ],
    ['EARN-4 no cap is ever exceeded', ({ most }) => capsHold(most), 300],
    [
      'TIME-3 passing to one moment and then to another equals passing to the other',
      ({ most }) => passesInAnySteps(most),
      200,
    ],
    ['TIME-4 wake-ups change nothing but when it is written down', ({ most }) => wakesChangeNothing(most), 200],
    ['TIME-4 a wake-up with nothing due leaves the checkpoint byte-equal', ({ most }) => idlesByteEqual(most), 150],
    ['TIME-4 nothing is due before the moment that is named as the next', ({ most }) => knowsWhatIsDue(most), 300],
    [
      'TIER-5 a level goes on the day that is told, and is held to its last moment',
      ({ most }) => fallsWhenTold(most),
      200,
    ],
    ['EARN-1 a rule that cannot match changes nothing', ({ most }) => idleRulesChangeNothing(most), 200],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

/** Of what is spent, given back and taken away again. */
export function refunds(suite: Suite): void {
  test.each<Row>([
    ['LED-4 LOT-4 burning in two parts equals burning once', ({ most }) => burnsInParts(most), 400],
    ['AMT-3 REF-1 any split of a refund equals one', ({ most }) => refundsInParts(most), 300],
    ['REF-1 what is left of an order gives what it would give alone', leavesWhatTheRestGives, 300],
    [
      'AMT-3 REF-1 shipping, tip and tax in parts equal one refund, and touch no rule that leaves them out',
      ({ most }) => refundsOtherMoney(most),
      300,
    ],
    ['REF-4 REF-6 after a full refund by any path nothing is left of an order', ({ most }) => refundsWholly(most), 300],
    [
      'REF-2 LOT-2 who never burned and gives everything back has no debt, and nothing is left in `expired`, in any order',
      givesEverythingBack,
      250,
    ],
    [
      'REF-4 of no redemption more comes back than it burnt, and what stays burnt was not given back',
      ({ most }) => returnsEachLegOnce(most),
      300,
    ],
    [
      'EVT-8 a refund that a person accepted and that fails has moved nothing in the end',
      ({ most }) => failsToNothing(most),
      300,
    ],
    [
      'REF-3 RED-1 whatever is held meanwhile, it ends as if the end of each reservation had been known',
      () => endsAsIfKnown,
      300,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

/** Of a history that is told otherwise: late, again, up to a moment, by another book. */
export function retellings(suite: Suite): void {
  test.each<Row>([
    [
      'STAMP-1 EVT-2 cards that were told again are told so once more, and the second book tells them so',
      tellsCardsAgainAlike,
      20,
    ],
    [
      'EVT-2 any arrival of the same facts and answers ends in the same state and totals',
      ({ most }) => arrivesInAnyOrder(most),
      150,
    ],
    [
      'EVT-2 LED-8 a replay up to any moment finds the state that was lived to',
      ({ most }) => replaysToAnyMoment(most),
      100,
    ],
    [
      'EVT-7 LED-5 LED-6 LED-8 live, preview, replay, rebuild and backtest tell one truth, transfer by transfer',
      ({ most, coverage }) => tellsOneTruth(most, coverage),
      200,
    ],
    [
      'TIER-8 LED-6 the second book agrees after any step',
      ({ most, everyStep }) => agreesWithAuditor(most, everyStep),
      150,
    ],
    [
      'LOT-1 REF-2 the second book agrees on orders that come in parts',
      ({ most, everyStep }) => agreesWithAuditor(most, everyStep, comingInParts),
      8,
    ],
    [
      'REF-5 STAMP-1 the second book agrees on gift cards that go back in part and come again',
      ({ most, everyStep }) => agreesWithAuditor(most, everyStep, partlyUsed),
      8,
    ],
    [
      'REF-5 EVT-2 the second book agrees on late facts about gift cards that go back in part',
      ({ most }) => lateFactsAsAudited(most, partlyUsed),
      6,
    ],
    [
      'LOT-1 EVT-2 the second book agrees on late facts of orders that come in parts',
      ({ most }) => lateFactsAsAudited(most, comingInParts),
      6,
    ],
    [
      'LOT-1 AMT-3 any parcels of a moment, in any number and order, are one delivery',
      ({ most }) => anyParcelsAreOne(most),
      8,
    ],
    [
      'EVT-2 LOT-6 the second book agrees on what late facts leave of answers, and no more comes back than lapsed',
      ({ most }) => lateFactsAsAudited(most),
      50,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

/** Of members who hold what a version gives up. */
export function transitions(suite: Suite): void {
  test.each<Row>([
    [
      'TRN-2 LED-3 LED-4 balances and lots hold where an asset becomes another',
      ({ most }) => balancesHold(most, true),
      50,
    ],
    [
      'EVT-3 TRN-2 what was recorded before a version gave up an asset is told again without that, whatever the clocks said',
      ({ most }) => publishesMeanwhile({ most, givingUp: true }),
      50,
    ],
    [
      'PIL-1 TRN-2 what a version on trial makes of an asset it makes of it for whoever is drawn, and of nobody else’s',
      ({ most }) => pilotsAreForWhomTheyAre({ most, givingUp: true }),
      50,
    ],
    [
      'TRN-2 TIME-3 passing to one moment and then to another converts what passing to the other does',
      ({ most }) => passesInAnySteps(most, true),
      50,
    ],
    [
      'TRN-2 EVT-2 what becomes of an asset is the same in any order of arrival',
      ({ most }) => arrivesInAnyOrder(most, true),
      50,
    ],
    [
      'TRN-2 TIER-8 the second book agrees on what an asset becomes, after any step',
      ({ most, everyStep }) => agreesWithAuditor(most, everyStep, { givingUp: true }),
      50,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

export function backtests(suite: Suite): void {
  test.each<Row>([
    [
      'EVT-3 what ran, judged anew as a draft that always ruled, changes nothing',
      ({ most }) => aDraftOfWhatRanChangesNothing(most),
      200,
    ],
    ['what many members add up to is the same however they are divided', ({ most }) => anyPartsAddUp(most), 60],
    [
      'FIN-1 totals are a movement table: its terms come to what members have in the end',
      ({ most }) => totalsAreAMovementTable(most),
      200,
    ],
    [
      'whoever takes the cheapest at once is left with nothing that buys it',
      ({ most }) => takenAtOnceNothingIsLeft(most),
      200,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

export function merges(suite: Suite): void {
  test.each<Row>([
    ['MRG-1 of two members who become one nothing is made and nothing lost', ({ most }) => mergesWholly(most), 150],
    [
      'MRG-1 EVT-2 a fact of the one who has gone says the same before the merge and after it, to the last entry',
      ({ most }) => mergesInAnyOrder(most),
      150,
    ],
    [
      'MRG-1 EVT-2 a merge and what comes via the one who has gone arrive in any order',
      ({ most }) => mergesHoweverItArrives(most),
      150,
    ],
    ['MRG-1 TIER-8 the second book agrees on what two members become', ({ most }) => mergesAsAudited(most), 150],
    [
      'MRG-1 PIL-1 members of two arms become one, each past by the versions that ruled it, late or in time',
      ({ most }) => mergesAcrossArms(most),
      60,
    ],
    ['MRG-1 a merge that was undone is as if it had never been, for both', ({ most }) => undoesMerges(most), 150],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

export function pools(suite: Suite): void {
  test.each<Row>([
    [
      'POOL-1 COR-3 whatever members and a pool do, in whatever order facts and words arrive, nothing is lost between them',
      poolsLoseNothing,
      300,
    ],
    [
      'POOL-1 members and pool together have the same in the end, in whatever order orders and refunds are heard',
      poolsEndAlike,
      200,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

export function rooms(suite: Suite): void {
  test.each<Row>([
    [
      'EARN-5 RED-3 EVT-2 however many ask, no room overruns, what is gone of it is with somebody, and no grant is judged again',
      ({ coverage }) => sharesWithoutOverrun(14, coverage),
      90,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

/** Of what a late fact and a merge write down. */
export function differences(suite: Suite): void {
  test.each<Row>([
    [
      'EVT-2 the stored differences of a late fact lead from any state to that of the replay',
      ({ most, coverage }) => lateFactsLeadOn(most, coverage),
      200,
    ],
    [
      'MRG-1 the stored differences of a merge, and of one that is undone, lead to what the replay finds',
      ({ most, coverage }) => mergesLeadOn(most, coverage),
      60,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}

/** Of a past that a wrong version has judged. */
export function corrections(suite: Suite): void {
  test.each<Row>([
    [
      'COR-1 a past that was corrected is as if it had been judged so from the first, and leaves nothing to correct',
      ({ most, coverage }) => correctsAsIfAlways(most, coverage),
      30,
    ],
    [
      'COR-2 COR-3 LED-5 what a correction posts leads to that past, once, and leaves nobody owing more than the program lets',
      ({ most }) => correctionsLeadOn(most),
      60,
    ],
    [
      'COR-3 TRN-4 a level that was promised, under whatever name, and that right facts held up then is not lost, and no other is kept',
      ({ most, coverage }) => correctionsKeepPromises(most, coverage),
      20,
    ],
    [
      'COR-2 EVT-2 TIER-8 what comes late of a time that is corrected comes to what the correction comes to, and the second book says so',
      ({ most, coverage }) => comesLateAsCorrected(most, coverage),
      8,
    ],
    ['COR-2 EVT-2 in whatever order it comes', ({ most }) => comesLateInAnyOrder(most), 8],
    [
      'COR-1 COR-3 TIER-8 the second book agrees on what is to be corrected, and what comes of it',
      ({ most }) => correctsAsAudited(most),
      25,
    ],
    [
      'COR-1 MRG-1 TIER-8 the second book agrees where a merge has brought what is corrected',
      ({ most }) => correctsWhatAMergeBrought(most),
      20,
    ],
    [
      'COR-1 EVT-2 whoever lives on after a correction is what a replay says, also where a fact came after it',
      ({ most }) => livesOnAsReplayed(most),
      30,
    ],
    [
      'COR-1 TIER-8 what a version on trial has judged stays with it, and the second book says so, too',
      ({ most }) => correctsBesideATrial(most),
      20,
    ],
    [
      'COR-1 TIER-1 a correction of facts alone is as if the version had been published on its date',
      ({ most }) => correctsAsIfPublishedThen(most),
      30,
    ],
    [
      'COR-1 MRG-1 what a merge has brought is corrected as if it had been judged so before',
      ({ most }) => correctsAsIfBeforeTheMerge(most),
      20,
    ],
  ])('%s', suite.patience, (_title, property, runs) => suite.holds(property(suite), runs))
}
