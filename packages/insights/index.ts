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
