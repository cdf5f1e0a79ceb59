import { sql } from '../db/transaction.ts'

export const finishedHold = sql<{ record: string }>(
  'finished-hold',
  'SELECT record FROM finished_hold WHERE bucket = $1 AND program = $2 AND member = $3 AND redemption = $4',
)
