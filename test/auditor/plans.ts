import type { LocalTime, Period, PlanEvent } from '@laurel/engine'
import { giveAll } from './awards.ts'
import { earningBar } from './bars.ts'
import { type Book, programOf } from './book.ts'
import { isHeldOut } from './experiments.ts'
import type { AuditedPlan } from './records.ts'
import { timeAfter } from './time.ts'

/** MEM-1: paid memberships, as billing tells of them. */

export function bill(book: Book, event: PlanEvent): void {
  const { local, version } = event.stamp
  const program = programOf(book, version)
  if (program === null) return
  const terms = program.memberships.get(event.plan)
  const known = book.plans.get(event.plan)
  const running = known !== undefined && known.ended === null ? known : null
  // What is over by now is over before anything else happens.
  const keep = (plan: AuditedPlan) =>
    book.plans.set(event.plan, plan.endsAt <= local ? { ...plan, ended: local } : plan)
  switch (event.type) {
    case 'membership.started':
    case 'membership.renewed': {
      if (terms === undefined) return
      if (known === undefined && isHeldOut(book, `membership:${terms.id}`, terms.holdout)) return
      // Who has had it once begins again with a fee.
      if (event.fee === null && known !== undefined) return
      // A fee at the moment of the end is in time.
      const goesOn = running ?? (known?.ended === local && !known.isCancelled ? known : null)
      const covered = event.fee === null ? terms.trial : terms.every
      const from = { until: goesOn?.until ?? local, day: goesOn?.day ?? new Date(local).getUTCDate() }
      const paid = covered === null ? from : periodAfter(from, covered)
      keep({
        ...paid,
        since: goesOn?.since ?? local,
        endsAt: terms.grace === null ? paid.until : timeAfter(paid.until, terms.grace),
        ended: null,
        fees: (known?.fees ?? 0) + (event.fee ?? 0),
        isTrial: event.fee === null && terms.trial !== null,
        isFailing: false,
        isCancelled: false,
      })
      if (known !== undefined || earningBar(book, program, local) !== null) return
      const name = { rule: terms.id, id: `membership/${terms.id}` }
      giveAll(book, program, terms.entry, name, `${event.source}/${event.id}`, local)
      return
    }
    case 'membership.failed':
      if (running !== null) keep({ ...running, isFailing: true })
      return
    case 'membership.cancelled':
      if (running === null) return
      // In the grace the period is over already.
      keep({
        ...running,
        isCancelled: true,
        endsAt: terms?.cancel === 'at-once' ? local : Math.max(local, running.until),
      })
      return
  }
}

/** Months end on the day of the month on which it began, or on the last of a shorter one; days begin a count of their own. */
function periodAfter(
  { until, day }: Pick<AuditedPlan, 'until' | 'day'>,
  period: Period,
): Pick<AuditedPlan, 'until' | 'day'> {
  const end = timeAfter(until, period)
  const date = new Date(end)
  if (period.days !== 0 || period.ms !== 0) return { until: end, day: date.getUTCDate() }
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return { until: date.setUTCDate(Math.min(day, last)), day }
}

export function endPlan(book: Book, name: string, at: LocalTime): void {
  const plan = book.plans.get(name)
  if (plan !== undefined) book.plans.set(name, { ...plan, ended: at })
}

/** MRG-1: of two of one plan the one that runs on, or runs longer; what was paid for both stays on record. */
export function takePlans(book: Book, gone: Book): void {
  for (const [name, plan] of gone.plans) {
    const own = book.plans.get(name)
    const isKept = own !== undefined && (plan.ended !== null ? true : own.ended === null && own.until >= plan.until)
    book.plans.set(name, { ...(isKept ? own : plan), fees: plan.fees + (own?.fees ?? 0) })
  }
}
