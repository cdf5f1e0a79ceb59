import { settle } from '../awards/settle.ts'
import { clearArrivals, closeMember } from '../closing/close.ts'
import { type Closing, closingAhead } from '../closing/closing.ts'
import type { Draft } from '../draft.ts'
import { ownTimeline } from '../experiments/pilot.ts'
import { forfeit, forfeitArrivals } from '../leaving.ts'
import type { Hold, LadderState, Lot, Member, PendingEntry } from '../member.ts'
import type { HeldPlan } from '../plans/held.ts'
import { endPlan } from '../plans/plan.ts'
import { expireLot, lapseOf } from '../points/lots.ts'
import { activate } from '../points/pending.ts'
import { firstPending } from '../points/pending-list.ts'
import type { Ladder, Program, Timeline } from '../program/program.ts'
import { programAt, programBegunBy, reignsOf } from '../program/timeline.ts'
import { dueOfReferral, qualifyReferral } from '../referral/refer.ts'
import type { HeldReferral } from '../referral/referral-state.ts'
import { release } from '../rewards/redemption.ts'
import { letSeatGo } from '../seats/keep.ts'
import type { KeptSeat } from '../seats/kept.ts'
import { judgeLadder, ladderStateOf, nextReview } from '../tiers/judge.ts'
import { type Beginning, begin, beginningAhead, type Passed } from '../transitions/begin.ts'
import { closeVoucher, lapseOfVoucher } from '../vouchers/issue.ts'
import type { Voucher } from '../vouchers/voucher.ts'
import { type DueCause, dueName } from './due-cause.ts'
import { dayOf, type LocalTime, startOf } from './local.ts'

/** Something that is due by itself (TIME-4): its moment, its rank (TIME-3) and what it happens to. */
type Timer =
  | { readonly type: 'lot'; readonly rank: 1; readonly due: LocalTime; readonly asset: string; readonly lot: Lot }
  | { readonly type: 'voucher'; readonly rank: 1; readonly due: LocalTime; readonly voucher: Voucher }
  | { readonly type: 'plan'; readonly rank: 1; readonly due: LocalTime; readonly held: HeldPlan }
  | { readonly type: 'hold'; readonly rank: 2; readonly due: LocalTime; readonly hold: Hold }
  | { readonly type: 'seat'; readonly rank: 2; readonly due: LocalTime; readonly seat: KeptSeat }
  | { readonly type: 'pending'; readonly rank: 3; readonly due: LocalTime; readonly entry: PendingEntry }
  | { readonly type: 'referral'; readonly rank: 3; readonly due: LocalTime; readonly referral: HeldReferral }
  | {
      readonly type: 'review'
      readonly rank: 4
      readonly due: LocalTime
      readonly ladder: Ladder
      readonly program: Program
    }
  /** Of who has left. */
  | { readonly type: 'left'; readonly rank: 4; readonly due: LocalTime }
  | { readonly type: 'closing'; readonly rank: 4; readonly due: LocalTime; readonly closing: Closing }
  | { readonly type: 'begin'; readonly rank: 4; readonly due: LocalTime; readonly beginning: Beginning }

/** Its name, which is its cause. */
const nameOf = (timer: Timer): string => dueName(dueOf(timer))

function dueOf(timer: Timer): DueCause {
  switch (timer.type) {
    case 'lot': {
      const { priority, lastDay } = timer.lot
      return { type: 'lot', asset: timer.asset, priority, lastDay, on: dayOf(timer.due) }
    }
    case 'voucher':
      return { type: 'voucher', voucher: timer.voucher.id, on: dayOf(timer.due) }
    case 'plan':
      return { type: 'membership', plan: timer.held.plan, at: timer.due }
    case 'hold':
      return { type: 'hold', redemption: timer.hold.redemption }
    case 'seat':
      return { type: 'seat', reward: timer.seat.reward, session: timer.seat.session, at: timer.due }
    case 'pending':
      return { type: 'pending', entry: timer.entry.id, on: timer.entry.dueOn }
    case 'referral':
      return { type: 'referral', at: timer.due }
    case 'review':
      return { type: 'tier', ladder: timer.ladder.id, on: dayOf(timer.due) }
    case 'left':
      return { type: 'left', on: dayOf(timer.due) }
    case 'closing':
      return { type: 'closing', at: timer.due }
    case 'begin':
      return { type: 'begin', version: timer.beginning.program.version }
  }
}

