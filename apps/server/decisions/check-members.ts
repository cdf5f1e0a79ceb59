import { isSameState, replay, withoutRows } from '@laurel/engine'
import { BUCKETS } from '@laurel/ledger'
import { DatabaseFailure } from '../db/database-failure.ts'
import { rowsOf, sql, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { memberStateOf, passedBy, readMemberHistory, toldOf } from './history.ts'

interface MemberRow {
  readonly program: string
  readonly id: string
  readonly state: string
}

const membersOfBucket = sql<MemberRow>(
  'members-to-check',
  `SELECT program, id, state FROM member WHERE bucket = $1 AND (program, id) > ($2, $3) ORDER BY program, id LIMIT $4`,
)

const pageSize = 100
const everyMs = 10 * 60_000

/**
 * Judges the members of one bucket anew from their events (TIER-8): tiers, lots and balances must come out as they are stored.
 * Every ten minutes another bucket, so that everybody is seen once a week. How many differ; the log names them.
 */
export async function checkMembers(
  context: ProgramContext,
  bucket: number = Math.floor(context.wallNow() / everyMs) % BUCKETS,
): Promise<number> {
  let differing = 0
  let after: readonly [program: string, id: string] | null = ['', '']
  while (after !== null) {
    const [program, id]: readonly [string, string] = after
    const page: readonly MemberRow[] = await rowsOf(
      context.database.application,
      membersOfBucket(bucket, program, id, pageSize),
    )
    for (const member of page) if (!(await isKnownSound(context, bucket, member))) differing += 1
    const last: MemberRow | undefined = page.length === pageSize ? page.at(-1) : undefined
    after = last === undefined ? null : [last.program, last.id]
  }
  return differing
}

/** One who cannot be judged at all leaves the others of the bucket to be looked at. */
async function isKnownSound(context: ProgramContext, bucket: number, row: MemberRow): Promise<boolean> {
  try {
    return await isSound(context, bucket, row)
  } catch (error) {
    if (error instanceof DatabaseFailure) throw error
    const { program, id: member } = row
    context.log.error({ program, member, err: error }, 'a member could not be judged anew')
    return false
  }
}

async function isSound(context: ProgramContext, bucket: number, { program, id, state }: MemberRow): Promise<boolean> {
  const found = await context.timelines.of(program)
  if (found === null) return true
  const history = await transaction(context.database.application, (tx) =>
    readMemberHistory(tx, { bucket, program, id }),
  )
  const stored = memberStateOf({ program, id }, state)
  // An event that came between the two readings is not a difference.
  if (stored.seq !== history.effects.length) return true
  const told = toldOf({ program, id }, history)
  const { member } = replay(found.timeline, history.events, passedBy(found, stored), told)
  const replayed = withoutRows(member)
  if (isSameState(replayed, stored)) return true
  const fields = { program, member: id, decisions: stored.seq }
  context.log.error(fields, 'a member’s state is not what its events come to')
  return false
}
