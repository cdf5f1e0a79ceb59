import type {
  Account,
  ActivePart,
  Activity,
  Card,
  Hold,
  LocalDay,
  LocalTime,
  Lot,
  LotEnd,
  NotEarning,
  Offer,
  OrderContent,
  OrderKey,
  OtherMoney,
  Period,
} from '@laurel/engine'

export interface Entry {
  readonly cause: string
  readonly rule: string
  readonly asset: string
  readonly from: Account
  readonly to: Account
  readonly amount: number
}

export interface Parcel extends Lot {
  readonly asset: string
}

/** From the first action or the first points after a silence to the next silence. */
export interface Stretch {
  readonly asset: string
  readonly name: LotEnd
  readonly first: LocalDay
  /** Day of the last action in it. */
  moved: LocalDay
  /** In whose life; null: the member's own. */
  readonly of: string | null
}

export interface Lapse {
  readonly asset: string
  readonly priority: number
  readonly lastDay: LotEnd
  readonly lapsedOn: LocalDay
  /** What refunds and reinstatements have left of it. */
  amount: number
}

export interface Leaving {
  /** First moment of the day on which everything is forfeited; null: that has been. */
  readonly forfeitOn: LocalDay | null
  readonly forGood: boolean
}

export interface AuditedReferral {
  readonly advocate: string
  readonly since: LocalTime
  readonly version: number
  isSuspect: boolean
  approved: boolean | null
  qualified: LocalTime | null
  /** Activities of a member that has become this one: nobody has kept them. */
  readonly notKept: Set<string>
  /** What made it so; nothing else counts from then on. */
  made: readonly string[]
  stands: boolean
  given: LocalTime | null
  /** The friend was erased first. */
  isOver: boolean
}

export interface AuditedFriend {
  round: number
  on: LocalTime
  readonly terms: number
  outcome: 'paid' | 'capped' | 'away' | 'reversed'
  given: LocalTime | null
  /** As what the friend counts for challenges; null: never heard that the referral qualified. */
  readonly counted: CountedFriend | null
}

/** What the advocate was when a friend's referral qualified. */
export interface CountedFriend {
  readonly local: LocalTime
  readonly version: number
  readonly found: Pick<Found, 'tiers' | 'segments' | 'tags' | 'memberships' | 'past'>
  readonly met: MetChallenges
  stands: boolean
}

export interface Forfeit {
  readonly asset: string
  readonly priority: number
  readonly lastDay: LotEnd
  /** Of pending points: whose they were. */
  readonly order: OrderKey | null
  readonly on: LocalDay
  readonly to: 'forfeited' | `charity:${string}`
  amount: number
}

export interface Pending {
  /** Decides who activates first on one day. */
  readonly id: string
  readonly order: OrderKey | null
  readonly asset: string
  readonly dueOn: LocalDay
  readonly awaitsDelivery: boolean
  readonly priority: number
  readonly expiryOf: string
  readonly version: number
  amount: number
}

export interface Redemption {
  readonly id: string
  readonly reward: string
  readonly reservedAt: LocalTime
  readonly version: number | null
  readonly asset: string
  readonly amount: number
  parts: Hold['parts']
  readonly untilAt: number
  readonly untilLocal: LocalTime
  state: 'held' | 'confirmed' | 'cancelled' | 'timed-out' | 'refused'
  /** What refunds have given back, per order. */
  returned: number
  /** Whose place it paid at, or whose reward it is. */
  partner: string | null
  paidToPartner: number
  /** The voucher that it bought went back for its price. */
  isUndone: boolean
}

export interface AuditedVoucher {
  readonly id: string
  readonly from: 'redemption' | 'award'
  readonly reward: string
  readonly version: number
  readonly issued: LocalTime
  lastDay: LocalDay | null
  /** Minor units that a gift card held at first; null: it is used once and whole. */
  readonly value: number | null
  /** Of that, what was on it when it expired. */
  lapsed: number
  /** Of that, what went with what gave it. */
  taken: number
  readonly uses: { readonly id: string; readonly order: OrderKey | null; readonly amount: number; back: number }[]
  /** How it ended; null: it is open, or used up. */
  end: 'returned' | 'given' | 'expired' | 'revoked' | null
}

/** A paid membership. */
export interface AuditedPlan {
  readonly since: LocalTime
  /** The trial, and every period that was paid for, end here. */
  readonly until: LocalTime
  /** Of the month: on which periods of months end. */
  readonly day: number
  readonly endsAt: LocalTime
  readonly ended: LocalTime | null
  readonly fees: number
  readonly isTrial: boolean
  readonly isFailing: boolean
  readonly isCancelled: boolean
}

export interface VoucherUsed {
  readonly order: OrderKey
  readonly voucher: string
  readonly reward: string
  readonly use: string
  readonly amount: number
}

