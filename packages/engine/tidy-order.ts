import type { Act, Fact, MemberEvent, Request, TimePassed } from './event.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/** Facts happened, whoever likes it, and may arrive in any order; what was answered to requests and acts stands (EVT-2). */
export type EventKind = 'fact' | 'request' | 'act'

type KindOf<Type extends Recorded['type']> = Type extends Fact['type']
  ? 'fact'
  : Type extends Request['type']
    ? 'request'
    : Type extends Act['type']
      ? 'act'
      : never

/** Of everything that is recorded. Of one instant the lower rank comes first (TIME-3); 1 to 4 belong to time itself. */
const PLACES: { readonly [Type in Recorded['type']]: readonly [kind: KindOf<Type>, rank: number] } = {
  'member.joined': ['fact', 5],
  'member.changed': ['fact', 5],
  'member.birthday': ['fact', 5],
  'member.anniversary': ['fact', 5],
  'membership.started': ['fact', 5],
  'membership.renewed': ['fact', 5],
  'membership.failed': ['fact', 5],
  'membership.cancelled': ['fact', 5],
  'offer.sent': ['fact', 5],
  'offer.seen': ['fact', 5],
  'member.frozen': ['fact', 5],
  'member.left': ['fact', 5],
  'member.erased': ['act', 5],
  'award.won': ['act', 5],
  'points.adjusted': ['act', 5],
  'lots.extended': ['act', 5],
  'lots.reinstated': ['act', 5],
  'tier.overridden': ['act', 5],
  'refund.accepted': ['act', 5],
  'debt.waived': ['act', 5],
  'version.corrected': ['act', 5],
  'voucher.revoked': ['act', 5],
  'gift.received': ['act', 5],
  'gift.returned': ['act', 5],
  'pool.told': ['act', 5],
  // Before the order that may come with it.
  'referral.claim': ['request', 5],
  'referral.suspected': ['act', 5],
  'referral.reviewed': ['act', 5],
  'referral.qualified': ['act', 5],
  'referral.reversed': ['act', 5],
  'seat.offered': ['act', 5],
  'seat.called-off': ['act', 5],
  'member.merged': ['act', 5],
  'merge.received': ['act', 5],
  'merge.undone': ['act', 5],
  'order.placed': ['fact', 6],
  'order.paid': ['fact', 6],
  'order.edited': ['fact', 6],
  activity: ['fact', 6],
  'benefit.used': ['fact', 6],
  'order.delivered': ['fact', 7],
  'order.cancelled': ['fact', 8],
  'refund.made': ['fact', 8],
  'refund.failed': ['fact', 8],
  'payment.disputed': ['fact', 8],
  'redemption.reserve': ['request', 9],
  'gift.send': ['request', 9],
  'pool.asked': ['request', 9],
  'redemption.cancel': ['request', 10],
  'redemption.confirm': ['request', 11],
  // After what may have issued it.
  'voucher.use': ['request', 12],
  'voucher.restore': ['request', 12],
  'voucher.return': ['request', 12],
  'voucher.give': ['request', 12],
}

export const kindOf = ({ type }: Recorded): EventKind => PLACES[type][0]
export const rankOf = ({ type }: Recorded): number => PLACES[type][1]

/** A place in tidy order (TIME-3): instant, rank, source, id. */
export type Position = readonly [at: number, rank: number, source: string, id: string]

export const positionOf = (event: Recorded): Position => [event.stamp.at, rankOf(event), event.source, event.id]

/** Below zero where `a` comes first; ids compare by code unit. */
export function comparePositions(a: Position, b: Position): number {
  if (a[0] !== b[0]) return a[0] - b[0]
  if (a[1] !== b[1]) return a[1] - b[1]
  if (a[2] !== b[2]) return a[2] < b[2] ? -1 : 1
  return a[3] < b[3] ? -1 : a[3] > b[3] ? 1 : 0
}
