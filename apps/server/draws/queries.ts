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
  readonly tickets: number
  readonly state: string
}

/** Balances as of a moment of the program's clock, members in the order of their ids. */
export const ticketsAt = sql<TicketRow>(
  'tickets-at',
  `SELECT t.member, m.state,
     sum(CASE WHEN t.to_account = 'active' THEN t.amount ELSE -t.amount END)::bigint AS tickets
   FROM transfer t JOIN member m ON m.bucket = t.bucket AND m.program = t.program AND m.id = t.member
   WHERE t.bucket = $1 AND t.program = $2 AND t.asset = $3 AND t.effective < $4::timestamp AND t.member > $5
     AND (t.from_account = 'active' OR t.to_account = 'active')
   GROUP BY t.member, m.state
   HAVING sum(CASE WHEN t.to_account = 'active' THEN t.amount ELSE -t.amount END) > 0
   ORDER BY t.member LIMIT $6`,
)

export const bucketsWithMembers = sql<{ bucket: number }>(
  'buckets-with-members',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 ORDER BY bucket',
)
