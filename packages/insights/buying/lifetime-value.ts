import { gaussLegendre } from '../numbers/quadrature.ts'
import { type Untold, untold } from '../untold.ts'
import { expectedByBgBb, wrongOccasions } from './bg-bb.ts'
import { expectedSpend, type GammaGamma, type Spending, wrongSpending } from './gamma-gamma.ts'
import { type History, wrongHistory } from './histories.ts'
import { aliveChance, type BuyingModel, expectedPurchases, goingOn } from './model.ts'

export interface ValuedMember {
  readonly history: History
  /** Of repeat purchases; null where there was none. */
  readonly spending: Spending | null
  /** Whatever values are to be summed by. */
  readonly segment: string
}

export interface Outlook {
  /** How far to look, in the models' unit of time, at most 10,000: every day for 27 years. */
  readonly horizon: number
  /** By how much money is worth less one unit of time later: a share, 0 or more. */
  readonly discount: number
  /** The share of what is spent that remains to the shop, 0 to 1. */
  readonly margin: number
}

export interface LifetimeValues {
  readonly type: 'told'
  /** Of each member in turn, in whole units of the money of the spending: pence where pence were spent. */
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

export type NoValues = Untold<'impossible-outlook' | 'impossible-history' | 'impossible-spending' | 'no-mean-spend'>

// A model of occasions walks from each to the next.
const HORIZON_MAX = 10_000

/**
 * What the future purchases of each member are worth today (Fader, Hardie & Lee, "RFM and CLV", Journal of Marketing Research
 * 42, 2005): margin times expected spend times discounted expected purchases, spend and frequency taken as independent. What
 * was bought already does not count.
 */
export function lifetimeValues(
  buying: BuyingModel,
  spend: GammaGamma,
  members: readonly ValuedMember[],
  outlook: Outlook,
): LifetimeValues | NoValues {
  const { horizon, discount, margin } = outlook
  const isPossible = Math.min(horizon, discount, margin) >= 0 && horizon <= HORIZON_MAX && margin <= 1
  if (!isPossible || !Number.isFinite(discount)) {
    return untold(
      'impossible-outlook',
      `No value can be told for horizon ${horizon}, discount ${discount}, margin ${margin}: none may be below zero, the horizon at most ${HORIZON_MAX}, the margin at most 1.`,
    )
  }
  const purchasesByHistory = new Map<string, number>()
  const values = new Float64Array(members.length)
  const bySegment = new Map<string, { members: number; total: number }>()
  for (const [index, { history, spending, segment }] of members.entries()) {
    const wrong =
      wrongHistory(history, index) ??
      (buying.type === 'bg-bb' ? wrongOccasions(history, index) : null) ??
      (spending === null ? null : wrongSpending(spending, `member ${index}`))
    if (wrong !== null) return wrong
    // Members with the same history are expected to buy the same.
    const key = `${history.x} ${history.tx} ${history.T}`
    const purchases = purchasesByHistory.get(key) ?? discountedPurchases(buying, history, outlook)
    purchasesByHistory.set(key, purchases)
    const value = lifetimeValueOf(spend, spending, purchases, margin)
    if (typeof value !== 'number') return value
    values[index] = value
    const sums = bySegment.get(segment) ?? { members: 0, total: 0 }
    bySegment.set(segment, { members: sums.members + 1, total: sums.total + value })
  }
  const segments = [...bySegment].map(([segment, sums]) => ({ segment, ...sums }))
  return { type: 'told', values, segments, total: segments.reduce((sum, { total }) => sum + total, 0) }
}

/** What so many purchases of a member, expected and discounted, are worth today, in whole units of the money of the spending. */
export function lifetimeValueOf(
  spend: GammaGamma,
  spending: Spending | null,
  discounted: number,
  margin: Outlook['margin'],
): number | Exclude<ReturnType<typeof expectedSpend>, number> {
  const each = expectedSpend(spend, spending)
  return typeof each === 'number' ? Math.round(margin * each * discounted) : each
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
