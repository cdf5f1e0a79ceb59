import { type Draft, programAt, reignsOf } from '../draft.ts'
import type { Hold, LadderState, LotEnd, Member, PendingEntry } from '../member.ts'
import { expireLot, lapseOf } from '../points/lots.ts'
import { activate } from '../points/pending.ts'
import type { Ladder, Program, Timeline } from '../program/program.ts'
import { release } from '../rewards/redemption.ts'
import { judgeLadder, nextReview } from '../tiers/judge.ts'
import { dayOf, type LocalTime, startOf } from './local.ts'

/** Something that is due by itself (TIME-4): its moment, its rank (TIME-3) and its name, which is its cause. */
type Timer =
  | {
      readonly rank: 1
      readonly due: LocalTime
      readonly id: string
      readonly asset: string
      readonly priority: number
      readonly lastDay: LotEnd
    }
  | { readonly rank: 2; readonly due: LocalTime; readonly id: string; readonly hold: Hold }
  | { readonly rank: 3; readonly due: LocalTime; readonly id: string; readonly entry: PendingEntry }
  | {
      readonly rank: 4
      readonly due: LocalTime
      readonly id: string
      readonly ladder: Ladder
      readonly program: Program
    }

/**
 * Lets time pass up to a moment, that moment included (TIME-2: what ends at E is over before anything at E). Fires what is due
 * one by one, each at its own moment, or now where its moment is before `notBefore`. Answers whether anything fired.
 */
export function passTime(
  draft: Draft,
  now: { readonly at: number; readonly local: LocalTime },
  notBefore: LocalTime | null,
): boolean {
  let fired = false
  for (let timer = nextTimer(draft, now); timer; timer = nextTimer(draft, now)) {
    fired = true
    // What an event makes due at once has the event as its cause: points given back to a lot that is over lapse again, and
    // again with the next refund, but the lot's due moment names one movement only (LED-5).
    if (notBefore === null) draft.cause = timer.id
    draft.effective = notBefore === null ? timer.due : Math.max(timer.due, notBefore)
    draft.version = programAt(draft.timeline, timer.due).version
    fire(draft, timer)
    noteFired(draft, timer)
  }
  return fired
}

function fire(draft: Draft, timer: Timer): void {
  switch (timer.rank) {
    case 1:
      expireLot(draft, timer.asset, timer.priority, timer.lastDay)
      return
    case 2:
      release(draft, timer.hold, 'timed-out')
      return
    case 3:
      activate(draft, timer.entry)
      return
    case 4:
      judgeLadder(draft, timer.program, timer.ladder, 'time')
      return
  }
}

function noteFired(draft: Draft, timer: Timer): void {
  if (timer.rank === 2) draft.firedAt = Math.max(draft.firedAt ?? timer.hold.untilAt, timer.hold.untilAt)
  else draft.firedLocal = Math.max(draft.firedLocal ?? timer.due, timer.due)
}

/** The first of all that is due by now: by moment, rank, id. */
function nextTimer(draft: Draft, now: { readonly at: number; readonly local: LocalTime }): Timer | null {
  let first: Timer | null = null
  const offer = (timer: Timer): void => {
    const sooner =
      !first ||
      timer.due < first.due ||
      (timer.due === first.due && (timer.rank < first.rank || (timer.rank === first.rank && timer.id < first.id)))
    if (sooner) first = timer
  }
  const { member, timeline } = draft
  for (const state of member.assets) {
    for (const lot of state.lots) {
      const due = lapseOf({ timeline }, member, state.asset, lot.lastDay)
      if (due === null || due > now.local) continue
      const { priority, lastDay } = lot
      offer({
        rank: 1,
        due,
        id: `lot/${state.asset}/${priority}/${lastDay}/${dayOf(due)}`,
        asset: state.asset,
        priority,
        lastDay,
      })
    }
  }
  for (const hold of member.holds) {
    if (hold.untilAt <= now.at) offer({ rank: 2, due: hold.untilLocal, id: `hold/${hold.redemption}/time-out`, hold })
  }
  for (const entry of member.pending) {
    const due = startOf(entry.dueOn)
    if (due <= now.local) offer({ rank: 3, due, id: `pending/${entry.id}/${entry.dueOn}`, entry })
  }
  for (const state of member.ladders) {
    const review = reviewOf(timeline, member, state)
    if (review && review.due <= now.local) {
      offer({ rank: 4, id: `tier/${state.ladder}/${dayOf(review.due)}`, ...review })
    }
  }
  return first
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

/** The earliest moments at which time has something to do for this member, for whoever wakes members up. */
export function nextDue(
  timeline: Timeline,
  member: Member,
): { readonly local: LocalTime | null; readonly at: number | null } {
  let local: LocalTime | null = null
  let at: number | null = null
  const sooner = (due: LocalTime | null): void => {
    if (due !== null && (local === null || due < local)) local = due
  }
  for (const state of member.assets)
    for (const lot of state.lots) sooner(lapseOf({ timeline }, member, state.asset, lot.lastDay))
  for (const entry of member.pending) sooner(startOf(entry.dueOn))
  for (const state of member.ladders) sooner(reviewOf(timeline, member, state)?.due ?? null)
  for (const hold of member.holds) at = at === null ? hold.untilAt : Math.min(at, hold.untilAt)
  return { local, at }
}
