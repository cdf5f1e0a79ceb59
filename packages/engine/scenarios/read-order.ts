import type { BasketLine, By, LineKind, OrderStep, PaymentStep, RefundStep, Step } from './step.ts'
import type { MoneyOf, Words } from './words.ts'

/** Lines of orders that stand in tables, by order. */
export type Baskets = ReadonlyMap<string, Basket>
export interface Basket {
  readonly lines: readonly BasketLine[]
  readonly currency: string
}

const buyExample = 'buys 3 items of skincare for 30.00 USD, order 1'

export function readOrder(words: Words, act: OrderStep['act'], baskets: Baskets): OrderStep {
  let order: string | null = null
  if (act === 'edits') {
    words.expect('order', 'edits order 1 for 20.00 USD')
    order = words.next('the order', buyExample)
  }
  const written = basketIn(words)
  const found: { -readonly [Key in keyof OrderStep]: OrderStep[Key] } = {
    ...{ type: 'order', act, order, lines: written?.lines ?? [], currency: written?.currency ?? '' },
    ...{ rate: null, channel: null, place: null, tags: [], discount: 0, shipping: 0, tip: 0, payments: [] },
  }
  const money = (): number => words.money().minor
  words.clauses({
    order: () => {
      found.order = words.next('the order', buyExample)
    },
    on: () => {
      found.channel = words.next('the channel', 'on web')
    },
    at: () => {
      found.place = words.known('place', words.program.places.keys())
    },
    tagged: () => {
      found.tags = labelsIn(words)
    },
    discount: () => {
      found.discount = money()
    },
    shipping: () => {
      found.shipping = money()
    },
    tip: () => {
      found.tip = money()
    },
    rate: () => {
      found.rate = words.next('the rate', 'rate 1.0850')
    },
    paying: () => {
      found.payments = [...found.payments, paymentIn(words)]
    },
  })
  if (written !== null) return found
  const basket = found.order === null ? undefined : baskets.get(found.order)
  if (basket !== undefined) return { ...found, ...basket }
  words.failBefore(
    found.order === null ? 'the basket is missing' : `no table above has lines of order ${found.order}`,
    `say what is bought: ${buyExample}`,
  )
}

/** `for 12.00 USD`, or `2 items of tea for 12.00 USD and 1 item for 3.00 USD`; null where neither stands here. */
function basketIn(words: Words): Basket | null {
  if (words.peek() !== 'for' && !/^\d+$/.test(words.peek())) return null
  const lines: BasketLine[] = []
  let currency: string | null = null
  const money = (): number => {
    const { minor, currency: said } = words.money()
    if (currency !== null && said !== currency) words.failBefore(`the order is in ${currency}`, 'use one currency')
    currency = said
    return minor
  }
  do lines.push(lineIn(words, String(lines.length + 1), money))
  while (words.take('and'))
  return { lines, currency: currency ?? '' }
}

function lineIn(words: Words, line: string, money: () => number): BasketLine {
  let [quantity, tax, brand, sku]: [number, number, string | null, string | null] = [1, 0, null, null]
  let kind: LineKind = 'goods'
  const categories: string[] = []
  if (words.peek() !== 'for') {
    quantity = words.count('items')
    if (!words.take('item')) words.expect('items', buyExample)
  }
  while (!words.take('for')) {
    if (words.take('of')) categories.push(words.next('the category', 'of skincare'))
    else if (words.take('by')) brand = words.next('the brand', 'by acme')
    else if (words.take('sku')) sku = words.next('the sku', 'sku S1')
    else if (words.take('kind')) kind = lineKindOf(words.next('the kind', 'kind gift-card'), words)
    else if (words.take('tax')) tax = money()
    else words.fail('"for" with the price, or of, by, sku, kind, tax must come here', buyExample)
  }
  return { line, quantity, total: money(), tax, discount: 0, categories, brand, sku, kind }
}

export function lineKindOf(text: string, words: Words): LineKind {
  if (text === 'goods' || text === 'gift-card' || text === 'service') return text
  words.failBefore(`"${text}" is no kind of line`, 'write goods, gift-card or service')
}

function paymentIn(words: Words): PaymentStep {
  const amount = words.money().minor
  words.expect('by', 'paying 20.00 USD by points of r1')
  const by = words.next('how it is paid', 'paying 20.00 USD by gift-card')
  if (by === 'gift-card' || by === 'store-credit') return { by, amount }
  if (by !== 'points') words.failBefore(`nothing is paid by "${by}"`, 'write points of r1, gift-card or store-credit')
  words.expect('of', 'paying 20.00 USD by points of r1')
  return { by, amount, redemption: words.next('the redemption', 'paying 20.00 USD by points of r1') }
}

/** `one`, `one and two`. */
export function labelsIn(words: Words): string[] {
  const labels = [words.next('a name', 'has segments students and regulars')]
  while (words.take('and')) labels.push(words.next('another name', 'has segments students and regulars'))
  return labels
}

const deliveryExample = 'is delivered order 1 line 2 items 1'

export function readDelivery(words: Words): Step {
  words.expect('order', deliveryExample)
  const order = words.next('the order', deliveryExample)
  const lines: { line: string; items: number | null }[] = []
  words.clauses({
    line: () => {
      lines.push({ line: words.next('the line', deliveryExample), items: null })
    },
    items: () => {
      const line = lines.at(-1)
      if (line === undefined) words.failBefore('items of which line?', deliveryExample)
      line.items = words.count('items')
    },
  })
  return { type: 'delivered', order, lines }
}

const refundExample = 'refunds order 1 line 2 items 1'

export function readRefund(words: Words): RefundStep {
  let order: string | null = null
  let amount: number | null = null
  let by: By = 'member'
  let as: string | null = null
  const lines: { line: string; items: number | null; amount: number | null }[] = []
  const other = { shipping: 0, tip: 0, tax: 0 }
  const money = (): number => words.money().minor
  words.clauses({
    order: () => {
      order = words.next('the order', refundExample)
    },
    line: () => {
      lines.push({ line: words.next('the line', refundExample), items: null, amount: null })
    },
    items: () => {
      const line = lines.at(-1)
      if (line === undefined) words.failBefore('items of which line?', refundExample)
      line.items = words.count('items')
    },
    amount: () => {
      const line = lines.at(-1)
      if (line === undefined) amount = money()
      else line.amount = money()
    },
    shipping: () => {
      other.shipping = money()
    },
    tip: () => {
      other.tip = money()
    },
    tax: () => {
      other.tax = money()
    },
    by: () => {
      by = byIn(words)
    },
    as: () => {
      as = words.next('a name for the refund', 'as f1')
    },
  })
  const isOther = other.shipping + other.tip + other.tax > 0
  if (order === null && amount === null) words.fail('the refund names no order and no amount', refundExample)
  return { type: 'refund', order, lines, amount: amount ?? (isOther && lines.length === 0 ? 0 : null), other, by, as }
}

export function byIn(words: Words): By {
  const by = words.next('who', 'by shop')
  if (by === 'member' || by === 'shop') return by
  words.failBefore(`"${by}" is nobody who refunds or cancels`, 'write by shop or by member')
}

/** Money in the program's own currency: what no order converts. */
export function ownMoney(words: Words): number {
  const { minor, currency }: MoneyOf = words.money()
  const own = words.program.currency.code
  if (currency !== own) words.failBefore(`the program counts in ${own}`, `write the amount in ${own}`)
  return minor
}
