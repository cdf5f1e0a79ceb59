import { listDifference, type MemberPart } from '../member-part.ts'
import type { LocalDay } from '../time/local.ts'

/** Redemptions that paid at a partner's place before they were asked for; absent: none. A till's clock may run ahead of ours. */
export interface PaidAheadState {
  paidAhead?: readonly PaidAhead[]
}

export interface PaidAhead {
  readonly redemption: string
  readonly partner: string
  /** When it paid. */
  readonly on: LocalDay
}

/** It has paid at this partner's place; null: that is known of the redemption itself by now, or nobody asks for it any more. */
export interface PaidAheadChanged {
  readonly type: 'paid-ahead'
  readonly redemption: string
  readonly partner: string | null
  readonly on: LocalDay
}

export const paidAheadPart: MemberPart<PaidAheadState, PaidAheadChanged> = {
  apply(state, { redemption, partner, on }) {
    const others = (state.paidAhead ?? []).filter((known) => known.redemption !== redemption)
    if (partner !== null) others.push({ on, partner, redemption })
    if (others.length === 0) delete state.paidAhead
    else state.paidAhead = others.sort((a, b) => (a.redemption < b.redemption ? -1 : 1))
  },

  difference: ({ paidAhead: before }, { paidAhead: after }) =>
    listDifference(before, after, (ahead, isThere) => ({
      type: 'paid-ahead',
      ...ahead,
      partner: isThere ? ahead.partner : null,
    })),
}
