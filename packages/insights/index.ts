export { type BgBb, fitBgBb } from './buying/bg-bb.ts'
export { type BgNbd, fitBgNbd } from './buying/bg-nbd.ts'
export type { Fit, NoFit } from './buying/fit.ts'
export {
  expectedSpend,
  fitGammaGamma,
  type GammaGamma,
  type NoSpend,
  type SpendCorrelation,
  type Spending,
  spendCorrelation,
} from './buying/gamma-gamma.ts'
export { type GroupError, type HeldOut, type HeldOutErrors, heldOutError } from './buying/held-out.ts'
export type { History } from './buying/histories.ts'
export {
  discountedPurchases,
  type LifetimeValues,
  lifetimeValueOf,
  lifetimeValues,
  type NoValues,
  type Outlook,
  type SegmentValue,
  type ValuedMember,
} from './buying/lifetime-value.ts'
export {
  aliveChance,
  type BuyingModel,
  expectedNext,
  expectedPurchases,
  nextChance,
  purchasesChance,
} from './buying/model.ts'
export { type Observed, observe, type Period } from './buying/observe.ts'
export { fitParetoNbd, type ParetoNbd } from './buying/pareto-nbd.ts'
export {
  type Considered,
  type Eligible,
  type NextBest,
  nextBest,
  type RandomNumbers,
  type Response,
} from './choosing/next-best.ts'
export { type Estimate, shareEstimate } from './estimate.ts'
export type { NoBuyers } from './groups/buyers.ts'
export {
  type Cohort,
  type CohortCounts,
  type Cohorts,
  cohortsOf,
  cohortsOfCounts,
  type NoCohorts,
} from './groups/cohorts.ts'
export {
  type Activity,
  type Engagement,
  engagementOf,
  type Followed,
  type PredictiveCheck,
  predictiveCheck,
  type Weight,
} from './groups/engagement.ts'
export { type NoRepeat, type NoStay, type Repeat, repeatOf, stayOf } from './groups/repeat.ts'
export {
  type BoughtInAll,
  type NoRfm,
  RFM_SEGMENTS,
  type Rfm,
  type RfmCuts,
  type RfmSegment,
  rfmBy,
  rfmCutsOf,
  rfmOf,
  rfmSegmentOf,
  type Score,
  type ScoredMember,
} from './groups/rfm.ts'
export { type Duration, type Survival, type SurvivalStep, survivalOf } from './groups/survival.ts'
export {
  type Arms,
  type Compared,
  type Lift,
  type LiftTold,
  liftOf,
  type NoLift,
  type Plan,
  type Subject,
  type UnevenArms,
} from './lift/lift.ts'
export type { Look } from './lift/look.ts'
export { membersNeeded } from './lift/members-needed.ts'
export type { SampleRatio } from './lift/sample-ratio.ts'
export {
  type Breakage,
  breakageOf,
  type CohortEstimate,
  type IssuedCohort,
  type NoBreakage,
} from './money/breakage.ts'
export {
  type Deferral,
  deferRefund,
  deferSale,
  type Journal,
  type JournalLine,
  liabilityOf,
  type NoSale,
  type Posted,
  releaseDeferred,
  type Standing,
  type TakenBack,
  type Worth,
} from './money/deferral.ts'
export { type EstimateRecord, estimateAt, reviseEstimates } from './money/estimate-trail.ts'
export { type LiabilityMovement, liabilityMovement } from './money/movement.ts'
export {
  type Item,
  type Measured,
  type NoProfitAndLoss,
  type ProfitAndLoss,
  profitAndLoss,
} from './money/profit-and-loss.ts'
export { type ReferralCost, type ReferralFigures, referralCost } from './money/referral-cost.ts'
export type { Purchase, WrongPurchases } from './purchases.ts'
export type { Untold } from './untold.ts'
export { type Askable, type Asking, type AskingPlan, answersNeeded, whomToAsk } from './voices/asking.ts'
export { ENGLISH, type Lexicon, type Theme } from './voices/lexicon.ts'
export { effortScore, type NoScore, netPromoterScore, type SurveyScore, satisfaction } from './voices/scores.ts'
export { type Feedback, feedbackOf, type Mention, type Mood, OTHER_THEME, type ThemeGroup } from './voices/themes.ts'
