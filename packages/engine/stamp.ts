import type { Grant } from './rooms/grant.ts'
import type { LocalTime } from './time/local.ts'

export interface Stamp {
  /** Instant in epoch milliseconds. */
  readonly at: number
  /** The same in the program's zone. */
  readonly local: LocalTime
  /** The same in the zone of the order's place; the program's where none is named. */
  readonly placeLocal: LocalTime
  /** Version that judges the event (EVT-3); null: before the first start, it earns nothing. */
  readonly version: number | null
}

export interface Identity {
  /** Who sent it: `web`, `till-3`, `import`. */
  readonly source: string
  /** The sender's own id of the event; unique in the source (EVT-1). */
  readonly id: string
}

/** What every event that is recorded bears. */
export interface Stamped extends Identity {
  readonly stamp: Stamp
  /** Of rooms that members share; absent until they were asked (EARN-5). */
  readonly grants?: readonly Grant[]
  /** Sent for a member that was merged into this one: that member's id (MRG-1). */
  readonly via?: string
}

/** What every act of staff bears beside. */
export interface ByStaff extends Stamped {
  /** Who acted: an opaque id of staff or key, never a name. */
  readonly actor: string
  /** A reason code or an id of a note kept elsewhere; no personal data. */
  readonly reason: string
}
