import type { AwardState } from './awards/held.ts'
import type { BenefitState } from './benefits/uses.ts'
import type { CardStates } from './cards/filled.ts'
import type { ChallengeStates } from './challenges/challenge-state.ts'
import type { ClosingState } from './closing/ended.ts'
import type { PutRightState } from './corrections/put-right.ts'
import type {
  DeliveredLine,
  OrderCancelled,
  OrderContent,
  OrderDelivered,
  OrderEdited,
  OrderKey,
  OtherMoney,
  PaymentDisputed,
  RefundMade,
} from './event.ts'
import type { ExperimentState } from './experiments/arms.ts'
import type { FootingState } from './footing/footing.ts'
import type { BoardStates } from './leaderboards/board-state.ts'
import type { MergeState } from './merging/merged.ts'
import type { OccasionState } from './occasions/kept.ts'
import type { OfferStates } from './offers/receipt.ts'
import type { PaidAheadState } from './partners/paid-ahead.ts'
import type { PlanState } from './plans/held.ts'
import type { ActivePart, IdleEnd, IdleStretch, LotEnd } from './points/parts.ts'
import type { ShortfallState } from './points/shortfall.ts'
import type { BelongingState } from './pools/belonging.ts'
import type { StakeTaken, WalletState } from './pools/wallet.ts'
import type { ReferralState } from './referral/referral-state.ts'
import type { Away, Found, History } from './rules/found.ts'
import type { CalledOffState } from './seats/called-off.ts'
import type { SeatState } from './seats/kept.ts'
import type { Position } from './tidy-order.ts'
import type { LocalDay, LocalTime } from './time/local.ts'
import type { TransitionState } from './transitions/transition-state.ts'
import type { UsedVoucher, VoucherState } from './vouchers/voucher.ts'

export type * from './rules/found.ts'
export type { ActivePart, IdleEnd, IdleStretch, LotEnd }

/**
 * What the engine knows of a member: a fold of effects. `Member` minus `orders`, `finished`, `closed` and `chance` is the
 * checkpoint that is stored (`checkpointOf`): order records, finished holds and closed vouchers are rows of their own, loaded when
 * an event names them, and `chance` follows from the ids. It is plain JSON and holds no "now": letting time pass where nothing is
 * due leaves it byte-equal.
 */
export interface Member
  extends VoucherState,
    AwardState,
    OccasionState,
    BenefitState,
    CardStates,
    ChallengeStates,
    ExperimentState,
    BoardStates,
    OfferStates,
    PlanState,
    BelongingState,
    WalletState,
    ReferralState,
    PaidAheadState,
    ShortfallState,
    MergeState,
    RefundNotes,
    SeatState,
    CalledOffState,
    FootingState,
    ClosingState,
    TransitionState,
    PutRightState {
  /** Decisions so far. */
  seq: number
  /** Position of the last recorded event; a fact below it is late. */
  head: Position | null
  /** Due moment of the last timer that fired, local; a fact before it is late. */
  firedLocal: LocalTime | null
  /** The same for timers that go by the instant (reservations). */
  firedAt: number | null
  joinedOn: LocalDay | null
  /** Neither earns nor redeems (END-1). */
  frozen: boolean
  /** Null: a member. */
  left: Left | null
  segments: readonly string[]
  tags: readonly string[]
  /** In the order in which assets first moved. */
  assets: AssetState[]
  pending: PendingEntry[]
  holds: Hold[]
  counts: Count[]
  ladders: LadderState[]
  waiting: WaitingEvent[]
  forfeited: Forfeited[]
  /** What orders have to give back of redemptions that nobody has confirmed yet (REF-4). */
  owed: OwedReturn[]
  /** Absent before the first order that counts. */
  history?: History
  /** Records of orders that the event names, or all of them in a replay. */
  orders: Record<OrderKey, OrderRecord>
  finished: Record<string, FinishedHold>
}

/** Of a member who has left the program. */
export interface Left {
  readonly at: LocalTime
  /** What is still there is forfeited at 00:00 of this day; null: it has been. */
  readonly forfeitOn: LocalDay | null
  /** For good, and nothing happens any more (LED-9). */
  readonly erased: boolean
  /** Of a member that was merged: the one that goes on in its place. */
  readonly into?: string
}

export const awayOf = ({ left, frozen }: Pick<Member, 'left' | 'frozen'>): Away | null =>
  left !== null ? 'left' : frozen ? 'frozen' : null

/** What was forfeited, for as long as a refund may still ask for it (REF-2). */
export interface Forfeited {
  readonly asset: string
  /** Whose pending points they were; null: they were active, and known by their lot. */
  readonly owner: PendingEntry['owner']
  readonly priority: number
  /** Of a lot; 'never' for what was pending. */
  readonly lastDay: LotEnd
  readonly on: LocalDay
  readonly amount: number
  /** Which charity has got it; absent: nobody has. */
  readonly charity?: string
}

