import { aliveByBgBb, type BgBb, chanceByBgBb, expectedByBgBb, goingOnByBgBb } from './bg-bb.ts'
import { aliveByBgNbd, type BgNbd, chanceByBgNbd, expectedByBgNbd, goingOnByBgNbd } from './bg-nbd.ts'
import type { History } from './histories.ts'
import {
  aliveByParetoNbd,
  chanceByParetoNbd,
  expectedByParetoNbd,
  goingOnByParetoNbd,
  type ParetoNbd,
} from './pareto-nbd.ts'

/** A model of how members buy and leave, with its parameters. Its unit of time is that of the histories it was fitted to. */
export type BuyingModel = BgNbd | ParetoNbd | BgBb

/** The chance, 0 to 1, that a member with this history is still there at the end of it. */
export function aliveChance(model: BuyingModel, history: History): number {
  switch (model.type) {
    case 'bg-nbd':
      return aliveByBgNbd(model, history)
    case 'pareto-nbd':
      return aliveByParetoNbd(model, history)
    case 'bg-bb':
      return aliveByBgBb(model, history)
  }
}

/** Expected purchases of a new member within `t` units of time after the first purchase, which is not counted. */
export function expectedPurchases(model: BuyingModel, t: number): number {
  switch (model.type) {
    case 'bg-nbd':
      return expectedByBgNbd(model, t)
    case 'pareto-nbd':
      return expectedByParetoNbd(model, t)
    case 'bg-bb':
      return expectedByBgBb(model, t)
  }
}

/** The chance that a new member makes exactly `n` repeat purchases within `t` units of time. */
export function purchasesChance(model: BuyingModel, n: number, t: number): number {
  switch (model.type) {
    case 'bg-nbd':
      return chanceByBgNbd(model, n, t)
    case 'pareto-nbd':
      return chanceByParetoNbd(model, n, t)
    case 'bg-bb':
      return chanceByBgBb(model, n, t)
  }
}

/** The model of a member with this history, if still there, as if new from now on. */
export function goingOn(model: BuyingModel, history: History): BuyingModel {
  switch (model.type) {
    case 'bg-nbd':
      return goingOnByBgNbd(model, history)
    case 'pareto-nbd':
      return goingOnByParetoNbd(model, history)
    case 'bg-bb':
      return goingOnByBgBb(model, history)
  }
}

/** Expected purchases of a member with this history within `t` units of time from now (the conditional expectation). */
export const expectedNext = (model: BuyingModel, history: History, t: number): number =>
  aliveChance(model, history) * expectedPurchases(goingOn(model, history), t)

/** The chance that a member with this history makes exactly `n` purchases within `t` units of time from now. */
export function nextChance(model: BuyingModel, history: History, n: number, t: number): number {
  const alive = aliveChance(model, history)
  return alive * purchasesChance(goingOn(model, history), n, t) + (n === 0 ? 1 - alive : 0)
}
