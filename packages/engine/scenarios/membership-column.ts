import type { HeldPlan } from '../plans/held.ts'
import type { Program } from '../program/program.ts'
import type { LocalTime } from '../time/local.ts'
import { type Column, wrong } from './column.ts'

/** A paid membership that runs (MEM-1). */
export interface PlanStanding {
  readonly plan: string
  readonly state: 'paid' | 'trial' | 'grace'
  /** End of what is paid for, or of the trial. */
  readonly until: LocalTime
}

export const plansAt = (held: readonly Omit<HeldPlan, 'day'>[] = [], now: LocalTime): PlanStanding[] =>
  held.flatMap(({ plan, until, trial, failing, cancelled, ended }) => {
    if (ended !== null) return []
    const inGrace = !cancelled && (failing || until <= now)
    return [{ plan, until, state: inGrace ? 'grace' : trial ? 'trial' : 'paid' }]
  })

/** `plus`, `plus trial`, `plus grace`, `none`. */
export function membershipColumn(program: Program): Column<{ readonly plans: readonly PlanStanding[] }> {
  const texts = [...program.memberships.keys()].flatMap((plan) => [plan, `${plan} trial`, `${plan} grace`])
  return {
    name: 'membership',
    canonical: (text) =>
      text === 'none' || text.split(', ').every((each) => texts.includes(each))
        ? text
        : wrong(`there is no membership "${text}"`, [...texts, 'none'].join(', ')),
    actual: ({ plans }) =>
      plans.length === 0
        ? 'none'
        : plans.map(({ plan, state }) => (state === 'paid' ? plan : `${plan} ${state}`)).join(', '),
  }
}
