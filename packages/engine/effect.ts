import type { AwardMissed, BadgeChanged, LevelEntered } from './awards/held.ts'
import type { BenefitUseCounted } from './benefits/uses.ts'
import type { CardChanged, CardWaiting } from './cards/filled.ts'
import type { ChallengeChanged } from './challenges/challenge-state.ts'
import type { Ended } from './closing/ended.ts'
import type { PutRightChanged } from './corrections/put-right.ts'
import type { OrderKey, RefundMade, Refusal } from './event.ts'
import type { Exposed } from './experiments/arms.ts'
import type { FootingChanged } from './footing/footing.ts'
import type { BoardChanged } from './leaderboards/board-state.ts'
import type {
  FinishedHold,
  Forfeited,
  History,
  Hold,
  IdleStretch,
  LadderEntry,
  LadderStanding,
  LadderState,
  LapsedLot,
  Left,
  LotEnd,
  NotEarning,
  NotedRefund,
  OrderRecord,
  OwedReturn,
  PendingEntry,
  WaitingEvent,
} from './member.ts'
import type { MergeNoted, RowsGone } from './merging/merged.ts'
import type { OccasionKept } from './occasions/kept.ts'
import type { OfferTold, ReceiptChanged } from './offers/receipt.ts'
import type { PaidAheadChanged } from './partners/paid-ahead.ts'
import type { PlanChanged } from './plans/held.ts'
import type { ShortfallsChanged } from './points/shortfall.ts'
import type { BelongingChanged } from './pools/belonging.ts'
import type { WalletChanged } from './pools/wallet.ts'
import type { Occasion } from './program/program.ts'
import type { FriendChanged, ReferralChanged } from './referral/referral-state.ts'
import type { RoomTaken } from './rooms/grant.ts'
import type { SeatGone } from './seats/called-off.ts'
import type { NotSeated } from './seats/events.ts'
import type { SeatKept } from './seats/kept.ts'
import type { Send } from './send.ts'
import type { Position } from './tidy-order.ts'
import type { LocalDay, LocalTime } from './time/local.ts'
import type { Begun, ConvertedChanged } from './transitions/transition-state.ts'
import type { VoucherChanged, VouchersAwaiting } from './vouchers/voucher.ts'

/** Accounts of a member, per asset (LED-1). */
export type MemberAccount = 'pending' | 'active' | 'held' | 'debt'
/** The program's own accounts. */
export type SystemAccount = 'issued' | 'redeemed' | 'expired' | 'forfeited' | 'adjusted' | 'opening' | 'transit'
/** Accounts of others, one for each charity and each partner of the program. */
export type PartyAccount = `charity:${string}` | `partner:${string}`
export type Account = MemberAccount | SystemAccount | PartyAccount

/**
 * One item of a decision. Effects are primitive: `evolve` applies them without judging, the ledger writes `move` down as it
 * stands, and nothing else is needed to rebuild a member.
 */
export type Effect =
  | Move
  | LotChanged
  | LapsedChanged
  | PendingChanged
  | OrderRecorded
  | HistoryCorrected
  | HoldOpened
  | HoldEnded
  | Counted
  | IdleStretchChanged
  | LadderChanged
  | LadderGone
  | Qualified
  | Waiting
  | WaitingEnded
  | Owed
  | RefundNoted
  | ShortfallsChanged
  | ProfileChanged
  | StatusChanged
  | FootingChanged
  | Ended
  | Begun
  | ConvertedChanged
  | ForfeitedChanged
  | HeadMoved
  | VoucherChanged
  | VouchersAwaiting
  | BadgeChanged
  | LevelEntered
  | AwardMissed
  | OccasionKept
  | CardChanged
  | ChallengeChanged
  | BoardChanged
  | ReceiptChanged
  | Exposed
  | PutRightChanged
  | BenefitUseCounted
  | PlanChanged
  | ReferralChanged
  | PaidAheadChanged
  | FriendChanged
  | BelongingChanged
  | WalletChanged
  | Send
  | MergeNoted
  | RowsGone
  | RoomTaken
  | SeatKept
  | SeatGone
  | Remark

