import { type Draft, emit, move } from './draft.ts'
import type { MemberFrozen, MemberJoined, MemberLeft } from './event.ts'
import { footingOf, UNKNOWN_FOOTING } from './footing/footing.ts'
import { forfeitPoints } from './points/gone.ts'
import { leavePools } from './pools/share.ts'
import { programAt } from './program/timeline.ts'
import { endReferral } from './referral/refer.ts'
import { release } from './rewards/redemption.ts'
import { letSeatGo } from './seats/keep.ts'
import { addToDay, dayOf } from './time/local.ts'
import { closeVoucher } from './vouchers/issue.ts'

/** A member's comings and goings (END-1). */

/** Joining, also once more: within the grace as if never away, later from that day on, without what was forfeited. */
export function join(draft: Draft, event: MemberJoined): void {
  const { segments, tags, frozen, left } = draft.member
  if (left?.erased) return
  if (left !== null) emit(draft, { type: 'status', frozen, left: null })
  if (left !== null && left.forfeitOn !== null) return
  emit(draft, { type: 'profile', joinedOn: dayOf(event.stamp.local), segments, tags })
}

export function freeze(draft: Draft, event: MemberFrozen): void {
  const { frozen, left } = draft.member
  if (frozen !== event.frozen) emit(draft, { type: 'status', frozen: event.frozen, left })
}

/** From now on nothing is earned or redeemed; what is there waits as long as the program of this moment says. */
export function leave(draft: Draft, event: MemberLeft): void {
  if (draft.member.left !== null) return
  const { local } = event.stamp
  const { forfeitAfter } = programAt(draft.timeline, local).leaving
  const forfeitOn = addToDay(dayOf(local), forfeitAfter)
  emit(draft, { type: 'status', frozen: draft.member.frozen, left: { at: local, forfeitOn, erased: false } })
}

/** Time is up for who has left: reservations end, and everything that is there is forfeited. What is owed stays owed. */
export function forfeit(draft: Draft): void {
  const { frozen, left } = draft.member
  if (left === null) return
  const { version } = draft
  for (const hold of draft.member.holds.slice()) release(draft, hold, 'cancelled')
  draft.version = version
  forfeitPoints(draft)
  revokeVouchers(draft)
  emit(draft, { type: 'status', frozen, left: { ...left, forfeitOn: null } })
}

/** What an event or a due moment has brought to somebody whose time is up goes the same way, before anything else happens. */
export function forfeitArrivals(draft: Draft): void {
  const { left } = draft.member
  // Whoever goes on as another loses nothing (MRG-1).
  if (left?.forfeitOn !== null || left.into !== undefined) return
  forfeitPoints(draft)
  revokeVouchers(draft)
}

function revokeVouchers(draft: Draft): void {
  for (const voucher of draft.member.vouchers ?? []) closeVoucher(draft, voucher, 'revoked')
}

/** Nothing is left of the member but the books (LED-9): what is there is forfeited, what is owed is written off. */
export function erase(draft: Draft): void {
  const { frozen, joinedOn } = draft.member
  const at = draft.effective
  emit(draft, { type: 'status', frozen, left: { at, forfeitOn: dayOf(at), erased: true } })
  forfeit(draft)
  leavePools(draft)
  // Its own time to end never comes: whoever is erased is not woken up.
  for (const seat of draft.member.keptSeats ?? []) letSeatGo(draft, seat)
  for (const { asset, debt } of draft.member.assets.slice()) move(draft, 'write-off', asset, 'adjusted', 'debt', debt)
  endReferral(draft)
  for (const { redemption } of draft.member.paidAhead ?? []) {
    emit(draft, { on: dayOf(at), partner: null, redemption, type: 'paid-ahead' })
  }
  // Nobody comes with these orders, and nobody asks for these points any more.
  for (const { order } of draft.member.usedFor ?? []) emit(draft, { type: 'used-for', order, vouchers: [] })
  for (const part of draft.member.forfeited.slice()) emit(draft, { type: 'forfeited', part: { ...part, amount: 0 } })
  for (const { source, id } of draft.member.waiting.slice()) emit(draft, { type: 'wait-ended', source, id })
  emit(draft, { type: 'profile', joinedOn, segments: [], tags: [] })
  // A mark says nothing of a person, and reports go on leaving staff and tests out.
  const { mark } = footingOf(draft.member)
  if (draft.member.footing) emit(draft, { footing: { ...UNKNOWN_FOOTING, mark }, type: 'footing' })
}
