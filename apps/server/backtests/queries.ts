import type { Assumption } from '@laurel/engine'
import type { Statement } from '../db/exchange.ts'
import { sql } from '../db/transaction.ts'

/** What was asked, as it is kept. */
export interface Asked {
  readonly drafts: readonly { readonly name: string; readonly revision: number | null; readonly document: string }[]
  readonly assumption: Assumption
  readonly fewPercent: number
}
export interface BacktestRow {
  readonly program: string
  readonly id: string
  /** JSON: `Asked`. */
  readonly asked: string
  readonly until: string
  readonly versions: number
  readonly status: 'running' | 'done' | 'cancelled' | 'failed'
  readonly started_at: string
  readonly started_by: string
  readonly ended_at: string | null
  readonly parts_done: number
  readonly parts_all: number
  readonly failure: string | null
}

const columns =
  'program, id, asked, until, versions, status, started_at, started_by, ended_at, parts_done, parts_all, failure'

export const backtestById = sql<BacktestRow>(
  'backtest-by-id',
  `SELECT ${columns} FROM backtest WHERE program = $1 AND id = $2`,
)

export const runningBacktest = sql<{ id: string }>(
  'running-backtest',
  `SELECT id FROM backtest WHERE program = $1 AND status = 'running'`,
)

export const backtestsBefore = sql<BacktestRow>(
  'backtests-before',
  `SELECT ${columns} FROM backtest
   WHERE program = $1 AND ($2::timestamptz IS NULL OR (started_at, id) < ($2, $3)) ORDER BY started_at DESC, id DESC LIMIT $4`,
)

export const reportOfBacktest = sql<{ status: BacktestRow['status']; report: string | null }>(
  'report-of-backtest',
  'SELECT status, report FROM backtest WHERE program = $1 AND id = $2',
)

/** Writes nothing where there is one under way already, or one of this id. */
export const insertBacktest = sql(
  'insert-backtest',
  `INSERT INTO backtest (program, id, asked, until, versions, status, started_at, started_by, asked_at)
   VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8) ON CONFLICT DO NOTHING`,
)

export const deleteOlderBacktests = sql(
  'delete-older-backtests',
  `DELETE FROM backtest WHERE program = $1 AND status <> 'running' AND id NOT IN
     (SELECT id FROM backtest WHERE program = $1 ORDER BY started_at DESC, id DESC LIMIT $2)`,
)

/** Ends one that runs, in whatever way; 0 where it has ended. */
export const endBacktest = sql(
  'end-backtest',
  `UPDATE backtest SET status = $3, ended_at = $4, report = $5, failure = $6, held_by = NULL, held_until = NULL
   WHERE program = $1 AND id = $2 AND status = 'running'`,
)

/** Whatever has waited longest and nobody works at: by the wall clock, for that of a sandbox may stand long before it (SBX-1). */
export const takeBacktest = sql<BacktestRow>(
  'take-backtest',
  `UPDATE backtest SET held_by = $1, held_until = $3 WHERE (program, id) =
     (SELECT program, id FROM backtest WHERE status = 'running' AND (held_until IS NULL OR held_until < $2)
      ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING ${columns}`,
)

/** 0: it was cancelled, or somebody else has taken it. */
export const holdBacktest = sql(
  'hold-backtest',
  `UPDATE backtest SET held_until = $4 WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

export const letBacktestGo = sql(
  'let-backtest-go',
  'UPDATE backtest SET held_by = NULL, held_until = NULL WHERE program = $1 AND id = $2 AND held_by = $3',
)

/** What has ended stays as it was when it did. */
export const setParts = sql(
  'set-backtest-parts',
  "UPDATE backtest SET parts_all = $3 WHERE program = $1 AND id = $2 AND status = 'running'",
)

export const letAllGo = sql(
  'let-all-backtests-go',
  "UPDATE backtest SET held_by = NULL, held_until = NULL WHERE status = 'running'",
)

/** Locks it against its own end, so that no part is written behind it. 0: as above. */
export const countPart = sql(
  'count-backtest-part',
  `UPDATE backtest SET parts_done = parts_done + 1
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

export const insertPart = sql(
  'insert-backtest-part',
  'INSERT INTO backtest_part (program, backtest, part, result) VALUES ($1, $2, $3, $4)',
)

export const partsDone = sql<{ part: number }>(
  'backtest-parts-done',
  'SELECT part FROM backtest_part WHERE program = $1 AND backtest = $2',
)

/** One after another, so that no more than one is in memory. */
export const partAfter = sql<{ part: number; result: string }>(
  'backtest-part-after',
  'SELECT part, result FROM backtest_part WHERE program = $1 AND backtest = $2 AND part > $3 ORDER BY part LIMIT 1',
)

export const deleteParts = sql(
  'delete-backtest-parts',
  'DELETE FROM backtest_part WHERE program = $1 AND backtest = $2',
)

// ---- what a worker reads -------------------------------------------------------------------------------------------------

export const bucketsWithMembers = sql<{ bucket: number }>(
  'buckets-with-members',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 ORDER BY bucket',
)

export const membersAfter = sql<{ id: string }>(
  'members-of-bucket-after',
  'SELECT id FROM member WHERE bucket = $1 AND program = $2 AND id > $3 ORDER BY id LIMIT $4',
)

/** By a hash of the id, which has nothing to do with when somebody came. */
export const someMembers = sql<{ bucket: number; id: string }>(
  'some-members-of-buckets',
  `SELECT bucket, id FROM member WHERE bucket = ANY ($1::int[]) AND program = $2 ORDER BY md5(id), id LIMIT $3`,
)

/** A member's past as it stood when the backtest began. */
export const historyUntil: Statement = {
  name: 'history-until',
  text: `SELECT seq, content, occurred_at, local, place_local, version, pinned, effects
    FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 AND recorded_at <= $4 ORDER BY seq`,
}

export const postedUntil: Statement = {
  name: 'posted-until',
  text: `SELECT cause, rule, asset, from_account, to_account, sum(amount), effective, max(version), max(revision)
    FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 AND recorded_at <= $4
    GROUP BY cause, rule, asset, from_account, to_account, effective`,
}
