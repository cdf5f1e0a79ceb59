import { sql } from '../db/transaction.ts'

export interface TillRow {
  readonly id: string
  readonly program: string
  readonly name: string
  readonly place: string | null
  readonly added_at: string
  readonly added_by: string
  readonly key_hash: Buffer | null
  readonly enrolled_at: string | null
  readonly revoked_at: string | null
  readonly cashier: string | null
  readonly shift_over_at: string | null
}

const columns =
  'id, program, name, place, added_at, added_by, key_hash, enrolled_at, revoked_at, cashier, shift_over_at'

export const insertTill = sql(
  'insert-till',
  `INSERT INTO till (id, program, name, place, added_at, added_by, code_hash, code_over_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (program, name) WHERE revoked_at IS NULL DO NOTHING`,
)
export const countTills = sql<{ count: number }>(
  'count-tills',
  'SELECT count(*)::int AS count FROM till WHERE program = $1 AND revoked_at IS NULL',
)
export const tillOfProgram = sql<TillRow>(
  'till-of-program',
  `SELECT ${columns} FROM till WHERE program = $1 AND id = $2`,
)
export const tillsOfProgram = sql<TillRow>(
  'tills-of-program',
  `SELECT ${columns} FROM till WHERE program = $1 AND ($2::timestamptz IS NULL OR (added_at, id) < ($2, $3))
   ORDER BY added_at DESC, id DESC LIMIT $4`,
)
/** With the clock of the sandbox in which it stands; null: in none. */
export const tillById = sql<TillRow & { readonly clock: string | null; readonly cashier_ended_at: string | null }>(
  'till-by-id',
  `SELECT ${columns
    .split(', ')
    .map((column) => `t.${column}`)
    .join(', ')}, p.clock, c.ended_at AS cashier_ended_at
   FROM till t LEFT JOIN program p ON p.id = t.program LEFT JOIN cashier c ON c.id = t.cashier WHERE t.id = $1`,
)
/** None where a device is enrolled, or it is revoked. */
export const renewCode = sql(
  'renew-till-code',
  `UPDATE till SET code_hash = $3, code_over_at = $4
   WHERE program = $1 AND id = $2 AND key_hash IS NULL AND revoked_at IS NULL`,
)
/** One device alone has a code, whoever else types it at the same moment. */
export const enrolByCode = sql<{ id: string }>(
  'enrol-till-by-code',
  `UPDATE till SET key_hash = $3, enrolled_at = $4, public_key = $5, code_hash = NULL, code_over_at = NULL
   WHERE program = $1 AND code_hash = $2 AND code_over_at > $4 RETURNING id`,
)
export const revokeTillById = sql(
  'revoke-till',
  `UPDATE till SET revoked_at = $3, code_hash = NULL, code_over_at = NULL, cashier = NULL, shift_over_at = NULL
   WHERE program = $1 AND id = $2 AND revoked_at IS NULL`,
)
export const setShift = sql('set-till-shift', 'UPDATE till SET cashier = $2, shift_over_at = $3 WHERE id = $1')

export interface CashierRow {
  readonly id: string
  readonly name: string
  readonly added_at: string
  readonly ended_at: string | null
  readonly locked_until: string | null
}
const ofCashier = 'id, name, added_at, ended_at, locked_until'

