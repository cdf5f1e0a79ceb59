import { isSame } from '../is-same.ts'
import type { MemberPart } from '../member-part.ts'
import type { LotEnd } from './parts.ts'

/** What a member's state holds of shortfalls that the program bears while points are held (REF-3), oldest first; absent: nothing. */
export interface ShortfallState {
  shortfalls?: readonly Shortfall[]
}

export interface Shortfall {
  readonly asset: string
  readonly rule: string
  readonly version: number
  /** Who remembers what was waived, to undo it before anything is given again; null: nobody. */
  readonly of: WaivedFor | null
  /** Still borne. */
  readonly amount: number
  /** Paid by points that came back, and not told to whoever remembers: a record is at hand only where an event names it. */
  readonly claimed: number
  /** Reservations that were open, and still are. */
  readonly holds: readonly string[]
  /** The lots that it would have been taken from first. */
  readonly own: readonly LotName[]
}

/** An order, by its key; a refund that a person let count without one, by its name; or a pool that had spent what was claimed. */
export type WaivedFor = `order:${string}` | `refund:${string}` | `pool:${string}`

export interface LotName {
  readonly priority: number
  readonly lastDay: LotEnd
}

/** They stand like this now. */
export interface ShortfallsChanged {
  readonly type: 'shortfalls'
  readonly shortfalls: readonly Shortfall[]
}

export const shortfallPart: MemberPart<ShortfallState, ShortfallsChanged> = {
  apply(state, { shortfalls }) {
    if (shortfalls.length === 0) delete state.shortfalls
    else state.shortfalls = shortfalls
  },

  difference: ({ shortfalls: before = [] }, { shortfalls: after = [] }) =>
    isSame(before, after) ? [] : [{ type: 'shortfalls', shortfalls: after }],
}

/** Of what was waived, what has been paid since. */
export const claimedOf = ({ shortfalls = [] }: ShortfallState, of: WaivedFor, asset: string, rule: string): number =>
  shortfalls.reduce(
    (sum, known) => (known.of === of && known.asset === asset && known.rule === rule ? sum + known.claimed : sum),
    0,
  )
