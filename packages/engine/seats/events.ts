import type { Stamped } from '../stamp.ts'
import type { LocalTime } from '../time/local.ts'

/** A seat has become free, and is kept for the member who waited longest, until then (RED-3). */
export interface SeatOffered extends Stamped {
  readonly type: 'seat.offered'
  readonly reward: string
  readonly session: string
  readonly until: { readonly at: number; readonly local: LocalTime }
}
