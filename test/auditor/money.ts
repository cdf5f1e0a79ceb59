import type { Excluded, Line, OrderContent, Payment } from '@laurel/engine'
import { type Exact, exact, plus, rounded, share, spread, sum, times } from './exact.ts'
import type { AuditedOrder, CountedRefund } from './records.ts'

/** What an order's lines cost, how they were paid, and what refunds have left of them (AMT-2, AMT-3, REF-1). */

/** A part of an order: a line, shipping, or the tip; and what is left of it. */
export interface Part {
  /** Paid for it, tax contained: of a line its total less its share of the order's discount. */
  readonly price: number
  readonly taxed: number
  readonly byPoints: number
  readonly byStored: number
  /** Minor units not refunded. */
  readonly money: number
  /** How much of the part still counts; tax that is refunded by itself takes nothing of that. */
  readonly stands: Exact
  /** Tax that is still in it. */
  readonly tax: Exact
}

export interface Remains extends Part {
  readonly line: Line
  /** Items that still count: none where the money is gone. */
  readonly items: number
  /** Items that nobody gave back. */
  readonly kept: number
}

export interface Rest {
  readonly lines: readonly Remains[]
  readonly shipping: Part
  readonly tip: Part
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

/** The parts as they were sold: lines in their order, shipping, tip. Points pay first, and lines before the rest (AMT-2). */
function partsOf(content: OrderContent): Part[] {
  const prices = [...pricesOf(content), content.shipping.total, content.tip]
  const taxes = [...content.lines.map((line) => line.tax), content.shipping.tax, 0]
  const payFrom = (amount: number, open: readonly number[]): number[] => {
    const [lines, beside] = [open.slice(0, -2), open.slice(-2)]
    const onLines = Math.min(amount, sum(lines))
    return [...spread(onLines, lines), ...spread(Math.min(amount - onLines, sum(beside)), beside)]
  }
  const byPoints = payFrom(paidBy(content, isPoints), prices)
  const byStored = payFrom(
    paidBy(content, isStored),
    prices.map((price, i) => price - (byPoints[i] ?? 0)),
  )
  return prices.map((price, i) => ({
    price,
    taxed: taxes[i] ?? 0,
    byPoints: byPoints[i] ?? 0,
    byStored: byStored[i] ?? 0,
    money: price,
    stands: exact(1),
    tax: exact(taxes[i] ?? 0),
  }))
}

/** What a part costs as far as it stands; conditions go by it. */
export const standing = ({ price, money, stands }: Part): number =>
  money === 0 ? 0 : rounded(times(exact(price), stands), 'half-even')

/** Eligible money of what is left of a part (EARN-2). */
function eligiblePart(part: Part, include: ReadonlySet<Excluded>): number {
  if (part.money === 0) return 0
  const paid = (include.has('points') ? 0 : part.byPoints) + (include.has('stored-value') ? 0 : part.byStored)
  const net = times(exact(part.price - part.taxed - paid), part.stands)
  const eligible = include.has('tax') ? plus(net, part.tax) : net
  return eligible.n <= 0n ? 0 : rounded(eligible, 'half-even')
}

/** What of a leg has come back: as the parts were paid, money first for tax alone, and never more than a part has left. */
export const pointsBack = (rest: Rest): number => sum(partsIn(rest).map((part) => part.byPoints - pointsKept(part)))
/** Stored value pays what points do not: it comes back before them. */
export const storedBack = (rest: Rest): number =>
  sum(partsIn(rest).map((part) => part.byStored - Math.min(part.money - pointsKept(part), kept(part, part.byStored))))

const partsIn = ({ lines, shipping, tip }: Rest): readonly Part[] => [...lines, shipping, tip]
const pointsKept = (part: Part): number => Math.min(part.money, kept(part, part.byPoints))
const kept = ({ money, stands }: Part, paid: number): number =>
  money === 0 ? 0 : rounded(times(exact(paid), stands), 'half-even')

/** Minor units in a whole one of the program's currency: the generators draw dollars only. */
const minorOfProgram = 100

/**
 * Eligible money per line of what remains, and beside the lines, in the program's currency: another currency's total is
 * converted once and spread (AMT-4).
 */
export function eligibleOf(
  content: OrderContent,
  { lines, shipping, tip }: Rest,
  include: ReadonlySet<Excluded>,
  besideLines: boolean,
): { readonly byLine: number[]; readonly beside: number } {
  const byLine = lines.map((part) =>
    part.line.kind === 'gift-card' && !include.has('gift-card') ? 0 : eligiblePart(part, include),
  )
  const onShipping = besideLines && include.has('shipping') ? eligiblePart(shipping, include) : 0
  const beside = onShipping + (besideLines && include.has('tip') ? eligiblePart(tip, include) : 0)
  if (content.rate === null) return { byLine, beside }
  const amounts = [...byLine, beside]
  const total = rounded(
    times(exact(sum(amounts)), exact(content.rate.numerator * minorOfProgram, content.rate.denominator)),
    'half-even',
  )
  const converted = spread(total, amounts)
  return { byLine: converted.slice(0, -1), beside: converted.at(-1) ?? 0 }
}

/** A refund takes of what stands, and of the tax in it, as much as of the money. */
function less(part: Part, wished: number): Part {
  const amount = Math.min(wished, part.money)
  if (amount === 0) return part
  const left = exact(part.money - amount, part.money)
  return {
    ...part,
    money: part.money - amount,
    stands: times(part.stands, left),
    tax: times(part.tax, left),
  }
}

const wholeTax = ({ money, tax }: Part): number => Math.min(money, rounded(tax, 'floor'))

/** Tax by itself leaves the rest standing. */
const lessTax = (part: Part, amount: number): Part => ({
  ...part,
  money: part.money - amount,
  tax: plus(part.tax, exact(-amount)),
})

/** Folds counted refunds over an order's parts. Refunds by amount in a row are spread as one, and so is tax (AMT-3). */
export function remainsOf(content: OrderContent, refunds: readonly CountedRefund[]): Rest {
  let parts = partsOf(content)
  const count = content.lines.length
  const items = content.lines.map((line) => line.quantity)
  let cancelled = false
  let row: { of: 'amount' | 'tax'; readonly base: readonly Part[]; total: number } | null = null
  const inRow = (of: 'amount' | 'tax', amount: number) => {
    if (row?.of !== of) row = { of, base: parts, total: 0 }
    const { base } = row
    const weights = base.map((part, i) => (of === 'tax' ? wholeTax(part) : i < count ? part.money : 0))
    row.total = Math.min(row.total + amount, sum(weights))
    const spreadOver = spread(row.total, weights)
    const besides = parts.slice(count)
    parts = base.map((part, i) => (of === 'tax' ? lessTax : less)(part, spreadOver[i] ?? 0))
    // What was given back of shipping and tip between two refunds by amount is no part of them.
    if (of === 'amount') parts.splice(count, besides.length, ...besides)
  }
  for (const refund of refunds) {
    if (refund.undone) continue
    if (refund.everything) {
      parts = parts.map((part) => less(part, part.money))
      items.fill(0)
      cancelled = true
      row = null
      continue
    }
    for (const part of refund.lines) {
      row = null
      const i = content.lines.findIndex((line) => line.id === part.line)
      if (i === -1) continue
      parts = parts.map((each, at) => (at === i ? less(each, part.amount) : each))
      items[i] = Math.max(0, (items[i] ?? 0) - part.quantity)
    }
    if (refund.byAmount > 0) inRow('amount', refund.byAmount)
    const { shipping = 0, tip = 0, tax = 0 } = refund.other ?? {}
    if (shipping + tip > 0) {
      if (row !== null && (row as { of: string }).of === 'tax') row = null
      parts = parts.map((each, at) => (at === count ? less(each, shipping) : at === count + 1 ? less(each, tip) : each))
    }
    if (tax > 0) inRow('tax', tax)
  }
  // REF-6: where all the money is back, nothing of the order is left, a line that cost nothing included.
  const lines = parts.slice(0, count)
  const priced = lines.some((line) => line.price > 0)
  const money = sum(lines.map((line) => line.money))
  const gone = cancelled || (count > 0 && (priced ? money === 0 : sum(items) === 0))
  const nothing = { ...partsOf({ ...content, lines: [], payments: [] })[1], price: 0, money: 0 } as Part
  return {
    lines: content.lines.map((line, i) => {
      const part = lines[i] ?? nothing
      const kept = items[i] ?? 0
      return { ...part, line, items: gone || (part.price > 0 && part.money === 0) ? 0 : kept, kept }
    }),
    shipping: parts[count] ?? nothing,
    tip: parts[count + 1] ?? nothing,
  }
}

/** Minor units of the lines. */
export const moneyLeft = ({ lines }: Rest): number => sum(lines.map((each) => each.money))
export const allLeft = (rest: Rest): number => moneyLeft(rest) + rest.shipping.money + rest.tip.money

/** How much of shipping, tip and tax a refund may count (EVT-5). */
export function countOther(
  order: AuditedOrder,
  before: readonly CountedRefund[],
  asked: CountedRefund['other'],
): CountedRefund['other'] {
  if (asked === undefined) return undefined
  const rest = remainsOf(order.content, before)
  const shipping = Math.min(asked.shipping, rest.shipping.money)
  const tip = Math.min(asked.tip, rest.tip.money)
  const then = [{ shipping, tip, tax: 0 }].filter((each) => each.shipping + each.tip > 0)
  const counted = then.map((other) => ({ name: '', everything: false, byAmount: 0, lines: [], other, undone: false }))
  // Tax is asked for in whole units over all parts, as the row of such refunds goes on.
  const tax = Math.min(asked.tax, taxLeft(order, [...before, ...counted]))
  return shipping + tip + tax === 0 ? undefined : { shipping, tip, tax }
}

function taxLeft(order: AuditedOrder, before: readonly CountedRefund[]): number {
  const all = allLeft(remainsOf(order.content, before))
  const tax = Number.MAX_SAFE_INTEGER
  const other = { shipping: 0, tip: 0, tax }
  const taken = { name: '', everything: false, byAmount: 0, lines: [], other, undone: false }
  return all - allLeft(remainsOf(order.content, [...before, taken]))
}

export const isGone = ({ lines }: Rest): boolean => lines.every((each) => each.money === 0 && each.items === 0)

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
    const left = remains.lines.find((each) => each.line.id === part.line)
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
