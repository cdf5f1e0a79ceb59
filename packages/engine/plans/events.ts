import type { Stamped } from '../stamp.ts'

/** What the shop's billing tells of a paid membership (MEM-1). Charging itself happens elsewhere. */
export type PlanEvent = PlanStarted | PlanRenewed | PlanFailed | PlanCancelled

interface OfPlan extends Stamped {
  readonly plan: string
}

export interface PlanStarted extends OfPlan {
  readonly type: 'membership.started'
  /** Minor units that were paid for the first period; null: nothing yet, a trial begins, or the grace where none is left. */
  readonly fee: number | null
}
export interface PlanRenewed extends OfPlan {
  readonly type: 'membership.renewed'
  /** Minor units that were paid for one more period. */
  readonly fee: number
}
/** A fee could not be taken. Nothing ends by it: the period, and then the grace, go on. */
export interface PlanFailed extends OfPlan {
  readonly type: 'membership.failed'
}
export interface PlanCancelled extends OfPlan {
  readonly type: 'membership.cancelled'
}
