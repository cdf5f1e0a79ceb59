import type { AwardName } from '../awards/amounts.ts'
import { hasMissed } from '../awards/held.ts'
import { type Draft, emit } from '../draft.ts'
import type { Reward, Session } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { leftOfRoom } from '../rooms/grant.ts'
import { codesOf, seatsOf, stockOf } from '../rooms/room.ts'
import { takeRoom } from '../rooms/take.ts'

/** What there is only so much of: a reward by its version and, of an experience, its session. */
export interface Piece {
  readonly reward: string
  /** 0: none. */
  readonly version: number
  readonly session?: string | null
}

interface RoomOfPiece {
  readonly room: string
  /** How many there are in all. */
  readonly whole: number
}

/** The session that is asked for; null: the reward has none; undefined: there is no such one, or none was said. */
export function sessionOf({ kind }: Reward, session: string | null): Session | null | undefined {
  if (kind.type === 'experience') return kind.sessions.find(({ id }) => id === session)
  return session === null ? null : undefined
}

/** The rooms in which it takes one, with how many there are in all, by the version that sold it. */
export function roomsOfPiece({ timeline }: Draft, { reward: id, version, session }: Piece): readonly RoomOfPiece[] {
  const reward = version === 0 ? undefined : programOf(timeline, version).rewards.get(id)
  if (!reward) return []
  const seats = sessionOf(reward, session ?? null)
  return [
    ...(reward.stock === null ? [] : [{ room: stockOf(id), whole: reward.stock }]),
    // As if there were enough: how many were uploaded is known where they are kept.
    ...(reward.codes === 'uploaded' ? [{ room: codesOf(id), whole: Number.MAX_SAFE_INTEGER }] : []),
    ...(seats ? [{ room: seatsOf(id, seats.id), whole: seats.seats }] : []),
  ]
}

/** Takes one of what there is (RED-3), or gives it back. */
export function takePiece(draft: Draft, piece: Piece, change: 1 | -1): void {
  for (const { room } of roomsOfPiece(draft, piece)) takeRoom(draft, room, change)
}

/**
 * Takes for an award what its reward has only so many of (EARN-5). False, and said, where none is left: then it is not given,
 * neither now nor later. What it came to once is an answer: a replay is told (EVT-2).
 */
export function takeForAward(draft: Draft, piece: Piece, { rule, id }: AwardName): boolean {
  const rooms = roomsOfPiece(draft, piece)
  if (rooms.length === 0) return true
  if (isThere(draft, id, rooms)) {
    takePiece(draft, piece, 1)
    return true
  }
  const award = { id, reward: piece.reward, on: draft.effective }
  if (!hasMissed(draft.member, id)) emit(draft, { type: 'missed', award, stands: true })
  emit(draft, { type: 'sold-out', rule, reward: piece.reward })
  return false
}

function isThere({ member, announced, grants }: Draft, award: string, rooms: readonly RoomOfPiece[]): boolean {
  if (hasMissed(member, award)) return false
  if (announced !== null) return announced.isGiven(award) ?? announced.allowance.take(rooms.map(({ room }) => room))
  return rooms.every(({ room, whole }) => leftOfRoom(grants, room, whole) >= 1)
}
