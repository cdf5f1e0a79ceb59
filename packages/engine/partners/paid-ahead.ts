/** Redemptions that paid at a partner's place before they were asked for; absent: none. A till's clock may run ahead of ours. */
export interface PaidAheadState {
  paidAhead?: readonly PaidAhead[]
}

export interface PaidAhead {
  readonly redemption: string
  readonly partner: string
}

/** It has paid at this partner's place; null: that is known of the redemption itself by now. */
export interface PaidAheadChanged {
  readonly type: 'paid-ahead'
  readonly redemption: string
  readonly partner: string | null
}

export function applyPaidAhead(state: PaidAheadState, { redemption, partner }: PaidAheadChanged): void {
  const others = (state.paidAhead ?? []).filter((known) => known.redemption !== redemption)
  if (partner !== null) others.push({ redemption, partner })
  if (others.length === 0) delete state.paidAhead
  else state.paidAhead = others.sort((a, b) => (a.redemption < b.redemption ? -1 : 1))
}
