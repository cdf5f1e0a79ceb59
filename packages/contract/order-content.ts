import { z } from 'zod'
import { currencyExponentOf } from './currencies.ts'
import { decimalOf, decimalPattern, fractionOf, lineTotalOf, ratePattern } from './decimals.ts'
import { amount, day, foreignId, label, labels, positiveAmount } from './fields.ts'

/** More lines than any receipt: the longest wholesale order of a year's real trade has 542. */
export const linesMax = 1_000

const decimal = (what: string) =>
  z.string().regex(decimalPattern, `must be ${what} as decimal text with up to 6 places, like "12.95"`)

const line = z
  .strictObject({
    id: foreignId,
    sku: foreignId,
    quantity: z.int('must be a whole number').min(1, 'must be 1 or more').max(1_000_000, 'is beyond 1,000,000 items'),
    unitPrice: decimal('a price').optional(),
    total: amount.optional(),
    discount: amount.default(0),
    tax: amount.default(0),
    categories: labels(50).default([]),
    brand: label.nullable().default(null),
    kind: z.enum(['goods', 'gift-card', 'service']).default('goods'),
  })
  .meta({
    description:
      'Say the total (minor units, after the line’s own discount, tax included), the unit price, or both. A total that is not ' +
      'said is unitPrice × quantity, rounded half-up once, less the discount.',
  })

const payment = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('money'), amount }),
  z.strictObject({ by: z.literal('gift-card'), amount }),
  z.strictObject({ by: z.literal('store-credit'), amount }),
  z.strictObject({ by: z.literal('points'), amount, redemption: foreignId }),
])

const zeroShipping = { total: 0, tax: 0 }

/** Units of the program's currency for one unit of another, and of which day (AMT-4). */
export const exchangeRate = z
  .strictObject({
    rate: z.string().regex(ratePattern, 'must be a rate as decimal text of up to 8 digits and 6 places, like "1.0832"'),
    on: day,
  })
  .refine(({ rate }) => !/^[0.]*$/.test(rate), { path: ['rate'], error: 'must be above 0' })

/** A rate as an exact fraction from the minor unit of a currency with `exponent` decimals. */
export const exactRate = ({ rate, on }: z.output<typeof exchangeRate>, exponent: number) => ({
  ...fractionOf(decimalOf(rate), exponent),
  on,
})

const orderShape = z.strictObject({
  id: foreignId,
  currency: z.string(),
  rate: exchangeRate.nullable().default(null).meta({
    description: 'Units of the program’s currency for one unit of the order’s, where they differ, and of which day.',
  }),
  channel: label.nullable().default(null),
  place: label.nullable().default(null),
  tags: labels(50).default([]),
  lines: z.array(line).max(linesMax, `has more than ${linesMax} lines`),
  discount: amount.default(0),
  shipping: z.strictObject({ total: amount, tax: amount.default(0) }).default(zeroShipping),
  tip: amount.default(0),
  payments: z.array(payment).max(50, 'has more than 50 payments').optional(),
})

/**
 * An order as it is sent, and after parsing: every total said, every payment named, rates as exact fractions. Amounts are minor
 * units of the order's currency.
 */
export const orderContent = orderShape.transform((sent, context) => {
  const refuse = (path: (string | number)[], message: string) => {
    context.issues.push({ code: 'custom', input: sent, path, message })
  }
  const exponent = currencyExponentOf(sent.currency)
  if (exponent === undefined) refuse(['currency'], 'is no ISO 4217 currency code')
  if (new Set(sent.lines.map((each) => each.id)).size !== sent.lines.length)
    refuse(['lines'], 'has two lines with one id')

  const lines = sent.lines.map((each, index) => {
    const total = totalOf(each, exponent ?? 2, (field, message) => refuse(['lines', index, field], message))
    if (each.tax > total) refuse(['lines', index, 'tax'], 'is more than the line’s total')
    const { unitPrice: _, ...rest } = each
    return { ...rest, total }
  })

  // Sums of whole numbers up to 2^53 each: once one is no longer exact it is beyond the limit, too.
  const goods = lines.reduce((sum, each) => sum + each.total, 0)
  const total = goods - sent.discount + sent.shipping.total + sent.tip
  if (!Number.isSafeInteger(goods) || !Number.isSafeInteger(goods + sent.shipping.total + sent.tip)) {
    refuse([], 'adds up to more than an amount can hold')
  }
  if (sent.discount > goods) refuse(['discount'], 'is more than the lines’ total')
  if (sent.shipping.tax > sent.shipping.total) refuse(['shipping', 'tax'], 'is more than the shipping')

  const whole = total > 0 ? [{ by: 'money' as const, amount: total }] : []
  const payments = sent.payments ?? whole
  const paid = payments.reduce((sum, each) => sum + each.amount, 0)
  if (paid !== total)
    refuse(['payments'], `add up to ${paid}, the order to ${total} (lines - discount + shipping + tip)`)

  const rate = sent.rate === null ? null : exactRate(sent.rate, exponent ?? 0)
  return { ...sent, rate, lines, payments }
})

export type OrderInput = z.output<typeof orderContent>

function totalOf(
  each: z.output<typeof line>,
  exponent: number,
  refuse: (field: string, message: string) => void,
): number {
  if (each.unitPrice === undefined) {
    if (each.total === undefined) refuse('total', 'is missing; say a total, a unitPrice or both')
    return each.total ?? 0
  }
  const computed = lineTotalOf(decimalOf(each.unitPrice), each.quantity, exponent) - BigInt(each.discount)
  if (computed < 0n) refuse('discount', 'is more than the line costs')
  else if (computed > BigInt(Number.MAX_SAFE_INTEGER)) refuse('unitPrice', 'makes more than an amount can hold')
  else if (each.total !== undefined && BigInt(each.total) !== computed) {
    refuse('total', `disagrees with unitPrice × quantity - discount, which is ${computed}`)
  }
  return each.total ?? Number(computed)
}

export const refundLine = z
  .strictObject({
    line: foreignId,
    quantity: positiveAmount.nullable().default(null),
    amount: positiveAmount.nullable().default(null),
  })
  .refine((each) => each.quantity !== null || each.amount !== null, 'must say a quantity, an amount or both')

export const deliveredLine = z.strictObject({
  line: foreignId,
  quantity: positiveAmount.nullable().default(null).meta({ description: 'Items that came; null: all of the line.' }),
})

/** What a refund gives back without touching a line. */
export const otherMoney = z
  .strictObject({ shipping: amount.default(0), tip: amount.default(0), tax: amount.default(0) })
  .refine(({ shipping, tip, tax }) => shipping + tip + tax > 0, 'names nothing above 0')