interface Moment {
  readonly at: number
  readonly local: LocalTime
}

/**
 * Lets time pass up to a moment, that moment included (TIME-2: what ends at E is over before anything at E). Fires what is due
 * one by one, each at its own moment, or now where its moment is before `notBefore`. Answers whether anything fired.
 */
export function passTime(draft: Draft, now: Moment, notBefore: LocalTime | null): boolean {
  let fired = false
  for (let timer = nextTimer(draft, now); timer; timer = nextTimer(draft, now)) {
    fired = true
    // What an event makes due at once has the event as its cause: points given back to a lot that is over lapse again, and
    // again with the next refund, but the lot's due moment names one movement only (LED-5).
    if (notBefore === null) draft.cause = nameOf(timer)
    draft.effective = notBefore === null ? timer.due : Math.max(timer.due, notBefore)
    draft.version = programAt(draft.timeline, timer.due).version
    const before = levelOf(draft.member, timer)
    fire(draft, timer)
    // Whoever is nowhere new after a review has no moment of their own there: whether anybody looked is nobody's to see.
    const isIdle = timer.type === 'review' && levelOf(draft.member, timer) === before
    settle(draft, isIdle ? null : programBegunBy(draft.timeline, timer.due), false)
    forfeitArrivals(draft)
    clearArrivals(draft)
    noteFired(draft, timer)
  }
  return fired
}

/** Where a member is on the ladder that is reviewed. */
const levelOf = (member: Member, timer: Timer): string | undefined =>
  timer.type === 'review' ? ladderStateOf(member, timer.ladder.id)?.level : undefined

function fire(draft: Draft, timer: Timer): void {
  switch (timer.type) {
    case 'lot':
      expireLot(draft, timer.asset, timer.lot.priority, timer.lot.lastDay)
      return
    case 'voucher':
      closeVoucher(draft, timer.voucher, 'expired')
      return
    case 'plan':
      endPlan(draft, timer.held)
      return
    case 'hold':
      release(draft, timer.hold, 'timed-out')
      return
    case 'seat':
      letSeatGo(draft, timer.seat)
      return
    case 'pending':
      activate(draft, timer.entry)
      return
    case 'referral':
      qualifyReferral(draft, timer.referral)
      return
    case 'review':
      judgeLadder(draft, timer.program, timer.ladder, 'time')
      return
    case 'left':
      forfeit(draft)
      return
    case 'closing':
      closeMember(draft, timer.closing)
      return
    case 'begin':
      begin(draft, timer.beginning)
      return
  }
  timer satisfies never // each case returns: what is missing above does not compile
}

/** Of what goes by the instant. */
const untilOf = (timer: Extract<Timer, { rank: 2 }>): number =>
  timer.type === 'seat' ? timer.seat.untilAt : timer.hold.untilAt

function noteFired(draft: Draft, timer: Timer): void {
  if (timer.rank === 2) draft.firedAt = Math.max(draft.firedAt ?? untilOf(timer), untilOf(timer))
  else draft.firedLocal = Math.max(draft.firedLocal ?? timer.due, timer.due)
}

/** The first of all that is due by now: by moment, rank, name. */
function nextTimer({ timeline, member, firedLocal, firedAt }: Draft, now: Moment): Timer | null {
  let first: Timer | null = null
  for (const timer of timersBy(timeline, member, now, { local: firedLocal, at: firedAt })) {
    const sooner =
      !first ||
      timer.due < first.due ||
      (timer.due === first.due &&
        (timer.rank < first.rank || (timer.rank === first.rank && nameOf(timer) < nameOf(first))))
    if (sooner) first = timer
  }
  return first
}

