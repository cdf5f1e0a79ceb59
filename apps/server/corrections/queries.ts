import type { CorrectionAnswer } from '@laurel/contract'
import { sql } from '../db/transaction.ts'
import type { Change } from './changes.ts'

export interface CorrectionRow {
  readonly program: string
  readonly id: string
  readonly version: number
  readonly from_at: string
  readonly reason: string
  readonly versions: number
  readonly posts_as: number
  readonly status: CorrectionAnswer['status']
  readonly started_at: string
  readonly started_by: string
  readonly approved_at: string | null
  readonly approved_by: string | null
  readonly ended_at: string | null
  readonly parts_done: number
  readonly parts_all: number
  readonly members_posted: number
  /** JSON: a `Summary`. */
  readonly summary: string | null
  /** The same of what is posted so far; null: nothing is. */
  readonly posted: string | null
  readonly failure: string | null
}

const columns = `program, id, version, from_at, reason, versions, posts_as, status, started_at, started_by, approved_at, approved_by,
  ended_at, parts_done, parts_all, members_posted, summary, posted, failure`

export const correctionById = sql<CorrectionRow>(
  'correction-by-id',
  `SELECT ${columns} FROM correction WHERE program = $1 AND id = $2`,
)

/** Nobody else takes it a step further until the transaction is over. */
export const lockCorrection = sql<CorrectionRow>(
  'lock-correction',
  `SELECT ${columns} FROM correction WHERE program = $1 AND id = $2 FOR UPDATE`,
)

export const openCorrection = sql<{ id: string }>(
  'open-correction',
  `SELECT id FROM correction WHERE program = $1 AND status IN ('looking', 'shown', 'posting')`,
)

export const correctionsBefore = sql<CorrectionRow>(
  'corrections-before',
  `SELECT ${columns} FROM correction
   WHERE program = $1 AND ($2::timestamptz IS NULL OR (started_at, id) < ($2, $3)) ORDER BY started_at DESC, id DESC LIMIT $4`,
)

/** Writes nothing where there is one that is open, or one of this id. */
export const insertCorrection = sql(
  'insert-correction',
  `INSERT INTO correction (program, id, version, from_at, reason, versions, posts_as, status, started_at, started_by,
     asked_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, 'looking', $8, $9, $10) ON CONFLICT DO NOTHING`,
)

/** Who has asked for it: a person, or whoever holds the key; null where that says nothing, or there is no such key. */
export const holderOfKey = sql<{ holder: string | null }>(
  'holder-of-key',
  `SELECT CASE WHEN $2::text LIKE 'staff/%' THEN $2 ELSE
     (SELECT holder FROM api_key WHERE program = $1 AND 'key/' || id = $2) END AS holder`,
)

export const approveRow = sql(
  'approve-correction',
  `UPDATE correction SET status = 'posting', approved_at = $3, approved_by = $4
   WHERE program = $1 AND id = $2 AND status = 'shown'`,
)

/** Ends one that is open, in whatever way; 0 where it has ended. */
export const endCorrection = sql(
  'end-correction',
  `UPDATE correction SET status = $3, ended_at = $4, failure = $5, held_by = NULL, held_until = NULL
   WHERE program = $1 AND id = $2 AND status IN ('looking', 'shown', 'posting')`,
)

// ---- who works at it -----------------------------------------------------------------------------------------------------

/** As with backtests: whatever has waited longest by the wall clock. */
export const takeCorrection = sql<CorrectionRow>(
  'take-correction',
  `UPDATE correction SET held_by = $1, held_until = $3 WHERE (program, id) =
     (SELECT program, id FROM correction
      WHERE status IN ('looking', 'posting') AND (held_until IS NULL OR held_until < $2)
      ORDER BY asked_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING ${columns}`,
)

/** 0: it has ended, or somebody else has taken it. */
export const holdCorrection = sql(
  'hold-correction',
  `UPDATE correction SET held_until = $4
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status IN ('looking', 'posting')`,
)

export const letCorrectionGo = sql(
  'let-correction-go',
  'UPDATE correction SET held_by = NULL, held_until = NULL WHERE program = $1 AND id = $2 AND held_by = $3',
)

export const letAllCorrectionsGo = sql(
  'let-all-corrections-go',
  "UPDATE correction SET held_by = NULL, held_until = NULL WHERE status IN ('looking', 'posting')",
)

// ---- looking -------------------------------------------------------------------------------------------------------------

/** Who has had anything recorded since: nothing else can have happened since (EVT-4). */
export const bucketsSince = sql<{ bucket: number }>(
  'buckets-since',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 AND recorded_at >= $2 ORDER BY bucket',
)

/** Whoever was merged is told with the one that remains (MRG-1). */
export const membersSince = sql<{ id: string }>(
  'members-of-bucket-since',
  `SELECT id FROM member
   WHERE bucket = $1 AND program = $2 AND id > $3 AND recorded_at >= $4 AND goes_on_as IS NULL ORDER BY id LIMIT $5`,
)