export const insertCashier = sql(
  'insert-cashier',
  `INSERT INTO cashier (id, program, name, pin_salt, pin_hash, tries, added_at, added_by)
   VALUES ($1, $2, $3, $4, $5, 0, $6, $7) ON CONFLICT (program, name) WHERE ended_at IS NULL DO NOTHING`,
)
export const countCashiers = sql<{ count: number }>(
  'count-cashiers',
  'SELECT count(*)::int AS count FROM cashier WHERE program = $1 AND ended_at IS NULL',
)
export const cashierOfProgram = sql<CashierRow>(
  'cashier-of-program',
  `SELECT ${ofCashier} FROM cashier WHERE program = $1 AND id = $2`,
)
export const cashiersOfProgram = sql<CashierRow>(
  'cashiers-of-program',
  `SELECT ${ofCashier} FROM cashier WHERE program = $1 AND ($2::timestamptz IS NULL OR (added_at, id) < ($2, $3))
   ORDER BY added_at DESC, id DESC LIMIT $4`,
)
export const cashiersAtWork = sql<{ id: string; name: string }>(
  'cashiers-at-work',
  'SELECT id, name FROM cashier WHERE program = $1 AND ended_at IS NULL ORDER BY name, id LIMIT $2',
)
export const setPinOf = sql(
  'set-pin',
  `UPDATE cashier SET pin_salt = $3, pin_hash = $4, tries = 0, locked_until = NULL
   WHERE program = $1 AND id = $2 AND ended_at IS NULL`,
)
export const endCashierById = sql(
  'end-cashier',
  'UPDATE cashier SET ended_at = $3 WHERE program = $1 AND id = $2 AND ended_at IS NULL',
)
/** Counted before it is looked at, so that many at once are many; the fifth locks, unless it turns out to be right. */
export const tryPin = sql<{ name: string; pin_salt: Buffer; pin_hash: Buffer; locked_until: string | null }>(
  'try-pin',
  `UPDATE cashier SET
     tries = CASE WHEN tries = 4 THEN 0 ELSE tries + 1 END,
     locked_until = CASE WHEN tries = 4 THEN $4::timestamptz END
   WHERE program = $1 AND id = $2 AND ended_at IS NULL AND (locked_until IS NULL OR locked_until <= $3)
   RETURNING name, pin_salt, pin_hash, locked_until`,
)
export const clearTries = sql('clear-tries', 'UPDATE cashier SET tries = 0, locked_until = NULL WHERE id = $1')

export const itemsOfProgram = sql<{ items: string; offline_most: number }>(
  'till-items',
  'SELECT items, offline_most FROM till_items WHERE program = $1',
)
export const putItems = sql(
  'put-till-items',
  `INSERT INTO till_items (program, items, set_at, set_by, offline_most) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (program) DO UPDATE SET items = excluded.items, offline_most = excluded.offline_most, set_at = excluded.set_at, set_by = excluded.set_by`,
)

export interface ActRow {
  readonly id: string
  readonly kind: 'sale' | 'use' | 'redemption'
  readonly member: string
  readonly sale: string
  readonly at: string
  readonly asked_hash: Buffer
  readonly outcome: string | null
  readonly undone_at: string | null
}
const ofAct = 'id, kind, member, sale, at, asked_hash, outcome, undone_at'

export const insertAct = sql(
  'insert-till-act',
  `INSERT INTO till_act (bucket, program, till, id, kind, cashier, member, sale, at, asked_hash)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (bucket, program, till, id) DO NOTHING`,
)
export const actById = sql<ActRow>(
  'till-act',
  `SELECT ${ofAct} FROM till_act WHERE bucket = $1 AND program = $2 AND till = $3 AND id = $4`,
)
export const actsOfSale = sql<ActRow>(
  'till-acts-of-sale',
  `SELECT ${ofAct} FROM till_act WHERE bucket = $1 AND program = $2 AND till = $3 AND sale = $4 ORDER BY at, id`,
)
export const actsSince = sql<ActRow>(
  'till-acts-since',
  `SELECT ${ofAct} FROM till_act WHERE bucket = $1 AND program = $2 AND till = $3 AND at > $4 AND outcome IS NOT NULL
   ORDER BY at DESC, id DESC LIMIT $5`,
)
export const setOutcome = sql(
  'set-till-outcome',
  'UPDATE till_act SET outcome = $5 WHERE bucket = $1 AND program = $2 AND till = $3 AND id = $4 AND outcome IS NULL',
)
export const askUndo = sql<{ undo_asked_at: string }>(
  'ask-undo-at-till',
  `UPDATE till_act SET undo_asked_at = coalesce(undo_asked_at, $5)
   WHERE bucket = $1 AND program = $2 AND till = $3 AND id = $4 RETURNING undo_asked_at`,
)
export const markUndone = sql(
  'mark-till-act-undone',
  `UPDATE till_act SET undone_at = $5 WHERE bucket = $1 AND program = $2 AND till = $3 AND id = $4 AND undone_at IS NULL`,
)
