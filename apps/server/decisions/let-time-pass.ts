import { rowsOf, sql } from '../db/transaction.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import type { RecordingContext } from './recorder.ts'

interface DueRow {
  readonly bucket: number
  readonly id: string
  readonly due_at: string
}

/**
 * After the last one of the page before, so that no member comes twice in a run, whatever its timer does meanwhile. What was due
 * before the member's last recording is left over only by an event that is older than it.
 */
const membersDue = sql<DueRow>(
  'members-due',
  `SELECT bucket, id, due_at FROM member
   WHERE program = $1 AND due_at <= $2 AND NOT (due_at < recorded_at AND recorded_at > $7)
     AND ($3::timestamptz IS NULL OR (due_at, bucket, id) > ($3, $4, $5))
   ORDER BY due_at, bucket, id LIMIT $6`,
)

/** Some batches of the recorder: enough to keep its lanes busy, little enough to leave room for others between pages. */
const pageSize = 1_000

/** Of whom something old has just been recorded more may be on its way: so long nothing has come when the past is over. */
const STREAMING_MS = 60_000

/**
 * Lets time pass for every member with a timer that has run out (TIME-4). How many of them had something happen. Whose past is being
 * told right now is left out: the rest of it would find that its own points have become active by the clock, and be late (EVT-2).
 */
export async function letTimePass(context: RecordingContext): Promise<number> {
  let fired = 0
  await inEveryProgram(context, async (program) => {
    fired += await letTimePassIn(context, program, STREAMING_MS)
  })
  return fired
}

/** `streamingMs`: how long who is told of in the past is left out; nobody is where it is not said. */
export async function letTimePassIn(context: RecordingContext, program: string, streamingMs = 0): Promise<number> {
  const at = context.now(program)
  const now = new Date(at).toISOString()
  const lately = new Date(at - streamingMs).toISOString()
  let fired = 0
  let last: DueRow | undefined
  do {
    const after = [last?.due_at ?? null, last?.bucket ?? null, last?.id ?? null]
    const page: DueRow[] = await rowsOf(
      context.database.application,
      membersDue(program, now, ...after, pageSize, lately),
    )
    fired += await context.recorder.passTime(page.map(({ id }) => ({ program, member: id })))
    last = page.length === pageSize ? page.at(-1) : undefined
  } while (last !== undefined)
  return fired
}