/** The same of whom it does not name yet. */
export const membersMissed = sql<{ id: string }>(
  'members-missed-by-correction',
  `SELECT id FROM member
   WHERE bucket = $1 AND program = $2 AND id > $3 AND recorded_at >= $4 AND goes_on_as IS NULL AND NOT EXISTS
     (SELECT 1 FROM correction_member WHERE bucket = $1 AND program = $2 AND correction = $6 AND member = member.id)
   ORDER BY id LIMIT $5`,
)

export const setCorrectionParts = sql(
  'set-correction-parts',
  'UPDATE correction SET parts_all = $3 WHERE program = $1 AND id = $2',
)

/** Locks it against its own end, so that no part is written behind it. 0: it has ended, or is another's. */
export const countCorrectionPart = sql(
  'count-correction-part',
  `UPDATE correction SET parts_done = parts_done + 1
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'looking'`,
)

export const insertCorrectionPart = sql(
  'insert-correction-part',
  'INSERT INTO correction_part (program, correction, part, result) VALUES ($1, $2, $3, $4)',
)

export const correctionPartsDone = sql<{ part: number }>(
  'correction-parts-done',
  'SELECT part FROM correction_part WHERE program = $1 AND correction = $2',
)

/** One after another, so that no more than one is in memory. */
export const correctionPartAfter = sql<{ part: number; result: string }>(
  'correction-part-after',
  'SELECT part, result FROM correction_part WHERE program = $1 AND correction = $2 AND part > $3 ORDER BY part LIMIT 1',
)

export const deleteCorrectionParts = sql(
  'delete-correction-parts',
  'DELETE FROM correction_part WHERE program = $1 AND correction = $2',
)

export const insertCorrectionMembers = sql(
  'insert-correction-members',
  `INSERT INTO correction_member (bucket, program, correction, member, facts, changes)
   SELECT $1, $2, $3, * FROM unnest($4::text[], $5::int[], $6::text[])`,
)

export const deleteCorrectionMembers = sql(
  'delete-correction-members',
  'DELETE FROM correction_member WHERE program = $1 AND correction = $2',
)

export const showCorrection = sql(
  'show-correction',
  `UPDATE correction SET status = $4, summary = $5, ended_at = $6
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'looking'`,
)

// ---- posting -------------------------------------------------------------------------------------------------------------

export interface CorrectionMemberRow {
  readonly bucket: number
  readonly member: string
  readonly facts: number
  /** JSON: `MemberChange` without the member and its facts. */
  readonly changes: string
  readonly outcome: 'posted' | 'nothing-left' | 'failed' | null
  readonly seq: number | null
}

export const membersToPost = sql<CorrectionMemberRow>(
  'correction-members-to-post',
  `SELECT bucket, member, facts, changes, outcome, seq FROM correction_member
   WHERE program = $1 AND correction = $2 AND outcome IS NULL ORDER BY bucket, member LIMIT $3`,
)

export const noteOutcome = sql(
  'note-correction-outcome',
  `UPDATE correction_member SET outcome = $5, seq = $6, facts = $7, changes = $8
   WHERE bucket = $1 AND program = $2 AND correction = $3 AND member = $4 AND outcome IS NULL`,
)

export interface PostedChange extends Change {
  readonly lines: number
}

/** What a decision has posted, asset by asset: a debt grows when an amount moves out of it. Of pools: what the act itself
 * claims, beside what it moves of what was put in before. */
export const changesPosted = sql<PostedChange>(
  'correction-changes-posted',
  `SELECT asset, count(*)::int AS lines,
     sum(amount * ((to_account IN ('pending', 'active', 'held', 'debt'))::int -
       (from_account IN ('pending', 'active', 'held', 'debt'))::int))::bigint AS change,
     sum(amount * ((from_account = 'debt')::int - (to_account = 'debt')::int))::bigint AS debt,
     sum(amount * (rule = 'shortfall-waived' AND to_account = 'debt')::int)::bigint AS borne,
     sum(amount * (rule = 'pool' AND from_account = 'transit' AND because IS NULL)::int)::bigint AS pooled
   FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 AND seq = $4 GROUP BY asset ORDER BY asset`,
)

/** What is posted is counted, whatever has become of the run meanwhile. */
export const countPosted = sql<Pick<CorrectionRow, 'status'> & { held_by: string | null }>(
  'count-correction-posted',
  `UPDATE correction SET members_posted = members_posted + $3, posted = $4 WHERE program = $1 AND id = $2
   RETURNING status, held_by`,
)

export const membersFailed = sql<{ members: number; first: string | null }>(
  'correction-members-failed',
  `SELECT count(*)::int AS members, min(member) AS first FROM correction_member
   WHERE program = $1 AND correction = $2 AND outcome = 'failed'`,
)

export const membersOfCorrection = sql<CorrectionMemberRow>(
  'members-of-correction',
  `SELECT bucket, member, facts, changes, outcome, seq FROM correction_member
   WHERE program = $1 AND correction = $2 AND (bucket, member) > ($3, $4) ORDER BY bucket, member LIMIT $5`,
)
