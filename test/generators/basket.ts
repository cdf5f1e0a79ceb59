import type { Line, OrderContent, OtherMoney, Payment } from '@laurel/engine'
import fc from 'fast-check'
import { categories, channels } from './conditions.ts'

/** What an order is about: its lines, what is beside them, and how it is paid; at first, after an edit, and what of it goes back. */
export interface Basket {
  readonly lines: readonly {
    readonly total: number
    readonly quantity: number
    readonly kind: number
    readonly taxed: boolean
  }[]
  readonly discounted: boolean
  readonly shipping: number
  readonly tip: number
  readonly stored: number
  readonly points: boolean
  readonly rate: number
  readonly place: number
}

export const euroRate = { numerator: 1_083, denominator: 100_000, on: '2025-01-01' }

export const basket: fc.Arbitrary<Basket> = fc.record({
  lines: fc.array(
    fc.record({
      total: fc.oneof(fc.constantFrom(0, 1, 99, 1000, 1111, 3333, 5000, 10_000), fc.integer({ min: 1, max: 12_000 })),
      quantity: fc.integer({ min: 1, max: 3 }),
      kind: fc.integer({ min: 0, max: 9 }),
      taxed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3, size: 'max' },
  ),
  discounted: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 3),
  shipping: fc.constantFrom(0, 0, 490),
  tip: fc.constantFrom(0, 0, 0, 200),
  stored: fc.constantFrom(0, 0, 0, 500, 20_000),
  points: fc.boolean(),
  rate: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
  place: fc.integer({ min: 0, max: 5 }),
})

/** Choices of a step, each read by whoever needs one. */
interface Choices {
  readonly pick: number
  readonly other: number
  readonly share: number
  readonly basket: Basket
  readonly flag: boolean
}

/** Redemptions that may pay, and those that have. */
interface Purse {
  readonly redemptions: readonly string[]
  /** Those that paid for an order; a redemption pays for one. */
  readonly spent: Set<string>
}

export const chosen = <T>(items: readonly T[], pick: number): T | undefined => items[pick % items.length]

export function contentOf(
  purse: Purse,
  { basket: drawn, pick, other, flag }: Choices,
  order: string,
  place: string | null,
  redemption: string | null = null,
): OrderContent {
  const lines = drawn.lines.map(
    ({ total, quantity, kind, taxed }, i): Line => ({
      id: `l${i}`,
      sku: `sku-${i}`,
      quantity,
      total,
      tax: taxed ? Math.floor((total * 19) / 119) : 0,
      discount: 0,
      categories: [categories[kind % 3]].filter((each) => each !== undefined),
      brand: null,
      kind: kind === 9 ? 'gift-card' : kind === 8 ? 'service' : 'goods',
    }),
  )
  const goods = lines.reduce((sum, line) => sum + line.total, 0)
  const discount = drawn.discounted ? Math.floor(goods / 7) : 0
  const due = goods - discount + drawn.shipping + drawn.tip
  return {
    order,
    currency: drawn.rate === 0 ? 'USD' : 'EUR',
    rate: drawn.rate === 0 ? null : euroRate,
    channel: channels[pick % 3] ?? null,
    place,
    tags: other % 2 === 0 ? ['gift'] : [],
    lines,
    discount,
    shipping: { total: drawn.shipping, tax: flag ? Math.floor((drawn.shipping * 19) / 119) : 0 },
    tip: drawn.tip,
    payments: paymentsOf(purse, drawn, pick, due, redemption),
  }
}

function paymentsOf(purse: Purse, drawn: Basket, pick: number, due: number, own: string | null): Payment[] {
  const payments: Payment[] = []
  let left = due
  const redemption = own ?? (drawn.points ? chosen(purse.redemptions, pick) : undefined)
  if (redemption !== undefined && left > 0 && !purse.spent.has(redemption)) {
    purse.spent.add(redemption)
    const amount = Math.min(left, 700)
    payments.push({ by: 'points', amount, redemption })
    left -= amount
  }
  const stored = Math.min(left, drawn.stored)
  if (stored > 0) payments.push({ by: pick % 2 === 0 ? 'gift-card' : 'store-credit', amount: stored })
  left -= stored
  return left > 0 ? [...payments, { by: 'money', amount: left }] : payments
}

/** The order as it is now: prices of its lines changed, and sometimes paid with fewer points or none. */
export function editOf(content: OrderContent, { share, other, flag }: Choices): OrderContent {
  const lines = content.lines.map((line) => {
    const total = Math.floor((line.total * share) / 6)
    return {
      ...line,
      total,
      tax: Math.min(line.tax, Math.floor(total / 6)),
      quantity: flag ? line.quantity : 1 + (other % 3),
    }
  })
  const goods = lines.reduce((sum, line) => sum + line.total, 0)
  const due = goods + content.shipping.total + content.tip
  const points = content.payments.flatMap((each): Payment[] => {
    const amount = Math.min(due, other % 4 === 1 ? Math.floor(each.amount / 2) : each.amount)
    return each.by === 'points' && other % 4 !== 0 ? [{ ...each, amount }] : []
  })
  const money = points.reduce((left, each) => left - each.amount, due)
  return { ...content, lines, discount: 0, payments: [...points, { by: 'money', amount: money }] }
}

/** Some of what an order had beside its lines' money, now and then more than that. */
export function otherOf({ lines, shipping, tip }: OrderContent, { pick, other, share }: Choices): OtherMoney {
  const tax = lines.reduce((sum, line) => sum + line.tax, shipping.tax)
  const part = (of: number, from: number) => ((pick + from) % 3 === 0 ? 0 : Math.ceil((of * share) / (4 + (other % 8))))
  return { shipping: part(shipping.total, 0), tip: part(tip, 1), tax: part(tax, other % 3) }
}
