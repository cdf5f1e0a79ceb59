import { sql } from '../db/transaction.ts'

export interface PartyRow {
  readonly from_account: string
  readonly to_account: string
  readonly asset: string
  readonly version: number
  /** Decimal digits: a sum over members. */
  readonly amount: string
}

/** As the index has it, word by word. */
const withParty = `(from_account LIKE 'partner:%' OR to_account LIKE 'partner:%'
  OR from_account LIKE 'charity:%' OR to_account LIKE 'charity:%')`

const sums = 'SELECT from_account, to_account, asset, version, sum(amount)::text AS amount FROM transfer'
const grouped = `GROUP BY from_account, to_account, asset, version`

/** What was recorded from one instant to another, half-open. */
export const movedWithParties = sql<PartyRow>(
  'moved-with-parties',
  `${sums} WHERE program = $1 AND recorded_at >= $2 AND recorded_at < $3 AND ${withParty} ${grouped}`,
)

export const movedWithCharity = sql<PartyRow>(
  'moved-with-charity',
  `${sums} WHERE program = $1 AND ${withParty} AND (from_account = $2 OR to_account = $2) ${grouped}`,
)

export const movedByMember = sql<PartyRow>(
  'moved-with-parties-by-member',
  `${sums} WHERE bucket = $1 AND program = $2 AND member = $3 AND ${withParty} ${grouped}`,
)
