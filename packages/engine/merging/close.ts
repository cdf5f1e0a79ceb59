import { type Draft, emit, move } from '../draft.ts'
import type { MemberEvent, TimePassed } from '../event.ts'
import { takeFromLots } from '../points/lots.ts'
import { release } from '../rewards/redemption.ts'
import { broughtBy } from './brought.ts'
import type { MemberMerged, MergeUndone } from './events.ts'

/**
 * The member ends in another (MRG-1): open reservations end, all that is there goes into `transit`, what is owed with it, and
 * what rules remember of the member is handed over as it stands.
 */
export function closeInto(draft: Draft, event: MemberMerged): void {
  const { member, cause, version } = draft
  if (member.left?.erased || member.left?.into !== undefined) return
  for (const hold of member.holds.slice()) release(draft, hold, 'cancelled')
  draft.version = version
  for (const seat of member.keptSeats ?? []) emit(draft, { type: 'seat', seat, kept: false })
  const brought = broughtBy(member)
  for (const { asset, active, pending, debt } of member.assets.slice()) {
    move(draft, 'merge', asset, 'active', 'transit', active)
    takeFromLots(draft, asset, active)
    move(draft, 'merge', asset, 'pending', 'transit', pending)
    move(draft, 'merge', asset, 'transit', 'debt', debt)
  }
  for (const entry of member.pending.slice()) emit(draft, { type: 'pending', entry: { ...entry, amount: 0 } })
  const left = { at: draft.effective, forfeitOn: null, erased: false, into: event.to }
  emit(draft, { type: 'status', frozen: member.frozen, left })
  const sent = { type: 'merge.received', merge: cause, brought } as const
  emit(draft, { type: 'send', id: cause, to: event.to, event: sent })
}

/** A replay leaves out a merge that was undone; here is only to be said to the other one that it was. */
export function tellUndone(draft: Draft, { actor, merge, reason, tell }: MergeUndone): void {
  if (tell === null) return
  const event = { type: 'merge.undone', actor, merge, reason, tell: null } as const
  emit(draft, { type: 'send', id: draft.cause, to: tell, event })
}

/** The events without the merges that were undone, on either side. */
export function withoutUndone<Event extends Exclude<MemberEvent, TimePassed>>(
  events: readonly Event[],
): readonly Event[] {
  const undone = new Set(events.flatMap((event) => (event.type === 'merge.undone' ? [event.merge] : [])))
  if (undone.size === 0) return events
  return events.filter((event) => {
    if (event.type === 'merge.received') return !undone.has(event.merge)
    return event.type !== 'member.merged' || !undone.has(`${event.source}/${event.id}`)
  })
}
