import type { OrderContent, Program, RefusalCode, Reward, Stamp } from '@laurel/engine'
import type { Book } from './book.ts'
import { lineFactsOf, matches, type Occasion, type Subject } from './earning.ts'
import { exact, rounded, sum, times } from './exact.ts'
import { remainsOf } from './money.ts'
import { pastOf, traitsOf } from './past.ts'

/** RED-2: what a voucher takes off an order that is about to be paid, in minor units of the program's currency. */

/** Minor units in a whole one of the program's currency: the generators draw dollars only. */
const minorOfProgram = 100

const converted = ({ rate }: OrderContent, minor: number): number =>
  rate === null
    ? minor
    : rounded(times(exact(minor), exact(rate.numerator * minorOfProgram, rate.denominator)), 'half-even')

const pricesOf = (content: OrderContent): number[] =>
  remainsOf(content, []).lines.map(({ money }) => converted(content, money))

export const payableOf = (content: OrderContent): number =>
  sum(pricesOf(content)) + converted(content, content.shipping.total) + converted(content, content.tip)

/** What it takes off, or why nothing. */
export function takenOff(
  book: Book,
  program: Program,
  reward: Reward,
  content: OrderContent,
  stamp: Stamp,
): number | [RefusalCode, number?] {
  const { kind, basket } = reward
  const remains = remainsOf(content, [])
  const subject: Subject = { order: content, remains, activity: null }
  const found = { ...traitsOf(book, program, stamp.local), past: pastOf(book) }
  const occasion: Occasion = { places: program.places, local: stamp.local, placeLocal: stamp.placeLocal, found }
  const prices = pricesOf(content)
  // Never on what buys stored value.
  const admits = remains.lines.map(
    (each) => each.line.kind !== 'gift-card' && matches(basket?.lines ?? null, lineFactsOf(each), subject, occasion),
  )
  const reached = sum(prices.filter((_, i) => admits[i]))
  if (basket !== null) {
    if (!admits.includes(true)) return ['no-line']
    if (reached < basket.least) return ['below-least', basket.least - reached]
  }
  const upTo = (amount: number): number | [RefusalCode] =>
    Math.min(amount, reached) || [admits.includes(true) ? 'nothing-left' : 'no-line']
  switch (kind.type) {
    case 'money-off':
      return upTo(kind.minor)
    case 'percent-off': {
      const { numerator, denominator } = kind.percent
      return upTo(
        Math.min(rounded(times(exact(reached), exact(numerator, denominator)), 'half-up'), kind.most ?? reached),
      )
    }
    case 'free-shipping':
      return converted(content, content.shipping.total) || ['nothing-left']
    case 'product': {
      const at = content.lines.findIndex((line) => line.sku === kind.sku)
      if (at === -1) return ['no-line']
      const quantity = remains.lines[at]?.items ?? 0
      return rounded(exact(prices[at] ?? 0, Math.max(1, quantity)), 'half-up') || ['nothing-left']
    }
    case 'access':
    case 'custom':
    case 'experience':
    case 'gift-card':
    case 'pay-with-points':
    case 'donation':
    case 'exchange':
    case 'partner-exchange':
      return 0
  }
}
