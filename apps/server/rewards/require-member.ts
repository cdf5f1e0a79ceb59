import { Problem } from '@laurel/contract'
import { rowOf } from '../db/transaction.ts'
import { bucketOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { memberExists } from './queries.ts'

/** A program may let an order make a member; a mistyped id in a redemption or an act of staff must not. */
export async function requireMember(context: RecordingContext, program: string, member: string): Promise<void> {
  if ((await context.timelines.of(program)) === null) throw new Problem('no-program')
  const row = await rowOf(context.database.application, memberExists(bucketOf(program, member), program, member))
  if (row === undefined) throw new Problem('unknown-member')
}
