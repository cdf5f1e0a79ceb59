import { type ExactSum, mulDiv } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { OrderContent } from '../event.ts'
import type { CountedRefund } from '../member.ts'

/** Of a part: what the lines cost, then shipping, then the tip, and the tax in each. */
interface Priced {
  readonly price: number
  readonly tax: number
}

/** What stands of a part at a moment at which `from` minor units of it are left. */
interface Taxed {
  readonly share: ExactSum
  readonly tax: ExactSum
  readonly from: number
}

/** Refunds of one kind that follow each other, spread as one total over what was there before the first of them. */
interface Run {
  total: number
  readonly over: readonly number[]
}

/**
 * What is left of each part of an order while refunds are counted one after another. Refunds by amount that follow each other
 * are spread as one total over what was left of the lines before the first of them, and so are refunds of tax, so that any
 * split of a refund equals one (AMT-3).
 */
export class Remains {
  readonly #content: OrderContent
  readonly #parts: readonly Priced[]
  readonly #lines: number
  #refunded: number[]
  #given: number[]
  #amounts: Run | null = null
  #taxes: (Run & { readonly base: readonly Taxed[] }) | null = null
  /** Since the last refund of tax; null: there was none. */
  #taxed: readonly Taxed[] | null = null

  constructor(content: OrderContent, parts: readonly Priced[]) {
    this.#content = content
    this.#parts = parts
    this.#lines = content.lines.length
    this.#refunded = parts.map(() => 0)
    this.#given = content.lines.map(() => 0)
  }

  moneyAt(index: number): number {
    return (this.#parts[index]?.price ?? 0) - (this.#refunded[index] ?? 0)
  }

  itemsAt(index: number): number {
    return (this.#content.lines[index]?.quantity ?? 0) - (this.#given[index] ?? 0)
  }

  standingAt(index: number): { readonly share: ExactSum; readonly tax: ExactSum } | null {
    return this.#taxed === null ? null : this.#taxedAt(index)
  }

  /** Minor units of the lines. */
  get money(): number {
    return this.#content.lines.reduce((sum, _, index) => sum + this.moneyAt(index), 0)
  }

  get shipping(): number {
    return this.moneyAt(this.#lines)
  }

  get tip(): number {
    return this.moneyAt(this.#lines + 1)
  }

  /** Whole minor units of tax that are left in all parts. */
  get tax(): number {
    const run = this.#taxes ?? this.#newTaxRun()
    return run.over.reduce((sum, tax) => sum + tax, 0) - run.total
  }

  indexOf(line: string): number {
    return this.#content.lines.findIndex((candidate) => candidate.id === line)
  }

  /** The sale's price of `items` of a line, as a difference of totals over what was given back before. */
  priceOf(index: number, items: number): number {
    const quantity = this.#content.lines[index]?.quantity ?? 1
    const price = this.#parts[index]?.price ?? 0
    const left = this.itemsAt(index)
    return mulDiv(price, left, quantity, 'half-even') - mulDiv(price, left - items, quantity, 'half-even')
  }

  /** The sale's price of items beyond what was sold. */
  priceBeyond(index: number, items: number): number {
    const quantity = this.#content.lines[index]?.quantity ?? 1
    return mulDiv(this.#parts[index]?.price ?? 0, items, quantity, 'half-even')
  }

  /** Takes a refund off, as much of it as is left; answers the minor units that counted. */
  count(refund: Pick<CountedRefund, 'everything' | 'lines' | 'amount' | 'other'>): number {
    if (refund.everything) {
      const all = this.money + this.shipping + this.tip
      this.#refunded = this.#parts.map((part) => part.price)
      this.#given = this.#content.lines.map((line) => line.quantity)
      this.#amounts = null
      this.#taxes = null
      return all
    }
    let counted = 0
    for (const line of refund.lines) {
      this.#amounts = null
      const index = this.indexOf(line.line)
      if (index < 0) continue
      counted += this.#take(index, line.amount)
      this.#given[index] = (this.#given[index] ?? 0) + Math.min(line.quantity, this.itemsAt(index))
    }
    if (refund.amount > 0) counted += this.#countAmount(refund.amount)
    const { shipping = 0, tip = 0, tax = 0 } = refund.other ?? {}
    if (shipping > 0) counted += this.#take(this.#lines, shipping)
    if (tip > 0) counted += this.#take(this.#lines + 1, tip)
    if (tax > 0) counted += this.#countTax(tax)
    return counted
  }

  #take(index: number, wished: number): number {
    this.#taxes = null
    const amount = Math.min(wished, this.moneyAt(index))
    this.#refunded[index] = (this.#refunded[index] ?? 0) + amount
    return amount
  }

  #countAmount(wished: number): number {
    this.#taxes = null
    const amount = Math.min(wished, this.money)
    const run = this.#amounts ?? { total: 0, over: this.#content.lines.map((_, index) => this.moneyAt(index)) }
    const before = prorate(run.total, run.over)
    run.total += amount
    const after = prorate(run.total, run.over)
    this.#refunded = this.#refunded.map((refunded, index) => refunded - (before[index] ?? 0) + (after[index] ?? 0))
    this.#amounts = run
    return amount
  }

  /** Tax leaves its part's money and nothing else of it: the share that stands is the same before and after. */
  #countTax(wished: number): number {
    this.#amounts = null
    const run = this.#taxes ?? this.#newTaxRun()
    const amount = Math.min(wished, run.over.reduce((sum, tax) => sum + tax, 0) - run.total)
    run.total += amount
    const given = prorate(run.total, run.over)
    this.#taxed = run.base.map(({ share, tax, from }, index) => {
      const part = given[index] ?? 0
      return { share, tax: less(tax, part), from: from - part }
    })
    this.#refunded = this.#taxed.map(({ from }, index) => (this.#parts[index]?.price ?? 0) - from)
    this.#taxes = run
    return amount
  }

  #newTaxRun(): Run & { readonly base: readonly Taxed[] } {
    const base = this.#parts.map((_, index) => this.#taxedAt(index))
    return { total: 0, base, over: base.map(({ tax, from }) => Math.min(from, wholeOf(tax))) }
  }

  #taxedAt(index: number): Taxed {
    const from = this.moneyAt(index)
    const known = this.#taxed?.[index]
    if (known) return { share: scaled(known.share, from, known.from), tax: scaled(known.tax, from, known.from), from }
    const { price, tax } = this.#parts[index] ?? { price: 0, tax: 0 }
    return { share: exact(from, price), tax: scaled(exact(tax, 1), from, price), from }
  }
}

/** Nothing of nothing. */
const exact = (numerator: number, denominator: number): ExactSum =>
  denominator === 0
    ? { numerator: 0n, denominator: 1n }
    : { numerator: BigInt(numerator), denominator: BigInt(denominator) }

function scaled(amount: ExactSum, by: number, of: number): ExactSum {
  if (by === of) return amount
  const factor = exact(by, of)
  return { numerator: amount.numerator * factor.numerator, denominator: amount.denominator * factor.denominator }
}

const less = (amount: ExactSum, part: number): ExactSum => ({
  numerator: amount.numerator - BigInt(part) * amount.denominator,
  denominator: amount.denominator,
})

const wholeOf = ({ numerator, denominator }: ExactSum): number => Number(numerator / denominator)
