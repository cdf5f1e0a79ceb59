import { rowsOf, type Transaction } from '../db/transaction.ts'
import { balancesOfMembers, decisionsOfMembers, transfersOfMembers } from './queries.ts'

/** Members read together: with two years of weekly orders some 40 MB. */
export const membersTogether = 50

/** What is stored of some members of a bucket, by member. */
export async function rowsByMember(tx: Transaction, bucket: number, program: string, ids: readonly string[]) {
  const place = [bucket, program, ids] as const
  return {
    decisions: Map.groupBy(await rowsOf(tx, decisionsOfMembers(...place)), ({ member }) => member),
    transfers: Map.groupBy(await rowsOf(tx, transfersOfMembers(...place)), ({ member }) => member),
    balances: Map.groupBy(await rowsOf(tx, balancesOfMembers(...place)), ({ member }) => member),
  }
}
