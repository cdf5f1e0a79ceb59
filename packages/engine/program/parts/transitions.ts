import type { Fraction, Rounding } from '../../amounts/fraction.ts'
import type { LocalTime } from '../../time/local.ts'
import type { LevelOf } from './audience.ts'

/** What becomes of what members hold that a version gives up, or makes harder to keep; each map by the id of what it is about. */
export interface Transitions {
  readonly assets: ReadonlyMap<string, AssetTransition>
  /** By `ladder/level`. */
  readonly levels: ReadonlyMap<string, LevelTransition>
  readonly rewards: ReadonlyMap<string, Honoured>
  readonly cards: ReadonlyMap<string, Honoured>
  readonly challenges: ReadonlyMap<string, Honoured>
  readonly memberships: ReadonlyMap<string, Honoured>
  readonly pools: ReadonlyMap<string, Honoured>
  /** By `reward/session`. */
  readonly sessions: ReadonlyMap<string, KeptOrNot>
  readonly draws: ReadonlyMap<string, KeptOrNot>
}

/** It takes place as it was told; or not: who has booked a seat gets back what it cost. */
export type KeptOrNot = 'keep' | 'called-off'

export interface Honoured {
  /** First moment at which it is over; null: it never is. */
  readonly until: LocalTime | null
}

export type AssetTransition = (Honoured & { readonly type: 'honour' }) | Conversion

/** For each `per` of the asset, in whole ones, so many smallest units of another. */
export interface Conversion {
  readonly type: 'convert'
  readonly to: string
  readonly give: number
  readonly per: Fraction
  readonly round: Rounding
}

export interface LevelTransition extends Honoured {
  /** The level that is held instead; null: the same. */
  readonly to: LevelOf | null
}