/** An amount moves between two accounts of one asset: a line of the ledger. */
export interface Move {
  readonly type: 'move'
  /** `source/id` of the event, or the due moment: `lot/points/0/20512/expire` (TIME-4). */
  readonly cause: string
  /** The rule that gave, or the kind of movement: `activate`, `expire`, `repay`, `reserve` … */
  readonly rule: string
  readonly asset: string
  readonly from: Account
  readonly to: Account
  /** Above zero, smallest units. */
  readonly amount: number
  /** When it counts for the member, program-local. */
  readonly effective: LocalTime
  /** Version that judged; 0: none. */
  readonly version: number
}

/** A lot grows or shrinks. */
export interface LotChanged {
  readonly type: 'lot'
  readonly asset: string
  readonly priority: number
  /** Last day; 'never': it has none; else the stretch of inactivity by which it goes. */
  readonly lastDay: LotEnd
  readonly change: number
}

/** What lapsed of a lot is remembered while a refund may still ask for it (REF-2). */
export interface LapsedChanged {
  readonly type: 'lapsed'
  readonly asset: string
  readonly lot: LapsedLot
}

/** A pending entry is set to this amount; 0 removes it. */
export interface PendingChanged {
  readonly type: 'pending'
  readonly entry: PendingEntry
}

/** The record of an order, whole, as it stands after this decision. */
export interface OrderRecorded {
  readonly type: 'order'
  readonly key: OrderKey
  readonly record: OrderRecord
}

/** What was bought, where a late fact left another past than the records before and after it tell. */
export interface HistoryCorrected {
  readonly type: 'history'
  /** Null: as a late fact shows, nothing ever counted. */
  readonly history: History | null
}

export interface HoldOpened {
  readonly type: 'hold'
  readonly hold: Hold
}
/** The hold leaves the member's state; what it was is kept outside. `returned` lists what a refund has given back since. */
export interface HoldEnded {
  readonly type: 'hold-ended'
  readonly redemption: string
  readonly finished: FinishedHold
}

/** Room used of a cap in one of its periods; below zero gives it back. */
export interface Counted {
  readonly type: 'count'
  readonly cap: string
  /** First day of the calendar period, the local moment for a sliding window, 0 for ever. */
  readonly period: number
  readonly change: number
  /** Counts whose period lies before this are dropped. */
  readonly dropBefore: number
}

/** A stretch of inactivity stands like this now, or is no longer remembered. */
export interface IdleStretchChanged {
  readonly type: 'idle-stretch'
  readonly asset: string
  readonly stretch: IdleStretch
  readonly kept: boolean
}

/** How a ladder stands after this decision. `from` and `to` differ where the tier changed. */
export interface LadderChanged {
  readonly type: 'tier'
  readonly ladder: string
  readonly from: string | null
  readonly to: string
  readonly reason: 'entered' | 'reached' | 'period-end' | 'refund' | 'override' | 'kept' | 'grace'
  readonly standing: LadderStanding
}

/** As a late fact shows, nothing ever counted on the ladder. */
export interface LadderGone {
  readonly type: 'ladder-gone'
  readonly ladder: string
}

/** Qualifying facts come, and go with their order or with the last window that looked at them. */
export interface Qualified {
  readonly type: 'qualified'
  readonly ladder: string
  readonly removed: readonly LadderEntry[]
  readonly added: readonly LadderEntry[]
  /** What a lifetime window has folded, after this. */
  readonly folded: LadderState['folded']
}

/** A refund that came before its order waits for it (EVT-5). */
export interface Waiting {
  readonly type: 'wait'
  readonly event: WaitingEvent
}
export interface WaitingEnded {
  readonly type: 'wait-ended'
  readonly source: string
  readonly id: string
}

/** What a redemption that is not confirmed yet will have to return is set to this (REF-4). */
export interface Owed {
  readonly type: 'owe'
  readonly redemption: string
  readonly owed: OwedReturn | null
}

/** A refund is noted like this now; one without acceptance or failure leaves the notes (EVT-8). */
export interface RefundNoted {
  readonly type: 'refund-noted'
  readonly refund: NotedRefund
}

export interface ProfileChanged {
  readonly type: 'profile'
  readonly joinedOn: LocalDay | null
  readonly segments: readonly string[]
  readonly tags: readonly string[]
}

/** Frozen or not, a member or not (END-1). */
export interface StatusChanged {
  readonly type: 'status'
  readonly frozen: boolean
  readonly left: Left | null
}

