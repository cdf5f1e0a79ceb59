import type { Fraction } from '../amounts/fraction.ts'
import type { LocalDay, LocalTime, Period } from '../time/local.ts'
import type { Condition } from './condition.ts'
import type { Asset } from './parts/assets.ts'
import type { Texts } from './parts/audience.ts'
import type { Badge, Benefit } from './parts/awards.ts'
import type { AwardingRule, Cap, GivingRule, Occasion } from './parts/earning.ts'
import type { Card, Challenge, Draw, Leaderboard } from './parts/goals.ts'
import type { Offer, Referral } from './parts/offers.ts'
import type { Charity, MembershipPlan, Partner, Place, PoolPlan } from './parts/parties.ts'
import type { Reward } from './parts/rewards.ts'
import type { Ladder } from './parts/tiers.ts'
import type { Transitions } from './parts/transitions.ts'

/**
 * A program version as the engine runs it: the document after parsing, checking and compiling. Everything is resolved (ids
 * exist, amounts are whole numbers in the smallest unit, conditions are compiled); lists keep the document's order, maps are
 * by id in the order of their ids.
 */
export interface Program {
  readonly id: string
  /** 1, 2, 3 … in order of publication; 0 for a draft. */
  readonly version: number
  /** SHA-256 of the canonical text, lower-case hex; made outside, '' for a draft. */
  readonly hash: string
  readonly name: Texts
  readonly zone: string
  readonly currency: Currency
  /** Start of force as written: `always`, or a local date-time in the program's zone. */
  readonly inForceFrom: 'always' | LocalTime | null
  /** What lies before `historyFrom` is closed to histories, too (EVT-4); null: nothing is. */
  readonly late: {
    readonly accept: Period
    readonly historyFrom: LocalTime | null
    /** Who bears debt that only lateness made (REF-3): the member, or the program. */
    readonly debt: 'owe' | 'waive'
  }
  readonly refunds: RefundPolicy
  /** How long a reservation holds points when the request does not say. */
  readonly reservationsLastMs: number
  /** What becomes of an event of a member that nobody has created. */
  readonly unknownMembers: 'refuse' | 'create'
  readonly terms: Terms | null
  readonly minimumAge: { readonly years: number; readonly for: ReadonlySet<Deed> } | null
  /** Whether members marked staff or test earn. */
  readonly staffEarn: boolean
  /** Whether a version counts only with the consent of a second person. */
  readonly publishingNeedsApproval: boolean
  readonly closing: Closing | null
  /** How long after a member has left what is still there is forfeited (END-1); no time at all: at once. */
  readonly leaving: { readonly forfeitAfter: Period }
  /** What becomes of what members hold that it gives up. */
  readonly transitions: Transitions

  readonly assets: readonly Asset[]
  /** Giving rules by what they listen to, each list in document order. */
  readonly onOrder: readonly GivingRule[]
  readonly onActivity: ReadonlyMap<string, readonly GivingRule[]>
  readonly onOccasion: ReadonlyMap<Occasion, readonly GivingRule[]>
  /** Awarding rules, likewise. */
  readonly awardsOn: {
    readonly order: readonly AwardingRule[]
    readonly activity: ReadonlyMap<string, readonly AwardingRule[]>
    readonly occasion: ReadonlyMap<Occasion, readonly AwardingRule[]>
  }
  /** Every rule's cap and every group's cap, in the order in which they are applied; the position is not an identity, `id` is. */
  readonly caps: readonly Cap[]
  readonly ladders: readonly Ladder[]
  readonly benefits: ReadonlyMap<string, Benefit>
  readonly badges: ReadonlyMap<string, Badge>
  readonly rewards: ReadonlyMap<string, Reward>
  readonly cards: ReadonlyMap<string, Card>
  readonly challenges: ReadonlyMap<string, Challenge>
  readonly leaderboards: ReadonlyMap<string, Leaderboard>
  readonly draws: ReadonlyMap<string, Draw>
  readonly offers: ReadonlyMap<string, Offer>
  readonly referral: Referral | null
  readonly memberships: ReadonlyMap<string, MembershipPlan>
  readonly pools: ReadonlyMap<string, PoolPlan>
  readonly partners: ReadonlyMap<string, Partner>
  readonly charities: ReadonlyMap<string, Charity>
  readonly places: ReadonlyMap<string, Place>
  /** Declared segments; empty: any segment may be named. */
  readonly segments: ReadonlyMap<string, Segment>
  /** Declared activities and the facts each must bring. */
  readonly activities: ReadonlyMap<string, ReadonlyMap<string, FactKind>>
  /** Whether any condition asks for what the member did before (orders, spend, days since). */
  readonly asksPast: boolean
  /** Share of members that get no message of these rules; null: none. Offers, challenges and rules carry their own. */
  readonly messagesHoldout: Fraction | null
}

/** What a fact of an activity is: `number` a JSON number, `yes-no` a boolean, `money` whole minor units of the program's currency. */
export type FactKind = 'number' | 'text' | 'yes-no' | 'money'

/** What a member does and a program may refuse. */
export type Deed = 'earn' | 'redeem'

export interface Currency {
  /** ISO 4217 */
  readonly code: string
  /** Decimals of the minor unit: JPY 0, USD 2, KWD 3. */
  readonly exponent: number
}

export interface RefundPolicy {
  /** How long after the order a refund is judged by the rules (REF-7). */
  readonly accept: Period
  readonly shortfall: 'debt' | 'waive'
  /** Most debt a clawback may leave, by asset; absent: no limit. */
  readonly limit: ReadonlyMap<string, number>
}

/** The version of the terms that a member must have accepted, and for what. */
export interface Terms {
  readonly current: string
  readonly for: ReadonlySet<Deed>
}

/** The end of the program (END-1). All moments are the first ones after what they name, in the program's zone. */
export interface Closing {
  /** From when members are told. */
  readonly notice: LocalTime
  readonly earnsUntil: LocalTime
  readonly burnsUntil: LocalTime
  /** What becomes of what is left then. */
  readonly left: { readonly type: 'forfeit' } | { readonly type: 'charity'; readonly charity: string }
}

export interface Segment {
  readonly id: string
  readonly name: Texts
  /** On the member; null: told by events. */
  readonly when: Condition | null
}

/** A published version and when it rules (EVT-3). */
export interface TimelineEntry {
  readonly program: Program
  /** `always` is -Infinity in both. */
  readonly fromAt: number
  readonly fromLocal: LocalTime
  readonly publishedAt: number
  readonly publishedLocal: LocalTime
  /** A correction has published it again, with a date that was over (COR-2). */
  readonly corrects?: true
  /** Absent: it is for all. Else it begins for nobody by itself, at +Infinity, and for whoever is drawn as this says (PIL-1). */
  readonly pilot?: Pilot
}

/** Whom a version on trial is for, and when it rules them. */
export interface Pilot {
  /** The version that began it, by whose number members are drawn. */
  readonly begun: number
  readonly share: Fraction
  readonly fromAt: number
  readonly fromLocal: LocalTime
  /** What its members fall back to: the version for all, said to them alone (PIL-5). */
  readonly fallsBack?: true
}

/** All versions of one program, oldest publication first. */
export type Timeline = readonly TimelineEntry[]

export type * from './parts/assets.ts'
export type * from './parts/audience.ts'
export type * from './parts/awards.ts'
export type * from './parts/earning.ts'
export type * from './parts/goals.ts'
export type * from './parts/offers.ts'
export type * from './parts/parties.ts'
export type * from './parts/rewards.ts'
export type * from './parts/tiers.ts'
export type * from './parts/transitions.ts'
export type { LocalDay }
