import { bucketOf } from '@laurel/ledger'
import type { Context } from '../context.ts'
import { rowOf, sql } from '../db/transaction.ts'

/** As whom a merged member goes on; null: as itself. */
export const goesOnAs = sql<{ goes_on_as: string | null }>(
  'goes-on-as',
  'SELECT goes_on_as FROM member WHERE bucket = $1 AND program = $2 AND id = $3',
)

/** Who answers for a member (MRG-1): the one that remains where it was merged, else the member, also one that nobody knows. */
export async function remainingOf(context: Context, program: string, member: string): Promise<string> {
  return (await following(context, program, member)).remains ?? member
}

/**
 * Members that were merged into each other at the same moment, each before it knew of the other: all of them, this one among
 * them. Null: one remains.
 */
export async function circleOf(context: Context, program: string, member: string): Promise<readonly string[] | null> {
  const { remains, through } = await following(context, program, member)
  return remains === null ? through : null
}

async function following(context: Context, program: string, member: string) {
  const through = [member]
  for (let last = member; ; ) {
    const row = await rowOf(context.database.application, goesOnAs(bucketOf(program, last), program, last))
    if (row?.goes_on_as == null) return { remains: last, through }
    last = row.goes_on_as
    const start = through.indexOf(last)
    if (start >= 0) return { remains: null, through: through.slice(start) }
    through.push(last)
  }
}
