import { mulDiv } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { OrderContent } from '../event.ts'
import type { CountedRefund, PointsLeg } from '../member.ts'
import type { Excluded } from '../program/program.ts'

/** An order's money line by line, in its own currency: what it was sold for, and what is left after refunds. */
export interface OrderMoney {
  readonly lines: readonly LineMoney[]
  /** Nothing is left: the order counts for nothing (REF-6). */
  readonly full: boolean
  /** Minor units refunded in all. */
  readonly refunded: number
  /** What the points and the stored value paid beyond the lines. */
  readonly paidBeyondLines: { readonly points: number; readonly stored: number }
}

export interface LineMoney {
  /** After discounts, tax contained. */
  readonly price: number
  readonly left: number
  readonly items: number
  readonly itemsLeft: number
  /** Shares of what was not paid with money (AMT-2). */
  readonly points: number
  readonly stored: number
}

/** Minor units of the lines that are left. */
export const leftOf = (money: OrderMoney): number => money.lines.reduce((sum, line) => sum + line.left, 0)

/** The order as sold, less refunds in the order in which they counted. */
export function moneyOf(content: OrderContent, refunds: readonly CountedRefund[]): OrderMoney {
  const sold = saleOf(content)
  const left = new Remains(content, sold)
  let refunded = 0
  for (const refund of refunds) if (!refund.undone) refunded += left.count(refund)
  const lines = sold.lines.map((line, index) => ({
    ...line,
    left: left.moneyAt(index),
    itemsLeft: line.price > 0 && left.moneyAt(index) === 0 ? 0 : left.itemsAt(index),
  }))
  const everything = refunds.some((refund) => refund.everything && !refund.undone)
  const priced = lines.some((line) => line.price > 0)
  const full =
    everything || (lines.length > 0 && lines.every((line) => (priced ? line.left === 0 : line.itemsLeft === 0)))
  return {
    lines: full ? lines.map((line) => ({ ...line, left: 0, itemsLeft: 0 })) : lines,
    full,
    refunded,
    paidBeyondLines: sold.beyond,
  }
}

/** What a redemption pays of an order as it stands, minor units. */
export const paidByRedemption = (content: OrderContent, redemption: string): number =>
  content.payments.reduce(
    (sum, payment) => (payment.by === 'points' && payment.redemption === redemption ? sum + payment.amount : sum),
    0,
  )

/** The legs of an order that is now paid as its content says: a leg that was known stays, at the most it ever paid. */
export function legsOf(known: readonly PointsLeg[], content: OrderContent): readonly PointsLeg[] {
  const named = content.payments.flatMap((payment) => (payment.by === 'points' ? [payment.redemption] : []))
  const redemptions = new Set([...known.map((leg) => leg.redemption), ...named])
  return [...redemptions].map((redemption) => {
    const before = known.find((leg) => leg.redemption === redemption)?.amount ?? 0
    return { redemption, amount: Math.max(before, paidByRedemption(content, redemption)) }
  })
}

type SaleLine = Omit<LineMoney, 'left' | 'itemsLeft'>

function saleOf(content: OrderContent): {
  readonly lines: readonly SaleLine[]
  readonly beyond: { readonly points: number; readonly stored: number }
} {
  const totals = content.lines.map((line) => line.total)
  const discounts = content.discount === 0 ? null : prorate(content.discount, totals)
  const prices = discounts ? totals.map((total, index) => Math.max(0, total - (discounts[index] ?? 0))) : totals
  let pointsPaid = 0
  let storedPaid = 0
  for (const payment of content.payments) {
    if (payment.by === 'points') pointsPaid += payment.amount
    else if (payment.by !== 'money') storedPaid += payment.amount
  }
  const sum = prices.reduce((total, price) => total + price, 0)
  const pointsOnLines = Math.min(pointsPaid, sum)
  const storedOnLines = Math.min(storedPaid, sum - pointsOnLines)
  const points = pointsOnLines === 0 ? null : prorate(pointsOnLines, prices)
  const rest = points ? prices.map((price, index) => price - (points[index] ?? 0)) : prices
  const stored = storedOnLines === 0 ? null : prorate(storedOnLines, rest)
  return {
    lines: content.lines.map((line, index) => ({
      price: prices[index] ?? 0,
      items: line.quantity,
      points: points?.[index] ?? 0,
      stored: stored?.[index] ?? 0,
    })),
    beyond: { points: pointsPaid - pointsOnLines, stored: storedPaid - storedOnLines },
  }
}

