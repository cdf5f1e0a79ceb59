import { lastBeginning, linesOf } from '@laurel/engine'
import { sql } from '../db/transaction.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import { localOf } from '../programs/zone.ts'
import type { RecordingContext } from './recorder.ts'
import { type MemberPlace, wakeMembers } from './wake-members.ts'

/** Whose timers were set before the version was published, and run out after it has begun, or never; page by page. */
const membersAsleep = sql<MemberPlace>(
  'members-asleep',
  `SELECT bucket, id AS member FROM member
   WHERE program = $1 AND recorded_at <= $2 AND (due_at IS NULL OR due_at > $3) AND (bucket, id) > ($4, $5)
   ORDER BY bucket, id LIMIT $6`,
)

/**
 * Wakes up whoever holds something that a version has given up (TRN-1) and whose timers know nothing of that version. `walked` are
 * the versions for which that was done: once for each version and server, since who was awake meanwhile has a timer for it.
 * How many had something happen.
 */
export async function beginVersions(context: RecordingContext, walked: Set<string>): Promise<number> {
  let fired = 0
  await inEveryProgram(context, async (program) => {
    fired += await beginVersionIn(context, program, walked)
  })
  return fired
}

export async function beginVersionIn(context: RecordingContext, program: string, walked: Set<string>): Promise<number> {
  const found = await context.timelines.of(program)
  if (found === null) return 0
  const now = localOf(found.latest.zone, context.now(program))
  let fired = 0
  for (const line of linesOf(found.timeline)) {
    const begun = lastBeginning(line, now)
    if (begun === null || walked.has(`${program}/${begun.program.version}`)) continue
    const published = line.find((entry) => entry.program.version === begun.program.version)
    fired += await wake(context, program, published?.publishedAt ?? begun.dueAt, begun.dueAt)
    walked.add(`${program}/${begun.program.version}`)
  }
  return fired
}

function wake(context: RecordingContext, program: string, publishedAt: number, dueAt: number): Promise<number> {
  const instants = [publishedAt, dueAt].map((at) => new Date(at).toISOString())
  return wakeMembers(context, program, (...after) => membersAsleep(program, ...instants, ...after))
}
