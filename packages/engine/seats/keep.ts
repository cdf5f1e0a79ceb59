import { type Draft, emit } from '../draft.ts'
import { barToRedeeming } from '../footing/bars.ts'
import { awayOf } from '../member.ts'
import { programOf } from '../program/timeline.ts'
import { isForMember, isLimitReached, situationOf } from '../rewards/for-member.ts'
import { leftOfRoom } from '../rooms/grant.ts'
import { seatsOf, wholeOf } from '../rooms/room.ts'
import { takeRoom } from '../rooms/take.ts'
import type { NotSeated, SeatOffered } from './events.ts'
import { type KeptSeat, keptSeat } from './kept.ts'

/** Keeps a free seat for who has moved up; nothing where somebody was faster, or who is not to have it. */
export function keepSeat(draft: Draft, event: SeatOffered): void {
  const { reward, session, until, stamp } = event
  const room = seatsOf(reward, session)
  const whole = stamp.version === null ? null : wholeOf(programOf(draft.timeline, stamp.version), room)
  const isFree = whole !== null && leftOfRoom(draft.grants, room, whole) >= 1
  const away = barToSeat(draft, event) ?? (keptSeat(draft.member, reward, session) ? 'kept-already' : null)
  const because = away ?? (isFree ? null : 'full')
  if (because === null) {
    takeRoom(draft, room, 1)
    const seat = { reward, session, untilAt: until.at, untilLocal: until.local }
    emit(draft, { kept: true, seat, type: 'seat' })
  }
  emit(draft, { because, reward, session, untilAt: because === null ? until.at : null, type: 'seat-offer' })
}

/** Why it could not be booked, however many points there are: those may come while it is kept. */
function barToSeat(draft: Draft, { reward: id, stamp }: SeatOffered): NotSeated | null {
  if (stamp.version === null) return awayOf(draft.member)
  const program = programOf(draft.timeline, stamp.version)
  const bar = barToRedeeming(program, draft.member, stamp.local)
  const reward = program.rewards.get(id)
  if (bar !== null || reward === undefined) return bar
  if (!isForMember(draft, reward, situationOf(draft, program, stamp), stamp)) return 'not-for-member'
  return isLimitReached(draft, reward, stamp) ? 'limit-reached' : null
}

/** It is free again: because its time is over, or because the member takes it now. */
export function letSeatGo(draft: Draft, seat: KeptSeat): void {
  emit(draft, { kept: false, seat, type: 'seat' })
  takeRoom(draft, seatsOf(seat.reward, seat.session), -1)
}