export interface AssetState {
  asset: string
  pending: number
  active: number
  held: number
  debt: number
  /** Burn order: priority, then last day, never last (LOT-4). Their sum is `active` (LED-4). */
  lots: Lot[]
  lapsed: LapsedLot[]
  /** Of inactivity (LOT-2), oldest first, for as long as a refund may ask for what was in them. */
  stretches: IdleStretch[]
}

/** What a member holds of one asset with one priority and one end. */
export interface Lot {
  priority: number
  lastDay: LotEnd
  amount: number
}

export interface LapsedLot {
  readonly priority: number
  readonly lastDay: LotEnd
  /** Where it goes by inactivity: the day after which it lapsed. */
  readonly lapsedOn: LocalDay
  readonly amount: number
}

/** Points of one order that are not active yet. */
export interface PendingEntry {
  /** `owner or event/asset/priority/expiry class`; unique in the member. */
  readonly id: string
  /** What can take them back: an order, by its key, or an award, by a slash and its id; null: nothing can. */
  readonly owner: OrderKey | `/${string}` | null
  readonly asset: string
  readonly amount: number
  /** Becomes active at 00:00 of this day at the latest. */
  readonly dueOn: LocalDay
  /** Event that releases it earlier. */
  readonly awaits: 'order.delivered' | null
  readonly priority: number
  readonly expiryOf: ExpirySource
  readonly version: number
}

/** Whose expiry counts: `rule:<id>`, `tier:<ladder>/<level>`, or '' for the asset's own. */
export type ExpirySource = string

export interface Hold {
  readonly redemption: string
  readonly reward: string
  readonly asset: string
  readonly amount: number
  readonly parts: readonly ActivePart[]
  readonly untilAt: number
  readonly untilLocal: LocalTime
  readonly version: number
  /** To whom it is settled (PART-1); absent: to nobody yet. */
  readonly partner?: string
  /** Of a reward that a member can have so often: the period of its cap in which it counts. */
  readonly countedIn?: number
  /** Of an experience: whose seat it is. */
  readonly session?: string
  /** The pool whose points they are; absent: the member's own (POOL-1). */
  readonly paidBy?: string
}

export interface FinishedHold extends Hold {
  readonly end: 'confirmed' | 'cancelled' | 'timed-out'
  /** The order whose refunds return it: the first that did. A redemption pays for one order. */
  readonly returnsFor: OrderKey | null
  /** Of a confirmed one: how much refunds have returned so far. */
  readonly returned: number
  /** Of a pool's: for whom, out of whose stakes, and who said last what came back. */
  readonly drawn?: {
    readonly by: string
    readonly stakes: readonly StakeTaken[]
    readonly from: string
    readonly round: number
  }
}

export interface Count {
  readonly cap: string
  readonly period: number
  used: number
}

export interface LadderStanding {
  /** Level held; ids, so that another version may reorder levels. */
  readonly level: string
  /** Since when, local. */
  readonly since: LocalTime
  /** Not below this level until then (grace, one step at a time, never falls); `until` null: without end. */
  readonly floor: Floor | null
  readonly override: { readonly level: string; readonly until: LocalTime | null } | null
  /** First moment of the running period, for windows with periods. */
  readonly periodStart: LocalTime | null
}

export interface Floor {
  readonly level: string
  readonly until: LocalTime | null
  /** A version has promised it: it lasts, whatever the facts say meanwhile. */
  readonly promised?: true
}

export interface LadderState extends LadderStanding {
  readonly ladder: string
  /**
   * Qualifying changes in tidy order, [local, change] or, for a refund, [local, change, home]: `home` is the moment of the
   * order it belongs to, which decides its window (TIER-6). Those out of every window are dropped.
   */
  readonly entries: readonly LadderEntry[]
  /** Of a lifetime window: the sum of what no refund can reach any more, and the highest it ever was. */
  readonly folded: { readonly net: number; readonly highest: number }
}
export const NOTHING_FOLDED: LadderState['folded'] = { highest: 0, net: 0 }

export type LadderEntry =
  | readonly [local: LocalTime, change: number]
  | readonly [local: LocalTime, change: number, home: LocalTime]

export type WaitingEvent = RefundMade | OrderCancelled | OrderDelivered | OrderEdited | PaymentDisputed

/**
 * An order was refunded, or paid otherwise after all, before its redemption was confirmed, or even asked for: confirmed, it gives
 * that part of its points back.
 */
export interface OwedReturn {
  readonly redemption: string
  readonly order: OrderKey
  readonly part: PartBack
  readonly by: 'member' | 'shop'
}

/**
 * How a redemption stands to its order, minor units: `most` it ever paid, what it `pays` now, and of what `all` points pay what
 * has gone `back`. All whole numbers, so that nothing is rounded before it is known how many points they are.
 */
