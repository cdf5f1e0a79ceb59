import { sql } from '../db/transaction.ts'

export interface VersionRow {
  readonly version: number
  readonly document: string
  readonly hash: string
  /** Null: always. */
  readonly in_force_from: string | null
  readonly published_at: string
  readonly author: string
  readonly note: string
  /** Null: nobody was asked. */
  readonly approved_by: string | null
  /** The version whose document this is once more; null: its own. */
  readonly restores: number | null
  readonly withdraws: number | null
  /** The version that began the pilot whose step it is; null: it is no step of one. */
  readonly pilot: number | null
  /** Percent of members whom it is for, and who stay out however far it is widened; null where `pilot` is. */
  readonly share: number | null
  readonly holdout: number | null
}

export const versionsOfProgram = sql<VersionRow>(
  'versions-of-program',
  `SELECT version, document, hash, in_force_from, published_at, author, note,
     approved_by, restores, withdraws, pilot, share, holdout
   FROM program_version WHERE program = $1 ORDER BY version`,
)

export const versionsPublished = sql<{ versions: number; clock: string | null }>(
  'versions-published',
  'SELECT versions, clock FROM program WHERE id = $1',
)

/** Sandboxes are not among them: whatever is done for all programs is done for none of those (SBX-2). */
export const programIds = sql<{ id: string; versions: number }>(
  'program-ids',
  'SELECT id, versions FROM program WHERE versions > 0 AND clock IS NULL ORDER BY id',
)

/** Taken before a version is added, so that two publications follow one another. */
export const lockProgram = sql<{ versions: number }>(
  'lock-program',
  'SELECT versions FROM program WHERE id = $1 FOR UPDATE',
)

export const insertProgram = sql(
  'insert-program',
  'INSERT INTO program (id, versions, created_at) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING',
)

export const insertVersion = sql(
  'insert-version',
  `INSERT INTO program_version (program, version, document, hash, in_force_from, published_at, author, note,
     approved_by, restores, withdraws, pilot, share, holdout)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
)

export const countVersion = sql('count-version', 'UPDATE program SET versions = $2 WHERE id = $1')
