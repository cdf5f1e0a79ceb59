import type pg from 'pg'
import { rowsOf } from '../db/transaction.ts'
import type { Pinned } from '../decisions/content.ts'
import type { GatheredMember } from '../members/gather-member.ts'
import { instantOf, isReadTwice } from '../programs/zone.ts'
import { decisionsRead, type TransferRow } from './queries.ts'

type Line = Pick<TransferRow, 'cause' | 'effective_ms'>

/**
 * The instants at which transfers count. The books keep wall clocks, which tell the instant except where the clock was set back:
 * there the stored decisions know which of the two it was, that of the cause first (LED-8). What was due by itself was due at
 * the first.
 */
export async function readInstants(
  database: pg.Pool,
  program: string,
  { id, bucket, zone }: Pick<GatheredMember, 'id' | 'bucket' | 'zone'>,
  lines: readonly Line[],
): Promise<(line: Line) => number> {
  const twice = new Set(lines.map((line) => line.effective_ms).filter((local) => isReadTwice(zone, local)))
  const instants = new Map<string, number>()
  if (twice.size > 0) {
    const note = (cause: string, local: number, at: number) => {
      instants.set(`${cause}/${local}`, at)
      // An event that waited for its order counts when the order does, and a hold ends under a name of its own.
      if (!instants.has(`${local}`)) instants.set(`${local}`, at)
    }
    for (const row of await rowsOf(database, decisionsRead(bucket, program, id, [...twice]))) {
      if (twice.has(row.local_ms)) note(row.cause, row.local_ms, row.at_ms)
      const { until }: Pinned = JSON.parse(row.pinned ?? '{}')
      if (until !== undefined && twice.has(until.local)) note(row.cause, until.local, until.at)
    }
  }
  return ({ cause, effective_ms: local }) =>
    instants.get(`${cause}/${local}`) ?? instants.get(`${local}`) ?? instantOf(zone, local)
}
