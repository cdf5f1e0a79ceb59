import type { FactValue } from '../event.ts'
import type { LocalDay, Period } from '../time/local.ts'

/** What one row lets happen. Amounts are smallest units, money is minor units of `currency`; names are those of the scenario. */
export type Step =
  | OrderStep
  | { readonly type: 'reported-again'; readonly order: string }
  | { readonly type: 'delivered'; readonly order: string; readonly lines: readonly ItemsOfLine[] }
  | { readonly type: 'cancelled'; readonly order: string; readonly by: By }
  | RefundStep
  | { readonly type: 'refund-failed'; readonly refund: string }
  | { readonly type: 'disputed'; readonly order: string; readonly amount: number; readonly dispute: string }
  | { readonly type: 'dispute-won'; readonly dispute: string }
  | ActivityStep
  | JoinStep
  | { readonly type: 'leaves' | 'erased' | 'time-passes' }
  | { readonly type: 'merge-undone'; readonly reason: string }
  | ProfileStep
  | ReserveStep
  | { readonly type: 'confirms' | 'cancels' | 'accepts-seat'; readonly redemption: string }
  | {
      readonly type: 'uses-voucher'
      readonly reward: string
      readonly amount: number | null
      readonly order: string | null
    }
  | { readonly type: 'returns-voucher' | 'donates-voucher'; readonly reward: string }
  | { readonly type: 'asks-for'; readonly benefit: string; readonly basket: number | null }
  | { readonly type: 'sent-offer' | 'sees-offer'; readonly offer: string }
  | { readonly type: 'membership'; readonly plan: string; readonly act: MembershipAct }
  | { readonly type: 'invites' | 'merges'; readonly other: string }
  | { readonly type: 'clicks'; readonly other: string; readonly same: readonly SameAs[] }
  | { readonly type: 'referral-reviewed'; readonly other: string; readonly approved: boolean; readonly reason: string }
  | { readonly type: 'gives'; readonly to: string; readonly asset: string; readonly units: number }
  | { readonly type: 'founds-pool'; readonly kind: string; readonly pool: string }
  | { readonly type: 'joins-pool' | 'leaves-pool'; readonly pool: string }
  | { readonly type: 'draws'; readonly draw: string; readonly seed: string | null }
  | StaffStep

export type By = 'member' | 'shop'
export type SameAs = 'device' | 'address' | 'payment'
export type MembershipAct = 'starts' | 'starts-on-trial' | 'pays' | 'fails' | 'cancels'

export interface BasketLine {
  readonly line: string
  readonly quantity: number
  readonly total: number
  readonly tax: number
  readonly discount: number
  readonly categories: readonly string[]
  readonly brand: string | null
  readonly sku: string | null
  readonly kind: LineKind
}
export type LineKind = 'goods' | 'gift-card' | 'service'

export type PaymentStep =
  | { readonly by: 'gift-card' | 'store-credit'; readonly amount: number }
  | { readonly by: 'points'; readonly amount: number; readonly redemption: string }

export interface OrderStep {
  readonly type: 'order'
  readonly act: 'buys' | 'places' | 'edits' | 'would-buy'
  /** Null: nobody names it again. */
  readonly order: string | null
  readonly lines: readonly BasketLine[]
  readonly currency: string
  /** Units of the program's currency for one of the order's, as decimal text. */
  readonly rate: string | null
  readonly channel: string | null
  readonly place: string | null
  readonly tags: readonly string[]
  readonly discount: number
  readonly shipping: number
  readonly tip: number
  /** What no payment names is money. */
  readonly payments: readonly PaymentStep[]
}

/** Null: all of the line. */
export interface ItemsOfLine {
  readonly line: string
  readonly items: number | null
}

export interface RefundStep {
  readonly type: 'refund'
  /** Null: it names none. */
  readonly order: string | null
  readonly lines: readonly { readonly line: string; readonly items: number | null; readonly amount: number | null }[]
  /** Without lines; null: every line, whole. */
  readonly amount: number | null
  readonly other: { readonly shipping: number; readonly tip: number; readonly tax: number }
  readonly by: By
  readonly as: string | null
}

export interface ActivityStep {
  readonly type: 'activity'
  readonly name: string
  readonly facts: Readonly<Record<string, FactValue>>
  readonly place: string | null
  readonly channel: string | null
}

export interface JoinStep {
  readonly type: 'joins'
  readonly referredBy: string | null
  readonly same: readonly SameAs[]
}

export interface ProfileStep {
  readonly type: 'profile'
  readonly change:
    | { readonly of: 'segments' | 'tags'; readonly labels: readonly string[] }
    | { readonly of: 'birthday'; readonly month: number; readonly day: number }
    | { readonly of: 'birthday-comes' | 'anniversary-comes' | 'of-age' | 'staff' | 'test' }
    | { readonly of: 'terms'; readonly terms: string }
}

export interface ReserveStep {
  readonly type: 'reserves' | 'redeems'
  readonly reward: string
  /** Null: nobody names it again. */
  readonly redemption: string | null
  readonly points: number | null
  readonly session: string | null
  readonly lasts: Period | null
}

export type StaffStep =
  | { readonly type: 'adjusts'; readonly asset: string; readonly units: number; readonly reason: string }
  | {
      readonly type: 'extends'
      readonly asset: string
      readonly lastDay: LocalDay
      readonly newLastDay: LocalDay
      readonly reason: string
    }
  | {
      readonly type: 'reinstates'
      readonly asset: string
      readonly units: number
      readonly lastDay: LocalDay
      readonly newLastDay: LocalDay
      readonly reason: string
    }
  | {
      readonly type: 'overrides'
      readonly ladder: string
      /** Null ends the override. */
      readonly level: string | null
      readonly endsOn: LocalDay | null
      readonly reason: string
    }
  | {
      readonly type: 'accepts-refund'
      readonly refund: string
      readonly order: string | null
      readonly amount: number | null
      readonly reason: string
    }
  | { readonly type: 'freezes'; readonly frozen: boolean; readonly reason: string }
