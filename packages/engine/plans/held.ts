import { type MemberPart, namedDifference } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of paid memberships; absent: never one. */
export interface PlanState {
  /** One for each plan that the member ever had, by id. */
  plans?: readonly HeldPlan[]
}

export interface HeldPlan {
  readonly plan: string
  readonly since: LocalTime
  /** End of what is paid for, or of the trial. */
  readonly until: LocalTime
  /** Day of the month on which its periods end; in a shorter month the last: 31 January, 28 February, 31 March. */
  readonly day: number
  /** When it ends if nothing is paid: `until`, or the end of the grace after it. */
  readonly endsAt: LocalTime
  readonly trial: boolean
  /** The fee could not be taken when it was tried last. */
  readonly failing: boolean
  readonly cancelled: boolean
  /** Until then it was paid for before a version that dropped benefits of its plan, and has those still (TRN-5); absent: never. */
  readonly olderUntil?: LocalTime
  /** When it ended; null: it runs. */
  readonly ended: LocalTime | null
  /** Minor units paid in all, for value against fee. */
  readonly fees: number
}

/** A membership stands like this now; null: it never was. */
export interface PlanChanged {
  readonly type: 'plan'
  readonly plan: string
  readonly held: HeldPlan | null
}

export const planPart: MemberPart<PlanState, PlanChanged> = {
  apply(state, { plan, held }) {
    const plans = (state.plans ?? []).filter((known) => known.plan !== plan)
    if (held !== null) plans.push(held)
    if (plans.length === 0) delete state.plans
    else state.plans = plans.sort((a, b) => (a.plan < b.plan ? -1 : 1))
  },

  difference: ({ plans: before }, { plans: after }) =>
    namedDifference(
      before,
      after,
      ({ plan }) => plan,
      (held, plan) => ({ type: 'plan', plan, held }),
    ),
}

export const heldPlan = ({ plans }: PlanState, plan: string): HeldPlan | null =>
  plans?.find((known) => known.plan === plan) ?? null

/** Plans whose benefits the member has now: paid for, on trial or in grace. */
export const runningPlans = ({ plans = [] }: PlanState): readonly string[] =>
  plans.flatMap(({ plan, ended }) => (ended === null ? [plan] : []))
