import { isSame } from '../is-same.ts'
import type { MemberPart } from '../member-part.ts'
import type { LotPart } from '../points/parts.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of pools; absent: never in one. */
export interface BelongingState {
  /** One for each pool that the member was ever in, in the order of entering. */
  belongings?: readonly Belonging[]
}

/** A member in a pool. */
export interface Belonging {
  readonly pool: string
  /** The merged member as whom the pool knows this one (MRG-1); absent: as themselves. */
  readonly as?: string
  readonly plan: string
  readonly asset: string
  readonly since: LocalTime
  /** When the member left, or the pool closed; null: in it. */
  readonly until: LocalTime | null
  /** The pool has closed for good; absent: not that anybody heard. */
  readonly closed?: true
  /** The pool's share of what was earned in all. */
  readonly due: number
  /** How much of it has gone there. */
  readonly put: number
  /** In which lots the rest lies that has not gone yet; absent: in none. */
  readonly waits?: readonly LotPart[]
  /** Of that, what refunds have claimed back, and what came along on leaving. */
  readonly claimed: number
  readonly out: number
  /** Of what the pool could not give back, what nobody has to (REF-3). */
  readonly waived: number
}

/** A belonging stands like this now; null: as a late fact shows, it never was. */
export interface BelongingChanged {
  readonly type: 'belonging'
  readonly pool: string
  readonly as?: string
  readonly belonging: Belonging | null
}

export const belongingPart: MemberPart<BelongingState, BelongingChanged> = {
  apply(state, { pool, as, belonging }) {
    const others = (state.belongings ?? []).filter((known) => known.pool !== pool || known.as !== as)
    if (belonging !== null) others.push(belonging)
    if (others.length === 0) delete state.belongings
    else state.belongings = others.sort((a, b) => a.since - b.since || (a.pool < b.pool ? -1 : 1))
  },

  difference({ belongings: before = [] }, { belongings: after = [] }) {
    const gone = before.filter(({ pool, as }) => !after.some((known) => known.pool === pool && known.as === as))
    const changed = after.filter((belonging) => !before.some((known) => isSame(known, belonging)))
    const named = ({ pool, as }: Belonging) => ({
      type: 'belonging' as const,
      pool,
      ...(as === undefined ? null : { as }),
    })
    return [
      ...gone.map((belonging) => ({ ...named(belonging), belonging: null })),
      ...changed.map((belonging) => ({ ...named(belonging), belonging })),
    ]
  },
}

export const belongingTo = ({ belongings = [] }: BelongingState, pool: string): Belonging | undefined =>
  belongings.find((known) => known.pool === pool && known.as === undefined)

/** The pool that the member is in now: at most one at a time. */
export const currentPool = ({ belongings = [] }: BelongingState): Belonging | undefined =>
  belongings.find(({ until }) => until === null)

/** What the member has in the pool, whoever has spent it there. */
export const heldInPool = ({ put, claimed, out }: Belonging): number => put - claimed - out

/** Of that, what went there and was not the pool's share, as a correction shows (COR-3). */
export const excessInPool = (belonging: Belonging): number =>
  Math.max(0, Math.min(heldInPool(belonging), belonging.put - belonging.due))
