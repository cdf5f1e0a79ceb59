import { sql } from '../db/transaction.ts'

export interface ResultRow {
  readonly taken_at: string
  readonly ended: boolean
  /** `Ranked[]` as JSON. */
  readonly ranks: string
  readonly settled_at: string | null
}

export const resultOf = sql<ResultRow>(
  'leaderboard-result-of',
  `SELECT taken_at, ended, ranks, settled_at FROM leaderboard_result
   WHERE program = $1 AND leaderboard = $2 AND window_from = $3`,
)

/** What stands while the window runs is taken anew; once it has ended, the first result stands. */
export const writeResult = sql(
  'write-leaderboard-result',
  `INSERT INTO leaderboard_result (program, leaderboard, window_from, taken_at, ended, ranks)
   VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (program, leaderboard, window_from)
   DO UPDATE SET taken_at = excluded.taken_at, ended = excluded.ended, ranks = excluded.ranks
   WHERE NOT leaderboard_result.ended`,
)

export const settleResult = sql(
  'settle-leaderboard-result',
  `UPDATE leaderboard_result SET settled_at = $4
   WHERE program = $1 AND leaderboard = $2 AND window_from = $3 AND ended AND settled_at IS NULL`,
)

export interface StateRow {
  readonly id: string
  readonly state: string
}

/** Members who may have something on a leaderboard, by id: most have nothing, and are told by their text. */
export const membersWithBoards = sql<StateRow>(
  'members-with-boards',
  `SELECT id, state FROM member
   WHERE bucket = $1 AND program = $2 AND id > $3 AND goes_on_as IS NULL AND state LIKE '%"boards":%' ORDER BY id LIMIT $4`,
)

export const bucketsOfMembers = sql<{ bucket: number }>(
  'buckets-of-members',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 ORDER BY bucket',
)

/** Who wants to be seen by others. */
export const chooseShown = sql(
  'choose-leaderboard-shown',
  `INSERT INTO leaderboard_choice (bucket, program, member, shown) VALUES ($1, $2, $3, $4)
   ON CONFLICT (bucket, program, member) DO UPDATE SET shown = excluded.shown`,
)

export const shownAmong = sql<{ member: string }>(
  'leaderboard-shown-among',
  `SELECT member FROM leaderboard_choice
   WHERE bucket = ANY ($1::integer[]) AND program = $2 AND member = ANY ($3::text[]) AND shown`,
)
