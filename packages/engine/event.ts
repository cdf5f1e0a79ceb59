import type { AwardWon } from './awards/events.ts'
import type { BenefitUsed } from './benefits/events.ts'
import type { Pins, VersionCorrected } from './corrections/events.ts'
import type { Mark } from './footing/footing.ts'
import type { Delivery, GiftSend } from './gifts/events.ts'
import type { MemberMerged, MergeUndone } from './merging/events.ts'
import type { MemberOccasion } from './occasions/events.ts'
import type { OfferSeen, OfferSent } from './offers/events.ts'
import type { OrderContent, OrderKey, Rate } from './orders/content.ts'
import type { PlanEvent } from './plans/events.ts'
import type { PaidByPool, PoolAsked, PoolTold } from './pools/events.ts'
import type { ReferralClaim, ReferralReviewed, ReferralSuspected, ReferralTold } from './referral/events.ts'
import type { RequestAnswer } from './refusal.ts'
import type { Grant } from './rooms/grant.ts'
import type { SeatCalledOff, SeatOffered } from './seats/events.ts'
import type { ByStaff, Stamp, Stamped } from './stamp.ts'
import type { LocalTime } from './time/local.ts'
import type { VoucherRequest, VoucherRevoked } from './vouchers/events.ts'
import type { Told } from './vouchers/told.ts'

export type * from './awards/events.ts'
export type * from './benefits/events.ts'
export type * from './corrections/events.ts'
export type * from './gifts/events.ts'
export type * from './merging/events.ts'
export type * from './occasions/events.ts'
export type * from './offers/events.ts'
export * from './orders/content.ts'
export type * from './plans/events.ts'
export type * from './pools/events.ts'
export type * from './referral/events.ts'
export * from './refusal.ts'
export type * from './seats/events.ts'
export type * from './stamp.ts'
export type * from './vouchers/events.ts'

/**
 * What can happen to a member. Events arrive parsed, without personal data (LED-9), and stamped: what comes from outside the
 * member (local time, version, answer) is pinned on them by whoever gathers, so that the same event decides the same for ever.
 */
export type MemberEvent = Fact | Request | Act | TimePassed

/** Facts may arrive in any order (EVT-2). */
export type Fact =
  | OrderPlaced
  | OrderPaid
  | OrderEdited
  | OrderDelivered
  | OrderCancelled
  | RefundMade
  | RefundFailed
  | PaymentDisputed
  | Activity
  | MemberJoined
  | MemberChanged
  | MemberFrozen
  | MemberLeft
  | MemberOccasion
  | BenefitUsed
  | OfferSent
  | OfferSeen
  | PlanEvent

/** Requests are judged at the member's head; what was answered is stored and never judged again. */
export type Request =
  | RedemptionReserve
  | RedemptionConfirm
  | RedemptionCancel
  | VoucherRequest
  | GiftSend
  | PoolAsked
  | ReferralClaim

/** Acts of staff, and what is delivered from elsewhere: answers too. */
export type Act =
  | PointsAdjusted
  | LotsExtended
  | LotsReinstated
  | TierOverridden
  | RefundAccepted
  | DebtWaived
  | VersionCorrected
  | VoucherRevoked
  | MemberErased
  | AwardWon
  | Delivery
  | PoolTold
  | ReferralSuspected
  | ReferralReviewed
  | ReferralTold
  | SeatOffered
  | SeatCalledOff
  | MemberMerged
  | MergeReceived
  | MergeUndone

/** The other one comes, at the very moment at which it ended; delivered to the one that remains. */
export interface MergeReceived extends Stamped {
  readonly type: 'merge.received'
  /** `source/id` of the merge. */
  readonly merge: string
  /** Id of the member that has gone. */
  readonly from: string
  /** Id of the one that remains. */
  readonly into: string
  readonly brought: Brought
}

/** All that a replay of the member that has gone needs, the merge itself included: what it was is found anew each time (EVT-2). */
export interface Brought {
  readonly events: readonly Exclude<MemberEvent, TimePassed>[]
  readonly told: Told
  /** In a replay: what was corrected in it since, in the name of who has taken it in (COR-1). Nobody stores it. */
  readonly pins?: Pins
}

