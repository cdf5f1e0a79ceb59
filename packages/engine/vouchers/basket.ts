import { type Fraction, mulDiv } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import { refusalOf } from '../answer.ts'
import type { Member } from '../member.ts'
import type { OrderContent } from '../orders/content.ts'
import { inProgramCurrency, orderEarnable } from '../orders/earnable.ts'
import { moneyOf } from '../orders/money.ts'
import type { LineFacts, Scope } from '../program/condition.ts'
import type { Basket, BenefitKind, Program, RewardKind } from '../program/program.ts'
import type { Refusal } from '../refusal.ts'
import { CapRoom } from '../rules/caps.ts'
import { foundBy } from '../rules/found-by.ts'
import type { LocalTime } from '../time/local.ts'

/** An order that is about to be paid, in minor units of the program's currency, less what was taken off it so far. */
export interface Cart {
  readonly scope: Scope
  readonly lines: readonly LineFacts[]
  readonly left: readonly number[]
  readonly shipping: number
  readonly tip: number
}

export function cartOf(program: Program, member: Member, content: OrderContent, local: LocalTime): Cart {
  const found = foundBy(program, member, CapRoom.asFound(program, []), local)
  const { scope, lines } = orderEarnable(program, content, moneyOf(content, []), found, local)
  const tip = inProgramCurrency(program, content, content.tip)
  return { scope, lines, left: lines.map((line) => line.total), shipping: scope.order?.shipping ?? 0, tip }
}

/** What is still to be paid. */
export const payableOf = ({ left, shipping, tip }: Cart): number =>
  left.reduce((sum, amount) => sum + amount, shipping + tip)

/** What comes off a cart, line by line, so that a line that is given back later is known to have cost that much less. */
export interface Off {
  readonly perLine: readonly number[]
  readonly shipping: number
}

export const offOf = ({ perLine, shipping }: Off): number => perLine.reduce((sum, amount) => sum + amount, shipping)

export const isOff = (found: Off | Refusal): found is Off => 'perLine' in found

export const lessOff = (cart: Cart, { perLine, shipping }: Off): Cart => ({
  ...cart,
  left: cart.left.map((left, index) => left - (perLine[index] ?? 0)),
  shipping: cart.shipping - shipping,
})

/** What a reward's voucher or a benefit takes off this cart, or why it does not go with it. */
export function offBy(kind: RewardKind | BenefitKind, basket: Basket | null, cart: Cart): Off | Refusal {
  const goesWith = linesFor(basket, cart)
  const short = shortOf(basket, cart, goesWith)
  if (short) return short
  switch (kind.type) {
    case 'money-off':
      return spread(kind.minor, cart, goesWith)
    case 'percent-off':
      return spread(percentOf(kind.percent, 'most' in kind ? kind.most : null, cart, goesWith), cart, goesWith)
    case 'free-shipping':
      return cart.shipping === 0
        ? refusalOf('nothing-left')
        : { perLine: cart.lines.map(() => 0), shipping: cart.shipping }
    case 'product':
      return oneItem(kind.sku, cart)
    // Handed over, let in or paid with: nothing comes off.
    case 'custom':
    case 'access':
    case 'experience':
    case 'gift-card':
    case 'pay-with-points':
    case 'donation':
    case 'exchange':
    case 'partner-exchange':
    case 'adviser':
    case 'service':
      return { perLine: cart.lines.map(() => 0), shipping: 0 }
  }
}

/** A percentage of the lines it goes with, rounded once, half up. */
function percentOf(percent: Fraction, most: number | null, cart: Cart, goesWith: readonly boolean[]): number {
  const amount = mulDiv(sumOf(cart, goesWith), percent.numerator, percent.denominator, 'half-up')
  return Math.min(amount, most ?? amount)
}

/** Which lines it goes with. What buys stored value is never bought with a voucher: it would come out worth more than it cost. */
const linesFor = (basket: Basket | null, cart: Cart): boolean[] =>
  cart.lines.map((line) => line.kind !== 'gift-card' && (!basket?.lines || basket.lines.test({ ...cart.scope, line })))

/** What is missing to the least that a basket must hold, after the discounts of the order and before those of vouchers. */
function shortOf(basket: Basket | null, cart: Cart, goesWith: readonly boolean[]): Refusal | null {
  if (!basket) return null
  if (!goesWith.includes(true)) return refusalOf('no-line')
  const sum = cart.lines.reduce((total, line, index) => (goesWith[index] ? total + line.total : total), 0)
  return sum < basket.least ? refusalOf('below-least', basket.least - sum) : null
}

const sumOf = (cart: Cart, goesWith: readonly boolean[]): number =>
  cart.left.reduce((sum, left, index) => (goesWith[index] ? sum + left : sum), 0)

function spread(amount: number, cart: Cart, goesWith: readonly boolean[]): Off | Refusal {
  const weights = cart.left.map((left, index) => (goesWith[index] ? left : 0))
  const off = Math.min(amount, sumOf(cart, goesWith))
  if (off === 0) return refusalOf(goesWith.includes(true) ? 'nothing-left' : 'no-line')
  return { perLine: prorate(off, weights), shipping: 0 }
}

/** One item of the product, at what it costs in this order. */
function oneItem(sku: string, cart: Cart): Off | Refusal {
  const index = cart.lines.findIndex((line) => line.sku === sku)
  const line = cart.lines[index]
  if (!line) return refusalOf('no-line')
  const amount = mulDiv(cart.left[index] ?? 0, 1, Math.max(1, line.quantity), 'half-up')
  if (amount === 0) return refusalOf('nothing-left')
  return { perLine: cart.lines.map((_, at) => (at === index ? amount : 0)), shipping: 0 }
}