export interface PartBack {
  readonly most: number
  readonly pays: number
  readonly back: number
  readonly all: number
}

/**
 * What is kept of a refund beside the orders that counted it (EVT-8): what it took when a person let it count, which its failure
 * has to undo, and that it failed, after which nothing counts it any more. Few refunds fail and few are accepted by a person, so
 * these are kept for ever.
 */
export interface NotedRefund {
  readonly name: string
  readonly accepted: readonly Acceptance[]
  readonly failed: boolean
}

/** Counted against an order, under the refund's name; or without one, as what its amount would have earned. */
export type Acceptance =
  | { readonly order: OrderKey }
  | { readonly order: null; readonly version: number; readonly taken: readonly TakenAlone[] }

/** What an acceptance without an order took of one asset. */
export interface TakenAlone {
  readonly asset: string
  /** By rule; what was waived is not taken, and is said apart. */
  readonly rules: readonly { readonly rule: string; readonly amount: number; readonly waived: number }[]
  /** The lots it was taken from, and last what became debt. */
  readonly parts: readonly ActivePart[]
}

/** Absent while there is none. */
export interface RefundNotes {
  noted?: readonly NotedRefund[]
}

/** An order, what it found when it was judged, and what became of it. */
export interface OrderRecord {
  readonly key: OrderKey
  readonly content: OrderContent
  readonly local: LocalTime
  readonly placeLocal: LocalTime
  /** Pinned version; null: before the first start, it earned nothing. */
  readonly version: number | null
  readonly found: Found
  /** What each rule gave at first, and what stands now, in the order of the rules. */
  readonly given: readonly Given[]
  /** Refunds as far as they counted, in the order in which they acted; all amounts follow from this list. */
  readonly refunds: readonly CountedRefund[]
  /** Redemptions that ever paid for it, with the most that each was said to pay, minor units: an edit may drop one (REF-4). */
  readonly legs: readonly PointsLeg[]
  readonly deliveredOn: LocalDay | null
  /** What has come of it, where deliveries have named lines; absent: none has. */
  readonly parcels?: Parcels
  /** Qualifying changes it made, by ladder: what a full refund removes (TIER-6). */
  readonly qualified: readonly { readonly ladder: string; readonly entries: readonly LadderEntry[] }[]
  /** Rules whose awards it was due; absent: none. */
  readonly awarded?: readonly AwardedByRule[]
  /** Eligible minor units for which it counts in the member's history; null: it does not count. */
  readonly spend: number | null
  /** Uses of vouchers for it; absent: none. */
  readonly vouchers?: readonly UsedVoucher[]
  /** Of an order that a merge brought: in which stretches its points were by then; where it came in parts, from which day on. */
  readonly idleIn?: readonly { readonly asset: string; readonly end: IdleEnd; readonly on?: LocalDay }[]
}

/** Of an order that comes in parts (LOT-1). */
export interface Parcels {
  /** What has come of each line that a delivery named, whether the order has it by now or not. */
  readonly lines: readonly DeliveredLine[]
  /** The days on which a part came or let points become active, in order: the days from which its points live. */
  readonly days: readonly LocalDay[]
}

export interface PointsLeg {
  readonly redemption: string
  readonly amount: number
  /** Points that had come back when the order was last edited, and how many refunds it had then; absent: just what was due. */
  readonly edited?: { readonly returned: number; readonly refunds: number }
}

export interface AwardedByRule {
  readonly rule: string
  /** When its awards were given last. */
  readonly on: LocalTime
  /** They are with the member; false: a refund has taken them back. */
  readonly given: boolean
}

/** The part of a refund that counted. */
export interface CountedRefund {
  /** `source/id` of the refund's event; `dispute/<source>/<dispute>` for a chargeback. */
  readonly refund: string
  /** Everything that was left. */
  readonly everything: boolean
  readonly lines: readonly { readonly line: string; readonly amount: number; readonly quantity: number }[]
  /** Minor units without lines. */
  readonly amount: number
  /** Of shipping, tip and tax; absent: nothing. */
  readonly other?: OtherMoney
  /** It failed, or the dispute was won. */
  readonly undone: boolean
}

export interface Given {
  readonly rule: string
  readonly asset: string
  readonly first: number
  readonly now: number
  readonly priority: number
  readonly expiryOf: ExpirySource
  /** Whether it ever gave an amount: only then its points received an end (REF-2). */
  readonly received: boolean
  /** Of what was taken back, what nobody had to give (REF-3): given again, this is undone before anything is. */
  readonly waived: number
}

export const newMember = (): Member => ({
  seq: 0,
  head: null,
  firedLocal: null,
  firedAt: null,
  joinedOn: null,
  frozen: false,
  left: null,
  segments: [],
  tags: [],
  assets: [],
  pending: [],
  holds: [],
  counts: [],
  ladders: [],
  waiting: [],
  forfeited: [],
  owed: [],
  orders: {},
  finished: {},
})