export interface AuditedOrder {
  readonly key: OrderKey
  content: OrderContent
  readonly local: LocalTime
  readonly placeLocal: LocalTime
  readonly version: number | null
  readonly found: Found
  /** First and now, per rule and asset, in the order of giving. */
  given: GivenShare[]
  /** Counted refunds, oldest first; those undone stay, marked. */
  readonly refunds: CountedRefund[]
  deliveredOn: LocalDay | null
  /** Of an order that comes in parts: items by line, and the days on which something of it came alive. */
  readonly came: Map<string, number>
  readonly cameOn: LocalDay[]
  /** By partner and asset: what the partner pays for what it gave. */
  owedToProgram: ReadonlyMap<string, number>
  /** Redemptions that ever paid for it, each with the most it ever paid. */
  readonly legs: Map<string, number>
  /** Of a leg: what had come back at the last edit, and the refunds there had been by then. */
  readonly backAtEdit: Map<string, { readonly returned: number; readonly earlier: ReadonlySet<CountedRefund> }>
  /** Offers that were waiting for something when it happened. */
  readonly receipts: readonly AuditedReceipt[]
  /** Where its points were in the life of a member that has become this one, by asset and the day from which they lived. */
  readonly livedIn: Map<string, LotEnd>
  readonly met: MetChallenges
}

/** Challenges with a holdout that it met, and whether it counts for them, whoever it is of by then. */
export type MetChallenges = Map<string, boolean>

export interface GivenShare {
  readonly rule: string
  readonly asset: string
  first: number
  now: number
  /** Whether it ever gave: then its points had an end. */
  received: boolean
  /** What of it was waived and not undone since. */
  waived: number
  readonly priority: number
  readonly expiryOf: string
  /** Who gets it instead of the member. */
  readonly charity: string | null
}

export interface CountedRefund {
  readonly name: string
  /** A cancellation: whatever is left, now and if an earlier refund fails. */
  readonly everything: boolean
  /** Minor units over all lines, or lines by id. */
  readonly byAmount: number
  readonly lines: readonly { readonly line: string; readonly amount: number; readonly quantity: number }[]
  /** What touches no line. */
  readonly other?: OtherMoney | undefined
  undone: boolean
}

export interface Found {
  readonly tiers: readonly { readonly ladder: string; readonly level: string }[]
  readonly segments: readonly string[]
  readonly tags: readonly string[]
  /** Plans that ran. */
  readonly memberships: readonly string[]
  /** Rules that were not there for the member. */
  readonly heldOut: Set<string>
  /** Rules that were. */
  readonly treated: Set<string>
  /** END-1: the member was frozen, or had left. */
  readonly away: NotEarning | null
  readonly past: Past
  readonly room: ReadonlyMap<string, number>
  /** What counted on ladders that an order can climb bit by bit. */
  readonly rising: ReadonlyMap<string, number>
}

/** What a member bought before. */
export interface Past {
  readonly orders: number
  readonly spend: number
  readonly lastOn: number | null
  readonly joinedOn: number | null
}

/**
 * REF-3: what the program bears while points are held. Were they there after all, since their reservation came to nothing, they would
 * have been taken.
 */
export interface Borne {
  readonly asset: string
  readonly rule: string
  /** What knows how much of it was waived; null: nothing does. */
  readonly known: { waived: number } | null
  left: number
  /** What was held by then. */
  readonly held: readonly string[]
  readonly isOwn: (lot: Pick<Lot, 'priority' | 'lastDay'>) => boolean
}

/** By rule and asset: what was asked, from which parcels it was taken, and what of it is waived. */
export interface TakenAlone {
  readonly rule: string
  readonly asset: string
  readonly amount: number
  waived: number
  readonly parts: Hold['parts']
}

export interface CapUse {
  readonly order: OrderKey | null
  readonly cap: string
  readonly local: LocalTime
  readonly placeLocal: LocalTime
  readonly change: number
}

export interface LevelMove {
  readonly ladder: string
  readonly version: number
  readonly from: string
  readonly to: string
  readonly rises: boolean
}

export interface FullCard {
  readonly card: Card
  readonly version: number
  /** The first that was free. */
  readonly number: number
  readonly on: LocalTime
  parts: readonly ActivePart[]
  /** How much of them came back when only a part of what it gave could be taken. */
  back: number
}

/** A window of a challenge. */
export interface AuditedWindow {
  /** What counts, by value; '' for a plain sum. */
  readonly tally: Map<string, number>
  readonly reached: Set<string>
}

/** An offer that came once. */
export interface AuditedReceipt {
  readonly id: string
  readonly offer: Offer
  /** How long its program takes refunds. */
  readonly accept: Period
  readonly since: LocalTime
  seen: boolean
  isCompleted: boolean
  tally: readonly (readonly [string, number])[]
}

export interface AuditedActivity {
  readonly receipts: readonly AuditedReceipt[]
  readonly event: Activity
  readonly found: Pick<Found, 'tiers' | 'segments' | 'tags' | 'memberships' | 'past'>
  readonly earned: readonly { readonly asset: string; readonly amount: number }[]
  readonly met: MetChallenges
}

export interface Standing {
  level: string
  floor: { readonly level: string; readonly until: LocalTime | null; readonly promised?: true } | null
  override: { readonly level: string; readonly until: LocalTime | null } | null
  /** Up to where time has been let pass for this ladder. */
  judgedAt: LocalTime | null
  /** What counted when it was last looked at. */
  counted: string
}

/** Something that counts for tiers; what kind of thing decides which measures see it. */
export interface Qualifying {
  readonly ladder: string
  readonly change: number
  readonly home: LocalTime
  /** When it came to count so: later than its home for what a refund changed. */
  readonly at: LocalTime
  readonly order: OrderKey | null
  readonly award?: string
}
