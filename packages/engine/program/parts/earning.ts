import type { Fraction, Rounding } from '../../amounts/fraction.ts'
import type { CalendarUnit, Period } from '../../time/local.ts'
import type { Condition } from '../condition.ts'
import type { Expiry } from './assets.ts'
import type { Audience, During } from './audience.ts'
import type { Award } from './awards.ts'

/** Moments of a member's life that rules listen to. */
export type Occasion = 'member.joined' | 'member.birthday' | 'member.anniversary' | 'membership.renewed'

/** What rules that give and rules that multiply have alike. */
interface Ruling {
  readonly id: string
  readonly audience: Audience
  readonly when: Condition | null
  /** Condition on a line; null: every line. */
  readonly lines: Condition | null
  readonly during: During | null
  /** Group of rules, of which the best, the first or all count. */
  readonly group: { readonly id: string; readonly take: 'best' | 'first' | 'all' } | null
  readonly exclusive: boolean
  /** Share of members for whom the rule does not exist (EXP-1); null: none. */
  readonly holdout: Fraction | null
  /** Room for what it gives; for a multiplier, for its share. */
  readonly budget: Budget | null
}

/** Gives an amount of one asset by the steps of EARN-3. */
export interface GivingRule extends Ruling {
  readonly asset: string
  /** Smallest units of the asset given each time `per` is met. */
  readonly give: number
  readonly per: Per
  /** What default exclusions this rule counts all the same (EARN-2). */
  readonly include: ReadonlySet<Excluded>
  readonly round: Rounding
  readonly stack: 'add' | 'multiply'
  /** Whether an order that crosses a level is judged whole by the level before it, or split (EARN-6). */
  readonly crossing: 'before' | 'split'
  readonly multipliers: readonly Multiplier[]
  /** Positions in `Program.caps`, in order of application (EARN-3 step 4). */
  readonly caps: readonly number[]
  readonly burnAs: string | null
  readonly expiry: Expiry | null
  /** The charity that gets it instead of the member. */
  readonly charity: string | null
}

/** Gives awards once for each event for which it holds. */
export interface AwardingRule extends Ruling {
  readonly awards: readonly Award[]
  /** Positions in `Program.caps`; they count times. */
  readonly caps: readonly number[]
}

/**
 * For each so many minor units of eligible spend, each order, each visit (once a day), each item (quantity), each activity or
 * occasion, or each so many of what a fact of the activity counts.
 */
export type Per =
  | { readonly type: 'spend'; readonly minor: number }
  | { readonly type: 'order' }
  | { readonly type: 'visit' }
  | { readonly type: 'item' }
  | { readonly type: 'activity' }
  | { readonly type: 'fact'; readonly fact: string; readonly count: number }
  | { readonly type: 'occasion' }

export type Excluded = 'tax' | 'shipping' | 'tip' | 'gift-card' | 'points' | 'stored-value'

export interface Multiplier extends Ruling {
  readonly by: Fraction
  /** Position in `Program.caps` of the budget of its share; null: it has none. */
  readonly budgetCap: number | null
}

export interface Cap {
  /** `rule:…`, `group:…`, `budget:…`, `reward:…`, `referral`: unique in the program, the name under which it is counted. */
  readonly id: string
  /** Amount of an asset, or how many times. */
  readonly counts: 'amount' | 'times'
  readonly most: number
  /** Whose room it is: each member's, each place's, or that of all together. */
  readonly of: 'member' | 'place' | 'program'
  readonly span:
    | { readonly type: 'order' }
    | { readonly type: 'calendar'; readonly unit: CalendarUnit }
    | { readonly type: 'sliding'; readonly length: Period }
    /** A day on the wall clock of the order's place. */
    | { readonly type: 'visit' }
    | { readonly type: 'ever' }
  readonly edge: 'trim' | 'refuse'
}

/** Room of all members together, in all (EARN-5). */
export interface Budget {
  /** `rule:…`, `challenge:…`, `offer:…`: unique in the program, the name under which it is counted. */
  readonly id: string
  readonly most: /** Smallest units of one asset; what is given of another asset does not count. */
    | { readonly type: 'amount'; readonly asset: string; readonly amount: number }
    /** Minor units: what is given, by the worth of its asset. */
    | { readonly type: 'worth'; readonly minor: number }
    /** How often. */
    | { readonly type: 'times'; readonly times: number }
  readonly edge: 'trim' | 'refuse'
}
