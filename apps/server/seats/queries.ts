import { sql } from '../db/transaction.ts'

export interface WaitingRow {
  readonly bucket: number
  readonly program: string
  readonly room: string
  readonly redemption: string
  readonly member: string
  readonly reward: string
  readonly session: string
}

export const addWaiting = sql(
  'add-waiting',
  `INSERT INTO seat_wait (bucket, program, room, redemption, member, reward, session, asked_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
)

/** Place in the line, from 1; none: offered by now, or never there. */
export const placeOfWaiting = sql<{ place: string }>(
  'place-of-waiting',
  `SELECT count(*) AS place FROM seat_wait w JOIN seat_wait own
     ON own.bucket = w.bucket AND own.program = w.program AND own.room = w.room AND own.redemption = $4
   WHERE w.bucket = $1 AND w.program = $2 AND w.room = $3 AND w.offered_at IS NULL AND own.offered_at IS NULL
     AND w.number <= own.number`,
)

/** The first of each line of a program after the one that is named, in the order of rooms, with what its room has given out. */
export const firstWaiting = sql<WaitingRow & { readonly used: string }>(
  'first-waiting',
  `SELECT DISTINCT ON (w.room) w.bucket, w.program, w.room, w.redemption, w.member, w.reward, w.session,
          coalesce(r.used, 0) AS used
   FROM seat_wait w LEFT JOIN room r ON r.bucket = w.bucket AND r.program = w.program AND r.room = w.room
   WHERE w.program = $1 AND w.offered_at IS NULL AND w.room > $2 ORDER BY w.room, w.number LIMIT $3`,
)

/** Everybody in it is passed over. */
export const closeLine = sql(
  'close-line',
  `UPDATE seat_wait SET offered_at = $4 WHERE bucket = $1 AND program = $2 AND room = $3 AND offered_at IS NULL`,
)

export const markOffered = sql(
  'mark-offered',
  `UPDATE seat_wait SET offered_at = $5
   WHERE bucket = $1 AND program = $2 AND room = $3 AND redemption = $4 AND offered_at IS NULL`,
)
