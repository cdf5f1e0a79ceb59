import { sql } from '../db/transaction.ts'

export interface SandboxRow {
  readonly id: string
  readonly sandbox_of: string
  readonly clock: string
  readonly created_at: string
  readonly versions: number
  /** The advance that is under way. */
  readonly advancing: string | null
}

const sandboxes = `SELECT p.id, p.sandbox_of, p.clock, p.created_at, p.versions, a.id AS advancing
  FROM program p LEFT JOIN sandbox_advance a ON a.program = p.id AND a.status = 'running'
  WHERE p.clock IS NOT NULL`

export const sandboxById = sql<SandboxRow>('sandbox-by-id', `${sandboxes} AND p.id = $1`)

export const sandboxesOf = sql<SandboxRow>(
  'sandboxes-of',
  `${sandboxes} AND p.sandbox_of = $1 AND p.id > $2 ORDER BY p.id LIMIT $3`,
)

/** Writes nothing where there is a program of this id. */
export const insertSandbox = sql(
  'insert-sandbox',
  `INSERT INTO program (id, versions, created_at, clock, sandbox_of) VALUES ($1, 0, $2, $3, $4) ON CONFLICT DO NOTHING`,
)

/** Whoever begins an advance waits here for whoever else does. */
export const lockClock = sql<{ clock: string }>(
  'lock-clock',
  'SELECT clock FROM program WHERE id = $1 AND clock IS NOT NULL FOR UPDATE',
)

export const moveClock = sql('move-clock', 'UPDATE program SET clock = $2 WHERE id = $1 AND clock < $2')

export const revokeKeysNamed = sql(
  'revoke-keys-named',
  'UPDATE api_key SET revoked_at = $3 WHERE program = $1 AND name = $2 AND revoked_at IS NULL',
)

// ---- advances ----------------------------------------------------------------------------------------------------------

export interface AdvanceRow {
  readonly program: string
  readonly id: string
  readonly from_at: string
  readonly to_at: string
  readonly status: 'running' | 'done' | 'cancelled' | 'failed'
  readonly fired: number
  readonly started_at: string
  readonly started_by: string
  readonly ended_at: string | null
  readonly failure: string | null
  /** Of the sandbox. */
  readonly clock: string
}

const columns =
  'a.program, a.id, a.from_at, a.to_at, a.status, a.fired, a.started_at, a.started_by, a.ended_at, a.failure, p.clock'

const advances = `SELECT ${columns} FROM sandbox_advance a JOIN program p ON p.id = a.program`

export const advanceById = sql<AdvanceRow>('advance-by-id', `${advances} WHERE a.program = $1 AND a.id = $2`)

export const runningAdvance = sql<AdvanceRow>(
  'running-advance',
  `${advances} WHERE a.program = $1 AND a.status = 'running'`,
)

export const advancesBefore = sql<AdvanceRow>(
  'advances-before',
  `${advances} WHERE a.program = $1 AND ($2::timestamptz IS NULL OR (a.started_at, a.id) < ($2, $3))
   ORDER BY a.started_at DESC, a.id DESC LIMIT $4`,
)

export const insertAdvance = sql(
  'insert-advance',
  `INSERT INTO sandbox_advance (program, id, from_at, to_at, status, started_at, started_by)
   VALUES ($1, $2, $3, $4, 'running', $5, $6)`,
)

/** Ends one that runs, in whatever way; 0 where it has ended. */
export const endAdvance = sql(
  'end-advance',
  `UPDATE sandbox_advance SET status = $3, ended_at = $4, failure = $5, held_by = NULL, held_until = NULL
   WHERE program = $1 AND id = $2 AND status = 'running'`,
)

/** The one that has waited longest and that nobody works at: in turns, so that a long one keeps nobody waiting. */
export const takeAdvance = sql<AdvanceRow>(
  'take-advance',
  `UPDATE sandbox_advance a SET held_by = $1, held_until = $3 FROM program p
   WHERE p.id = a.program AND (a.program, a.id) =
     (SELECT program, id FROM sandbox_advance
      WHERE status = 'running' AND (held_by IS NULL OR held_until < $2)
      ORDER BY coalesce(held_until, started_at), program, id LIMIT 1 FOR UPDATE SKIP LOCKED)
   RETURNING ${columns}`,
)

/** 0: it was cancelled, or somebody else has taken it. */
export const holdAdvance = sql(
  'hold-advance',
  `UPDATE sandbox_advance SET held_until = $4
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

/** Locks it against its own end, so that the clock does not move behind it. 0: as above. */
export const countFired = sql(
  'count-fired',
  `UPDATE sandbox_advance SET fired = fired + $4
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

/** It keeps the moment, as its place in the line of those that wait. */
export const letAdvanceGo = sql(
  'let-advance-go',
  `UPDATE sandbox_advance SET held_by = NULL, held_until = $4
   WHERE program = $1 AND id = $2 AND held_by = $3 AND status = 'running'`,
)

export const letAdvancesGo = sql(
  'let-advances-go',
  "UPDATE sandbox_advance SET held_by = NULL WHERE status = 'running'",
)

// ---- what comes next ---------------------------------------------------------------------------------------------------

/** The next moment at which time does something to a member. */
export const nextDueOf = sql<{ due_at: string | null }>(
  'next-due-of',
  'SELECT min(due_at) AS due_at FROM member WHERE program = $1 AND due_at > $2',
)
