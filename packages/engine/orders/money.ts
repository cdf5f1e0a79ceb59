import { type ExactSum, mulDiv, roundSum } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { OrderContent } from '../event.ts'
import type { CountedRefund, PointsLeg } from '../member.ts'
import type { Excluded } from '../program/program.ts'
import { Remains } from './remains.ts'

/** An order's money part by part, in its own currency: what it was sold for, and what is left after refunds. */
export interface OrderMoney {
  readonly lines: readonly LineMoney[]
  readonly shipping: PartMoney
  readonly tip: PartMoney
  /** Nothing is left of the lines: the order counts for nothing (REF-6). */
  readonly full: boolean
  /** Minor units refunded in all. */
  readonly refunded: number
}

/** What was paid for a part of an order: for one of its lines, for shipping, as a tip. */
export interface SalePart {
  /** After discounts, tax contained. */
  readonly price: number
  readonly tax: number
  /** Shares of what was not paid with money (AMT-2). */
  readonly points: number
  readonly stored: number
}

export interface PartMoney extends SalePart {
  /** Minor units that were not given back. */
  readonly left: number
  /** What still counts where tax was given back by itself; null: nothing of it was, and `left` of `price` counts. */
  readonly standing: Standing | null
}

/** Tax that is given back leaves the rest of its part standing (REF-1): how much of the part that is, and of the tax in it. */
export interface Standing {
  readonly share: ExactSum
  readonly tax: ExactSum
}

export interface LineMoney extends PartMoney {
  readonly items: number
  readonly itemsLeft: number
}

/** Minor units of the lines that are left. */
export const leftOf = (money: OrderMoney): number => money.lines.reduce((sum, line) => sum + line.left, 0)

/** The same with shipping and tip. */
export const allLeftOf = (money: OrderMoney): number => leftOf(money) + money.shipping.left + money.tip.left

/** The order as sold, less refunds in the order in which they counted. */
export function moneyOf(content: OrderContent, refunds: readonly CountedRefund[]): OrderMoney {
  const sold = saleOf(content)
  const remains = new Remains(content, sold)
  let refunded = 0
  for (const refund of refunds) if (!refund.undone) refunded += remains.count(refund)
  const lines = content.lines.map((line, index): LineMoney => {
    const part = sold[index] ?? NO_PART
    const left = remains.moneyAt(index)
    const itemsLeft = part.price > 0 && left === 0 ? 0 : remains.itemsAt(index)
    return { ...part, left, standing: remains.standingAt(index), items: line.quantity, itemsLeft }
  })
  const partAt = (index: number): PartMoney => ({
    ...(sold[index] ?? NO_PART),
    left: remains.moneyAt(index),
    standing: remains.standingAt(index),
  })
  const everything = refunds.some((refund) => refund.everything && !refund.undone)
  const priced = lines.some((line) => line.price > 0)
  const full =
    everything || (lines.length > 0 && lines.every((line) => (priced ? line.left === 0 : line.itemsLeft === 0)))
  return {
    lines: full ? lines.map((line) => ({ ...line, left: 0, itemsLeft: 0 })) : lines,
    shipping: partAt(lines.length),
    tip: partAt(lines.length + 1),
    full,
    refunded,
  }
}

const NO_PART: SalePart = { price: 0, tax: 0, points: 0, stored: 0 }

/** What a refund has left of the order, for whoever has to know how far a refund goes. */
export function remainsOf(content: OrderContent, refunds: readonly CountedRefund[]): Remains {
  const remains = new Remains(content, saleOf(content))
  for (const refund of refunds) if (!refund.undone) remains.count(refund)
  return remains
}

/** What a redemption pays of an order as it stands, minor units. */
export const paidByRedemption = (content: OrderContent, redemption: string): number =>
  content.payments.reduce(
    (sum, payment) => (payment.by === 'points' && payment.redemption === redemption ? sum + payment.amount : sum),
    0,
  )

/** The legs of an order that is now paid as its content says: a leg that was known stays, at the most it ever paid. */
export function legsOf(known: readonly PointsLeg[], content: OrderContent): readonly PointsLeg[] {
  const legs = known.map(({ redemption, amount }) => ({
    redemption,
    amount: Math.max(amount, paidByRedemption(content, redemption)),
  }))
  for (const payment of content.payments) {
    if (payment.by !== 'points' || legs.some(({ redemption }) => redemption === payment.redemption)) continue
    legs.push({ redemption: payment.redemption, amount: paidByRedemption(content, payment.redemption) })
  }
  return legs
}

