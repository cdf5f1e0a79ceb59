import { gaussLegendre } from '../numbers/quadrature.ts'
import { type Untold, untold } from '../untold.ts'
import { expectedByBgBb } from './bg-bb.ts'
import { expectedSpend, type GammaGamma, type Spending } from './gamma-gamma.ts'
import type { History } from './histories.ts'
import { aliveChance, type BuyingModel, expectedPurchases, goingOn } from './model.ts'

export interface Customer {
  readonly history: History
  /** Of repeat purchases; null where there was none. */
  readonly spending: Spending | null
  /** Whatever values are to be summed by. */
  readonly segment: string
}

export interface Outlook {
  /** How far to look, in the models' unit of time. */
  readonly horizon: number
  /** By how much money is worth less one unit of time later: a share, 0 or more. */
  readonly discount: number
  /** The share of what is spent that remains to the shop, 0 to 1. */
  readonly margin: number
}

export interface LifetimeValues {
  readonly type: 'values'
  /** Of each customer in turn, in whole units of the money of the spending: pence where pence were spent. */
  readonly values: Float64Array
  readonly segments: readonly SegmentValue[]
  readonly total: number
}

export interface SegmentValue {
  readonly segment: string
  readonly members: number
  /** The sum of its members' values. */
  readonly total: number
}

/**
 * What the future purchases of each customer are worth today (Fader, Hardie & Lee, "RFM and CLV", Journal of Marketing Research
 * 42, 2005): margin times expected spend times discounted expected purchases, spend and frequency taken as independent. What
 * was bought already does not count.
 */
export function lifetimeValues(
  buying: BuyingModel,
  spend: GammaGamma,
  customers: readonly Customer[],
  outlook: Outlook,
): LifetimeValues | Untold<'impossible-outlook' | 'no-mean-spend'> {
  const { horizon, discount, margin } = outlook
  if (!(horizon >= 0 && discount >= 0 && margin >= 0 && margin <= 1) || !Number.isFinite(horizon + discount)) {
    const what = `horizon ${horizon}, discount ${discount}, margin ${margin}`
    return untold(
      'impossible-outlook',
      `No value can be told for ${what}: none is below zero, and margin is 1 at most.`,
    )
  }
  const purchasesByHistory = new Map<string, number>()
  const values = new Float64Array(customers.length)
  const bySegment = new Map<string, { members: number; total: number }>()
  for (const [index, { history, spending, segment }] of customers.entries()) {
    const each = expectedSpend(spend, spending)
    if (typeof each !== 'number') return each
    // Members with the same history are expected to buy the same.
    const key = `${history.x} ${history.tx} ${history.T}`
    const purchases = purchasesByHistory.get(key) ?? discountedPurchases(buying, history, outlook)
    purchasesByHistory.set(key, purchases)
    const value = Math.round(margin * each * purchases)
    values[index] = value
    const sums = bySegment.get(segment) ?? { members: 0, total: 0 }
    bySegment.set(segment, { members: sums.members + 1, total: sums.total + value })
  }
  const segments = [...bySegment].map(([segment, sums]) => ({ segment, ...sums }))
  return { type: 'values', values, segments, total: segments.reduce((sum, { total }) => sum + total, 0) }
}

// What is integrated is smooth in the logarithm of time: sixteen points reach nine digits over a horizon of years.
const { nodes, weights } = gaussLegendre(16)

/**
 * Expected purchases of a member within the horizon, each worth (1 + discount)^-t where it is made at t from now. In continuous
 * time ∫ v(t) dE(t), by parts v(H) E(H) + ln(1 + discount) ∫ v(t) E(t) dt; for occasions the sum over them.
 */
export function discountedPurchases(
  model: BuyingModel,
  history: History,
  { horizon, discount }: Pick<Outlook, 'horizon' | 'discount'>,
): number {
  const alive = aliveChance(model, history)
  const next = goingOn(model, history)
  if (next.type === 'bg-bb') return alive * expectedByBgBb(next, horizon, discount)
  const expected = (t: number) => expectedPurchases(next, t)
  const rate = Math.log1p(discount)
  const last = Math.exp(-rate * horizon) * expected(horizon)
  if (rate === 0 || horizon === 0) return alive * last
  const scale = next.type === 'pareto-nbd' ? Math.min(next.alpha, next.beta) : next.alpha
  const width = Math.log1p(horizon / scale)
  let integral = 0
  for (let i = 0; i < nodes.length; i++) {
    const t = scale * Math.expm1(width * (nodes[i] ?? 0))
    integral += (weights[i] ?? 0) * width * (scale + t) * Math.exp(-rate * t) * expected(t)
  }
  return alive * (last + rate * integral)
}
