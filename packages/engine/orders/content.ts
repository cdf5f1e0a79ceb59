/** An order by who knows it and the id there: `web/1001`. Orders have an identity of their own (EVT-1). */
export type OrderKey = string
export const orderKeyOf = (source: string, orderId: string): OrderKey => `${source}/${orderId}`

export interface Line {
  readonly id: string
  readonly sku: string
  /** Whole items, 1 or more. */
  readonly quantity: number
  /** Minor units paid for the whole line: after the line's own discount, the contained tax included. 0 or more. */
  readonly total: number
  /** Tax contained in `total`. */
  readonly tax: number
  /** What the line's own discount took off, for conditions and reports. */
  readonly discount: number
  readonly categories: readonly string[]
  readonly brand: string | null
  readonly kind: 'goods' | 'gift-card' | 'service'
}

/** How a part of the order was paid. Money earns; points and stored value do not, unless a rule includes them (EARN-2). */
export type Payment =
  | { readonly by: 'money'; readonly amount: number }
  | { readonly by: 'gift-card'; readonly amount: number }
  | { readonly by: 'store-credit'; readonly amount: number }
  /** `redemption` is the id of the confirmed redemption whose points paid. */
  | { readonly by: 'points'; readonly amount: number; readonly redemption: string }

/** What a minor unit of a currency is in whole units of the program's, exact, and of which day. */
export interface Rate {
  readonly numerator: number
  readonly denominator: number
  readonly on: string
}

/** What an order says of itself. Amounts are minor units of `currency`. */
export interface OrderContent {
  /** Order id at the source. */
  readonly order: string
  readonly currency: string
  /** Where currencies differ (AMT-4). */
  readonly rate: Rate | null
  readonly channel: string | null
  readonly place: string | null
  readonly tags: readonly string[]
  readonly lines: readonly Line[]
  /** Taken off the whole order, spread over its lines. */
  readonly discount: number
  readonly shipping: { readonly total: number; readonly tax: number }
  readonly tip: number
  readonly payments: readonly Payment[]
}
