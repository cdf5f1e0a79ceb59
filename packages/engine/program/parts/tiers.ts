import type { Period } from '../../time/local.ts'
import type { Expiry } from './assets.ts'
import type { Texts } from './audience.ts'
import type { Award } from './awards.ts'

export interface Ladder {
  readonly id: string
  readonly measure: Measure
  readonly window: Window
  readonly rise: 'at-once' | 'period-end'
  readonly fall: {
    readonly to: 'never' | 'one-step' | 'earned'
    readonly grace: Period | null
    /** How long before a fall it is announced. */
    readonly warn: readonly Period[]
  }
  readonly afterRefund: 'keep-to-window-end' | 'revoke'
  /** Ascending reach; the first has reach 0. */
  readonly levels: readonly Level[]
}

export interface Level {
  readonly id: string
  readonly reach: number
  readonly name: Texts
  /** Expiry of what is earned while the level is held, by asset. */
  readonly expiry: ReadonlyMap<string, Expiry>
  /** Standing benefits while it is held. */
  readonly benefits: readonly string[]
  /** Given once to a member who enters it, ever (TIER-7). */
  readonly entry: readonly Award[]
  /** Not shown before it is held. */
  readonly hidden: boolean
  /** Entered by an act of staff or an award only: whatever is measured, nobody rises into it. */
  readonly invitation: boolean
}

export type Measure =
  | { readonly type: 'earned'; readonly asset: string }
  /** Eligible spend in minor units. */
  | { readonly type: 'spend' }
  | { readonly type: 'orders' }
  /** Days with at least one order or visit activity. */
  | { readonly type: 'visits' }
  | { readonly type: 'activities'; readonly name: string }
  /** Friends whose referral qualified. */
  | { readonly type: 'referrals' }

export type Window =
  | (Recurring & { readonly type: 'calendar'; readonly unit: 'month' | 'quarter' | 'year' })
  | (Recurring & { readonly type: 'fixed-date'; readonly month: number; readonly day: number })
  | (Recurring & { readonly type: 'anniversary' })
  | { readonly type: 'rolling'; readonly length: Period }
  | { readonly type: 'lifetime' }

/** Of a window with periods that follow each other. */
interface Recurring {
  readonly keptThrough: boolean
  /** What is beyond the level of a period counts in the next, at most `most` of it (null: all); absent: nothing does (TIER-3). */
  readonly rollOver?: RollOver
}

export interface RollOver {
  readonly most: number | null
}
