import { closingTold } from '@laurel/engine'
import { sql } from '../db/transaction.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import { localOf } from '../programs/zone.ts'
import type { RecordingContext } from './recorder.ts'
import { type MemberPlace, wakeMembers } from './wake-members.ts'

/** Who still has something, page by page. */
const membersWithSomething = sql<MemberPlace>(
  'members-with-something',
  `SELECT DISTINCT bucket, member FROM balance
   WHERE program = $1 AND pending + active + held > 0 AND (bucket, member) > ($2, $3)
   ORDER BY bucket, member LIMIT $4`,
)

/**
 * Wakes up whoever still has something in a program that has ended (END-4): the version that ends it may have been published
 * after their timers were set. How many had something happen.
 */
export async function endPrograms(context: RecordingContext): Promise<number> {
  let fired = 0
  await inEveryProgram(context, async (program) => {
    fired += await endProgram(context, program)
  })
  return fired
}

export async function endProgram(context: RecordingContext, program: string): Promise<number> {
  const found = await context.timelines.of(program)
  if (found === null) return 0
  const now = localOf(found.latest.zone, context.now(program))
  const closing = closingTold(found.timeline, now)
  if (closing === null || now < closing.burnsUntil) return 0
  return await wakeMembers(context, program, (...after) => membersWithSomething(program, ...after))
}
