import type { Fraction } from '../../amounts/fraction.ts'
import type { Period } from '../../time/local.ts'
import type { Audience, Texts } from './audience.ts'
import type { Award } from './awards.ts'

/** A plan of paid membership (MEM-1). */
export interface MembershipPlan {
  readonly id: string
  readonly name: Texts
  /** Minor units for each period. */
  readonly fee: number
  readonly every: Period
  readonly trial: Period | null
  /** How long benefits stay when a fee could not be taken; null: they end at once. */
  readonly grace: Period | null
  /** What cancelling ends: the benefits at the end of the period that was paid, or at once. */
  readonly cancel: 'period-end' | 'at-once'
  readonly benefits: readonly string[]
  /** Given once to a member who enters it, ever. */
  readonly entry: readonly Award[]
  /** Who can have it. */
  readonly audience: Audience
  /** Share of members to whom it is not offered, for a pilot; null: none. */
  readonly holdout: Fraction | null
}

/** A wallet that several members fill (POOL-1). */
export interface PoolPlan {
  readonly id: string
  readonly name: Texts
  readonly asset: string
  /** Share of what a member earns that goes to the pool. */
  readonly share: Fraction
  readonly burn: 'everyone' | 'founder'
  readonly membersMax: number
  readonly leaving: 'keep-in-pool' | 'take-share'
}

export interface Partner {
  readonly id: string
  readonly name: Texts
  /** What the program pays for points that are burned there, and is paid for those earned there; null: nothing is settled. */
  readonly settles: { readonly asset: string; readonly amount: number; readonly minor: number } | null
  readonly earn: boolean
  readonly burn: boolean
}

export interface Charity {
  readonly id: string
  readonly name: Texts
  /** What so much of an asset, or so much money, brings about: a tree for 100 points. */
  readonly impact: { readonly per: ImpactUnit; readonly of: Texts } | null
}

export type ImpactUnit =
  | { readonly type: 'amount'; readonly asset: string; readonly amount: number }
  | { readonly type: 'worth'; readonly minor: number }

export interface Place {
  readonly zone: string
  readonly name: Texts
  /** Whose place it is; null: the program's own. */
  readonly partner: string | null
}
