import type { Fraction } from '../../amounts/fraction.ts'
import type { Period } from '../../time/local.ts'
import type { Condition } from '../condition.ts'
import type { Audience, During, LevelOf, Texts } from './audience.ts'

/** One thing that is given; what awards gives a list of them, in document order. */
export type Award =
  /** Smallest units, above zero. */
  | { readonly type: 'amount'; readonly asset: string; readonly amount: number }
  /** A voucher for the reward, free of charge. */
  | { readonly type: 'reward'; readonly reward: string }
  | { readonly type: 'badge'; readonly badge: string }
  /** The level as an override that ends when `keep` is over, counted from the day of the award. */
  | ({ readonly type: 'tier'; readonly keep: Period } & LevelOf)

export interface Badge {
  readonly id: string
  readonly name: Texts
  /** A member can have it once in each such period. */
  readonly each: 'ever' | 'calendar-month' | 'calendar-quarter' | 'calendar-year'
}

/**
 * What one has while one holds a level or a membership that names it. Where none does, whoever the audience, the condition and
 * the time admit has it; where one does, they are asked as well.
 */
export interface Benefit {
  readonly id: string
  readonly name: Texts
  readonly kind: BenefitKind
  /** Holders of one of these levels or memberships have it; both lists empty: no holding is asked for. */
  readonly levels: readonly LevelOf[]
  readonly memberships: readonly string[]
  readonly audience: Audience
  readonly when: Condition | null
  readonly during: During | null
  /** Minor units that one use is worth, for value against fee (MEM-1); null: not stated. */
  readonly worth: number | null
}

export type BenefitKind =
  | { readonly type: 'free-shipping'; readonly basket: Basket | null }
  | { readonly type: 'percent-off'; readonly percent: Fraction; readonly basket: Basket | null }
  /** Opens that long before everyone else. */
  | { readonly type: 'access'; readonly earlier: Period }
  | { readonly type: 'adviser' }
  | { readonly type: 'service' }

/** What a basket must hold for a voucher or a benefit to go with it. */
export interface Basket {
  /** Minor units that the lines it goes with must reach. */
  readonly least: number
  /** Lines it goes with; null: every line. */
  readonly lines: Condition | null
}
