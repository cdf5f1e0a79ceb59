import {
  addToTime,
  comparePositions,
  isLate,
  type Member,
  type Period,
  type Program,
  positionOf,
  type Session,
  type Stamp,
  type Timeline,
  versionAt,
} from '@laurel/engine'
import { type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { type Content, eventOf, type Pinned, type StoredEvent } from './content.ts'
import type { Submission } from './submission.ts'

/**
 * The event as the engine judges it: stamped with local times and the version that judges it, requests at the member's head
 * (EVT-2), reservations with their end.
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
    case 'lots.extended':
    case 'lots.reinstated':
      return {
        event: atHead(arriving, { answer: null }),
        pinned: { answer: null },
      }
    case 'tier.overridden':
    case 'refund.accepted':
    case 'debt.waived':
    case 'member.erased':
    case 'award.won':
    case 'member.merged':
    case 'merge.undone':
    case 'version.corrected':
    case 'gift.received':
    case 'gift.returned':
    case 'pool.told':
    case 'referral.suspected':
    case 'referral.reviewed':
    case 'referral.qualified':
    case 'referral.reversed':
    case 'seat.called-off':
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

/** `place` decides which wall clock `during` goes by (TIME-1). */
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
  const place = bookedAt(known, event, member, now)
  const stampedAt = (instant: number) => eventOf(content.fields, stampOf(timeline, latest, instant, place, now), pinned)
  const first = stampedAt(at)
  // In the millisecond of the head, rank or id may still put it before.
  const isBehind =
    isLate(member, first) || (member.head !== null && comparePositions(positionOf(first), member.head) <= 0)
  return isBehind ? stampedAt(at + 1) : first
}

/** Where the session is that is booked or let go: it begins by the clock of its place, wherever the program is at home. */
function bookedAt(programs: ProgramTimeline, event: Submission['event'], member: Member, now: number): string | null {
  const isBooking = event.type === 'redemption.reserve'
  const booked = isBooking ? event : event.type === 'voucher.return' ? member.finished[event.voucher] : undefined
  return sessionEver(programs, booked?.reward ?? '', booked?.session ?? null, now)?.place ?? null
}

/** As the last version says that knows it and has begun: what was sold or waited for under an earlier one takes place all the same. */
function sessionEver(
  { timeline }: ProgramTimeline,
  reward: string,
  session: string | null,
  now: number,
): Session | undefined {
  const sessions = timeline.flatMap(({ program, publishedAt, fromAt }) => {
    if (Math.max(publishedAt, fromAt) > now) return []
    const kind = program.rewards.get(reward)?.kind
    return kind?.type === 'experience' ? kind.sessions.filter(({ id }) => id === session) : []
  })
  return sessions.at(-1)
}

/** Whether a session has begun, by the clock of its place. */
export function hasBegun(programs: ProgramTimeline, reward: string, session: string, now: number): boolean {
  const { timeline, latest } = programs
  const known = sessionEver(programs, reward, session, now)
  return known !== undefined && known.starts <= stampOf(timeline, latest, now, known.place, now).placeLocal
}

const firedAtOf = (zone: string, member: Member): number | null =>
  member.firedLocal === null ? null : instantOf(zone, member.firedLocal)
