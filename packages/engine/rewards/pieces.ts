import type { Draft } from '../draft.ts'
import type { Reward, Session } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { seatsOf, stockOf } from '../rooms/room.ts'
import { takeRoom } from '../rooms/take.ts'

/** What there is only so much of: a reward by its version and, of an experience, its session. */
export interface Piece {
  readonly reward: string
  /** 0: none. */
  readonly version: number
  readonly session?: string | null
}

/** The session that is asked for; null: the reward has none; undefined: there is no such one, or none was said. */
export function sessionOf({ kind }: Reward, session: string | null): Session | null | undefined {
  if (kind.type === 'experience') return kind.sessions.find(({ id }) => id === session)
  return session === null ? null : undefined
}

/** The rooms in which it takes one, with how many there are in all, by the version that sold it. */
export function roomsOfPiece(
  { timeline }: Draft,
  { reward: id, version, session }: Piece,
): readonly { readonly room: string; readonly whole: number }[] {
  const reward = version === 0 ? undefined : programOf(timeline, version).rewards.get(id)
  if (!reward) return []
  const seats = sessionOf(reward, session ?? null)
  return [
    ...(reward.stock === null ? [] : [{ room: stockOf(id), whole: reward.stock }]),
    ...(seats ? [{ room: seatsOf(id, seats.id), whole: seats.seats }] : []),
  ]
}

/** Takes one of what there is (RED-3), or gives it back. */
export function takePiece(draft: Draft, piece: Piece, change: 1 | -1): void {
  for (const { room } of roomsOfPiece(draft, piece)) takeRoom(draft, room, change)
}
