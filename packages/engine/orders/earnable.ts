import { type Fraction, gcd, mulDiv } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { OrderContent } from '../event.ts'
import type { Found } from '../member.ts'
import type { LineFacts, Scope } from '../program/condition.ts'
import type { Excluded, GivingRule, Program } from '../program/program.ts'
import type { Earnable } from '../rules/earnable.ts'
import { memberFactsOf } from '../rules/found-by.ts'
import type { LocalTime } from '../time/local.ts'
import { eligibleOf, type OrderMoney, standingPrice } from './money.ts'

const NOTHING_INCLUDED: ReadonlySet<Excluded> = new Set()

/** An order as the rules see it: what is left of it, in the program's currency. */
export function orderEarnable(
  program: Program,
  content: OrderContent,
  money: OrderMoney,
  found: Found,
  local: LocalTime,
): Earnable {
  const rate = rateInto(program, content)
  const eligible = inProgramMoney(rate, eligibleLines(content, money, NOTHING_INCLUDED))
  const lines = content.lines.map((line, index) => lineFacts(rate, line, money, index))
  const left = money.lines.reduce((sum, line) => sum + standingPrice(line), 0)
  const member = memberFactsOf(found, local)
  const scope: Scope = {
    order: {
      total: inMoney(rate, left),
      eligible: eligible.reduce((sum, amount) => sum + amount, 0),
      shipping: inMoney(rate, standingPrice(money.shipping)),
      items: money.lines.reduce((sum, line) => sum + line.itemsLeft, 0),
      lines: money.lines.filter((line) => line.itemsLeft > 0 || standingPrice(line) > 0).length,
      channel: content.channel ?? '',
      place: content.place ?? '',
      partner: program.places.get(content.place ?? '')?.partner ?? '',
      tags: content.tags,
      firstOrder: member.orders === 0,
    },
    line: null,
    activity: null,
    member,
  }
  return {
    scope,
    lines,
    items: money.lines.map((line) => line.itemsLeft),
    eligible,
    spendOf(rule) {
      if (rule.include.size === 0) return { lines: eligible, extra: 0 }
      return spendWith(rate, content, money, rule)
    },
  }
}

/** Eligible spend of the whole order, for tiers that are measured in spend. */
export const eligibleSpend = (program: Program, content: OrderContent, money: OrderMoney): number =>
  inProgramMoney(rateInto(program, content), eligibleLines(content, money, NOTHING_INCLUDED)).reduce(
    (sum, amount) => sum + amount,
    0,
  )

function eligibleLines(content: OrderContent, money: OrderMoney, include: ReadonlySet<Excluded>): number[] {
  return money.lines.map((line, index) => {
    const isGiftCard = content.lines[index]?.kind === 'gift-card'
    return isGiftCard && !include.has('gift-card') ? 0 : eligibleOf(line, include)
  })
}

/** What a rule that includes more than the default counts; shipping and tip have no line, so a rule on lines leaves them out. */
function spendWith(
  rate: Fraction | null,
  content: OrderContent,
  money: OrderMoney,
  rule: GivingRule,
): { lines: number[]; extra: number } {
  const lines = eligibleLines(content, money, rule.include)
  let extra = 0
  if (!money.full && !rule.lines) {
    if (rule.include.has('shipping')) extra += eligibleOf(money.shipping, rule.include)
    if (rule.include.has('tip')) extra += eligibleOf(money.tip, rule.include)
  }
  const converted = inProgramMoney(rate, [...lines, extra])
  return { lines: converted.slice(0, -1), extra: converted.at(-1) ?? 0 }
}

/** What one minor unit of the order's currency is in minor units of the program's (AMT-4); null: they are one currency. */
function rateInto(program: Pick<Program, 'currency'>, { rate }: OrderContent): Fraction | null {
  if (!rate) return null
  const minor = 10 ** program.currency.exponent
  const shared = gcd(minor, rate.denominator)
  return { numerator: rate.numerator * (minor / shared), denominator: rate.denominator / shared }
}

/** The total is converted once, half-even, then spread (AMT-4). */
function inProgramMoney(rate: Fraction | null, amounts: number[]): number[] {
  if (!rate) return amounts
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  return prorate(inMoney(rate, total), amounts)
}

/** Minor units of the order in minor units of the program's currency. */
export const inProgramCurrency = (program: Pick<Program, 'currency'>, content: OrderContent, minor: number): number =>
  inMoney(rateInto(program, content), minor)

const inMoney = (rate: Fraction | null, minor: number): number =>
  rate ? mulDiv(minor, rate.numerator, rate.denominator, 'half-even') : minor

function lineFacts(
  rate: Fraction | null,
  line: OrderContent['lines'][number],
  money: OrderMoney,
  index: number,
): LineFacts {
  const sold = money.lines[index]
  return {
    sku: line.sku,
    quantity: sold?.itemsLeft ?? 0,
    total: inMoney(rate, sold ? standingPrice(sold) : 0),
    unitPrice: inMoney(rate, mulDiv(line.total, 1, line.quantity, 'half-even')),
    discount: inMoney(rate, line.discount),
    categories: line.categories,
    category: line.categories[0] ?? '',
    brand: line.brand ?? '',
    kind: line.kind,
  }
}
