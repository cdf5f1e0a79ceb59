import {
  type Bought,
  boughtWith,
  civilFromDay,
  dayOf,
  type Effect,
  type LocalDay,
  type MemberStatus,
  type Program,
  statusOf,
} from '@laurel/engine'
import { type Term, termsOf } from '@laurel/ledger'
import type { StoredEvent } from '../decisions/content.ts'

/** A decision as the feed has it. */
export interface Decided {
  readonly member: string
  readonly seq: number
  /** Null: time passed. */
  readonly type: StoredEvent['type'] | null
  /** Of its event, in the program's zone; null with `type`. */
  readonly day: LocalDay | null
  /** When it was written down, in the program's zone. */
  readonly recordedOn: LocalDay
  readonly effects: readonly Effect[]
}

/** What is known of a member beside days, orders and points. */
export interface Standing {
  readonly seq: number
  readonly status: MemberStatus
  /** Of the firm, or no person at all (END-1). */
  readonly marked: boolean
  readonly joinedOn: LocalDay | null
  readonly lastSeenOn: LocalDay | null
  /** By ladder. */
  readonly levels: Readonly<Record<string, string>>
}

export interface OrderTally extends Bought {
  readonly day: LocalDay
  readonly place: string | null
  readonly channel: string | null
}

/** Amounts of one asset that moved between two accounts, by the day on which that counts, and by the one on which it was written down. */
export interface Moved {
  readonly asset: string
  readonly terms: readonly { readonly term: Term; readonly sign: 1 | -1 }[]
  /** What leaves a member for another one arrives in transit (LED-1), and what comes from one leaves it. */
  readonly between: 'sent' | 'received' | null
  readonly amount: number
  readonly effectiveOn: LocalDay
  readonly recordedOn: LocalDay
}

/** What some decisions of one member say, in their order. */
export interface Said {
  readonly standing: Standing
  /** Orders as they stand now; null: it is not the member's any more (MRG-1). */
  readonly orders: ReadonlyMap<string, OrderTally | null>
  readonly doings: ReadonlyMap<LocalDay, number>
  readonly moved: readonly Moved[]
  /** Experiments that were met, once each for good (EXP-1). */
  readonly met: readonly { readonly experiment: string; readonly heldOut: boolean; readonly on: LocalDay }[]
}

export const NOBODY_YET: Standing = {
  ...{ seq: 0, status: 'active', marked: false, joinedOn: null, lastSeenOn: null, levels: {} },
}

/** Whether it is something a member does, rather than what is done to the member or said about an order later. */
const isDoing: Readonly<Record<StoredEvent['type'], boolean>> = {
  'order.placed': true,
  'order.paid': true,
  activity: true,
  'benefit.used': true,
  'offer.seen': true,
  'member.joined': true,
  'membership.started': true,
  'redemption.reserve': true,
  'voucher.use': true,
  'gift.send': true,
  'referral.claim': true,
  'order.edited': false,
  'order.delivered': false,
  'order.cancelled': false,
  'refund.made': false,
  'refund.failed': false,
  'refund.accepted': false,
  'payment.disputed': false,
  'member.birthday': false,
  'member.anniversary': false,
  'member.changed': false,
  'member.frozen': false,
  'member.left': false,
  'member.erased': false,
  'member.merged': false,
  'merge.received': false,
  'merge.undone': false,
  'membership.renewed': false,
  'membership.failed': false,
  'membership.cancelled': false,
  'offer.sent': false,
  'award.won': false,
  'redemption.confirm': false,
  'redemption.cancel': false,
  'seat.offered': false,
  'seat.called-off': false,
  'gift.received': false,
  'gift.returned': false,
  'pool.asked': false,
  'pool.told': false,
  'referral.suspected': false,
  'referral.reviewed': false,
  'referral.qualified': false,
  'referral.reversed': false,
  'voucher.restore': false,
  'voucher.return': false,
  'voucher.give': false,
  'voucher.revoked': false,
  'points.adjusted': false,
  'lots.extended': false,
  'lots.reinstated': false,
  'tier.overridden': false,
  'debt.waived': false,
  'version.corrected': false,
}

/** Reads on in a member's decisions, each once and in their order. */
export function tallyDecisions(
  program: Pick<Program, 'currency'>,
  before: Standing,
  decisions: readonly Decided[],
): Said {
  let standing = before
  const orders = new Map<string, OrderTally | null>()
  const doings = new Map<LocalDay, number>()
  const moved: Moved[] = []
  const met: Said['met'][number][] = []
  for (const { seq, type, day, recordedOn, effects } of decisions) {
    standing = { ...standing, seq }
    if (type !== null && day !== null && isDoing[type]) {
      doings.set(day, (doings.get(day) ?? 0) + 1)
      standing = { ...standing, lastSeenOn: Math.max(day, standing.lastSeenOn ?? day) }
    }
    for (const effect of effects) {
      standing = standingAfter(standing, effect)
      if (effect.type === 'order') orders.set(effect.key, orderOf(program, effect.record))
      else if (effect.type === 'rows-gone') for (const key of effect.orders) orders.set(key, null)
      else if (effect.type === 'exposed') met.push({ ...effect.arm, on: day ?? recordedOn })
      else if (effect.type === 'move') {
        const { asset, amount, from, to, effective } = effect
        const between = to === 'transit' ? 'sent' : from === 'transit' ? 'received' : null
        moved.push({ asset, amount, between, terms: termsOf(from, to), effectiveOn: dayOf(effective), recordedOn })
      }
    }
  }
  return { standing, orders, doings, moved, met }
}

function standingAfter(standing: Standing, effect: Effect): Standing {
  if (effect.type === 'status') return { ...standing, status: statusOf(effect) }
  if (effect.type === 'footing') return { ...standing, marked: effect.footing.mark !== null }
  if (effect.type === 'profile') return { ...standing, joinedOn: effect.joinedOn }
  if (effect.type === 'tier') return { ...standing, levels: { ...standing.levels, [effect.ladder]: effect.to } }
  if (effect.type === 'ladder-gone') {
    const { [effect.ladder]: _, ...levels } = standing.levels
    return { ...standing, levels }
  }
  return standing
}

function orderOf(
  program: Pick<Program, 'currency'>,
  record: Extract<Effect, { readonly type: 'order' }>['record'],
): OrderTally {
  const { place, channel } = record.content
  return { ...boughtWith(program, record), day: dayOf(record.local), place, channel }
}

/** Months since January of the year 0. */
export function monthOf(day: LocalDay): number {
  const { year, month } = civilFromDay(day)
  return year * 12 + month - 1
}
