import { mulDiv } from '../amounts/fraction.ts'
import { prorate } from '../amounts/prorate.ts'
import type { Member } from '../member.ts'
import type { OrderContent } from '../orders/content.ts'
import { inProgramCurrency, orderEarnable } from '../orders/earnable.ts'
import { moneyOf } from '../orders/money.ts'
import type { LineFacts, Scope } from '../program/condition.ts'
import type { Basket, Program, Reward } from '../program/program.ts'
import type { Refusal, RefusalCode } from '../refusal.ts'
import { Room } from '../rules/caps.ts'
import { foundBy } from '../rules/found.ts'
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
  const found = foundBy(program, member, Room.asFound(program, []))
  const { scope, lines } = orderEarnable(program, content, moneyOf(content, []), found, local)
  const shipping = scope.order?.shipping ?? 0
  return {
    scope,
    lines,
    left: lines.map((line) => line.total),
    shipping,
    tip: inProgramCurrency(program, content, content.tip),
  }
}

/** What is still to be paid. */
export const payableOf = ({ left, shipping, tip }: Cart): number =>
  left.reduce((sum, amount) => sum + amount, shipping + tip)

/** What comes off a cart, line by line, so that a line that is returned later is known to have cost that much less. */
export interface Off {
  readonly perLine: readonly number[]
  readonly shipping: number
}

export const offOf = ({ perLine, shipping }: Off): number => perLine.reduce((sum, amount) => sum + amount, shipping)

export const isOff = (found: Off | Refusal): found is Off => 'perLine' in found

/** What the reward's voucher takes off this cart, or why it does not go with it. */
export function offByReward({ kind, basket }: Reward, cart: Cart): Off | Refusal {
  const goesWith = linesFor(basket, cart)
  const short = shortOf(basket, cart, goesWith)
  if (short) return short
  switch (kind.type) {
    case 'money-off':
      return spread(kind.minor, cart, goesWith)
    case 'percent-off':
      return percentOff(kind, cart, goesWith)
    case 'free-shipping':
      return cart.shipping === 0 ? no('nothing-left') : { perLine: cart.lines.map(() => 0), shipping: cart.shipping }
    case 'product':
      return oneItem(kind.sku, cart)
    // Handed over or let in: nothing comes off.
    case 'custom':
    case 'access':
    case 'experience':
    case 'gift-card':
    case 'pay-with-points':
    case 'donation':
    case 'exchange':
    case 'partner-exchange':
      return { perLine: cart.lines.map(() => 0), shipping: 0 }
  }
}

/** A percentage of the lines it goes with, rounded once, half up; at most `most`. */
function percentOff(
  kind: {
    readonly percent: { readonly numerator: number; readonly denominator: number }
    readonly most?: number | null
  },
  cart: Cart,
  goesWith: readonly boolean[],
): Off | Refusal {
  const whole = sumOf(cart, goesWith)
  const amount = mulDiv(whole, kind.percent.numerator, kind.percent.denominator, 'half-up')
  return spread(Math.min(amount, kind.most ?? amount), cart, goesWith)
}

/** Which lines it goes with. What buys stored value is never bought with a voucher: it would come out worth more than it cost. */
const linesFor = (basket: Basket | null, cart: Cart): boolean[] =>
  cart.lines.map((line) => line.kind !== 'gift-card' && (!basket?.lines || basket.lines.test({ ...cart.scope, line })))

/** What is missing to the least that a basket must hold. */
function shortOf(basket: Basket | null, cart: Cart, goesWith: readonly boolean[]): Refusal | null {
  if (!basket) return null
  if (!goesWith.includes(true)) return no('no-line')
  const sum = sumOf(cart, goesWith)
  return sum < basket.least ? no('below-least', basket.least - sum) : null
}

const sumOf = (cart: Cart, goesWith: readonly boolean[]): number =>
  cart.left.reduce((sum, left, index) => (goesWith[index] ? sum + left : sum), 0)

function spread(amount: number, cart: Cart, goesWith: readonly boolean[]): Off | Refusal {
  const weights = cart.left.map((left, index) => (goesWith[index] ? left : 0))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const off = Math.min(amount, whole)
  if (off === 0) return no(goesWith.includes(true) ? 'nothing-left' : 'no-line')
  return { perLine: prorate(off, weights), shipping: 0 }
}

/** One item of the product, at what it costs in this order. */
function oneItem(sku: string, cart: Cart): Off | Refusal {
  const index = cart.lines.findIndex((line) => line.sku === sku)
  const line = cart.lines[index]
  if (!line) return no('no-line')
  const left = cart.left[index] ?? 0
  const amount = mulDiv(left, 1, Math.max(1, line.quantity), 'half-up')
  if (amount === 0) return no('nothing-left')
  return { perLine: cart.lines.map((_, at) => (at === index ? amount : 0)), shipping: 0 }
}

const no = (code: RefusalCode, shortBy: number | null = null): Refusal => ({ code, shortBy })
