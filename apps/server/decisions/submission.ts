import type { Balance, EventInput, OrderInput, RejectionCode } from '@laurel/contract'
import type {
  DebtWaived,
  GiftReceived,
  GiftReturned,
  LadderChanged,
  MemberMerged,
  MergeReceived,
  MergeUndone,
  OrderContent,
  OtherMoney,
  PaidByPool,
  PoolAsked,
  PoolTold,
  ReferralClaim,
  ReferralReviewed,
  ReferralSuspected,
  ReferralTold,
  RefundAccepted,
  Refusal,
  Remark,
  SeatCalledOff,
  VersionCorrected,
  Voucher,
  Won,
} from '@laurel/engine'
import type { Note } from './notes.ts'

/** What is handed to the recorder: one event of one member. */
export interface Submission {
  readonly program: string
  /** Id of the member that is meant, whatever the event calls it. */
  readonly member: string
  readonly event: EventInput | RequestInput
  /** An import of the past: as old as `late.historyFrom` lets it be, and requests are judged when they say that they happened (EVT-4). */
  readonly history?: boolean
  /** The member that was meant, and was merged into this one (MRG-1). */
  readonly via?: string
}

interface Asked {
  /** Identity of the request (EVT-1): a repeated one is answered again. */
  readonly source: string
  readonly id: string
  /** When it was asked, with history only; else requests are judged at the member's head (EVT-2). */
  readonly occurredAt?: string
}

interface ByStaff extends Asked {
  /** Opaque id of a person or key; never a name. */
  readonly actor: string
  /** Reason code; no personal data. */
  readonly reason: string
}

/** Requests and acts: parsed by the folders that own them, in the words of the engine. Days count from 1970-01-01. */
export type RequestInput =
  | (Asked & {
      readonly type: 'redemption.reserve'
      readonly redemption: string
      readonly reward: string
      readonly points: number | null
      /** Minor units that are to be paid with them; null: not said. */
      readonly payable: number | null
      /** Of an experience. */
      readonly session: string | null
      /** How long the points are held; null: as long as the program says. */
      readonly lastsMs: number | null
      /** By a pool, whose points come with it; absent: by the member (POOL-1). */
      readonly paid?: PaidByPool
    })
  | (Asked & { readonly type: 'redemption.confirm'; readonly redemption: string })
  | (Asked & { readonly type: 'redemption.cancel'; readonly redemption: string })
  | (Asked & {
      readonly type: 'voucher.use'
      readonly voucher: string
      readonly orderKey: string | null
      readonly basket: OrderInput | null
      readonly amount: number | null
    })
  | (Asked & {
      readonly type: 'voucher.restore'
      readonly voucher: string
      readonly use: string
      readonly orderKey: string | null
    })
  | (Asked & { readonly type: 'voucher.return' | 'voucher.give'; readonly voucher: string })
  | (ByStaff & { readonly type: 'voucher.revoked'; readonly voucher: string; readonly priceBack?: boolean })
  | (ByStaff & { readonly type: 'points.adjusted'; readonly asset: string; readonly amount: number })
  | (ByStaff & {
      readonly type: 'lots.extended'
      readonly asset: string
      readonly lastDay: number
      readonly newLastDay: number
    })
  | (ByStaff & {
      readonly type: 'lots.reinstated'
      readonly asset: string
      readonly lastDay: number
      readonly amount: number
      readonly newLastDay: number
    })
  | (ByStaff & {
      readonly type: 'tier.overridden'
      readonly ladder: string
      readonly level: string | null
      readonly endsOn: number | null
    })
  | (ByStaff & {
      readonly type: 'refund.accepted'
      /** `source/id` of the queued refund's event. */
      readonly refund: string
      /** What its failure, or a won dispute, undoes it by. */
      readonly name: string
      /** Whether the queue had it as waiting for its order. */
      readonly waited: boolean
      /** `source/order id`, or null: judged as what the amount would have earned. */
      readonly orderKey: string | null
      /** Minor units of goods, and of what touches no line. */
      readonly amount: number
      readonly foreign?: RefundAccepted['foreign'] | null
      readonly other?: OtherMoney | null
      /** What waited was an edit: what its order says from now on. */
      readonly edited?: OrderContent | null
    })
  | (ByStaff & Pick<DebtWaived, 'type' | 'because' | 'orderKey' | 'asset' | 'amount'>)
  | (Asked & { readonly type: 'gift.send'; readonly to: string; readonly asset: string; readonly amount: number })
  | (Asked & Pick<GiftReceived, 'type' | 'gift' | 'asset' | 'parts' | 'from'>)
  | (Asked & Pick<GiftReturned, 'type' | 'gift' | 'asset' | 'parts'>)
  | (Asked & Pick<PoolAsked, 'type' | 'pool' | 'asks'>)
  | (Asked & Pick<PoolTold, 'type' | 'pool' | 'from' | 'tells'>)
  | (Asked & Pick<ReferralClaim, 'type' | 'advocate' | 'signals' | 'recent'>)
  | (Asked & Pick<ReferralTold, 'type' | 'from' | 'terms' | 'round'>)
  | (ByStaff & Pick<ReferralSuspected, 'type' | 'signals'>)
  | (ByStaff & Pick<ReferralReviewed, 'type' | 'approved'>)
  | (Asked & { readonly type: 'seat.offered'; readonly reward: string; readonly session: string })
  | (Asked & Pick<SeatCalledOff, 'type' | 'redemption' | 'reward' | 'session'>)
  | (ByStaff & Pick<MemberMerged, 'type' | 'to' | 'head'>)
  /** At the very moment of the merge. */
  | (Asked & Pick<MergeReceived, 'type' | 'merge' | 'from' | 'into' | 'brought'> & { readonly occurredAt: string })
  | (ByStaff & Pick<MergeUndone, 'type' | 'merge' | 'tell'> & { readonly from?: string })
  | (ByStaff & { readonly type: 'member.erased' })
  | (ByStaff & Pick<VersionCorrected, 'type' | 'version' | 'from' | 'facts'>)
  /** By the program itself, which drew the winners, or ranked. */
  | (ByStaff & { readonly type: 'award.won'; readonly won: Won })

