import type {
  Asset,
  LocalDay,
  LocalTime,
  MemberAccount,
  OrderKey,
  Period,
  Program,
  RequestAnswer,
  Timeline,
  WaitingEvent,
} from '@laurel/engine'
import type { Exact } from './exact.ts'
import type {
  AuditedActivity,
  AuditedFriend,
  AuditedOrder,
  AuditedPlan,
  AuditedReceipt,
  AuditedReferral,
  AuditedVoucher,
  AuditedWindow,
  Borne,
  CapUse,
  CountedFriend,
  Entry,
  Forfeit,
  FullCard,
  Lapse,
  Leaving,
  LevelMove,
  Parcel,
  Pending,
  Qualifying,
  Redemption,
  Standing,
  Stretch,
  TakenAlone,
  VoucherUsed,
} from './records.ts'
import { versionsFor } from './trials.ts'

/**
 * The second book: what is known of a member, kept as plainly as it can be. Balances are sums over all entries ever made,
 * points are parcels that are never put together, and nothing is dropped.
 */
export interface Book {
  /** Every version, for whomever it is. */
  readonly published: Timeline
  /** Those that rule the member. */
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
  /** In the order in which it was. */
  readonly borne: Borne[]
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
  /** Redemptions that paid at a partner's place before anybody asked for them. */
  readonly paidAhead: Map<string, { readonly partner: string; readonly on: LocalTime }>
  /** Redemptions that somebody refunded before they were confirmed: for which order, how much, and who did. */
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
  /** Whenever one of them counted, also where nothing else is known of them any more. */
  readonly countedFriends: CountedFriend[]
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
  /** Of rewards of which there are only so many: what the event may take, by reward; null: as if there were enough. */
  pieces: Map<string, number> | null
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

export const openBook = (
  published: Timeline,
  chance: number | null,
  ruling: (versions: Timeline) => Timeline,
): Book => ({
  published,
  timeline: ruling(versionsFor(published, chance)),
  chance,
  arms: new Map(),
  converted: new Map(),
  begun: null,
  entries: [],
  parcels: [],
  lapses: [],
  pendings: [],
  redemptions: new Map(),
  borne: [],
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
  countedFriends: [],
  segments: [],
  tags: [],
  stretches: [],
  uses: [],
  standings: new Map(),
  moves: [],
  entered: [],
  badges: new Map(),
  pieces: null,
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
  book.published.find((entry) => entry.program.version === version)?.program ?? null

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
