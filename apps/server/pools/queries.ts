import { sql } from '../db/transaction.ts'

/** What a wallet has sent and the outbox has not delivered yet. */
export const outgoingById = sql<{ receiver: string; event: string }>(
  'outgoing-by-id',
  'SELECT receiver, event FROM outbox WHERE bucket = $1 AND program = $2 AND member = $3 AND id = $4',
)
