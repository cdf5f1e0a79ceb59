import type { NotRedeeming } from '../rules/found.ts'
import type { Stamped } from '../stamp.ts'
import type { LocalTime } from '../time/local.ts'

/** A seat has become free, and is kept for the member who waited longest, until then (RED-3). */
export interface SeatOffered extends Stamped {
  readonly type: 'seat.offered'
  readonly reward: string
  readonly session: string
  readonly until: { readonly at: number; readonly local: LocalTime }
}

/** Its session is called off: what was asked for under that redemption, a seat or a place in the line, is given back (TRN-6). */
export interface SeatCalledOff extends Stamped {
  readonly type: 'seat.called-off'
  readonly redemption: string
  readonly reward: string
  readonly session: string
}

/** Why a member who waits is passed over: the seat is not theirs to book. */
export type NotSeated = NotRedeeming | 'not-for-member' | 'limit-reached'
