import { refusalOf, refuse } from '../answer.ts'
import { award } from '../awards/award.ts'
import { type Draft, emit } from '../draft.ts'
import { isHeldOut } from '../experiments/held-out.ts'
import { barToEarning } from '../footing/bars.ts'
import { keepEach } from '../occasions/occasion.ts'
import type { MembershipPlan, Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { addToTime, dayOfMonth, type LocalTime, onDayOfMonth, type Period } from '../time/local.ts'
import type { PlanCancelled, PlanEvent, PlanFailed, PlanRenewed, PlanStarted } from './events.ts'
import { type HeldPlan, heldPlan } from './held.ts'

/** What billing tells of a paid membership: the period, the trial, the grace after it, and their end are the plan's (MEM-1). */
export function judgePlan(draft: Draft, event: PlanEvent): void {
  const { version } = event.stamp
  if (version === null) {
    emit(draft, { type: 'not-in-force' })
    return
  }
  const program = programOf(draft.timeline, version)
  const plan = program.memberships.get(event.plan)
  // A version that no longer sells the plan: what was paid for under an earlier one runs out as it was told.
  if (!plan && event.type !== 'membership.cancelled' && event.type !== 'membership.failed') return
  switch (event.type) {
    case 'membership.started':
    case 'membership.renewed':
      if (plan) pay(draft, program, plan, event)
      return
    case 'membership.failed':
      fail(draft, event)
      return
    case 'membership.cancelled':
      cancel(draft, event, plan?.cancel ?? 'period-end')
      return
  }
}

/** Begins, goes on or begins again. A fee that comes in the grace pays for the period that has begun unpaid. */
function pay(draft: Draft, program: Program, plan: MembershipPlan, event: PlanStarted | PlanRenewed): void {
  const now = event.stamp.local
  const known = heldPlan(draft.member, plan.id)
  const code = barToBeginning(draft, plan, known, event.fee)
  if (code !== null) {
    refuse(draft, refusalOf(code))
    return
  }
  const running = known && stillRunning(known, now)
  if (event.fee === null) {
    if (running) return
    const held = begun(plan, known, now)
    hold(draft, plan, plan.trial ? { ...held, ...oneMore(held, plan.trial), trial: true } : held)
  } else {
    const held = running ?? begun(plan, known, now)
    const paid = { trial: false, failing: false, cancelled: false, fees: held.fees + event.fee }
    hold(draft, plan, { ...held, ...oneMore(held, plan.every), ...paid })
  }
  if (known === null && plan.entry.length > 0 && barToEarning(program, draft.member, now) === null) {
    award(draft, program, plan.entry, { rule: plan.id, id: `membership/${plan.id}` })
  }
  // The first fee, after a trial or in the grace, pays for what has only been tried.
  if (running !== null && running.fees > 0 && event.type === 'membership.renewed') {
    keepEach(draft, event.type, `${plan.id}/${running.until}`, event.stamp)
  }
}

/** A fee at the very moment of the end is in time: the end was written down first, and is taken back. */
const stillRunning = (known: HeldPlan, now: LocalTime): HeldPlan | null =>
  known.ended === null || (known.ended === now && !known.cancelled) ? { ...known, ended: null } : null

function barToBeginning(
  draft: Draft,
  plan: MembershipPlan,
  known: HeldPlan | null,
  fee: number | null,
): 'held-out' | 'fee-needed' | null {
  // A pilot on some: whoever is held out cannot begin; billing that began it all the same is told so.
  if (known === null) return isHeldOut(draft, `membership:${plan.id}`, plan.holdout) ? 'held-out' : null
  // Whoever could begin again without a fee would never need to pay one: from lapse to lapse, a trial or a grace.
  return known.ended !== null && fee === null ? 'fee-needed' : null
}

/** Where the period after the one that runs ends. One of months keeps its day through shorter ones; one of days moves it. */
function oneMore({ until, day }: HeldPlan, period: Period): Pick<HeldPlan, 'until' | 'day'> {
  const end = addToTime(until, period)
  if (period.days !== 0 || period.ms !== 0) return { until: end, day: dayOfMonth(end) }
  return { until: onDayOfMonth(end, day), day }
}

const begun = (plan: MembershipPlan, known: HeldPlan | null, now: LocalTime): HeldPlan => ({
  ...{
    plan: plan.id,
    since: now,
    until: now,
    day: dayOfMonth(now),
    endsAt: now,
    trial: false,
    failing: false,
    cancelled: false,
    ended: null,
  },
  fees: known?.fees ?? 0,
})

function hold(draft: Draft, plan: MembershipPlan, held: HeldPlan): void {
  const endsAt = plan.grace ? addToTime(held.until, plan.grace) : held.until
  emit(draft, { held: { ...held, endsAt }, plan: plan.id, type: 'plan' })
  // Without a fee, a trial or a grace it is over as soon as it begins.
  if (endsAt <= draft.effective) endPlan(draft, { ...held, endsAt })
}

function fail(draft: Draft, event: PlanFailed): void {
  const held = heldPlan(draft.member, event.plan)
  if (held === null || held.ended !== null || held.failing) return
  emit(draft, { held: { ...held, failing: true }, plan: held.plan, type: 'plan' })
}

/** What is paid for stays where the plan says so, and has no grace after it. */
function cancel(draft: Draft, event: PlanCancelled, policy: MembershipPlan['cancel']): void {
  const held = heldPlan(draft.member, event.plan)
  if (held === null || held.ended !== null) return
  const now = event.stamp.local
  const endsAt = policy === 'at-once' ? now : Math.max(now, held.until)
  if (endsAt > now) emit(draft, { held: { ...held, cancelled: true, endsAt }, plan: held.plan, type: 'plan' })
  else endPlan(draft, { ...held, cancelled: true, endsAt })
}

/** The benefits end. What was paid stays on record, and a trial is had once. */
export function endPlan(draft: Draft, held: HeldPlan): void {
  emit(draft, { held: { ...held, ended: draft.effective }, plan: held.plan, type: 'plan' })
}
