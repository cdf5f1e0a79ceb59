import type { Fraction } from '../../amounts/fraction.ts'
import type { CalendarUnit, LocalTime } from '../../time/local.ts'
import type { Condition } from '../condition.ts'
import type { Audience, During, Texts } from './audience.ts'
import type { Award } from './awards.ts'
import type { Budget } from './earning.ts'
import type { Measure } from './tiers.ts'

/** What has to be done: a measure over the events that its conditions admit, and how much of it. */
export interface Goal {
  readonly measure: GoalMeasure
  readonly comparison: 'atLeast' | 'moreThan'
  /** In the measure's unit: minor units, smallest units of the asset, or a number of things. */
  readonly target: number
  /** On the order, or on the activity that is counted. */
  readonly when: Condition | null
  readonly lines: Condition | null
  readonly places: readonly string[]
  readonly channels: readonly string[]
  /** Counts different values instead of every single one; null: every one counts. */
  readonly distinct: 'brand' | 'category' | 'sku' | 'place' | 'day' | null
}

export type GoalMeasure =
  /** Eligible spend of all orders together. */
  | { readonly type: 'spend' }
  /** Eligible spend of one single order. */
  | { readonly type: 'order' }
  | { readonly type: 'orders' }
  | { readonly type: 'items' }
  | { readonly type: 'visits' }
  | { readonly type: 'activities'; readonly name: string }
  | { readonly type: 'earned'; readonly asset: string }
  | { readonly type: 'referrals' }

export type GoalWindow =
  | { readonly type: 'calendar'; readonly unit: CalendarUnit }
  /** Half-open, in the program's zone. */
  | { readonly type: 'dates'; readonly from: LocalTime; readonly through: LocalTime }
  | { readonly type: 'lifetime' }

/** A threshold of an asset that turns into awards: what it takes is redeemed, so that overflow carries (STAMP-1). */
export interface Card {
  readonly id: string
  readonly name: Texts
  readonly asset: string
  /** Smallest units a full card takes. */
  readonly full: number
  readonly awards: readonly Award[]
  /** false: once ever. */
  readonly repeat: boolean
  readonly audience: Audience
}

export interface Challenge {
  readonly id: string
  readonly name: Texts
  readonly goal: Goal
  readonly window: GoalWindow
  /** Ascending reach, each below the goal. */
  readonly milestones: readonly Milestone[]
  readonly awards: readonly Award[]
  readonly repeat: 'each-window' | 'once' | 'always'
  readonly streak: Streak | null
  readonly audience: Audience
  /** On the member. */
  readonly when: Condition | null
  readonly during: During | null
  readonly holdout: Fraction | null
  readonly budget: Budget | null
  readonly afterRefund: 'keep' | 'revoke'
}

export interface Milestone {
  readonly id: string
  /** In the unit of the goal. */
  readonly reach: number
  readonly awards: readonly Award[]
}

/** Calendar windows in a row in which the goal was met. */
export interface Streak {
  readonly reach: number
  /** So many windows may be missed in one streak. */
  readonly freeze: number
  readonly awards: readonly Award[]
}

export interface Leaderboard {
  readonly id: string
  readonly name: Texts
  readonly measure: Measure
  readonly window: Extract<GoalWindow, { type: 'calendar' | 'dates' }>
  /** Equal members share the rank and all get its award, or the one who reached it first comes first. */
  readonly ties: 'share' | 'first'
  /** How many members the board shows. */
  readonly top: number
  /** Ascending, without overlap: from `first` through `last`, from 1. */
  readonly ranks: readonly { readonly first: number; readonly last: number; readonly awards: readonly Award[] }[]
  readonly audience: Audience
}

/** Each smallest unit of the asset is an entry (GAME-2). */
export interface Draw {
  readonly id: string
  readonly name: Texts
  readonly asset: string
  /** Half-open, in the program's zone. */
  readonly opens: LocalTime
  readonly closes: LocalTime
  readonly winners: number
  readonly awards: readonly Award[]
  readonly audience: Audience
}
