import type { RejectionCode } from '@laurel/contract'
import {
  addToTime,
  comparePositions,
  isLate,
  localText,
  type Member,
  type Period,
  type Program,
  positionOf,
  type Stamp,
  type Timeline,
  versionAt,
} from '@laurel/engine'
import { type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { type Content, eventOf, type Pinned, type StoredEvent } from './content.ts'
import type { Submission } from './submission.ts'

/** How far a source's clock may run ahead of ours (EVT-4). */
const AHEAD_MS_MAX = 5 * 60_000
export const isFromTheFuture = (at: number, now: number): boolean => at > now + AHEAD_MS_MAX

export interface Rejection {
  readonly code: RejectionCode
  readonly detail: string
}

/** What is known of an event before its member is: who is late, in another currency or in the future never gets further. */
export function rejectionOf(submission: Submission, programs: ProgramTimeline, now: number): Rejection | null {
  const { event } = submission
  const policies = rulingAt(programs, now)
  // What was declared when it happened: by that version it is judged, and its conditions ask for no other facts.
  const judging = rulingAt(programs, event.occurredAt === undefined ? now : Date.parse(event.occurredAt), now)
  if (event.occurredAt !== undefined) {
    const at = Date.parse(event.occurredAt)
    if (isFromTheFuture(at, now)) {
      return { code: 'from-the-future', detail: `it happens at ${event.occurredAt}, more than 5 minutes from now` }
    }
    if (submission.history !== true && isOverdue(policies, at, now)) {
      return { code: 'overdue', detail: `it happened at ${event.occurredAt}, before what the program accepts` }
    }
    const { historyFrom } = policies.late
    if (submission.history === true && historyFrom !== null && localOf(policies.zone, at) < historyFrom) {
      const open = `${localText(historyFrom)}, from which on the past is open (late.historyFrom)`
      return { code: 'closed-period', detail: `it happened at ${event.occurredAt}, before ${open}` }
    }
  }
  switch (event.type) {
    case 'order.placed':
    case 'order.paid':
    case 'order.edited': {
      const { currency, rate } = event.order
      const isOwn = currency === judging.currency.code
      if (isOwn === (rate === null)) return null
      const detail = isOwn
        ? `${currency} with a rate to itself`
        : `${currency} without a rate to ${judging.currency.code}`
      return { code: 'currency-mismatch', detail }
    }
    case 'gift.send':
    case 'points.adjusted':
    case 'lots.extended':
    case 'lots.reinstated':
      return judging.assets.some((asset) => asset.id === event.asset)
        ? null
        : { code: 'unknown-asset', detail: `the program has no asset ${event.asset}` }
    case 'benefit.used':
      return judging.benefits.has(event.benefit)
        ? null
        : { code: 'unknown-benefit', detail: `the program has no benefit ${event.benefit}` }
    case 'offer.sent':
    case 'offer.seen':
      return judging.offers.has(event.offer)
        ? null
        : { code: 'unknown-offer', detail: `the program has no offer ${event.offer}` }
    case 'tier.overridden':
      return unknownLevel(judging, event.ladder, event.level)
    case 'membership.started':
    case 'membership.renewed':
      return judging.memberships.has(event.plan)
        ? null
        : { code: 'unknown-membership', detail: `the program has no membership ${event.plan}` }
    // What is no longer sold can still be cancelled.
    case 'membership.failed':
    case 'membership.cancelled':
      return judging.memberships.has(event.plan) || judging.transitions.memberships.has(event.plan)
        ? null
        : { code: 'unknown-membership', detail: `the program has no membership ${event.plan}` }
    case 'order.delivered':
    case 'order.cancelled':
    case 'refund.made':
    case 'refund.failed':
    case 'payment.disputed':
    case 'member.joined':
    case 'member.birthday':
    case 'member.anniversary':
    case 'member.changed':
    case 'member.frozen':
    case 'member.left':
    case 'member.erased':
    case 'award.won':
    case 'redemption.reserve':
    case 'redemption.confirm':
    case 'redemption.cancel':
    case 'voucher.use':
    case 'voucher.restore':
    case 'voucher.return':
    case 'voucher.give':
    case 'voucher.revoked':
    case 'refund.accepted':
    case 'debt.waived':
    case 'seat.offered':
    case 'member.merged':
    case 'merge.received':
    case 'merge.undone':
    case 'gift.received':
    case 'gift.returned':
    case 'pool.asked':
    case 'pool.told':
    case 'referral.claim':
    case 'referral.suspected':
    case 'referral.reviewed':
    case 'referral.qualified':
    case 'referral.reversed':
      return null
    // `activity.<name>` is a pattern, which a switch cannot name.
    default:
      return undeclaredActivity(judging, event.type.slice('activity.'.length), event.facts)
  }
}

/** By the wall clock of the program: P30D is thirty of its days. */
function isOverdue({ zone, late }: Program, at: number, now: number): boolean {
  return addToTime(localOf(zone, at), late.accept) < localOf(zone, now)
}

function unknownLevel({ ladders }: Program, ladder: string, level: string | null): Rejection | null {
  const found = ladders.find((candidate) => candidate.id === ladder)
  if (found === undefined) return { code: 'unknown-tier', detail: `the program has no ladder ${ladder}` }
  if (level === null || found.levels.some((candidate) => candidate.id === level)) return null
  return { code: 'unknown-tier', detail: `the ladder ${ladder} has no level ${level}` }
}

/** Conditions were type-checked against the declared facts, so what is sent must be what was declared. */
function undeclaredActivity(
  { activities }: Program,
  name: string,
  facts: Readonly<Record<string, string | number | boolean>>,
): Rejection | null {
  const declared = activities.get(name)
  if (declared === undefined) return { code: 'unknown-activity', detail: `the program declares no activity ${name}` }
  const wrong = (detail: string): Rejection => ({ code: 'wrong-facts', detail })
  for (const fact of Object.keys(facts)) if (!declared.has(fact)) return wrong(`${name} declares no fact ${fact}`)
  for (const [fact, kind] of declared) {
    const value = facts[fact]
    if (value === undefined) return wrong(`${name} asks for the fact ${fact}`)
    const fits =
      kind === 'text'
        ? typeof value === 'string'
        : kind === 'yes-no'
          ? typeof value === 'boolean'
          : typeof value === 'number'
    if (!fits) return wrong(`the fact ${fact} of ${name} is declared as ${kind}`)
  }
  return null
}

/**
 * The event as the engine judges it: stamped with local times and the version that judges it, requests at the member's head
 * (EVT-2), reservations with their end. `place` decides which wall clock `during` goes by (TIME-1).
 */
export function stamped(arriving: Arriving): Stamped {
  const judged = stampedAsSent(arriving)
  const { via } = arriving.submission
  if (via === undefined) return judged
  return { event: { ...judged.event, via }, pinned: { ...judged.pinned, via } }
}

/** What was sent, and what it meets. */
interface Arriving {
  readonly submission: Submission
  readonly content: Content
  readonly timeline: ProgramTimeline
  readonly member: Member
  readonly now: number
}

interface Stamped {
  readonly event: StoredEvent
  readonly pinned: Pinned | null
}

function stampedAsSent(arriving: Arriving): Stamped {
  const { submission, content, now, timeline: programs } = arriving
  const { event } = submission
  const { timeline, latest } = programs
  switch (event.type) {
    case 'redemption.reserve': {
      const { stamp } = atHead(arriving, {})
      const until = stamp.at + (event.lastsMs ?? rulingAt(programs, stamp.at, now).reservationsLastMs)
      const pinned = { answer: null, until: { at: until, local: localOf(latest.zone, until) } }
      return { event: eventOf(content.fields, stamp, pinned), pinned }
    }
    case 'seat.offered': {
      const { stamp } = atHead(arriving, {})
      const local = addToTime(stamp.local, acceptOf(rulingAt(programs, stamp.at, now), event.reward))
      const pinned = { until: { at: instantOf(latest.zone, local), local } }
      return { event: eventOf(content.fields, stamp, pinned), pinned }
    }
    case 'redemption.confirm':
    case 'redemption.cancel':
    case 'voucher.use':
    case 'voucher.restore':
    case 'voucher.return':
    case 'voucher.give':
    case 'voucher.revoked':
    case 'gift.send':
    case 'pool.asked':
    case 'referral.claim':
    case 'points.adjusted':
    case 'lots.reinstated':
      return {
        event: atHead(arriving, { answer: null }),
        pinned: { answer: null },
      }
    case 'lots.extended':
    case 'tier.overridden':
    case 'refund.accepted':
    case 'debt.waived':
    case 'member.erased':
    case 'award.won':
    case 'member.merged':
    case 'merge.undone':
    case 'gift.received':
    case 'gift.returned':
    case 'pool.told':
    case 'referral.suspected':
    case 'referral.reviewed':
    case 'referral.qualified':
    case 'referral.reversed':
      return { event: atHead(arriving, {}), pinned: null }
    // Facts, and a merge for whoever remains, which is of the moment of the merge. A request that is missing above does not
    // compile here: it need not say when it happened.
    default: {
      const at = Date.parse(event.occurredAt)
      return {
        event: eventOf(content.fields, stampOf(timeline, latest, at, placeOf(submission), now), {}),
        pinned: null,
      }
    }
  }
}

/** How long a seat is kept for whoever moved up. */
function acceptOf({ rewards }: Program, reward: string): Period {
  const kind = rewards.get(reward)?.kind
  return (kind?.type === 'experience' ? kind.waitingAccept : null) ?? { months: 0, days: 0, ms: 0 }
}

export function stampOf(timeline: Timeline, latest: Program, at: number, place: string | null, now: number): Stamp {
  const entry = versionAt(timeline, at, now)
  const local = localOf(latest.zone, at)
  const zone = place === null ? undefined : (entry?.program ?? latest).places.get(place)?.zone
  const placeLocal = zone === undefined || zone === latest.zone ? local : localOf(zone, at)
  return { at, local, placeLocal, version: entry?.program.version ?? null }
}

function placeOf({ event }: Submission): string | null {
  if ('place' in event) return event.place
  return 'order' in event && typeof event.order === 'object' && event.order !== null ? event.order.place : null
}

/** Not before anything that is recorded: a request is never late, it is judged after all that is known. */
function atHead({ submission, content, timeline: known, member, now }: Arriving, pinned: Pinned): StoredEvent {
  const { event, history } = submission
  const { timeline, latest } = known
  const asked = history === true && event.occurredAt !== undefined ? Date.parse(event.occurredAt) : now
  const at = Math.max(
    asked,
    member.head?.[0] ?? asked,
    member.firedAt ?? asked,
    firedAtOf(latest.zone, member) ?? asked,
  )
  const place = bookedAt(known, event, member)
  const stampedAt = (instant: number) => eventOf(content.fields, stampOf(timeline, latest, instant, place, now), pinned)
  const first = stampedAt(at)
  // In the millisecond of the head, rank or id may still put it before.
  const isBehind =
    isLate(member, first) || (member.head !== null && comparePositions(positionOf(first), member.head) <= 0)
  return isBehind ? stampedAt(at + 1) : first
}

/** Where the session is that is booked or let go: it begins by the clock of its place, wherever the program is at home. */
function bookedAt({ timeline }: ProgramTimeline, event: Submission['event'], member: Member): string | null {
  const isBooking = event.type === 'redemption.reserve'
  const booked = isBooking ? event : event.type === 'voucher.return' ? member.finished[event.voucher] : undefined
  if (booked?.session === undefined) return null
  const places = timeline.flatMap(({ program }) => {
    const kind = program.rewards.get(booked.reward)?.kind
    return kind?.type === 'experience' ? kind.sessions.filter(({ id }) => id === booked.session) : []
  })
  return places.at(-1)?.place ?? null
}

const firedAtOf = (zone: string, member: Member): number | null =>
  member.firedLocal === null ? null : instantOf(zone, member.firedLocal)
