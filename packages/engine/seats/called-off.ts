import { listDifference, type MemberPart } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of sessions that were called off; absent: none was. */
export interface CalledOffState {
  calledOff?: readonly CalledOffSeat[]
}

/** A seat that is given back, or a place in a line that is none any more. */
export interface CalledOffSeat {
  /** Under which it was asked for. */
  readonly redemption: string
  readonly reward: string
  readonly session: string
  readonly on: LocalTime
  /** What came back of which asset; null: nothing was paid. */
  readonly back: { readonly asset: string; readonly amount: number } | null
}

export interface SeatGone {
  readonly type: 'called-off'
  readonly seat: CalledOffSeat
  /** false: as a late fact shows, it never was. */
  readonly stands: boolean
}

export const calledOffPart: MemberPart<CalledOffState, SeatGone> = {
  apply(state, { seat, stands }) {
    const others = (state.calledOff ?? []).filter(({ redemption }) => redemption !== seat.redemption)
    if (stands) others.push(seat)
    if (others.length === 0) delete state.calledOff
    else state.calledOff = others.sort((a, b) => (a.redemption < b.redemption ? -1 : 1))
  },

  difference: ({ calledOff: before }, { calledOff: after }) =>
    listDifference(before, after, (seat, stands) => ({ type: 'called-off', seat, stands })),
}
