import type { Fraction } from '../../amounts/fraction.ts'
import type { LocalTime, Period } from '../../time/local.ts'
import type { Condition } from '../condition.ts'
import type { Audience, During, Texts } from './audience.ts'
import type { Basket } from './awards.ts'
import type { Cap } from './earning.ts'

export interface Reward {
  readonly id: string
  readonly name: Texts
  readonly audience: Audience
  readonly when: Condition | null
  readonly during: During | null
  readonly kind: RewardKind
  /** null: it has no price and can only be awarded. */
  readonly price: Price | null
  /** How many there are in all; null: it does not run out. */
  readonly stock: number | null
  /** How often a member can have it. */
  readonly cap: Cap | null
  /** How long its voucher is good after it is revealed. */
  readonly expiry: Validity
  /** `made`: a code of its own for each voucher, made by the program; `uploaded`: the next of a list that staff put in. */
  readonly codes: 'made' | 'uploaded'
  /** What an order must hold for its voucher to be used; null: nothing. */
  readonly basket: Basket | null
  /** Whether its voucher goes with others on one order. */
  readonly together: boolean
  /** The holder may give the unused voucher to this charity, which gets so many minor units (RED-7). */
  readonly instead: { readonly charity: string; readonly minor: number } | null
}

export type Validity =
  | { readonly type: 'never' }
  /** Last day = the day it is revealed + life, rounded up to the end of a unit. */
  | { readonly type: 'life'; readonly life: Period; readonly endOf: 'month' | 'quarter' | 'year' | null }

export type RewardKind =
  | { readonly type: 'money-off'; readonly minor: number }
  /** At most `most` minor units off; null: without limit. */
  | { readonly type: 'percent-off'; readonly percent: Fraction; readonly most: number | null }
  | { readonly type: 'free-shipping' }
  | { readonly type: 'product'; readonly sku: string }
  | { readonly type: 'pay-with-points' }
  | { readonly type: 'custom' }
  /** Stored value in minor units, used in parts. */
  | { readonly type: 'gift-card'; readonly minor: number }
  | {
      readonly type: 'experience'
      /** In document order. */
      readonly sessions: readonly Session[]
      /** Until so long before the session a booking can be cancelled; null: never. */
      readonly cancelBefore: Period | null
      /** How long the one who moved up has to accept and pay; null: there is no waiting list. */
      readonly waitingAccept: Period | null
    }
  /** Entry that long before everyone else, or in the reward's own `during` where `earlier` is null. */
  | { readonly type: 'access'; readonly earlier: Period | null }
  /** The price's worth moves to the charity; of an award `minor` units of money, or what the price is where that is null. */
  | { readonly type: 'donation'; readonly charity: string; readonly minor: number | null }
  /** Another asset of the program. */
  | { readonly type: 'exchange'; readonly asset: string; readonly amount: number }
  /** So many units of the partner's own program. */
  | { readonly type: 'partner-exchange'; readonly partner: string; readonly count: number; readonly unit: string }

export interface Session {
  readonly id: string
  /** By the clock of its place. */
  readonly starts: LocalTime
  readonly place: string | null
  readonly seats: number
}

export type Price =
  /** Free of charge for whoever it is for; its cap bounds how often. */
  | { readonly type: 'free' }
  /** First audience that holds names the price; the last has an empty audience. */
  | {
      readonly type: 'fixed'
      readonly asset: string
      readonly choices: readonly { readonly audience: Audience; readonly amount: number }[]
    }
  /** The member says how much, within bounds; `minor` of money for each `amount`. */
  | {
      readonly type: 'chosen'
      readonly asset: string
      readonly least: number
      readonly most: number | null
      readonly step: number
      readonly worth: { readonly amount: number; readonly minor: number }
    }
