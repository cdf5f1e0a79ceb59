import { sql } from '../db/transaction.ts'

/** A program without a version is a key that somebody made ahead, and no shop. */
export const hasBegun = sql<{ begun: boolean }>(
  'has-begun',
  'SELECT EXISTS (SELECT FROM program WHERE versions > 0) OR EXISTS (SELECT FROM staff_role) AS begun',
)

/** Of two who found at once, one waits and then finds that it has begun: nobody else writes roles meanwhile. */
export const lockRoles = sql('lock-roles', 'LOCK TABLE staff_role IN SHARE ROW EXCLUSIVE MODE')
