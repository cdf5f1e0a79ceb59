import { sql } from '../db/transaction.ts'

export const codeFingerprint = sql<{ fingerprint: Buffer }>(
  'code-fingerprint',
  'SELECT fingerprint FROM code_secret WHERE id = 1',
)

/** The first one stays. Whose it was is read afterwards: this statement does not see what another commits meanwhile. */
export const keepFingerprint = sql(
  'keep-code-fingerprint',
  'INSERT INTO code_secret (id, fingerprint, made_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING',
)

export interface VoucherRow {
  readonly id: string
  readonly record: string
  readonly last_four: string | null
  readonly issued_at: string
}

const voucher =
  'SELECT id, record, last_four, issued_at FROM voucher WHERE bucket = $1 AND program = $2 AND member = $3'

export const vouchersOfMember = sql<VoucherRow>(
  'vouchers-of-member',
  `${voucher} AND ($4 OR status = 'open') AND ($5::timestamptz IS NULL OR (issued_at, id) < ($5, $6))
   ORDER BY issued_at DESC, id DESC LIMIT $7`,
)

export const voucherOfMember = sql<VoucherRow>('voucher-of-member', `${voucher} AND id = $4`)

/** What was sent with a request, by its identity's decision. */
export const contentOfDecision = sql<{ content: string | null }>(
  'content-of-decision',
  'SELECT content FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 AND seq = $4',
)

export const lockVoucher = sql<{ code: Buffer | null; status: string }>(
  'lock-voucher',
  'SELECT code, status FROM voucher WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4 FOR UPDATE',
)

export const nameCode = sql(
  'name-code-of-voucher',
  `UPDATE voucher SET code = $5, last_four = $6
   WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4 AND code IS NULL`,
)

/** None where the code is there already. */
export const insertCode = sql<{ hash: Buffer }>(
  'insert-code',
  `INSERT INTO voucher_code (bucket, program, hash, reward, sealed, member, voucher, added_at, revealed_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (bucket, program, hash) DO NOTHING RETURNING hash`,
)

/** The next free one, oldest first; whoever asks at the same time gets another. */
export const takeUploadedCode = sql<{ hash: Buffer; sealed: Buffer }>(
  'take-uploaded-code',
  `UPDATE voucher_code c SET member = $3, voucher = $4, revealed_at = $5
   FROM (SELECT bucket, program, hash FROM voucher_code
         WHERE program = $1 AND reward = $2 AND voucher IS NULL
         ORDER BY added_at, hash LIMIT 1 FOR UPDATE SKIP LOCKED) free
   WHERE c.bucket = free.bucket AND c.program = free.program AND c.hash = free.hash AND c.voucher IS NULL
   RETURNING c.hash, c.sealed`,
)

export const codeByHash = sql<{ sealed: Buffer; member: string | null; voucher: string | null }>(
  'code-by-hash',
  'SELECT sealed, member, voucher FROM voucher_code WHERE bucket = $1 AND program = $2 AND hash = $3',
)

/** Adds those that are not there; answers of all of them to which reward they belong. */
export const uploadCodes = sql<{ place: number; reward: string; added: boolean }>(
  'upload-codes',
  `WITH sent AS (
     SELECT * FROM unnest($3::int[], $4::bytea[], $5::bytea[]) WITH ORDINALITY AS s (bucket, hash, sealed, place)),
   added AS (
     INSERT INTO voucher_code (bucket, program, hash, reward, sealed, added_at)
     SELECT bucket, $1, hash, $2, sealed, $6 FROM sent ORDER BY bucket, hash
     ON CONFLICT (bucket, program, hash) DO NOTHING RETURNING bucket, hash)
   SELECT s.place, coalesce(c.reward, $2) AS reward, a.hash IS NOT NULL AS added
   FROM sent s
   LEFT JOIN added a ON a.bucket = s.bucket AND a.hash = s.hash
   LEFT JOIN voucher_code c ON c.bucket = s.bucket AND c.program = $1 AND c.hash = s.hash
   ORDER BY s.place`,
)

/** So many vouchers more can be issued (RED-3). */
export const widenCodes = sql(
  'widen-codes',
  `INSERT INTO room (bucket, program, room, used, added) VALUES ($1, $2, $3, 0, $4)
   ON CONFLICT (bucket, program, room) DO UPDATE SET added = room.added + excluded.added`,
)

export const countOfCodes = sql<{ free: number; revealed: number; left: string }>(
  'count-of-codes',
  `SELECT count(*) FILTER (WHERE voucher IS NULL) AS free, count(*) FILTER (WHERE voucher IS NOT NULL) AS revealed,
     greatest(0, coalesce((SELECT added - used FROM room WHERE bucket = $3 AND program = $1 AND room = $4), 0)) AS left
   FROM voucher_code WHERE program = $1 AND reward = $2`,
)
