import { sql } from '../db/transaction.ts'

export interface OutgoingRow {
  readonly bucket: number
  readonly program: string
  /** The sender. */
  readonly member: string
  readonly id: string
  readonly receiver: string
  readonly event: string
  readonly tries: number
}

/** Oldest first. Nobody locks them: two servers that deliver the same one are told so by its identity. */
export const outgoingDue = sql<OutgoingRow>(
  'outgoing-due',
  `SELECT bucket, program, member, id, receiver, event, tries FROM outbox
   WHERE due_at <= $1 ORDER BY due_at LIMIT $2`,
)

export const deleteOutgoing = sql(
  'delete-outgoing',
  'DELETE FROM outbox WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4',
)

export const putOutgoingOff = sql(
  'put-outgoing-off',
  `UPDATE outbox SET tries = tries + 1, due_at = $5
   WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4`,
)

export const outgoingWaiting = sql<{ waiting: string; oldest: string | null }>(
  'outgoing-waiting',
  'SELECT count(*) AS waiting, min(recorded_at) AS oldest FROM outbox',
)

export const headOfMember = sql<{ state: string; hash: Buffer }>(
  'head-of-member',
  'SELECT state, hash FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
)
