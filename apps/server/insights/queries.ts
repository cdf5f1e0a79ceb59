import { sql } from '../db/transaction.ts'

// ---- runs ----------------------------------------------------------------------------------------------------------------

export interface RunRow {
  readonly program: string
  readonly id: string
  readonly as_of: number
  readonly status: 'running' | 'done' | 'cancelled' | 'failed'
  readonly started_at: string
  readonly started_by: string
  readonly ended_at: string | null
  /** JSON: `Habits`. */
  readonly habits: string | null
  readonly parts_done: number
  readonly parts_all: number
  readonly failure: string | null
}

const columns = 'program, id, as_of, status, started_at, started_by, ended_at, habits, parts_done, parts_all, failure'

export const runById = sql<RunRow>('run-by-id', `SELECT ${columns} FROM insight_run WHERE program = $1 AND id = $2`)

export const runningRun = sql<{ id: string }>(
  'running-run',
  `SELECT id FROM insight_run WHERE program = $1 AND status = 'running'`,
)

/** The one that is under way, or else the latest that has ended. */
export const latestRun = sql<RunRow>(
  'latest-run',
  `SELECT ${columns} FROM insight_run WHERE program = $1 ORDER BY (status = 'running') DESC, asked_at DESC, id DESC LIMIT 1`,
)

/** Up to which day the tallies were read last, or are being read. */
export const lastRunAsOf = sql<{ as_of: number | null }>(
  'last-run-as-of',
  'SELECT max(as_of) AS as_of FROM insight_run WHERE program = $1',
)

/** Writes nothing where there is one under way already, or one of this id. */
export const insertRun = sql(
  'insert-run',
  `INSERT INTO insight_run (program, id, as_of, status, started_at, started_by, asked_at)
   VALUES ($1, $2, $3, 'running', $4, $5, $6) ON CONFLICT DO NOTHING`,
)

export const deleteOlderRuns = sql(
  'delete-older-runs',
  `DELETE FROM insight_run WHERE program = $1 AND status <> 'running' AND id NOT IN
     (SELECT id FROM insight_run WHERE program = $1 ORDER BY started_at DESC, id DESC LIMIT $2)`,
)

/** Whatever has waited longest and nobody works at. */
export const takeRun = sql<RunRow>(
  'take-run',
  `UPDATE insight_run SET held_by = $1, held_until = $3 WHERE (program, id) =
     (SELECT program, id FROM insight_run WHERE status = 'running' AND (held_until IS NULL OR held_until < $2)
      ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING ${columns}`,
)

