import { sql } from '../db/transaction.ts'
import type { SendingRow } from '../offers/queries.ts'

export interface RoomRow {
  readonly room: string
  readonly used: string
  readonly added: string
}

export const roomsOfProgram = sql<RoomRow>(
  'rooms-of-catalogue',
  'SELECT room, used, added FROM room WHERE bucket = ANY($1::int[]) AND program = $2 AND room = ANY($3::text[])',
)

export const waitingByRoom = sql<{ room: string; waiting: number }>(
  'waiting-by-room',
  `SELECT room, count(*)::int AS waiting FROM seat_wait
   WHERE program = $1 AND room = ANY($2::text[]) AND offered_at IS NULL GROUP BY room`,
)

export const lastSendings = sql<SendingRow>(
  'last-sendings',
  `SELECT DISTINCT ON (offer) program, id, offer, name, members, started_at, ended_at, cancelled, through, looked, sent,
     already, left_out
   FROM offer_sending WHERE program = $1 ORDER BY offer, started_at DESC`,
)

export interface WaitingRow {
  readonly number: string
  readonly redemption: string
  readonly member: string
  readonly asked_at: string
}

export const waitingInRoom = sql<WaitingRow>(
  'waiting-in-room',
  `SELECT number, redemption, member, asked_at FROM seat_wait
   WHERE program = $1 AND room = $2 AND offered_at IS NULL AND number > $3 ORDER BY number LIMIT $4`,
)