/** What was forfeited is remembered while a refund may still ask for it (REF-2). */
export interface ForfeitedChanged {
  readonly type: 'forfeited'
  readonly part: Forfeited
}

/** The last recorded position, and how far time has been let pass. */
export interface HeadMoved {
  readonly type: 'head'
  readonly position: Position | null
  readonly firedLocal: LocalTime | null
  readonly firedAt: number | null
}

/** Said to whoever asked or reads on; changes nothing. */
export type Remark =
  | CardWaiting
  | ChallengeReached
  | OfferTold
  | { readonly type: 'refused'; readonly refusal: Refusal }
  | {
      readonly type: 'reserved' | 'confirmed' | 'cancelled'
      readonly redemption: string
      readonly asset: string
      readonly amount: number
    }
  | { readonly type: 'capped'; readonly rule: string; readonly cap: string; readonly trimmed: number }
  /** An award whose reward has nothing left: it is not given, and not later either (EARN-5). A card waits instead (STAMP-1). */
  | { readonly type: 'sold-out'; readonly rule: string; readonly reward: string }
  /** Points paid at the place of a partner who takes none: they are burned, and the partner is owed nothing (PART-1). */
  | {
      readonly type: 'not-settled'
      readonly redemption: string
      readonly partner: string
      readonly asset: string
      readonly amount: number
    }
  /** Taken back for a refund, and from where. */
  | {
      readonly type: 'clawed-back'
      readonly asset: string
      readonly amount: number
      readonly debt: number
      readonly waived: number
    }
  /** What each leg of the payment gets back: minor units, and points (REF-4). */
  | {
      readonly type: 'refunded'
      readonly order: OrderKey
      readonly money: number
      readonly storedValue: number
      readonly points: readonly { readonly asset: string; readonly amount: number }[]
    }
  /** More was refunded than was left, or no order was named: a person looks at it (EVT-5). */
  | {
      readonly type: 'queued'
      readonly refund: Pick<RefundMade, 'source' | 'id' | 'order'>
      /** Minor units of its currency; null: nobody knows what its items cost. */
      readonly amount: number | null
      /** Null: that of an order which nobody knows yet. */
      readonly currency: string | null
      readonly reason: QueueReason
      /** The first that its order does not have, where that is the reason. */
      readonly line?: string
    }
  /** The program bears what a member owed only because a fact came late (REF-3). */
  | { readonly type: 'debt-waived'; readonly asset: string; readonly amount: number; readonly because: string }
  /** Of what staff granted: nothing is there for so much of it any more, since a fact came late (LOT-6). `act` is its cause. */
  | { readonly type: 'less-than-granted'; readonly act: string; readonly asset: string; readonly amount: number }
  | { readonly type: 'queue-answered'; readonly refund: string; readonly amount: number }
  /** A charity has got something; `worth` in minor units, where it is stated. One receipt for each (RED-7). */
  | {
      readonly type: 'donated'
      readonly receipt: string
      readonly charity: string
      readonly asset: string
      readonly amount: number
      readonly worth: number | null
    }
  /** A seat is kept for the member, and until when (`because` is null), or why not. */
  | {
      readonly type: 'seat-offer'
      readonly reward: string
      readonly session: string
      readonly because: NotSeated | 'kept-already' | 'full' | null
      readonly untilAt: number | null
    }
  /** An occasion was kept less than a year ago, and is not kept again (EARN-7). */
  | { readonly type: 'too-soon'; readonly occasion: Occasion; readonly last: LocalDay }
  | { readonly type: 'not-in-force' }
  /** It is recorded and earns nothing, and why (END-1). */
  | { readonly type: 'not-earning'; readonly because: NotEarning }
  | { readonly type: 'tier-at-risk'; readonly ladder: string; readonly level: string }

export type QueueReason = 'no-order-named' | 'order-unknown' | 'more-than-left' | 'unknown-line' | 'overdue'

/** A milestone, the goal or a streak of a challenge was reached, or no longer stands. */
export interface ChallengeReached {
  readonly type: 'challenge-reached'
  readonly challenge: string
  readonly what:
    | { readonly type: 'goal' }
    | { readonly type: 'milestone'; readonly milestone: string }
    | { readonly type: 'streak' }
  readonly stands: boolean
}