/** The lines in their order, then shipping, then the tip. Points pay first, stored value what is left, lines before the rest (AMT-2). */
function saleOf(content: OrderContent): readonly SalePart[] {
  const totals = content.lines.map((line) => line.total)
  const discounts = content.discount === 0 ? null : prorate(content.discount, totals)
  const prices = discounts ? totals.map((total, index) => Math.max(0, total - (discounts[index] ?? 0))) : totals
  const { shipping, tip } = content
  const beside = [shipping.total, tip]
  let points = 0
  let stored = 0
  for (const payment of content.payments) {
    if (payment.by === 'points') points += payment.amount
    else if (payment.by !== 'money') stored += payment.amount
  }
  const byPoints = points === 0 ? null : paidPart(points, prices, beside)
  const rest = (all: readonly number[], from: number) =>
    byPoints ? all.map((price, index) => price - (byPoints[from + index] ?? 0)) : all
  const byStored = stored === 0 ? null : paidPart(stored, rest(prices, 0), rest(beside, prices.length))
  const part = (price: number, tax: number, index: number): SalePart => ({
    price,
    tax,
    points: byPoints?.[index] ?? 0,
    stored: byStored?.[index] ?? 0,
  })
  const parts = prices.map((price, index) => part(price, content.lines[index]?.tax ?? 0, index))
  parts.push(part(shipping.total, shipping.tax, parts.length), part(tip, 0, parts.length + 1))
  return parts
}

/** An amount over the lines, and what exceeds them over what is beside them. */
function paidPart(amount: number, lines: readonly number[], beside: readonly number[]): number[] {
  const onLines = Math.min(amount, sumOf(lines))
  const onRest = Math.min(amount - onLines, sumOf(beside))
  return [...prorate(onLines, lines), ...prorate(onRest, beside)]
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)

/** What `amount` of a part comes to for what still stands of it. */
function standingPart({ price, left, standing }: PartMoney, amount: number): number {
  if (left === 0 || price === 0) return 0
  if (standing === null) return left === price ? amount : mulDiv(amount, left, price, 'half-even')
  const { numerator, denominator } = standing.share
  return roundSum({ numerator: BigInt(amount) * numerator, denominator }, 'half-even')
}

/** The price that still stands: what is left, and the tax that was given back by itself. Conditions go by it. */
export const standingPrice = (part: PartMoney): number => standingPart(part, part.price)

/** Minor units of a leg of the payment that refunds have given back, part by part as they were paid (REF-4). */
export const paidBack = (money: OrderMoney, leg: 'points' | 'stored'): number =>
  [...money.lines, money.shipping, money.tip].reduce((sum, part) => sum + part[leg] - legLeft(part, leg), 0)

function legLeft(part: PartMoney, leg: 'points' | 'stored'): number {
  if (part[leg] === 0) return 0
  // Tax comes back as money first; no leg is ever more than what is left of its part.
  const points = Math.min(part.left, standingPart(part, part.points))
  return leg === 'points' ? points : Math.min(part.left - points, standingPart(part, part.stored))
}

/** A part's eligible money of what is left (EARN-2), exact to the minor unit: nothing of it is ever earned twice. */
export function eligibleOf(part: PartMoney, include: ReadonlySet<Excluded>): number {
  const { price, tax, left, standing } = part
  if (left === 0 || price === 0) return 0
  let eligible = price
  if (!include.has('points')) eligible -= part.points
  if (!include.has('stored-value')) eligible -= part.stored
  if (standing === null) {
    if (!include.has('tax')) eligible -= tax
    if (eligible <= 0) return 0
    return left === price ? eligible : mulDiv(eligible, left, price, 'half-even')
  }
  const net = { numerator: BigInt(eligible - tax) * standing.share.numerator, denominator: standing.share.denominator }
  return Math.max(0, roundSum(include.has('tax') ? plus(net, standing.tax) : net, 'half-even'))
}

const plus = (a: ExactSum, b: ExactSum): ExactSum => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
})
