import type { RejectionCode } from '@laurel/contract'
import { addToTime, localText, type Program } from '@laurel/engine'
import { type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import type { Submission } from './submission.ts'

/** How far a source's clock may run ahead of ours (EVT-4). */
export const AHEAD_MS_MAX = 5 * 60_000
export const isFromTheFuture = (at: number, now: number): boolean => at > now + AHEAD_MS_MAX

export interface Rejection {
  readonly code: RejectionCode
  readonly detail: string
}

/** What is known of an event before its member is: overdue, from the future or without its rate, it gets no further. */
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
    case 'seat.called-off':
    case 'member.merged':
    case 'merge.received':
    case 'merge.undone':
    case 'version.corrected':
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