/** 0: it was cancelled, or somebody else has taken it. */
export const holdRun = sql(
  'hold-run',
  `UPDATE insight_run SET held_until = $4 WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

export const letRunGo = sql(
  'let-run-go',
  'UPDATE insight_run SET held_by = NULL, held_until = NULL WHERE program = $1 AND id = $2 AND held_by = $3',
)

export const letAllRunsGo = sql(
  'let-all-runs-go',
  "UPDATE insight_run SET held_by = NULL, held_until = NULL WHERE status = 'running'",
)

export const noteHabits = sql(
  'note-habits',
  `UPDATE insight_run SET habits = $4, parts_all = $5 WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

/** Locks it against its own end, so that no part is written behind it. 0: as above. */
export const countRunPart = sql(
  'count-run-part',
  `UPDATE insight_run SET parts_done = parts_done + 1
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

export const insertRunPart = sql(
  'insert-run-part',
  'INSERT INTO insight_part (program, run, part, result) VALUES ($1, $2, $3, $4)',
)

export const runPartsDone = sql<{ part: number }>(
  'run-parts-done',
  'SELECT part FROM insight_part WHERE program = $1 AND run = $2',
)

/** One after another, so that no more than one is in memory. */
export const runPartAfter = sql<{ part: number; result: string }>(
  'run-part-after',
  'SELECT part, result FROM insight_part WHERE program = $1 AND run = $2 AND part > $3 ORDER BY part LIMIT 1',
)

export const deleteRunParts = sql('delete-run-parts', 'DELETE FROM insight_part WHERE program = $1 AND run = $2')

/** Ends one that runs, in whatever way; 0 where it has ended. */
export const endRun = sql(
  'end-run',
  `UPDATE insight_run SET status = $3, ended_at = $4, failure = $5, held_by = NULL, held_until = NULL
   WHERE program = $1 AND id = $2 AND status = 'running'`,
)

// ---- what threads read ---------------------------------------------------------------------------------------------------

export const tallyBuckets = sql<{ bucket: number }>(
  'tally-buckets',
  'SELECT DISTINCT bucket FROM member_tally WHERE program = $1 ORDER BY bucket',
)

/** What is beyond a number's whole ones nobody has spent on a day. */
const spend = 'least(d.spend, 9007199254740991)::bigint AS spend'

/** Of members who are measured and not erased, in order. */
export const daysOfBucket = sql<{ member: string; day: number; orders: number; spend: number; doings: number }>(
  'days-of-bucket',
  `SELECT d.member, d.day, d.orders, ${spend}, d.doings
   FROM member_day_tally d JOIN member_tally t USING (bucket, program, member)
   WHERE d.bucket = $1 AND d.program = $2 AND d.day <= $3 AND t.measured AND t.status <> 'erased' ORDER BY d.member, d.day`,
)

/** Of everybody who ever held a point. */
export const monthsOfBucket = sql<{
  member: string
  asset: string
  month: number
  gained: string
  burned: string
  lapsed: string
  sent: string
  received: string
}>(
  'months-of-bucket',
  `SELECT member, asset, month, gained::text AS gained, burned::text AS burned, lapsed::text AS lapsed,
     sent::text AS sent, received::text AS received
   FROM member_month_tally WHERE bucket = $1 AND program = $2 AND month <= $3`,
)

/** Of nobody who has gone into another, whose points have gone along. */
export const statesOfBucket = sql<{ state: string }>(
  'states-of-bucket',
  'SELECT state FROM member WHERE bucket = $1 AND program = $2 AND goes_on_as IS NULL',
)

/** Experiments that somebody met, by name. */
export const experimentsMet = sql<{ experiment: string }>(
  'experiments-met',
  'SELECT DISTINCT experiment FROM experiment_tally WHERE program = $1 ORDER BY experiment',
)

export interface MeetingRow {
  readonly member: string
  readonly held_out: boolean
  readonly met_on: number
}

export const meetingsOfBucket = sql<MeetingRow>(
  'meetings-of-bucket',
  `SELECT e.member, e.held_out, e.met_on FROM experiment_tally e JOIN member_tally t USING (bucket, program, member)
   WHERE e.bucket = $1 AND e.program = $2 AND e.experiment = $3 AND e.met_on <= $4 AND t.measured`,
)

export const measuredOfBucket = sql<{ member: string; joined_on: number }>(
  'measured-of-bucket',
  `SELECT member, joined_on FROM member_tally
   WHERE bucket = $1 AND program = $2 AND measured AND status <> 'erased' AND joined_on <= $3`,
)

/** What members spent since the day on which they met something, and in a span of the same length before. */
export const spentAround = sql<{ spent: number; spent_before: number; bought: boolean }>(
  'spent-around',
  `SELECT least(coalesce(sum(d.spend) FILTER (WHERE d.day >= m.met_on), 0), 9007199254740991)::bigint AS spent,
     least(coalesce(sum(d.spend) FILTER (WHERE d.day < m.met_on), 0), 9007199254740991)::bigint AS spent_before,
     coalesce(bool_or(d.orders > 0 AND d.day >= m.met_on), false) AS bought
   FROM unnest($4::text[], $5::int[]) AS m (member, met_on)
   LEFT JOIN member_day_tally d ON d.bucket = $1 AND d.program = $2 AND d.member = m.member
     AND d.day BETWEEN 2 * m.met_on - $3 - 1 AND $3
   GROUP BY m.member`,
)

/** All scores of a bucket at once: whoever has none any more keeps none. */
export const deleteScores = sql('delete-scores', 'DELETE FROM member_score WHERE bucket = $1 AND program = $2')

export const insertScores = sql(
  'insert-scores',
  `INSERT INTO member_score (bucket, program, as_of, member, alive, next_90, next_365, lifetime_value, recency, frequency, monetary,
     segment, engagement)
   SELECT $1, $2, $3, u.* FROM unnest($4::text[], $5::float8[], $6::float8[], $7::float8[], $8::bigint[], $9::smallint[],
     $10::smallint[], $11::smallint[], $12::text[], $13::float8[])
     AS u (member, alive, next_90, next_365, lifetime_value, recency, frequency, monetary, segment, engagement)`,
)

// ---- what is read --------------------------------------------------------------------------------------------------------

export interface ScoreRow {
  readonly member: string
  readonly as_of: number
  readonly alive: number | null
  readonly next_90: number | null
  readonly next_365: number | null
  readonly lifetime_value: number | null
  readonly recency: number | null
  readonly frequency: number | null
  readonly monetary: number | null
  readonly segment: string | null
  readonly engagement: number
}

export const scoresAfter = sql<ScoreRow>(
  'scores-after',
  `SELECT member, as_of, alive, next_90, next_365, lifetime_value, recency, frequency, monetary, segment, engagement
   FROM member_score WHERE program = $1 AND ($2::text IS NULL OR member > $2) AND ($3::text IS NULL OR segment = $3)
   ORDER BY member LIMIT $4`,
)

export const writeReport = sql(
  'write-report',
  `INSERT INTO insight_report (program, report, as_of, made_at, answer) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (program, report) DO UPDATE SET as_of = excluded.as_of, made_at = excluded.made_at, answer = excluded.answer`,
)

export const reportOf = sql<{ as_of: number; made_at: string; answer: string }>(
  'report-of',
  'SELECT as_of, made_at, answer FROM insight_report WHERE program = $1 AND report = $2',
)
