import { type MemberPart, namedDifference } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of transitions from one version to the next; absent: there was nothing to do. */
export interface TransitionState {
  /** Start of the last version whose transitions the member has gone through. */
  begun?: LocalTime
  /** By asset that is given up: how much of it was converted in all, what was owed of it taken off. */
  converted?: readonly Converted[]
}

export interface Converted {
  readonly asset: string
  /** Smallest units; below zero where more was owed. */
  readonly amount: number
}

/** The member has gone through a version's transitions; null: as a late fact shows, there was nothing to do. */
export interface Begun {
  readonly type: 'begun'
  readonly on: LocalTime | null
}

/** So much of an asset is converted in all, after this. */
export interface ConvertedChanged {
  readonly type: 'converted'
  readonly asset: string
  readonly amount: number
}

export const begunPart: MemberPart<TransitionState, Begun> = {
  apply(state, { on }) {
    if (on === null) delete state.begun
    else state.begun = on
  },

  difference({ begun: before = null }, { begun: on = null }) {
    return on === before ? [] : [{ type: 'begun', on }]
  },
}

export const convertedPart: MemberPart<TransitionState, ConvertedChanged> = {
  apply(state, { asset, amount }) {
    const others = (state.converted ?? []).filter((known) => known.asset !== asset)
    if (amount !== 0) others.push({ asset, amount })
    if (others.length === 0) delete state.converted
    else state.converted = others.sort((a, b) => (a.asset < b.asset ? -1 : 1))
  },

  difference: ({ converted: before }, { converted: after }) =>
    namedDifference(
      before,
      after,
      ({ asset }) => asset,
      (item, asset) => ({ type: 'converted', asset, amount: item?.amount ?? 0 }),
    ),
}

export const convertedOf = ({ converted = [] }: TransitionState, asset: string): number =>
  converted.find((known) => known.asset === asset)?.amount ?? 0