export interface OrderPlaced extends Stamped, OrderContent {
  readonly type: 'order.placed'
}
export interface OrderPaid extends Stamped, OrderContent {
  readonly type: 'order.paid'
}
/** The order as it is now, whole: its totals replace the earlier ones. */
export interface OrderEdited extends Stamped, OrderContent {
  readonly type: 'order.edited'
}
export interface OrderDelivered extends Stamped {
  readonly type: 'order.delivered'
  readonly order: string
  /** Which lines; absent: all that is not here yet. */
  readonly lines?: readonly DeliveredLine[]
}
export interface DeliveredLine {
  readonly line: string
  /** Items that came; null: all of the line. */
  readonly quantity: number | null
}
/** Everything that remains of the order is undone. */
export interface OrderCancelled extends Stamped {
  readonly type: 'order.cancelled'
  readonly order: string
  readonly by: 'member' | 'shop'
}

export interface RefundLine {
  readonly line: string
  /** Items given back; null: money only. */
  readonly quantity: number | null
  /** Minor units given back; null: the sale's price of the items. */
  readonly amount: number | null
}

/** Minor units of shipping (its tax contained), of the tip, and of the tax in lines and shipping by itself. */
export interface OtherMoney {
  readonly shipping: number
  readonly tip: number
  readonly tax: number
}

export interface RefundMade extends Stamped {
  readonly type: 'refund.made'
  /** Order id at the source; null: the refund names none and goes to the queue. */
  readonly order: string | null
  /** Which lines; empty: `amount` is spread over what remains. */
  readonly lines: readonly RefundLine[]
  /** Minor units without lines, spread over them. */
  readonly amount: number
  /** What it gives back beside that, and touches no line (REF-1); absent: nothing. */
  readonly other?: OtherMoney
  /** Of what names no order; absent: the program's. One with an order is in the order's. */
  readonly currency?: string
  readonly by: 'member' | 'shop'
}
/** The refund did not come through: what it took back is undone. `refund` is the id of the refund's event. */
export interface RefundFailed extends Stamped {
  readonly type: 'refund.failed'
  /** As the refund named it. */
  readonly order: string | null
  readonly refund: string
}
/** A chargeback counts as a refund by amount; a won one is undone. `dispute` names it through its states. */
export interface PaymentDisputed extends Stamped {
  readonly type: 'payment.disputed'
  readonly order: string
  readonly dispute: string
  readonly status: 'opened' | 'won'
  readonly amount: number
}

export type FactValue = string | number | boolean

export interface Activity extends Stamped {
  /** The program declares the name and its facts. */
  readonly type: 'activity'
  readonly name: string
  readonly place: string | null
  readonly channel: string | null
  readonly facts: Readonly<Record<string, FactValue>>
}

export interface MemberJoined extends Stamped {
  readonly type: 'member.joined'
}
/** Outcomes that rules use, never the personal data they come from. Replaces what is given, keeps the rest. */
export interface MemberChanged extends Stamped {
  readonly type: 'member.changed'
  readonly segments: readonly string[] | null
  readonly tags: readonly string[] | null
  /** Of the firm, or no person at all; `none`: a customer after all. Absent or null, as the next two: it is not said. */
  readonly mark?: Mark | 'none' | null
  /** The outcome of looking at a date of birth: the member is at least so many years old. */
  readonly ageAtLeast?: number | null
  /** The version of the terms that the member has accepted. */
  readonly terms?: string | null
}

/**
 * The member is frozen from this moment on, or no longer (END-1). A fact: a shop that has closed an account says since when, and
 * staff who freeze say now.
 */
export interface MemberFrozen extends Stamped {
  readonly type: 'member.frozen'
  readonly frozen: boolean
  /** Who did it: an opaque id of staff or key, never a name; null: the source alone. */
  readonly actor: string | null
  /** A reason code or an id of a note kept elsewhere; no personal data. */
  readonly reason: string
}
/** The member has left; `member.joined` ends that (END-1). */
export interface MemberLeft extends Stamped {
  readonly type: 'member.left'
}

