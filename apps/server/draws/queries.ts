import { sql } from '../db/transaction.ts'

export interface DrawRow {
  readonly draw: string
  readonly round: number
  readonly seed: Buffer
  readonly salt: Buffer
  readonly promised_at: string
  readonly closed_at: string | null
  /** The published record, as JSON; null until the draw is over. */
  readonly record: string | null
  /** Members who won, in their order, as JSON. */
  readonly winners: string | null
  readonly settled_at: string | null
}

const columns = 'draw, round, seed, salt, promised_at, closed_at, record, winners, settled_at'

export const drawByRound = sql<DrawRow>(
  'draw-by-round',
  `SELECT ${columns} FROM draw_run WHERE program = $1 AND draw = $2 AND round = $3`,
)

/** The last one that was promised; where one that has closed is wanted, the last of those, if any has. */
export const lastRound = sql<{ round: number }>(
  'last-round-of-draw',
  `SELECT round FROM draw_run WHERE program = $1 AND draw = $2
   ORDER BY $3 AND closed_at IS NOT NULL DESC, round DESC LIMIT 1`,
)

/** The first promise stands. */
export const promiseDraw = sql(
  'promise-draw',
  `INSERT INTO draw_run (program, draw, round, seed, salt, promised_at) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (program, draw, round) DO NOTHING`,
)

/** Once: whoever comes second finds it closed. */
export const closeDraw = sql(
  'close-draw',
  `UPDATE draw_run SET closed_at = $4, record = $5, winners = $6
   WHERE program = $1 AND draw = $2 AND round = $3 AND closed_at IS NULL`,
)

export const settleDraw = sql(
  'settle-draw',
  'UPDATE draw_run SET settled_at = $4 WHERE program = $1 AND draw = $2 AND round = $3 AND settled_at IS NULL',
)

export interface TicketRow {
  readonly member: string
  readonly state: string
  /** Those that the wall clock alone says are of before. */
  readonly tickets: number
  /** What it does not tell apart, as JSON: `DoubtfulLine`s; null: nothing. */
  readonly doubtful: string | null
}

export interface DoubtfulLine {
  readonly cause: string
  readonly effective_ms: number
  readonly tickets: number
}

/** Balances at a moment of the program's clock, members in the order of their ids. From `$6` on the clock may be read twice. */
export const ticketsAt = sql<TicketRow>(
  'tickets-at',
  `SELECT member, state, tickets, doubtful FROM (
     SELECT t.member, m.state, coalesce(sum(signed) FILTER (WHERE t.effective < $6::timestamp), 0)::bigint AS tickets,
       json_agg(json_build_object('cause', t.cause, 'tickets', signed,
         'effective_ms', (extract(epoch FROM t.effective) * 1000)::bigint)) FILTER (WHERE t.effective >= $6::timestamp)::text AS doubtful
     FROM transfer t JOIN member m ON m.bucket = t.bucket AND m.program = t.program AND m.id = t.member
       CROSS JOIN LATERAL (SELECT CASE WHEN t.to_account = 'active' THEN t.amount ELSE -t.amount END AS signed) s
     WHERE t.bucket = $1 AND t.program = $2 AND t.asset = $3 AND t.effective < $4::timestamp AND t.member > $5
       AND (t.from_account = 'active' OR t.to_account = 'active')
     GROUP BY t.member, m.state) held
   WHERE tickets > 0 OR doubtful IS NOT NULL
   ORDER BY member LIMIT $7`,
)

export const bucketsWithMembers = sql<{ bucket: number }>(
  'buckets-with-members',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 ORDER BY bucket',
)
