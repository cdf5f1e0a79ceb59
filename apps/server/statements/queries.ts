import { sql } from '../db/transaction.ts'

export interface TransferRow {
  readonly sequence: number
  readonly seq: number
  readonly asset: string
  readonly from_account: string
  readonly to_account: string
  readonly amount: number
  readonly cause: string
  readonly rule: string
  readonly version: number
  readonly revision: number
  readonly because: string | null
  /** Wall clock as epoch-like milliseconds. */
  readonly effective_ms: number
  readonly recorded_at: string
  readonly pending_after: number
  readonly active_after: number
  readonly held_after: number
  readonly debt_after: number
}

const columns = `sequence, seq, asset, from_account, to_account, amount, cause, rule, version, revision, because,
  (extract(epoch FROM effective) * 1000)::bigint AS effective_ms, recorded_at, pending_after, active_after, held_after, debt_after`

export const transfersBefore = sql<TransferRow>(
  'transfers-before',
  `SELECT ${columns} FROM transfer
   WHERE bucket = $1 AND program = $2 AND member = $3 AND ($4::integer IS NULL OR sequence < $4)
   ORDER BY sequence DESC LIMIT $5`,
)

export const transfersOfMember = sql<TransferRow>(
  'transfers-of-member',
  `SELECT ${columns} FROM transfer WHERE bucket = $1 AND program = $2 AND member = $3 ORDER BY sequence`,
)
