import { sql } from '../db/transaction.ts'

export interface DraftRow {
  readonly id: string
  readonly revision: number
  readonly status: 'open' | 'submitted' | 'approved' | 'published'
  readonly document: string
  readonly note: string
  readonly based_on: number
  readonly changed_at: string
  readonly changed_by: string
  /** What it was published as. */
  readonly version: number | null
}

const columns = 'id, revision, status, document, note, based_on, changed_at, changed_by, version'

export const draftById = sql<DraftRow>(
  'draft-by-id',
  `SELECT ${columns} FROM program_draft WHERE program = $1 AND id = $2`,
)

/** Until the transaction is over nobody else changes it. */
export const lockDraft = sql<DraftRow>(
  'lock-draft',
  `SELECT ${columns} FROM program_draft WHERE program = $1 AND id = $2 FOR UPDATE`,
)

export const draftsOfProgram = sql<Omit<DraftRow, 'document'>>(
  'drafts-of-program',
  `SELECT id, revision, status, note, based_on, changed_at, changed_by, version FROM program_draft
   WHERE program = $1 AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $3`,
)

export const insertDraft = sql(
  'insert-draft',
  `INSERT INTO program_draft (program, id, revision, status, document, note, based_on, changed_at, changed_by)
   VALUES ($1, $2, 1, 'open', $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
)

export const saveDraftRow = sql(
  'save-draft',
  `UPDATE program_draft SET revision = revision + 1, status = 'open', document = $3, note = $4, based_on = $5,
     changed_at = $6, changed_by = $7
   WHERE program = $1 AND id = $2`,
)

export const moveDraft = sql(
  'move-draft',
  'UPDATE program_draft SET status = $3, version = $4 WHERE program = $1 AND id = $2',
)

export interface StepRow {
  readonly number: number
  readonly act: 'saved' | 'submitted' | 'approved' | 'sent-back' | 'published'
  readonly revision: number
  readonly actor: string
  readonly comment: string
  readonly at: string
}

export const stepsOfDraft = sql<StepRow>(
  'steps-of-draft',
  `SELECT number, act, revision, actor, comment, at FROM draft_step
   WHERE program = $1 AND draft = $2 AND ($3::int IS NULL OR number < $3) ORDER BY number DESC LIMIT $4`,
)

/** The draft is locked, so that numbers follow one another. */
export const insertStep = sql(
  'insert-draft-step',
  `INSERT INTO draft_step (program, draft, number, revision, act, actor, comment, at)
   SELECT $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7 FROM draft_step WHERE program = $1 AND draft = $2`,
)

/** Whose hands have written it: a person's own, or of whoever holds a key; null where a key says nothing of that. */
export const writersOfDraft = sql<{ holder: string | null }>(
  'writers-of-draft',
  `SELECT DISTINCT CASE WHEN actor LIKE 'staff/%' THEN actor ELSE api_key.holder END AS holder FROM draft_step LEFT JOIN api_key ON 'key/' || api_key.id = draft_step.actor
   WHERE draft_step.program = $1 AND draft = $2 AND act = 'saved'`,
)

/** Who approved it last. */
export const approverOfDraft = sql<{ actor: string }>(
  'approver-of-draft',
  `SELECT actor FROM draft_step
   WHERE program = $1 AND draft = $2 AND act = 'approved' AND revision = $3 ORDER BY number DESC LIMIT 1`,
)

export interface ConcernedRow {
  readonly members: number
  /** How many were looked at. */
  readonly looked: number
  /** As text, since a sum can be large; null where there is none. */
  readonly amount: string | null
}

/**
 * So many holders are looked at, at most: enough to say what a change concerns, and no publication takes longer than a second
 * for it, however large the program is.
 */
export const HOLDERS_LOOKED_AT_MAX = 20_000

export const amountHeld = sql<ConcernedRow>(
  'amount-held',
  `SELECT count(*)::int AS members, count(*)::int AS looked, coalesce(sum(units), 0)::text AS amount
   FROM (SELECT pending + active + held AS units FROM balance
         WHERE program = $1 AND asset = $2 AND pending + active + held > 0 LIMIT ${HOLDERS_LOOKED_AT_MAX}) AS held`,
)

export const vouchersOpen = sql<ConcernedRow>(
  'vouchers-open',
  `SELECT count(DISTINCT member)::int AS members, count(*)::int AS looked, count(*)::text AS amount
   FROM (SELECT member FROM voucher
         WHERE program = $1 AND reward = $2 AND status = 'open' LIMIT ${HOLDERS_LOOKED_AT_MAX}) AS open`,
)

/** Seats of one session, which a confirmed booking holds as a voucher. */
export const seatsBooked = sql<ConcernedRow>(
  'seats-booked',
  `SELECT count(DISTINCT member)::int AS members, count(*)::int AS looked, count(*)::text AS amount
   FROM (SELECT member FROM voucher
         WHERE program = $1 AND reward = $2 AND status = 'open' AND record LIKE '%"session":"%'
           AND record::jsonb ->> 'session' = $3 LIMIT ${HOLDERS_LOOKED_AT_MAX}) AS booked`,
)

/** Whose state holds this part of it. */
export const membersWith = sql<ConcernedRow>(
  'members-with',
  `SELECT (count(*) FILTER (WHERE state::jsonb @> $2::jsonb))::int AS members, count(*)::int AS looked, NULL::text AS amount
   FROM (SELECT state FROM member WHERE program = $1 ORDER BY id LIMIT ${HOLDERS_LOOKED_AT_MAX}) AS looked_at`,
)

export const draftOfVersion = sql<{ id: string }>(
  'draft-of-version',
  'SELECT id FROM program_draft WHERE program = $1 AND version = $2',
)
