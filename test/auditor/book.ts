import type {
  Account,
  ActivePart,
  Activity,
  Asset,
  Card,
  Hold,
  LocalDay,
  LocalTime,
  Lot,
  LotEnd,
  MemberAccount,
  NotEarning,
  Offer,
  OrderContent,
  OrderKey,
  OtherMoney,
  Period,
  Program,
  RequestAnswer,
  Timeline,
  WaitingEvent,
} from '@laurel/engine'
import type { Exact } from './exact.ts'

/**
 * The second book: what is known of a member, kept as plainly as it can be. Balances are sums over all entries ever made,
 * points are parcels that are never put together, and nothing is dropped.
 */
export interface Book {
  readonly timeline: Timeline
  /** The member's own number, by which it is held out of experiments; null: of none. */
  readonly chance: number | null
  /** Whether it is held out, by experiment that it met. */
  readonly arms: Map<string, boolean>
  readonly entries: Entry[]
  /** Active points by how they came; parcels of one end stay apart. */
  readonly parcels: Parcel[]
  readonly lapses: Lapse[]
  readonly pendings: Pending[]
  readonly redemptions: Map<string, Redemption>
  /** All that were ever issued, by id. */
  readonly vouchers: Map<string, AuditedVoucher>
  /** What was used for which order, also before it came, and also where it came back since. */
  readonly used: VoucherUsed[]
  readonly orders: Map<OrderKey, AuditedOrder>
  readonly waiting: WaitingEvent[]
  /** Names of refunds that failed and disputes that were won. */
  readonly failed: Set<string>
  /** Orders that persons let refunds count for. */
  readonly acceptedFor: { readonly name: string; readonly order: OrderKey }[]
  /** What persons let refunds take without an order, by the refund's name. */
  readonly takenAlone: { readonly name: string; readonly version: number; readonly taken: TakenAlone[] }[]
  /** Redemptions that somebody refunded before they were confirmed: for which order, how much, and who did. */
  /** Redemptions that paid at a partner's place before anybody asked for them. */
  readonly paidAhead: Map<string, { readonly partner: string; readonly on: LocalTime }>
  readonly owed: Map<string, { readonly order: OrderKey; readonly part: Exact; readonly by: 'member' | 'shop' }>
  joinedOn: LocalDay | null
  frozen: boolean
  left: Leaving | null
  /** On what footing the member is (END-2, END-3). */
  footing: { readonly mark: 'staff' | 'test' | null; readonly age: number; readonly terms: readonly string[] }
  /** How much of an asset that was given up was converted in all, less what was owed. */
  readonly converted: Map<string, number>
  /** The last start of a version that converted something. */
  begun: LocalTime | null
  /** The last end of the program that the member has gone through. */
  ended: LocalTime | null
  /** Who sent this member. */
  referral: AuditedReferral | null
  /** Whom this member sent. */
  readonly friends: Map<string, AuditedFriend>
  /** Paid memberships that ever began. */
  readonly plans: Map<string, AuditedPlan>
  /** What was given to other members. */
  readonly gifts: { readonly asset: string; readonly amount: number; readonly on: LocalDay }[]
  /** Into another member: nothing happens any more. */
  hasGone: boolean
  /** What went to `forfeited`, or at the program's end to a charity. */
  readonly forfeits: Forfeit[]
  segments: readonly string[]
  tags: readonly string[]
  /** Of activity, by which points live that go by it; none is ever forgotten. */
  readonly stretches: Stretch[]
  readonly uses: CapUse[]
  readonly standings: Map<string, Standing>
  /** Levels that were risen to, or that a refund took, since anybody looked. */
  readonly moves: LevelMove[]
  /** Levels whose entry awards were given. */
  readonly entered: {
    readonly ladder: string
    readonly level: string
    readonly on: LocalTime
    readonly version: number
  }[]
  /** Badges held, with the award that gave each. */
  readonly badges: Map<string, string>
  /** Cards that are full, in the order in which they were filled. */
  readonly cards: FullCard[]
  readonly activities: AuditedActivity[]
  /** Of challenges, by `windowKey`. */
  readonly windows: Map<string, AuditedWindow>
  /** In the order in which they came. */
  readonly receipts: AuditedReceipt[]
  readonly qualifying: Qualifying[]
  /** Orders of ladders on which surplus rolls over, `ladder/order`: gone altogether, as far as a refund could still say so. */
  readonly goneFrom: Set<string>
  /** By `source/id` of the request. */
  readonly answers: Map<string, RequestAnswer>
}

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
  lastDay: LocalDay | null
  /** Minor units that a gift card held at first; null: it is used once and whole. */
  readonly value: number | null
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
  /** By partner and asset: what the partner pays for what it gave. */
  owedToProgram: ReadonlyMap<string, number>
  /** Redemptions that ever paid for it, each with the most it ever paid. */
  readonly legs: Map<string, number>
  /** Of a leg: what had come back at the last edit, and the refunds there had been by then. */
  readonly backAtEdit: Map<string, { readonly returned: number; readonly earlier: ReadonlySet<CountedRefund> }>
  /** Offers that were waiting for something when it happened. */
  readonly receipts: readonly AuditedReceipt[]
  /** Where its points were in the life of a member that has become this one, by asset. */
  readonly livedIn: Map<string, LotEnd>
}

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

