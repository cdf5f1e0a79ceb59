import { WALLETS } from '@laurel/engine'
import { sql } from '../db/transaction.ts'

/** In order of ids. A pool is no member. */
export const membersInOrder = sql<{ id: string; state: string }>(
  'members-in-order',
  `SELECT id, state FROM member WHERE program = $1 AND ($2::text IS NULL OR id > $2) AND id NOT LIKE '${WALLETS}%'
   ORDER BY id LIMIT $3`,
)