/** All that is due by a moment, in no order; of points that become active the first alone, for there may be thousands. */
function timersBy(timeline: Timeline, member: Member, now: Moment, passed: Passed): Timer[] {
  // Nothing happens any more, and nobody is woken up (LED-9).
  if (member.left?.erased || member.left?.into !== undefined) return []
  const timers: Timer[] = []
  for (const { asset, lots } of member.assets) {
    for (const lot of lots) {
      const due = lapseOf({ timeline }, member, asset, lot.lastDay)
      if (due === null || due > now.local) continue
      timers.push({ type: 'lot', rank: 1, due, asset, lot })
    }
  }
  for (const voucher of member.vouchers ?? []) {
    const due = lapseOfVoucher(voucher)
    if (due !== null && due <= now.local) timers.push({ type: 'voucher', rank: 1, due, voucher })
  }
  for (const held of member.plans ?? []) {
    if (held.ended === null && held.endsAt <= now.local) timers.push({ type: 'plan', rank: 1, due: held.endsAt, held })
  }
  for (const hold of member.holds) {
    if (hold.untilAt <= now.at) timers.push({ type: 'hold', rank: 2, due: hold.untilLocal, hold })
  }
  for (const seat of member.keptSeats ?? []) {
    if (seat.untilAt <= now.at) timers.push({ type: 'seat', rank: 2, due: seat.untilLocal, seat })
  }
  const entry = firstPending(member.pending, now.local)
  if (entry) timers.push({ type: 'pending', rank: 3, due: startOf(entry.dueOn), entry })
  if (member.referral) {
    const due = dueOfReferral(timeline, member.referral)
    if (due !== null && due <= now.local) timers.push({ type: 'referral', rank: 3, due, referral: member.referral })
  }
  const forfeitOn = member.left?.forfeitOn ?? null
  if (forfeitOn !== null && startOf(forfeitOn) <= now.local) {
    timers.push({ type: 'left', rank: 4, due: startOf(forfeitOn) })
  }
  const closing = closingAhead(timeline, member)
  if (closing !== null && closing.due <= now.local) timers.push({ type: 'closing', rank: 4, due: closing.due, closing })
  const beginning = beginningAhead(timeline, member, passed)
  if (beginning !== null && beginning.due <= now.local)
    timers.push({ type: 'begin', rank: 4, due: beginning.due, beginning })
  for (const state of member.ladders) {
    const review = reviewOf(timeline, member, state)
    if (review && review.due <= now.local) timers.push({ type: 'review', rank: 4, ...review })
  }
  return timers
}

interface Review {
  readonly due: LocalTime
  readonly ladder: Ladder
  readonly program: Program
}

/**
 * The next review of a ladder by the version that rules at that moment, whoever looks and whenever (TIME-4). A version whose
 * terms make a review due before it began has it at its beginning.
 */
function reviewOf(timeline: Timeline, member: Member, state: LadderState): Review | null {
  const never = Number.NEGATIVE_INFINITY
  const judged = Math.max(state.since, state.periodStart ?? never, member.firedLocal ?? never)
  for (const { program, from, to } of reignsOf(timeline)) {
    if (to <= judged) continue
    const ladder = program.ladders.find((candidate) => candidate.id === state.ladder)
    const own = ladder ? nextReview(ladder, state, member.joinedOn ?? dayOf(state.since)) : null
    if (!ladder || own === null) continue
    const due = Math.max(own, from)
    if (due < to) return { due, ladder, program }
  }
  return null
}

const ever: Moment = { at: Number.POSITIVE_INFINITY, local: Number.POSITIVE_INFINITY }

/** The earliest moments at which time has something to do for this member, for whoever wakes members up. */
export function nextDue(
  timeline: Timeline,
  member: Member,
): { readonly local: LocalTime | null; readonly at: number | null } {
  let local: LocalTime | null = null
  let at: number | null = null
  const { firedLocal, firedAt } = member
  for (const timer of timersBy(ownTimeline(timeline, member), member, ever, { local: firedLocal, at: firedAt })) {
    if (timer.rank === 2) at = Math.min(at ?? untilOf(timer), untilOf(timer))
    else local = Math.min(local ?? timer.due, timer.due)
  }
  return { local, at }
}
