import { WALLETS } from '@laurel/engine'
import { sql } from '../db/transaction.ts'

/**
 * Each part by an index alone: rows of members are long, and reading a million of them to count them would take a minute. A pool's
 * wallet has a row like a member's and is none (POOL-1).
 */
export const membersInAll = sql<{ members: number }>(
  'figures-members',
  `SELECT (SELECT count(*) FROM member WHERE program = $1)
        - (SELECT count(*) FROM member WHERE program = $1 AND id LIKE '${WALLETS}%')
        - (SELECT count(*) FROM member WHERE program = $1 AND goes_on_as IS NOT NULL)
        - (SELECT count(*) FROM erasure WHERE program = $1) AS members`,
)

/** By day of joining, counted from 1970. */
export const joinedSince = sql<{ joined_on: number; members: number }>(
  'figures-joined',
  'SELECT joined_on, count(*) AS members FROM member WHERE program = $1 AND joined_on BETWEEN $2 AND $3 GROUP BY joined_on',
)

export interface OutstandingRow {
  readonly asset: string
  /** The sums as decimal digits: over all members they may be beyond what a number holds. */
  readonly active: string
  readonly pending: string
  readonly held: string
  readonly debt: string
  readonly members: number
}

/** No index: its rows are short, and every one of them counts. */
export const outstandingByAsset = sql<OutstandingRow>(
  'figures-outstanding',
  `SELECT asset, sum(active)::text AS active, sum(pending)::text AS pending, sum(held)::text AS held, sum(debt)::text AS debt,
          count(*) FILTER (WHERE active + pending + held + debt > 0) AS members
   FROM balance WHERE program = $1 GROUP BY asset`,
)
