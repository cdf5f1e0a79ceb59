import { type Query, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from './recorder.ts'

/** Where a walk over members stands: after this one. */
export interface MemberPlace {
  readonly bucket: number
  readonly member: string
}

/** As many as let-time-pass takes at once. */
const pageSize = 1_000

/** Lets time pass for whoever `pageAfter` finds, page by page. How many had something happen. */
export async function wakeMembers(
  context: RecordingContext,
  program: string,
  pageAfter: (bucket: number, member: string, limit: number) => Query<MemberPlace>,
): Promise<number> {
  let fired = 0
  let last: MemberPlace | undefined = { bucket: -1, member: '' }
  while (last !== undefined) {
    const page: MemberPlace[] = await rowsOf(
      context.database.application,
      pageAfter(last.bucket, last.member, pageSize),
    )
    fired += await context.recorder.passTime(page.map(({ member }) => ({ program, member })))
    last = page.length === pageSize ? page.at(-1) : undefined
  }
  return fired
}
