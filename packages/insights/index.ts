export { type BgBb, fitBgBb } from './buying/bg-bb.ts'
export { type BgNbd, fitBgNbd } from './buying/bg-nbd.ts'
export type { Fit, NoFit } from './buying/fit.ts'
export {
  expectedSpend,
  fitGammaGamma,
  type GammaGamma,
  type NoSpend,
  type Spending,
  spendCorrelation,
} from './buying/gamma-gamma.ts'
export { type GroupError, type HeldOut, heldOutError } from './buying/held-out.ts'
export type { History } from './buying/histories.ts'
export {
  type Customer,
  discountedPurchases,
  type LifetimeValues,
  lifetimeValues,
  type Outlook,
  type SegmentValue,
} from './buying/lifetime-value.ts'
export {
  aliveChance,
  type BuyingModel,
  expectedNext,
  expectedPurchases,
  nextChance,
  purchasesChance,
} from './buying/model.ts'
export { fitParetoNbd, type ParetoNbd } from './buying/pareto-nbd.ts'
export { type Observed, observe, type Period } from './buying/purchases.ts'
export * from './choosing/next-best.ts'
export * from './effect/cuped.ts'
export * from './effect/differences.ts'
export * from './effect/lift.ts'
export type { Look } from './effect/look.ts'
export { membersNeeded } from './effect/members-needed.ts'
export { type SampleRatio, sampleRatio } from './effect/sample-ratio.ts'
export type { Estimate } from './estimate.ts'
export * from './groups/cohorts.ts'
export * from './groups/engagement.ts'
export * from './groups/repeat.ts'
export * from './groups/rfm.ts'
export * from './groups/survival.ts'
export * from './money/breakage.ts'
export * from './money/deferral.ts'
export * from './money/estimate-trail.ts'
export * from './money/movement.ts'
export * from './money/profit-and-loss.ts'
export * from './money/referral-cost.ts'
export type { Purchase, WrongPurchases } from './purchases.ts'
export type { Untold } from './untold.ts'
export * from './voices/asking.ts'
export * from './voices/lexicon.ts'
export * from './voices/scores.ts'
export * from './voices/themes.ts'
