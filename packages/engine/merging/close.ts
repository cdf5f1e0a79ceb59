import { type Draft, emit, move } from '../draft.ts'
import { takeFromLots } from '../points/lots.ts'
import { release } from '../rewards/redemption.ts'
import type { MemberMerged, MergeUndone } from './events.ts'

/**
 * The member ends in another (MRG-1): open reservations end, and all that is there goes into `transit`, with what is owed. What
 * rules remember of it is found again by whoever takes it in.
 */
export function closeInto(draft: Draft, event: MemberMerged): void {
  const { member, cause } = draft
  if (member.left?.erased || member.left?.into !== undefined) return
  endReservations(draft)
  // The other one has it from now on, and with it the place in the room.
  for (const seat of member.keptSeats ?? []) emit(draft, { type: 'seat', seat, kept: false })
  for (const { asset, active, pending, debt } of member.assets.slice()) {
    move(draft, 'merge', asset, 'active', 'transit', active)
    takeFromLots(draft, asset, active)
    move(draft, 'merge', asset, 'pending', 'transit', pending)
    move(draft, 'merge', asset, 'transit', 'debt', debt)
  }
  for (const entry of member.pending.slice()) emit(draft, { type: 'pending', entry: { ...entry, amount: 0 } })
  const left = { at: draft.effective, forfeitOn: null, erased: false, into: event.to }
  emit(draft, { type: 'status', frozen: member.frozen, left })
  emit(draft, { type: 'send', id: cause, to: event.to, event: { type: 'merge.received', merge: cause } })
}

export function endReservations(draft: Draft): void {
  const { member, version } = draft
  for (const hold of member.holds.slice()) release(draft, hold, 'cancelled')
  draft.version = version
}

/** A replay leaves out a merge that was undone; here is only to be said to the other one that it was. */
export function tellUndone(draft: Draft, { actor, merge, reason, tell }: MergeUndone): void {
  if (tell === null) return
  const event = { type: 'merge.undone', actor, merge, reason, tell: null } as const
  emit(draft, { type: 'send', id: draft.cause, to: tell, event })
}
