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
  readonly facts: readonly CorrectedFact[]
  /** Of rooms that members share, to facts that had none or too little of them; absent: nothing is shared (EARN-5). */
  readonly granted?: readonly { readonly fact: string; readonly grants: readonly Grant[] }[]
  /** What the program bears of what the member would owe by it (COR-3); absent: nothing. */
  readonly borne?: readonly Borne[]
}

export interface CorrectedFact {
  /** `source/id`. */
  readonly fact: string
  /** By the clock of its place as the version has it; absent: as before. */
  readonly placeLocal?: LocalTime
}

export interface Borne {
  readonly asset: string
  readonly amount: number
}

/** By which version facts are judged since they were corrected, by `source/id`. */
export type Pins = ReadonlyMap<string, Pin>

export interface Pin {
  readonly version: number
  readonly placeLocal?: LocalTime
  readonly grants?: readonly Grant[]
}
