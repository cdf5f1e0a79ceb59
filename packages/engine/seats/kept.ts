import { listDifference, type MemberPart } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of seats that are kept for them; absent: none. */
export interface SeatState {
  keptSeats?: readonly KeptSeat[]
}

export interface KeptSeat {
  readonly reward: string
  readonly session: string
  readonly untilAt: number
  readonly untilLocal: LocalTime
}

/** A seat is kept for the member, or no longer: it was taken, or the time was over. */
export interface SeatKept {
  readonly type: 'seat'
  readonly seat: KeptSeat
  readonly kept: boolean
}

const isSame = (a: KeptSeat, b: KeptSeat): boolean => a.reward === b.reward && a.session === b.session

export const seatPart: MemberPart<SeatState, SeatKept> = {
  apply(state, { seat, kept }) {
    const seats = (state.keptSeats ?? []).filter((known) => !isSame(known, seat))
    if (kept) seats.push(seat)
    if (seats.length === 0) delete state.keptSeats
    else state.keptSeats = seats.sort((a, b) => (`${a.reward}/${a.session}` < `${b.reward}/${b.session}` ? -1 : 1))
  },

  difference: ({ keptSeats: before }, { keptSeats: after }) =>
    listDifference(before, after, (seat, kept) => ({ type: 'seat', seat, kept })),
}

export const keptSeat = ({ keptSeats = [] }: SeatState, reward: string, session: string | null): KeptSeat | undefined =>
  keptSeats.find((seat) => seat.reward === reward && seat.session === session)
