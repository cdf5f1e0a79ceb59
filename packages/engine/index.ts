export * from './amounts/fraction.ts'
export { prorate } from './amounts/prorate.ts'
export { orderOfOwner } from './awards/amounts.ts'
export { mayWin } from './awards/won.ts'
export { type Aim, aimsOf } from './backtest/aims.ts'
export { type Backtested, backtest, mergeBacktested } from './backtest/backtest.ts'
export { ASSUMPTIONS, type Assumption, type Candidate, draftOf, whatRan } from './backtest/candidate.ts'
export type { Comparison, Gap } from './backtest/compare-lives.ts'
export { type BacktestSetting, type Life, liveAgain, type Recording } from './backtest/live-again.ts'
export { type AgainstReport, type Priced, type Report, reportOf } from './backtest/report.ts'
export type { Sums } from './backtest/sums.ts'
export type { Totals } from './backtest/totals.ts'
export { type Because, type Entitlement, entitlementsOf, type Question } from './benefits/entitlements.ts'
export { type CardProgress, cardProgressOf } from './cards/progress.ts'
export { type ChallengeProgress, challengeProgressOf } from './challenges/progress.ts'
export { checkpointOf, firedAsBefore, withoutRows } from './checkpoint.ts'
export { closingTold } from './closing/closing.ts'
export { toBear, toClaim, toKeep } from './corrections/bear.ts'
export { factsToCorrect, type ToCorrect } from './corrections/facts-to-correct.ts'
export { isPutRight } from './corrections/put-right.ts'
export { rightOf } from './corrections/reaching-back.ts'
export { pinsOf, pinsSince, repinned } from './corrections/repin.ts'
export {
  type Decision,
  decide,
  decideInPlace,
  ENGINE_REVISION,
  isLate,
  isToldAgain,
  type Replayed,
  replay,
  replaying,
} from './decide.ts'
export { differenceOf, headOf, isSameState, type PartWithoutDifference, wordsAfterReplay } from './difference.ts'
export { doingOf, doingsIn, type ReplayedDecision } from './doing.ts'
export { type DrawRound, drawRoundsOf, drawsIn } from './draws/rounds.ts'
export * from './effect.ts'
export { type EffectFamily, isOf, isSaidLate } from './effect-families.ts'
export * from './event.ts'
export { evolve, evolveThrough, evolving } from './evolve.ts'
export { type Arm, armOf } from './experiments/arms.ts'
export { linesOf, ownTimeline, type PilotArm, pilotArmOf } from './experiments/pilot.ts'
export { barToEarning, barToRedeeming } from './footing/bars.ts'
export { footingOf, isMarked } from './footing/footing.ts'
export { type Lateness, type Waiver, waiversOf } from './late-debt.ts'
export { type Ranked, Ranking } from './leaderboards/ranking.ts'
export { boardSpans, scoreOf } from './leaderboards/score.ts'
export * from './member.ts'
export { nameBefore, nameBrought } from './merging/brought-name.ts'
export { whosePast } from './merging/told-again.ts'
export { isMovementName } from './movement-name.ts'
export { movesBetween } from './moves-between.ts'
export { needsOf, needsOfRecord, ordersLinked, vouchersAwaiting } from './needs.ts'
export { type Notice, noticesDue } from './notices.ts'
export { isSentTo } from './offers/audience.ts'
export { type OfferProgress, offerProgressOf } from './offers/progress.ts'
export type { Receipt } from './offers/receipt.ts'
export { type Bought, boughtWith } from './orders/bought.ts'
export { refundNameOf } from './orders/noted-refund.ts'
export { contentOf as orderContentOf } from './orders/order.ts'
export { PARTNER_EARNED } from './partners/settle.ts'
export type * from './plans/held.ts'
export { type LotsOfAsset, lotDifferences } from './points/asset-state.ts'
export { lapseOf } from './points/lots.ts'
export { type Belonging, belongingTo, currentPool } from './pools/belonging.ts'
export { type Paying, payingPool } from './pools/paying.ts'
export { WALLETS, walletOf } from './pools/share.ts'
export { evened, founderOf, isIn, type Participant, type Wallet } from './pools/wallet.ts'
export { canonicalProgram } from './program/canonical.ts'
export { type Compiled, compileAccepted, compileProgram } from './program/compile/program.ts'
export type * from './program/condition.ts'
export { conditionWords } from './program/condition-words.ts'
export { decimalText } from './program/currency.ts'
export type { Change } from './program/diff/compare-items.ts'
export { type ProgramDifference, programDifferences } from './program/diff/differences.ts'
export type { Section as DocumentSection } from './program/diff/items.ts'
export { FINDING_CODES, type Finding, type FindingCode } from './program/finding.ts'
export { formatProgram } from './program/format.ts'
export { nearestWord, suggestion } from './program/nearest.ts'
export { positionIn } from './program/position-in.ts'
export type * from './program/program.ts'
export { renamedProgram } from './program/renamed.ts'
export { programSchema } from './program/schema.ts'
export { nameOfSession, sessionNamed } from './program/session.ts'
export {
  pathOfAnswer,
  remedyFor,
  reviewTransitions,
  type TransitionReview,
} from './program/stranded.ts'
export type { Stranding } from './program/stranding.ts'
export { beginningForNobody, latestOf, reignsOf, versionAt } from './program/timeline.ts'
export {
  type HeldReferral,
  type ReferralChanged,
  type ReferralStatus,
  type SentFriend,
  statusOfReferral,
} from './referral/referral-state.ts'
export { worthOf } from './rewards/redemption.ts'
export { Allowance } from './rooms/allowance.ts'
export { roomOfBudget } from './rooms/budget.ts'
export type { Grant, RoomTaken } from './rooms/grant.ts'
export {
  codesOf,
  everCountsPieces,
  everShares,
  grantsFor,
  isOfCodes,
  isOfPieces,
  roomsBetween,
  seatsOf,
  sharesRoom,
  stockOf,
  takenBy,
  wholeEver,
  wholeOf,
} from './rooms/room.ts'
export { segmentsOf } from './rules/found-by.ts'
export type {
  AssetBalance,
  BooksStanding,
  MemberStanding,
  MemberStatus,
  RankStanding,
  ReferralStanding,
  TierStanding,
  VoucherStanding,
} from './scenarios/columns.ts'
export { statusOf } from './scenarios/columns.ts'
export { compareOutcomes, compareStanding, type Difference } from './scenarios/compare.ts'
export {
  type Happened,
  type Held,
  type Moved,
  outcomesOf,
  remarksOf,
  type Standing,
  seatsTaken,
} from './scenarios/happened.ts'
export { plansAt } from './scenarios/membership-column.ts'
export type { PartnerStanding } from './scenarios/partner-columns.ts'
export type { PoolStanding } from './scenarios/pool-columns.ts'
export { type ReadScenarios, readScenarios } from './scenarios/read-scenarios.ts'
export { type RoomKind, roomsOf } from './scenarios/room-columns.ts'
export type { Part, Row, Scenario, StandingRow } from './scenarios/scenario.ts'
export type * from './scenarios/step.ts'
export type { Mistake } from './scenarios/tables.ts'
export { type CallingOff, callingsOff } from './seats/call-off.ts'
export type { KeptSeat } from './seats/kept.ts'
export type * from './send.ts'
export { isSendKind, type SendKind } from './send-name.ts'
export { explainProgram, explainToMembers, firstSentencesToMembers } from './sentences/explain-program.ts'
export type { Explanation, Part as ExplainedPart, Said, Section } from './sentences/explanation.ts'
export { toldToMembers } from './sentences/told-to-members.ts'
export { LANGUAGES, type Language, type Wording } from './sentences/wording.ts'
export { finished, type Steps } from './steps.ts'
export * from './tidy-order.ts'
export { progressOf, type TierProgress } from './tiers/progress.ts'
export { type DueCause, dueIn } from './time/due-cause.ts'
export * from './time/local.ts'
export { nextDue } from './time/timers.ts'
export type { Trace, TraceEntry } from './trace.ts'
export { lastBeginning } from './transitions/begin.ts'
export { convertedOf } from './transitions/transition-state.ts'
export { undelivered } from './undelivered.ts'
export { toldBy } from './vouchers/announced.ts'
export { type Checkout, checkoutOf, type Lost, type PointsOption } from './vouchers/checkout.ts'
export type { Told } from './vouchers/told.ts'
export type * from './vouchers/voucher.ts'
export { isBack, voucherOf } from './vouchers/voucher.ts'
