import type { FactValue } from '../event.ts'

/** What a condition may look at. Money is in minor units of the program's currency and compares only with `money("30.00")`. */
export interface Scope {
  readonly order: OrderFacts | null
  readonly line: LineFacts | null
  readonly activity: Readonly<Record<string, FactValue>> | null
  readonly member: MemberFacts
}

export interface OrderFacts {
  /** Eligible and other money as it now is, after refunds. */
  readonly total: number
  readonly eligible: number
  readonly shipping: number
  readonly items: number
  readonly lines: number
  readonly channel: string
  readonly place: string
  /** Whose place it is; '' for the program's own. */
  readonly partner: string
  /** No order counted before it. */
  readonly firstOrder: boolean
  readonly tags: readonly string[]
}

export interface LineFacts {
  readonly sku: string
  readonly quantity: number
  readonly total: number
  readonly unitPrice: number
  readonly discount: number
  readonly categories: readonly string[]
  /** The first category, for the common case. */
  readonly category: string
  readonly brand: string
  readonly kind: string
}

export interface MemberFacts {
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  /** Level ids held, one per ladder. */
  readonly tiers: readonly string[]
  readonly badges: readonly string[]
  /** Plans that run. */
  readonly memberships: readonly string[]
  /** Orders so far, without those refunded in full. */
  readonly orders: number
  /** Eligible minor units that are left of them. */
  readonly spend: number
  /** Local days; null: there was none. */
  readonly daysSinceOrder: number | null
  readonly daysSinceJoined: number | null
}

/** A fact that must be one of these texts, or hold one of them; of lines, any line's. */
export interface Need {
  readonly fact: NeedFact
  readonly values: readonly string[]
}
export type NeedFact =
  | 'sku'
  | 'category'
  | 'brand'
  | 'kind'
  | 'place'
  | 'channel'
  | 'partner'
  | 'tag'
  | 'segment'
  | 'badge'
  | 'membership'
  /** `ladder/level` */
  | 'level'

/** A condition in CEL, parsed and type-checked when the program is compiled. */
export interface Condition {
  readonly text: string
  /** Each must be met for it to hold; absent: nothing is known of it. */
  readonly needs?: readonly Need[]
  test(scope: Scope): boolean
}
