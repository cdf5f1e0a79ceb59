import { rowsOf, sql } from '../db/transaction.ts'
import type { RecordingContext } from './recorder.ts'

interface DueRow {
  readonly bucket: number
  readonly program: string
  readonly id: string
  readonly due_at: string
}

/** After the last one of the page before, so that no member comes twice in a run, whatever its timer does meanwhile. */
const membersDue = sql<DueRow>(
  'members-due',
  `SELECT bucket, program, id, due_at FROM member
   WHERE due_at <= $1 AND ($2::timestamptz IS NULL OR (due_at, bucket, program, id) > ($2, $3, $4, $5))
   ORDER BY due_at, bucket, program, id LIMIT $6`,
)

/** Some batches of the recorder: enough to keep its lanes busy, little enough to leave room for others between pages. */
const pageSize = 1_000

/** Lets time pass for every member with a timer that has run out (TIME-4). How many of them had something happen. */
export async function letTimePass(context: RecordingContext): Promise<number> {
  const now = new Date(context.now()).toISOString()
  let fired = 0
  let last: DueRow | undefined
  do {
    const after = [last?.due_at ?? null, last?.bucket ?? null, last?.program ?? null, last?.id ?? null]
    const page: DueRow[] = await rowsOf(context.database.application, membersDue(now, ...after, pageSize))
    fired += await context.recorder.passTime(page.map(({ program, id }) => ({ program, member: id })))
    last = page.length === pageSize ? page.at(-1) : undefined
  } while (last !== undefined)
  return fired
}
