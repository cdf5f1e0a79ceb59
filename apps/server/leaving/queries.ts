import { sql } from '../db/transaction.ts'

export interface ErasureRow {
  readonly program: string
  readonly member: string
  readonly erased_at: string
  readonly actor: string
  readonly reason: string
  readonly finished_at: string | null
  readonly swept_at: string | null
}

const erasure = 'SELECT program, member, erased_at, actor, reason, finished_at, swept_at FROM erasure'

export const insertErasure = sql(
  'insert-erasure',
  `INSERT INTO erasure (bucket, program, member, erased_at, actor, reason) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT DO NOTHING`,
)

export const erasureByMember = sql<ErasureRow>(
  'erasure-by-member',
  `${erasure} WHERE bucket = $1 AND program = $2 AND member = $3`,
)

export const erasuresOfProgram = sql<ErasureRow>(
  'erasures-of-program',
  `${erasure} WHERE program = $1 AND ($2::text IS NULL OR member > $2) ORDER BY member LIMIT $3`,
)

export const erasuresAfter = sql<ErasureRow>(
  'erasures-after',
  `${erasure} WHERE (program, member) > ($1, $2) ORDER BY program, member LIMIT $3`,
)

export const erasuresToFinish = sql<ErasureRow>(
  'erasures-to-finish',
  `${erasure} WHERE finished_at IS NULL ORDER BY erased_at LIMIT $1`,
)

export const finishErasureOf = sql(
  'finish-erasure',
  `UPDATE erasure SET finished_at = coalesce(finished_at, $4) WHERE bucket = $1 AND program = $2 AND member = $3`,
)

export const erasuresToSweep = sql<{ last: string | null }>(
  'erasures-to-sweep',
  'SELECT max(finished_at) AS last FROM erasure WHERE finished_at IS NOT NULL AND swept_at IS NULL',
)

export const noteSweep = sql(
  'note-sweep',
  'UPDATE erasure SET swept_at = $2 WHERE swept_at IS NULL AND finished_at <= $1',
)

/** Everything that is personal, or waits for a person who should look at it: nobody will any more. */
export const deletionsOfMember = [
  sql('delete-profile-of', 'DELETE FROM profile WHERE bucket = $1 AND program = $2 AND member = $3'),
  sql('delete-refunds-of', 'DELETE FROM unmatched_refund WHERE bucket = $1 AND program = $2 AND member = $3'),
  sql(
    'delete-leaderboard-choice-of',
    'DELETE FROM leaderboard_choice WHERE bucket = $1 AND program = $2 AND member = $3',
  ),
  // What was expected of whoever it was.
  sql('delete-score-of', 'DELETE FROM member_score WHERE bucket = $1 AND program = $2 AND member = $3'),
  sql('delete-overdue-of', 'DELETE FROM overdue_fact WHERE bucket = $1 AND program = $2 AND member = $3'),
]
/** In the bucket of each value. */
export const deletionsByValue = [
  sql('delete-claims-of', 'DELETE FROM claim WHERE program = $1 AND member = $2'),
  sql('delete-fingerprints-of', 'DELETE FROM fingerprint WHERE program = $1 AND member = $2'),
  sql('delete-referral-codes-of', 'DELETE FROM referral_code WHERE program = $1 AND member = $2'),
  // With sessions and passkeys.
  sql('delete-sign-in-of', 'DELETE FROM member_sign_in."user" WHERE program = $1 AND member = $2'),
  sql('delete-referral-claims-of', 'DELETE FROM referral_claim WHERE program = $1 AND (friend = $2 OR advocate = $2)'),
]

export interface GoneRow {
  readonly asset: string
  readonly forfeited: number
  readonly written_off: number
}

/** What a cause moved to `forfeited`, and what it wrote off. */
export const goneBy = sql<GoneRow>(
  'gone-by',
  `SELECT asset, coalesce(sum(amount) FILTER (WHERE to_account = 'forfeited'), 0)::bigint AS forfeited,
     coalesce(sum(amount) FILTER (WHERE to_account = 'debt'), 0)::bigint AS written_off
   FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 AND cause = $4
     AND (to_account = 'forfeited' OR (from_account = 'adjusted' AND to_account = 'debt'))
   GROUP BY asset ORDER BY asset`,
)

/** Everybody who was merged into a member, at once or by way of others. */
export const goingOnAs = sql<{ id: string }>(
  'going-on-as',
  `WITH RECURSIVE merged AS (
     SELECT id FROM member WHERE program = $1 AND goes_on_as = $2
     UNION SELECT m.id FROM member m JOIN merged ON m.program = $1 AND m.goes_on_as = merged.id)
   SELECT id FROM merged`,
)
