import type { LevelOf } from '../program/parts/audience.ts'
import type { Grant } from '../rooms/grant.ts'
import type { ByStaff } from '../stamp.ts'
import type { LocalTime } from '../time/local.ts'

/**
 * A version was wrong: these facts are judged by another one from now on, as if they had always been (COR-1). What that makes
 * of the member's past is posted with it (COR-2).
 */
export interface VersionCorrected extends ByStaff {
  readonly type: 'version.corrected'
  readonly version: number
  /** From when on the version rules, by both clocks. */
  readonly from: { readonly at: number; readonly local: LocalTime }
  readonly facts: readonly CorrectedFact[]
  /** Of rooms that members share, to facts that had none or too little of them; absent: nothing is shared (EARN-5). */
  readonly granted?: readonly { readonly fact: string; readonly grants: readonly Grant[] }[]
  /** What goes back out of pools that was not to go there, or that the member would owe (COR-3); absent: nothing. */
  readonly claimed?: readonly Claimed[]
  /** What the program bears of what the member would owe by it (COR-3); absent: nothing. */
  readonly borne?: readonly Borne[]
  /** Levels that were held until then and that the version promises to whoever is on them, as they are called there; absent: none. */
  readonly kept?: readonly KeptLevel[]
}

export interface CorrectedFact {
  /** `source/id`. */
  readonly fact: string
  /** By the clock of its place as the version has it; absent: as before. */
  readonly placeLocal?: LocalTime
}

export interface Claimed {
  readonly asset: string
  readonly amount: number
  /** Of that, what is not owed: it went there out of points that are the member's own; absent: nothing. */
  readonly own?: number
}

export interface Borne {
  readonly asset: string
  readonly amount: number
}

export interface KeptLevel extends LevelOf {
  /** First moment at which it is over; null: it never is. */
  readonly until: LocalTime | null
}

/** From a past moment on a version rules a member as if it had been published by then. */
export interface PutRight {
  readonly version: number
  readonly fromAt: number
  readonly from: LocalTime
}

/** What corrections say of a past. */
export interface Pins {
  /** By which version facts are judged since, by `source/id`. */
  readonly pinByFact: ReadonlyMap<string, Pin>
  /** Which versions rule since, each with the place of the act that says so (TIME-3), in their order. */
  readonly putRight: readonly (PutRight & { readonly by: readonly [number, number, string, string] })[]
}

export interface Pin {
  readonly version: number
  readonly placeLocal?: LocalTime
  readonly grants?: readonly Grant[]
}
