import { Problem } from '@laurel/contract'
import { rowsOf } from '../db/transaction.ts'
import { stampOf } from '../decisions/stamp.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { bucketsWithMembers, someMembers } from './queries.ts'
import { readPasts, recordingOf } from './stored-part.ts'

/** Of a million members some 60,000 are in so many buckets: enough to draw from, and looked at in a moment. */
const bucketsMax = 64

/**
 * Some members with all that is stored of them, drawn by chance and the same ones each time: whoever moves a slider compares like
 * with like. JSON text, as a browser's own engine reads it.
 */
export async function readSample(context: ProgramContext, program: string, members: number): Promise<string> {
  const { application } = context.database
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const buckets = (await rowsOf(application, bucketsWithMembers(program))).map(({ bucket }) => bucket)
  const chosen = buckets.filter((_, index) => index % Math.ceil(buckets.length / bucketsMax) === 0)
  // The buckets are made by a hash themselves: a few of them are a sample, unless there are few members at all.
  const rows = await rowsOf(application, someMembers(buckets.length > members ? chosen : buckets, program, members))
  const at = context.now(program)
  const asked = { program, recordedUntil: new Date(at).toISOString() }
  const recordings = []
  for (const bucket of new Set(rows.map((row) => row.bucket))) {
    const ids = rows.filter((row) => row.bucket === bucket).map(({ id }) => id)
    const pasts = await readPasts(application, asked, bucket, ids)
    recordings.push(...pasts.map(recordingOf(program)))
  }
  const orders = recordings.reduce((sum, { events }) => sum + events.filter(isOrder).length, 0)
  const until = stampOf(found.timeline, found.latest, at, null, at)
  return JSON.stringify({ orders, until, recordings })
}

const isOrder = ({ type }: { readonly type: string }): boolean => type === 'order.paid'
