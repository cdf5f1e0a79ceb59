import { sql } from '../db/transaction.ts'

export interface KeyRow {
  readonly id: string
  readonly program: string
  readonly name: string
  readonly secret_hash: Buffer
  readonly scopes: string[]
  readonly created_at: string
  readonly expires_at: string | null
  /** Null: the program's own. */
  readonly partner: string | null
  /** Null: nobody has said. */
  readonly holder: string | null
  readonly revoked_at: string | null
  /** Of the sandbox that it opens; null: it opens no sandbox. */
  readonly clock: string | null
}

export const keyById = sql<KeyRow>(
  'key-by-id',
  `SELECT k.id, k.program, k.name, k.secret_hash, k.scopes, k.created_at, k.expires_at, k.revoked_at, k.partner, k.holder, p.clock
   FROM api_key k LEFT JOIN program p ON p.id = k.program WHERE k.id = $1`,
)

export interface ListedKeyRow extends Omit<KeyRow, 'secret_hash' | 'program' | 'partner' | 'clock'> {
  readonly created_by: string
}

const listed = 'SELECT id, name, scopes, created_at, created_by, expires_at, revoked_at, holder FROM api_key'

export const keysOfProgram = sql<ListedKeyRow>(
  'keys-of-program',
  `${listed} WHERE program = $1
     AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3))
     AND ($4 OR (revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $5)))
   ORDER BY created_at DESC, id DESC LIMIT $6`,
)

export const keyOfProgram = sql<ListedKeyRow>('key-of-program', `${listed} WHERE program = $1 AND id = $2`)

export const keyOfName = sql<{ id: string }>(
  'key-of-name',
  `SELECT id FROM api_key WHERE program = $1 AND name = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)
   LIMIT 1`,
)

export const insertKey = sql(
  'insert-key',
  `INSERT INTO api_key (id, program, name, secret_hash, scopes, created_at, created_by, expires_at, partner, holder)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
)

export const revokeKeyById = sql(
  'revoke-key',
  'UPDATE api_key SET revoked_at = $3 WHERE id = $1 AND program = $2 AND revoked_at IS NULL',
)

export interface AuditRow {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly act: string
  readonly subject: string
  readonly detail: Readonly<Record<string, unknown>>
}

export const auditOfProgram = sql<AuditRow>(
  'audit-of-program',
  `SELECT id, at, actor, act, subject, detail FROM audit_log
   WHERE program = $1 AND ($2::text IS NULL OR actor = $2) AND ($3::text IS NULL OR act = $3)
     AND ($4::timestamptz IS NULL OR (at, id) < ($4, $5::uuid))
   ORDER BY at DESC, id DESC LIMIT $6`,
)

export const insertAudit = sql(
  'insert-audit',
  'INSERT INTO audit_log (id, program, at, actor, act, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)',
)
