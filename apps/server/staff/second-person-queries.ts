import type { RoleName } from '@laurel/contract'
import { sql } from '../db/transaction.ts'

export const limitsOfProgram = sql<{ role: RoleName; asset: string; most_per_day: number }>(
  'limits-of-program',
  'SELECT role, asset, most_per_day FROM staff_limit WHERE program = $1 ORDER BY role, asset',
)

export const upsertLimit = sql(
  'upsert-limit',
  `INSERT INTO staff_limit (program, role, asset, most_per_day, set_at, set_by) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (program, role, asset)
   DO UPDATE SET most_per_day = excluded.most_per_day, set_at = excluded.set_at, set_by = excluded.set_by`,
)

export const deleteLimit = sql(
  'delete-limit',
  'DELETE FROM staff_limit WHERE program = $1 AND role = $2 AND asset = $3',
)

/** Locks the person, so that what two of their requests come to is not counted apart. */
export const lockRole = sql<{ role: RoleName }>(
  'lock-role',
  `SELECT role FROM staff_role WHERE person = $2
     AND program = coalesce((SELECT sandbox_of FROM program WHERE id = $1), $1) FOR UPDATE`,
)

export const limitOfRole = sql<{ most_per_day: number }>(
  'limit-of-role',
  'SELECT most_per_day FROM staff_limit WHERE program = $1 AND role = $2 AND asset = $3',
)

export const adjustedAlone = sql<{ amount: number }>(
  'adjusted-alone',
  `SELECT coalesce(sum(amount), 0)::bigint AS amount FROM staff_act
   WHERE program = $1 AND person = $2 AND asset = $3 AND asked_at > $4 AND status = 'alone'`,
)

export interface ActRow {
  readonly id: string
  readonly act: string
  readonly person: string
  readonly member: string
  readonly deed: string
  readonly reason: string
  readonly asset: string
  readonly amount: number
  readonly asked_at: string
  readonly status: 'alone' | 'waiting' | 'approved' | 'rejected'
}

const acts = 'SELECT id, act, person, member, deed, reason, asset, amount, asked_at, status FROM staff_act'

export const actByIdentity = sql<ActRow>('act-by-identity', `${acts} WHERE program = $1 AND act = $2`)
export const lockAct = sql<ActRow>(
  'lock-act',
  `${acts} WHERE program = $1 AND id = $2 AND status <> 'alone' FOR UPDATE`,
)

export const insertAct = sql(
  'insert-act',
  `INSERT INTO staff_act (program, id, act, person, member, deed, reason, asset, amount, asked_at, status)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (program, act) DO NOTHING`,
)

export const answerAct = sql(
  'answer-act',
  `UPDATE staff_act SET status = $3, answered_at = $4, answered_by = $5
   WHERE program = $1 AND id = $2 AND status = 'waiting'`,
)

export const waitingActs = sql<ActRow>(
  'waiting-acts',
  `${acts} WHERE program = $1 AND status = 'waiting'
     AND ($2::timestamptz IS NULL OR (asked_at, id) > ($2, $3)) ORDER BY asked_at, id LIMIT $4`,
)

export const sweepActs = sql('sweep-acts', `DELETE FROM staff_act WHERE status = 'alone' AND asked_at < $1`)