/**
 * What is left of each line while refunds are counted one after another. Refunds by amount that follow each other are spread as
 * one total over what was left before the first of them, so that any split of a refund equals one (AMT-3).
 */
export class Remains {
  readonly #content: OrderContent
  readonly #prices: readonly number[]
  #refunded: number[]
  #given: number[]
  #spread: { total: number; readonly over: readonly number[] } | null = null

  constructor(content: OrderContent, sale: { readonly lines: readonly SaleLine[] }) {
    this.#content = content
    this.#prices = sale.lines.map((line) => line.price)
    this.#refunded = this.#prices.map(() => 0)
    this.#given = this.#prices.map(() => 0)
  }

  static of(content: OrderContent, refunds: readonly CountedRefund[]): Remains {
    const remains = new Remains(content, saleOf(content))
    for (const refund of refunds) if (!refund.undone) remains.count(refund)
    return remains
  }

  moneyAt(index: number): number {
    return (this.#prices[index] ?? 0) - (this.#refunded[index] ?? 0)
  }

  itemsAt(index: number): number {
    return (this.#content.lines[index]?.quantity ?? 0) - (this.#given[index] ?? 0)
  }

  get money(): number {
    return this.#prices.reduce((sum, _, index) => sum + this.moneyAt(index), 0)
  }

  indexOf(line: string): number {
    return this.#content.lines.findIndex((candidate) => candidate.id === line)
  }

  /** The sale's price of `items` of a line, as a difference of totals over what was given back before. */
  priceOf(index: number, items: number): number {
    const quantity = this.#content.lines[index]?.quantity ?? 1
    const price = this.#prices[index] ?? 0
    const left = this.itemsAt(index)
    return mulDiv(price, left, quantity, 'half-even') - mulDiv(price, left - items, quantity, 'half-even')
  }

  /** The sale's price of items beyond what was sold. */
  priceBeyond(index: number, items: number): number {
    const quantity = this.#content.lines[index]?.quantity ?? 1
    return mulDiv(this.#prices[index] ?? 0, items, quantity, 'half-even')
  }

  /** Takes a refund off, as much of it as is left; answers the minor units that counted. */
  count(refund: Pick<CountedRefund, 'everything' | 'lines' | 'amount'>): number {
    if (refund.everything) {
      const all = this.money
      this.#refunded = [...this.#prices]
      this.#given = this.#content.lines.map((line) => line.quantity)
      this.#spread = null
      return all
    }
    let counted = 0
    for (const line of refund.lines) {
      this.#spread = null
      const index = this.indexOf(line.line)
      if (index < 0) continue
      const amount = Math.min(line.amount, this.moneyAt(index))
      this.#refunded[index] = (this.#refunded[index] ?? 0) + amount
      this.#given[index] = (this.#given[index] ?? 0) + Math.min(line.quantity, this.itemsAt(index))
      counted += amount
    }
    if (refund.amount > 0) counted += this.#countAmount(refund.amount)
    return counted
  }

  #countAmount(wished: number): number {
    const amount = Math.min(wished, this.money)
    const spread = this.#spread ?? { total: 0, over: this.#prices.map((_, index) => this.moneyAt(index)) }
    const before = prorate(spread.total, spread.over)
    spread.total += amount
    const after = prorate(spread.total, spread.over)
    this.#refunded = this.#refunded.map((refunded, index) => refunded - (before[index] ?? 0) + (after[index] ?? 0))
    this.#spread = spread
    return amount
  }
}

/** A line's eligible part of what is left (EARN-2), exact to the minor unit: nothing of it is ever earned twice. */
export function eligibleOf(
  line: LineMoney,
  sold: { readonly tax: number; readonly kind: string },
  include: ReadonlySet<Excluded>,
): number {
  if (line.left === 0 || line.price === 0) return 0
  if (sold.kind === 'gift-card' && !include.has('gift-card')) return 0
  let eligible = line.price
  if (!include.has('tax')) eligible -= sold.tax
  if (!include.has('points')) eligible -= line.points
  if (!include.has('stored-value')) eligible -= line.stored
  if (eligible <= 0) return 0
  return line.left === line.price ? eligible : mulDiv(eligible, line.left, line.price, 'half-even')
}
