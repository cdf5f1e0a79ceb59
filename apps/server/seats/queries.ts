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

type AskedFor = Pick<WaitingRow, 'redemption' | 'member'>

/** Once for each member: whoever waits already has asked in vain under this id, however often they ask again. */
export const addWaiting = sql(
  'add-waiting',
  `INSERT INTO seat_wait (bucket, program, room, redemption, member, reward, session, asked_at, offered_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8,
          CASE WHEN EXISTS (SELECT FROM seat_wait WHERE bucket = $1 AND program = $2 AND room = $3 AND member = $5
                              AND redemption <> $4 AND offered_at IS NULL) THEN $8::timestamptz END
   ON CONFLICT DO NOTHING`,
)

/** Under which a member waits in a line; none: they do not. */
export const redemptionWaiting = sql<{ redemption: string }>(
  'redemption-waiting',
  `SELECT redemption FROM seat_wait
   WHERE bucket = $1 AND program = $2 AND room = $3 AND member = $4 AND offered_at IS NULL`,
)

/** Place in the line, from 1; none: offered by now, or never there. */
export const placeOfWaiting = sql<{ place: string }>(
  'place-of-waiting',
  `SELECT count(*) AS place FROM seat_wait w JOIN seat_wait own
     ON own.bucket = w.bucket AND own.program = w.program AND own.room = w.room AND own.redemption = $4
   WHERE w.bucket = $1 AND w.program = $2 AND w.room = $3 AND w.offered_at IS NULL AND own.offered_at IS NULL
     AND w.number <= own.number`,
)

/** The first of a line, with what its room has given out. */
export interface FirstInLine extends WaitingRow {
  readonly used: string
  readonly asked_at: string
  readonly failing_since: string | null
}

/** The first of each line of a program after the one that is named, in the order of rooms. */
export const firstWaiting = sql<FirstInLine>(
  'first-waiting',
  `SELECT DISTINCT ON (w.room) w.bucket, w.program, w.room, w.redemption, w.member, w.reward, w.session, w.asked_at,
          w.failing_since, coalesce(r.used, 0) AS used
   FROM seat_wait w LEFT JOIN room r ON r.bucket = w.bucket AND r.program = w.program AND r.room = w.room
   WHERE w.program = $1 AND w.offered_at IS NULL AND w.room > $2 ORDER BY w.room, w.number LIMIT $3`,
)

/** The first of one line. */
export const firstOfLine = sql<FirstInLine>(
  'first-of-line',
  `SELECT w.bucket, w.program, w.room, w.redemption, w.member, w.reward, w.session, w.asked_at,
          w.failing_since, coalesce(r.used, 0) AS used
   FROM seat_wait w LEFT JOIN room r ON r.bucket = w.bucket AND r.program = w.program AND r.room = w.room
   WHERE w.bucket = $1 AND w.program = $2 AND w.room = $3 AND w.offered_at IS NULL ORDER BY w.number LIMIT 1`,
)

/** What was kept for members of a program and is over by now; of one room where it is named. */
export const keptInVain = sql<Pick<WaitingRow, 'bucket' | 'room' | 'member'>>(
  'kept-in-vain',
  `SELECT bucket, room, member FROM seat_wait
   WHERE program = $1 AND kept_until <= $2 AND ($3::text IS NULL OR room = $3) LIMIT $4`,
)

/** Everybody in it is passed over. */
export const closeLine = sql(
  'close-line',
  `UPDATE seat_wait SET offered_at = $4 WHERE bucket = $1 AND program = $2 AND room = $3 AND offered_at IS NULL`,
)

export const markOffered = sql(
  'mark-offered',
  `UPDATE seat_wait SET offered_at = $5, kept_until = $6
   WHERE bucket = $1 AND program = $2 AND room = $3 AND redemption = $4 AND offered_at IS NULL`,
)

/** Null: no longer. */
export const markFailing = sql(
  'mark-failing',
  `UPDATE seat_wait SET failing_since = $5
   WHERE bucket = $1 AND program = $2 AND room = $3 AND redemption = $4 AND offered_at IS NULL`,
)

/** Who stands in a line since before an instant, page by page: whoever is told leaves it. */
export const waitingSince = sql<AskedFor>(
  'waiting-since',
  `SELECT redemption, member FROM seat_wait
   WHERE bucket = $1 AND program = $2 AND room = $3 AND offered_at IS NULL AND asked_at < $4 ORDER BY number LIMIT $5`,
)

/** For whom a seat is kept, and who has not been seen to take it. */
export const seatsKept = sql<WaitingRow>(
  'seats-kept',
  `SELECT bucket, program, room, redemption, member, reward, session FROM seat_wait
   WHERE program = $1 AND kept_until > $2 ORDER BY kept_until LIMIT $3`,
)

/** Whatever was kept for a member in a session is taken, or none any more, or its time was over: `lapsed`. */
export const noLongerKept = sql(
  'no-longer-kept',
  `UPDATE seat_wait SET kept_until = NULL, lapsed = $5
   WHERE bucket = $1 AND program = $2 AND room = $3 AND member = $4 AND (kept_until IS NOT NULL OR lapsed)`,
)

/** The member came for a seat too late, and has had none in that session since. */
export const lapsedFor = sql<{ redemption: string }>(
  'seat-lapsed-for',
  `SELECT redemption FROM seat_wait WHERE bucket = $1 AND program = $2 AND room = $3 AND member = $4 AND lapsed LIMIT 1`,
)

/** Seats of a session that were booked by a version before this one, after the one that is named. */
export const bookedBefore = sql<{ readonly member: string; readonly id: string; readonly version: number }>(
  'booked-before',
  `SELECT member, id, (record::jsonb ->> 'version')::int AS version FROM voucher
   WHERE program = $1 AND reward = $2 AND status = 'open' AND record LIKE '%"session":"%'
     AND record::jsonb ->> 'session' = $3 AND (record::jsonb ->> 'version')::int < $4 AND (member, id) > ($5, $6)
   ORDER BY member, id LIMIT $7`,
)
