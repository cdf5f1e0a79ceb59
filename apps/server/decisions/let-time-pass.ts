import { rowsOf, sql } from '../db/transaction.ts'
import type { RecordingContext } from './recorder.ts'

interface DueRow {
  readonly bucket: number
  readonly id: string
  readonly due_at: string
}

/** After the last one of the page before, so that no member comes twice in a run, whatever its timer does meanwhile. */
const membersDue = sql<DueRow>(
  'members-due',
  `SELECT bucket, id, due_at FROM member
   WHERE program = $1 AND due_at <= $2 AND ($3::timestamptz IS NULL OR (due_at, bucket, id) > ($3, $4, $5))
   ORDER BY due_at, bucket, id LIMIT $6`,
)

/** Some batches of the recorder: enough to keep its lanes busy, little enough to leave room for others between pages. */
const pageSize = 1_000

/** Lets time pass for every member with a timer that has run out (TIME-4). How many of them had something happen. */
export async function letTimePass(context: RecordingContext): Promise<number> {
  let fired = 0
  for (const program of await context.timelines.ids()) fired += await letTimePassIn(context, program)
  return fired
}

export async function letTimePassIn(context: RecordingContext, program: string): Promise<number> {
  const now = new Date(context.now(program)).toISOString()
  let fired = 0
  let last: DueRow | undefined
  do {
    const after = [last?.due_at ?? null, last?.bucket ?? null, last?.id ?? null]
    const page: DueRow[] = await rowsOf(context.database.application, membersDue(program, now, ...after, pageSize))
    fired += await context.recorder.passTime(page.map(({ id }) => ({ program, member: id })))
    last = page.length === pageSize ? page.at(-1) : undefined
  } while (last !== undefined)
  return fired
}
