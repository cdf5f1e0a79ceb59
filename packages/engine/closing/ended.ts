import type { MemberPart } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of the program's end; absent: this member has not gone through one. */
export interface ClosingState {
  /** The last closing that the member has gone through. */
  ended?: LocalTime
}

/** The program has ended for the member; null: as a late fact shows, it has not. */
export interface Ended {
  readonly type: 'ended'
  readonly on: LocalTime | null
}

export const endedPart: MemberPart<ClosingState, Ended> = {
  apply(state, { on }) {
    if (on === null) delete state.ended
    else state.ended = on
  },

  difference({ ended: before = null }, { ended: on = null }) {
    return on === before ? [] : [{ type: 'ended', on }]
  },
}