/** `answer` is null while the request is judged, and what was answered ever after. */
export interface RedemptionReserve extends Stamped {
  readonly type: 'redemption.reserve'
  readonly redemption: string
  readonly reward: string
  /** Points the member chose, for a reward whose price is chosen; else null, or it is refused. */
  readonly points: number | null
  /** Of an experience; absent: not said. */
  readonly session?: string | null
  /** Minor units that are to be paid with them; absent or null: it is not known. */
  readonly payable?: number | null
  /** Until when the points are held; made outside from the wished or the program's duration. */
  readonly until: { readonly at: number; readonly local: LocalTime }
  /** The price comes from a pool, with the request (POOL-1); absent: it is the member's own. */
  readonly paid?: PaidByPool
  readonly answer: RequestAnswer | null
}
export interface RedemptionConfirm extends Stamped {
  readonly type: 'redemption.confirm'
  readonly redemption: string
  readonly answer: RequestAnswer | null
}
export interface RedemptionCancel extends Stamped {
  readonly type: 'redemption.cancel'
  readonly redemption: string
  readonly answer: RequestAnswer | null
}

export interface PointsAdjusted extends ByStaff {
  readonly type: 'points.adjusted'
  readonly asset: string
  /** Above zero gives, below takes. */
  readonly amount: number
  /** What a taking act could take when it was judged; null before. */
  readonly answer: RequestAnswer | null
}
/** Moves the last day of lots that have not lapsed yet (LOT-6). */
export interface LotsExtended extends ByStaff {
  readonly type: 'lots.extended'
  readonly asset: string
  /** Lots with this last day. */
  readonly lastDay: number
  readonly newLastDay: number
  /** How much was in them when it was judged; null before. */
  readonly answer: RequestAnswer | null
}
/** Gives lapsed points back (LOT-6). */
export interface LotsReinstated extends ByStaff {
  readonly type: 'lots.reinstated'
  readonly asset: string
  /** The last day of the lapsed lot. */
  readonly lastDay: number
  readonly amount: number
  readonly newLastDay: number
  /** How much of it was still remembered when it was judged; null before. */
  readonly answer: RequestAnswer | null
}
export interface TierOverridden extends ByStaff {
  readonly type: 'tier.overridden'
  readonly ladder: string
  /** null ends the override. */
  readonly level: string | null
  /** First day on which it no longer holds; null: until another act. */
  readonly endsOn: number | null
}
/** A person accepts a queued refund: against an order by amount, or with no order as what `amount` would have earned. */
export interface RefundAccepted extends ByStaff {
  readonly type: 'refund.accepted'
  /** Identity of the queued refund's event, `source/id`. */
  readonly refund: string
  /** What it is called from now on: its failure, or winning the dispute, undoes what is taken under this name (EVT-8). */
  readonly name: string
  /** Whether it waited for its order when it was accepted: if that came first after all, the order has counted it. */
  readonly waited: boolean
  readonly orderKey: OrderKey | null
  /** Minor units of goods: of the order's currency, or of the program's. */
  readonly amount: number
  /** Of which other currency they are where no order is named, and what it was worth (AMT-4); absent: the program's. */
  readonly foreign?: { readonly currency: string; readonly rate: Rate }
  /** And of what touches no line; absent: nothing. */
  readonly other?: OtherMoney
  /** What waited was an edit: what the order is to say from now on, whatever the amount (REF-7). Absent: a refund. */
  readonly edited?: OrderContent
}

/** By the program itself: debt that only lateness made, and that its late policy bears (REF-3). */
export interface DebtWaived extends ByStaff {
  readonly type: 'debt.waived'
  /** The fact that came late, `source/id`. */
  readonly because: string
  /** Of its order, whose points were spent meanwhile. */
  readonly orderKey: OrderKey
  readonly asset: string
  /** At most: what has been repaid by then is not waived. */
  readonly amount: number
}

/** Whatever is left is forfeited, what is owed is written off, and nothing happens to the member any more (LED-9). */
export interface MemberErased extends ByStaff {
  readonly type: 'member.erased'
}

/** Only wakes the member up: not stored, without identity (TIME-4). */
export interface TimePassed {
  readonly type: 'time.passed'
  readonly stamp: Stamp
  /** What the awards that become due may take of what members share; it is pinned by what they came to (EARN-5). */
  readonly grants?: readonly Grant[]
}
