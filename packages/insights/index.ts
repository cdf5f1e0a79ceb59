export {
  aliveByBgNbd,
  type BgNbd,
  chanceByBgNbd,
  expectedByBgNbd,
  expectedNextByBgNbd,
  fitBgNbd,
} from './buying/bg-nbd.ts'
export type { Fit } from './buying/fit.ts'
export { expectedSpend, fitGammaGamma, type GammaGamma, type Spending } from './buying/gamma-gamma.ts'
export { gatherHistories, type Histories, type History } from './buying/histories.ts'
export {
  aliveByParetoNbd,
  expectedByParetoNbd,
  expectedNextByParetoNbd,
  fitParetoNbd,
  type ParetoNbd,
} from './buying/pareto-nbd.ts'
export * from './effect/cuped.ts'
export * from './effect/differences.ts'
export * from './effect/lift.ts'
export type { Look } from './effect/look.ts'
export { type SampleRatio, sampleRatio } from './effect/sample-ratio.ts'
export type { Estimate } from './estimate.ts'
export * from './groups/cohorts.ts'
export * from './groups/engagement.ts'
export type { Purchase } from './groups/purchases.ts'
export * from './groups/repeat.ts'
export * from './groups/rfm.ts'
export * from './groups/survival.ts'
export * from './money/breakage.ts'
export * from './money/deferral.ts'
export * from './money/estimate-trail.ts'
export * from './money/profit-and-loss.ts'
export * from './money/referral-cost.ts'
export type { Untold } from './untold.ts'
