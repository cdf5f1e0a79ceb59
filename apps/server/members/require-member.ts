import { Problem } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { goesOnAs, remainingOf } from '../decisions/remaining.ts'

/**
 * A program may let an order make a member; a mistyped id in a redemption or an act of staff must not. Answers who it is: the one
 * that remains where the member was merged (MRG-1).
 */
export async function requireMember(context: RecordingContext, program: string, member: string): Promise<string> {
  if ((await context.timelines.of(program)) === null) throw new Problem('no-program')
  const row = await rowOf(context.database.application, goesOnAs(bucketOf(program, member), program, member))
  if (row === undefined) throw new Problem('unknown-member')
  return row.goes_on_as === null ? member : await remainingOf(context, program, row.goes_on_as)
}
