import { sql } from '../db/transaction.ts'

/** Nothing where it was taken before. */
export const takeCardCode = sql(
  'take-card-code',
  `INSERT INTO card_code (bucket, program, code, taken_as, over_at) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (bucket, program, code) DO NOTHING`,
)
export const cardCodeTaken = sql<{ taken_as: string }>(
  'card-code-taken',
  'SELECT taken_as FROM card_code WHERE bucket = $1 AND program = $2 AND code = $3',
)
export const sweepCardCodes = sql('sweep-card-codes', 'DELETE FROM card_code WHERE over_at < $1')