/** What became of one submission. `text` is a `DecisionAnswer` as JSON, the same bytes however often it is asked for. */
export type Answer =
  /** Decided and durable. A request that the program refuses is recorded, too: its answer carries the refusal. */
  | { readonly status: 'recorded'; readonly text: string }
  /** It was recorded before; this is the first answer. */
  | { readonly status: 'repeated'; readonly text: string }
  /** Not accepted; nothing was written, except that an overdue fact waits in a queue for a person. */
  | { readonly status: 'rejected'; readonly code: RejectionCode; readonly detail: string }
  /** The identity stands for something else (EVT-1); nothing was written. Hashes are lower-case hex. */
  | {
      readonly status: 'conflict'
      readonly code: 'other-content' | 'other-member'
      readonly sentHash: string
      readonly storedHash: string
    }
  /** We are wrong about this event; its neighbours stand, nothing of it was written, and the log names the reference. */
  | { readonly status: 'failed'; readonly code: 'fault' | 'took-too-long'; readonly reference: string }

/** Of the recorder to itself: the member was merged into this one, which the event is now for; nothing was written (MRG-1). */
export interface Moved {
  readonly status: 'moved'
  readonly to: string
}

/** What was decided, for whoever sent the event. Lists that are empty are left out; amounts are smallest units. */
export interface DecisionAnswer {
  readonly member: string
  readonly source: string
  readonly id: string
  readonly type: string
  /** Number of the decision in the member's chain. */
  readonly decision: number
  /** When it counts, ISO 8601 in UTC. */
  readonly at: string
  /** Version that judged; null: before the program's first start. */
  readonly version: number | null
  /** Why the program says no to a request. */
  readonly refusal?: Refusal
  /** What a request or an act was granted: it may be less than was asked, and is never below zero. */
  readonly amount?: number
  /** The event came late: the member's facts were judged again in their order (EVT-2). */
  readonly late?: true
  /** It names an order that is not known yet, and acts as soon as that comes (EVT-5). */
  readonly waits?: true
  /** What each rule gave (above zero) or had taken back (below). */
  readonly earned?: readonly { readonly rule: string; readonly asset: string; readonly amount: number }[]
  /** What went to nobody, because the member has left. */
  readonly forfeited?: readonly { readonly asset: string; readonly amount: number }[]
  readonly remarks?: readonly Remark[]
  /** What was probably meant otherwise, and what to do. */
  readonly notes?: readonly Note[]
  readonly tiers?: readonly Pick<LadderChanged, 'ladder' | 'from' | 'to' | 'reason'>[]
  /** As they stand after it; their codes are asked for apart. */
  readonly vouchers?: readonly Pick<Voucher, 'id' | 'reward' | 'status' | 'left'>[]
  /** Given by it. */
  readonly badges?: readonly string[]
  /** After the decision, every asset that ever moved. */
  readonly balances: readonly Balance[]
}
