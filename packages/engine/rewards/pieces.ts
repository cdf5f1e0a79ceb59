import type { AwardName } from '../awards/amounts.ts'
import { hasMissed } from '../awards/held.ts'
import { cardOfAward } from '../cards/award-name.ts'
import { type Draft, emit } from '../draft.ts'
import type { Reward, Session } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { leftOfRoom } from '../rooms/grant.ts'
import { codesOf, seatsOf, stockOf } from '../rooms/room.ts'
import { takeRoom } from '../rooms/take.ts'
import { hasCome } from '../vouchers/announced.ts'
import { voucherOf } from '../vouchers/voucher.ts'

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
  const answer = answerFor(draft, id)
  if (answer ?? isRoomFor(draft, rooms)) {
    if (answer === null) draft.announced?.allowance.take(rooms.map(({ room }) => room))
    draft.announced?.noteGiven(id)
    takePiece(draft, piece, 1)
    return true
  }
  noteMissed(draft, id, piece.reward)
  emit(draft, { type: 'sold-out', rule, reward: piece.reward })
  return false
}

export function noteMissed(draft: Draft, id: string, reward: string): void {
  const award = { id, reward, on: draft.effective }
  if (!hasMissed(draft.member, id)) emit(draft, { type: 'missed', award, stands: true })
}

/** An award, and what it gives a piece of. */
export interface AwardedPiece {
  readonly award: string
  readonly piece: Piece
}

/** Those of which nothing is left for their award; each takes what those before it leave. Nothing is taken. */
export function piecesMissing(draft: Draft, wanted: readonly AwardedPiece[]): readonly AwardedPiece[] {
  const asked: RoomOfPiece[] = []
  return wanted.filter(({ award, piece }) => {
    const rooms = roomsOfPiece(draft, piece)
    if (rooms.length === 0) return false
    const answer = answerFor(draft, award)
    if (answer !== null) return !answer
    if (!isRoomFor(draft, [...asked, ...rooms])) return true
    asked.push(...rooms)
    return false
  })
}

/** What the award came to, where that is answered already (EVT-2); null: it is new. */
function answerFor({ member, announced, effective, cause }: Draft, award: string): boolean | null {
  const moment = { local: effective, cause }
  const isOfCard = cardOfAward(award) !== null
  const known = voucherOf(member, award)
  // In a replay it may be in the hand before its card is paid for.
  if (known !== undefined && known.status !== 'revoked') return !isOfCard || hasCome(known, moment)
  if (!isOfCard && hasMissed(member, award)) return false
  return announced === null ? null : announced.answerFor(award, moment)
}

/** Where a room is named more than once there is enough for all. */
function isRoomFor({ announced, grants }: Draft, rooms: readonly RoomOfPiece[]): boolean {
  if (announced !== null) return announced.allowance.has(rooms.map(({ room }) => room))
  return rooms.every(
    ({ room, whole }) => leftOfRoom(grants, room, whole) >= rooms.filter((each) => each.room === room).length,
  )
}