/** By rule and asset: what was taken, from which parcels, and what was waived. */
export interface TakenAlone {
  readonly rule: string
  readonly asset: string
  readonly amount: number
  readonly waived: number
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
  readonly on: LocalDay
  readonly parts: readonly ActivePart[]
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
}

export interface Standing {
  level: string
  floor: { readonly level: string; readonly until: LocalTime | null } | null
  override: { readonly level: string; readonly until: LocalTime | null } | null
  /** Up to where time has been let pass for this ladder. */
  judgedAt: LocalTime | null
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

export const openBook = (timeline: Timeline, chance: number | null): Book => ({
  timeline,
  chance,
  arms: new Map(),
  converted: new Map(),
  begun: null,
  entries: [],
  parcels: [],
  lapses: [],
  pendings: [],
  redemptions: new Map(),
  vouchers: new Map(),
  used: [],
  orders: new Map(),
  waiting: [],
  failed: new Set(),
  acceptedFor: [],
  takenAlone: [],
  owed: new Map(),
  paidAhead: new Map(),
  joinedOn: null,
  frozen: false,
  left: null,
  hasGone: false,
  footing: { mark: null, age: 0, terms: [] },
  ended: null,
  forfeits: [],
  gifts: [],
  plans: new Map(),
  referral: null,
  friends: new Map(),
  segments: [],
  tags: [],
  stretches: [],
  uses: [],
  standings: new Map(),
  moves: [],
  entered: [],
  badges: new Map(),
  cards: [],
  activities: [],
  windows: new Map(),
  receipts: [],
  qualifying: [],
  goneFrom: new Set(),
  answers: new Map(),
})

export function post(book: Book, entry: Entry): void {
  if (entry.amount < 0) throw new Error(`${entry.cause}: an entry of ${entry.amount}`)
  if (entry.amount > 0) book.entries.push(entry)
}

/** LED-1: an account is the sum of its entries; debt is what flowed out of it. */
export function balance(book: Book, asset: string, account: MemberAccount): number {
  let into = 0
  for (const entry of book.entries) {
    if (entry.asset !== asset) continue
    if (entry.to === account) into += entry.amount
    if (entry.from === account) into -= entry.amount
  }
  return account === 'debt' ? 0 - into : into
}

export const programOf = (book: Book, version: number | null): Program | null =>
  book.timeline.find((entry) => entry.program.version === version)?.program ?? null

/** The version in force at a moment of the program's wall clock: the last published that has begun (EVT-3), before all the first. */
export function inForceAt(book: Book, local: LocalTime): Program | null {
  const begun = book.timeline.filter((entry) => entry.fromLocal <= local && entry.publishedLocal <= local)
  return (begun.at(-1) ?? book.timeline[0])?.program ?? null
}

export const awayOf = (book: Book): 'left' | 'frozen' | null =>
  book.left !== null ? 'left' : book.frozen ? 'frozen' : null

export const assetOf = (program: Program, id: string): Asset | undefined =>
  program.assets.find((each) => each.id === id)

/** Paid for, on trial or in grace. */
export const plansRunning = ({ plans }: Book): string[] =>
  [...plans].flatMap(([name, { ended }]) => (ended === null ? [name] : []))

export const noTime: Period = { months: 0, days: 0, ms: 0 }
