import type { Excluded, Line, OrderContent, Payment } from '@laurel/engine'
import type { AuditedOrder, CountedRefund } from './book.ts'
import { exact, rounded, share, spread, sum, times } from './exact.ts'

/** What an order's lines cost, how they were paid, and what refunds have left of them (AMT-2, AMT-3, REF-1). */

export interface Remains {
  readonly line: Line
  /** Paid for the line: its total less its share of the order's discount. */
  readonly price: number
  /** Minor units not refunded. */
  readonly money: number
  /** Items that still count: none where the money is gone. */
  readonly items: number
  /** Items that nobody gave back. */
  readonly kept: number
}

function pricesOf(content: OrderContent): number[] {
  const totals = content.lines.map((line) => line.total)
  const off = spread(content.discount, totals)
  return totals.map((total, i) => total - (off[i] ?? 0))
}

const paidBy = (content: OrderContent, counts: (payment: Payment) => boolean): number =>
  sum(content.payments.flatMap((payment) => (counts(payment) ? [payment.amount] : [])))
export const paidByRedemption = (content: OrderContent, redemption: string): number =>
  paidBy(content, (payment) => payment.by === 'points' && payment.redemption === redemption)
const isPoints = (payment: Payment) => payment.by === 'points'
const isStored = (payment: Payment) => payment.by === 'gift-card' || payment.by === 'store-credit'

/** How the lines were paid: points first, stored value on the rest; what exceeds the lines falls on shipping and tip (AMT-2). */
export function paidByLine(content: OrderContent): { points: number[]; stored: number[]; beyond: [number, number] } {
  const prices = pricesOf(content)
  const points = paidBy(content, isPoints)
  const onLines = Math.min(points, sum(prices))
  const byPoints = spread(onLines, prices)
  const rest = prices.map((price, i) => price - (byPoints[i] ?? 0))
  const stored = paidBy(content, isStored)
  const storedOnLines = Math.min(stored, sum(rest))
  return { points: byPoints, stored: spread(storedOnLines, rest), beyond: [points - onLines, stored - storedOnLines] }
}

/** Eligible money of each line, nothing refunded (EARN-2). */
function eligibleAtFirst(content: OrderContent, include: ReadonlySet<Excluded>): number[] {
  const { points, stored } = paidByLine(content)
  return pricesOf(content).map((price, i) => {
    const line = content.lines[i]
    if (line === undefined || (line.kind === 'gift-card' && !include.has('gift-card'))) return 0
    const tax = include.has('tax') ? 0 : line.tax
    const byPoints = include.has('points') ? 0 : (points[i] ?? 0)
    const byStored = include.has('stored-value') ? 0 : (stored[i] ?? 0)
    return Math.max(0, price - tax - byPoints - byStored)
  })
}

/** Shipping and tip, where a rule counts them, less what points and stored value paid of them. */
function eligibleBesideLines(content: OrderContent, include: ReadonlySet<Excluded>): number {
  const tax = include.has('tax') ? 0 : content.shipping.tax
  const [points, stored] = paidByLine(content).beyond
  const counted = (include.has('shipping') ? content.shipping.total - tax : 0) + (include.has('tip') ? content.tip : 0)
  return Math.max(0, counted - (include.has('points') ? 0 : points) - (include.has('stored-value') ? 0 : stored))
}

/** Minor units in a whole one of the program's currency: the generators draw dollars only. */
const minorOfProgram = 100

/**
 * Eligible money per line of what remains, and beside the lines, in the program's currency: another currency's total is
 * converted once and spread (AMT-4).
 */
export function eligibleOf(
  content: OrderContent,
  remains: readonly Remains[],
  include: ReadonlySet<Excluded>,
  besideLines: boolean,
): { readonly byLine: number[]; readonly beside: number } {
  const first = eligibleAtFirst(content, include)
  const byLine = remains.map((each, i) => share(first[i] ?? 0, each.money, each.price))
  const beside = besideLines ? eligibleBesideLines(content, include) : 0
  if (content.rate === null) return { byLine, beside }
  const amounts = [...byLine, beside]
  const total = rounded(
    times(exact(sum(amounts)), exact(content.rate.numerator * minorOfProgram, content.rate.denominator)),
    'half-even',
  )
  const converted = spread(total, amounts)
  return { byLine: converted.slice(0, -1), beside: converted.at(-1) ?? 0 }
}

/** Folds counted refunds over an order's lines. Refunds by amount in a row are spread as one (AMT-3). */
export function remainsOf(content: OrderContent, refunds: readonly CountedRefund[]): Remains[] {
  const prices = pricesOf(content)
  let money = [...prices]
  const items = content.lines.map((line) => line.quantity)
  let base: number[] | null = null
  let inRow = 0
  let cancelled = false
  for (const refund of refunds) {
    if (refund.undone) continue
    if (refund.everything) {
      money = money.map(() => 0)
      items.fill(0)
      cancelled = true
      base = null
      continue
    }
    if (refund.lines.length === 0) {
      base ??= money
      inRow = Math.min(inRow + refund.byAmount, sum(base))
      const parts = spread(inRow, base)
      money = base.map((before, i) => before - (parts[i] ?? 0))
    } else {
      base = null
      inRow = 0
      for (const part of refund.lines) {
        const i = content.lines.findIndex((line) => line.id === part.line)
        if (i === -1) continue
        money[i] = Math.max(0, (money[i] ?? 0) - part.amount)
        items[i] = Math.max(0, (items[i] ?? 0) - part.quantity)
      }
    }
  }
  // REF-6: where all the money is back, nothing of the order is left, a line that cost nothing included.
  const priced = prices.some((price) => price > 0)
  const gone = cancelled || (content.lines.length > 0 && (priced ? sum(money) === 0 : sum(items) === 0))
  return content.lines.map((line, i) => {
    const [price, left] = [prices[i] ?? 0, money[i] ?? 0]
    const kept = items[i] ?? 0
    return { line, price, money: left, items: gone || (price > 0 && left === 0) ? 0 : kept, kept }
  })
}

export const isGone = (remains: readonly Remains[]): boolean =>
  remains.every((each) => each.money === 0 && each.items === 0)

/** What a refund by lines asks for, counted up to what is left of each line (EVT-5), money at the sale's price (REF-1). */
export function countLines(
  order: AuditedOrder,
  asked: readonly { readonly line: string; readonly quantity: number | null; readonly amount: number | null }[],
): CountedRefund['lines'] {
  const counted: { line: string; amount: number; quantity: number }[] = []
  for (const part of asked) {
    // A line named twice in one refund is two refunds of it.
    const soFar: CountedRefund = { name: '', everything: false, byAmount: 0, lines: counted, undone: false }
    const remains = remainsOf(order.content, [...order.refunds, ...(counted.length > 0 ? [soFar] : [])])
    const left = remains.find((each) => each.line.id === part.line)
    if (left === undefined) continue
    const quantity = Math.min(part.quantity ?? 0, left.kept)
    const priceOf = (items: number) => share(left.price, items, left.line.quantity)
    // Money was given for items that were back already: it counts while the line has money left, the items do not.
    const beyond = priceOf((part.quantity ?? 0) - quantity)
    const salePrice = priceOf(left.kept) - priceOf(left.kept - quantity) + beyond
    counted.push({ line: part.line, quantity, amount: Math.min(part.amount ?? salePrice, left.money) })
  }
  return counted
}
