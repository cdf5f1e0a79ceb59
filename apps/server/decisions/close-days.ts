import { DAY_MS, dayOf, dayText, type LocalDay } from '@laurel/engine'
import { bucketRootOf, type ChainHead, type Hash, programRootOf } from '@laurel/ledger'
import { countOf, rowOf, rowsOf, sql, transaction } from '../db/transaction.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { DECISIONS_MAX } from './gather.ts'

/**
 * A decision is given its time just before it is written. Whatever was still on its way at midnight is written or given up by
 * then: no statement may take longer than a minute.
 */
const settleMs = 10 * 60_000

const firstDay = sql<{ at: string | null }>(
  'first-decision-at',
  'SELECT min(created_at) AS at FROM member WHERE program = $1',
)
const lastClosed = sql<{ day: string | null }>(
  'last-closed-day',
  'SELECT max(day) AS day FROM program_root WHERE program = $1',
)
const bucketsInUse = sql<{ bucket: number }>(
  'buckets-in-use',
  'SELECT DISTINCT bucket FROM member WHERE program = $1 ORDER BY bucket',
)
/** Heads of a bucket's chains before an instant: the present one, or the last one before for who has gone on since. */
const headsBefore = sql<ChainHead>(
  'heads-before',
  `SELECT id AS member, seq, encode(hash, 'hex') AS hash FROM member WHERE bucket = $1 AND program = $2 AND recorded_at < $3 AND seq > 0
   UNION ALL
   SELECT m.id, d.seq, encode(d.hash, 'hex') FROM member m
   CROSS JOIN LATERAL (
     SELECT seq, hash FROM decision d
     WHERE d.bucket = m.bucket AND d.program = m.program AND d.member = m.id AND d.recorded_at < $3
     ORDER BY d.seq DESC LIMIT 1
   ) d
   WHERE m.bucket = $1 AND m.program = $2 AND m.recorded_at >= $3`,
)
const insertBucketRoots = sql(
  'insert-bucket-roots',
  `INSERT INTO bucket_root (bucket, program, day, root, members, closed_at)
   SELECT bucket, $2, $3, root, members, $6 FROM unnest($1::int[], $4::bytea[], $5::int[]) AS roots (bucket, root, members)
   ON CONFLICT DO NOTHING`,
)
const insertProgramRoot = sql(
  'insert-program-root',
  `INSERT INTO program_root (program, day, root, buckets, members, closed_at, position)
   VALUES ($1, $2, $3, $4, $5, $6, pg_current_xact_id()::text::bigint * $7) ON CONFLICT DO NOTHING`,
)

/** Closes every day that is over and not closed yet, of every program (LED-7). How many days it closed. */
export async function closeDays(context: ProgramContext): Promise<number> {
  let closed = 0
  await inEveryProgram(context, async (program) => {
    const found = await context.timelines.of(program)
    if (found === null) return
    const { zone } = found.latest
    const today = dayOf(localOf(zone, context.now(program) - settleMs))
    for (let day = await firstOpenDay(context, program, zone); day !== null && day < today; day += 1) {
      await closeDay(context, program, day, instantOf(zone, (day + 1) * DAY_MS))
      closed += 1
    }
  })
  return closed
}

/** The day after the last closed one; where none is closed, the day of the first decision. */
async function firstOpenDay(context: ProgramContext, program: string, zone: string): Promise<LocalDay | null> {
  const { application } = context.database
  const last = (await rowOf(application, lastClosed(program)))?.day ?? null
  if (last !== null) return Date.parse(last) / DAY_MS + 1
  const first = (await rowOf(application, firstDay(program)))?.at ?? null
  return first === null ? null : dayOf(localOf(zone, Date.parse(first)))
}

async function closeDay(context: ProgramContext, program: string, day: LocalDay, end: number): Promise<void> {
  const { application } = context.database
  const before = new Date(end).toISOString()
  const buckets: { bucket: number; root: Hash; members: number }[] = []
  for (const { bucket } of await rowsOf(application, bucketsInUse(program))) {
    const heads = await rowsOf(application, headsBefore(bucket, program, before))
    if (heads.length > 0) buckets.push({ bucket, root: bucketRootOf(heads), members: heads.length })
  }
  const name = dayText(day)
  const root = programRootOf({ program, day: name, cutAt: end }, buckets)
  const closedAt = new Date(context.now(program)).toISOString()
  const members = buckets.reduce((sum, each) => sum + each.members, 0)
  await transaction(application, async (tx) => {
    const rows = [
      buckets.map(({ bucket }) => bucket),
      program,
      name,
      buckets.map((each) => Buffer.from(each.root, 'hex')),
      buckets.map((each) => each.members),
      closedAt,
    ]
    await countOf(tx, insertBucketRoots(...rows))
    await countOf(
      tx,
      insertProgramRoot(program, name, Buffer.from(root, 'hex'), buckets.length, members, closedAt, DECISIONS_MAX),
    )
  })
}
