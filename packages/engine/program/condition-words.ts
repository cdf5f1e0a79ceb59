import type { LineFacts, MemberFacts, OrderFacts } from './condition.ts'

/** What conditions can look at, with the sentence that the reference has for it. Money compares with `money("30.00")`. */
export const conditionWords = {
  order: {
    total: 'Money of its lines, after refunds',
    eligible: 'Money of its lines that counts as spend, after refunds',
    shipping: 'Money paid for shipping',
    items: 'How many items, after refunds',
    lines: 'How many lines, after refunds',
    channel: 'Where it was placed: `web`, `till`, as the sender calls it',
    place: 'The id of its place; the empty text where none is named',
    partner: 'Whose place it is; the empty text for the program’s own',
    firstOrder: 'Yes or no: no order counted before it',
    tags: 'A list of texts that the sender gave it',
  },
  line: {
    sku: 'The number under which the shop knows the product',
    quantity: 'How many items, after refunds',
    total: 'Money of the line, after refunds',
    unitPrice: 'Money of one item when it was sold',
    discount: 'Money taken off the line when it was sold',
    category: 'The first of its categories',
    categories: 'A list of all its categories',
    brand: 'Its brand',
    kind: '`goods`, `gift-card` or `service`',
  },
  member: {
    segments: 'A list of segments',
    tags: 'A list of tags',
    tiers: 'A list of the levels held, one of each ladder',
    badges: 'A list of badges held',
    memberships: 'A list of memberships that run',
    orders: 'How many orders so far, without those refunded in full',
    spend: 'Money that counts as spend of those orders, after refunds',
    daysSinceOrder: 'Days since the last order; no condition on it holds where there was none',
    daysSinceJoined: 'Days since joining; no condition on it holds where that is not known',
  },
} as const satisfies {
  readonly order: Readonly<Record<keyof OrderFacts, string>>
  readonly line: Readonly<Record<keyof LineFacts, string>>
  readonly member: Readonly<Record<keyof MemberFacts, string>>
}

/** `first-order`, `first purchase`, `new customers`: what `order.firstOrder` says. */
export const isFirstOrder = (text: string): boolean =>
  /^(?:first|1st|initial|new)[ _-]?(?:order|purchase|sale|buy|visit|customer|member|time)?s?$/i.test(text.trim())
