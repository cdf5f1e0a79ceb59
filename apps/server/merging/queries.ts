import { sql } from '../db/transaction.ts'

export const headOfMember = sql<{ state: string; hash: Buffer }>(
  'head-of-member',
  'SELECT state, hash FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
)
