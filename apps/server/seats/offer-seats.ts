import { ownIdentity } from '@laurel/contract'
import { wholeOf } from '@laurel/engine'
import { countOf, rowsOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'
import { rulingAt } from '../programs/timeline.ts'
import { firstWaiting, markOffered, type WaitingRow } from './queries.ts'

/** Lines that are looked at in one go; each moves up by one. */
const PAGE = 500

/**
 * Keeps free seats for whoever waits longest, one after another, until none is free or nobody waits (RED-3). A seat is claimed
 * by the decision that keeps it, so two servers that do this at once keep no seat twice. How many were kept.
 */
export async function offerSeats(context: RecordingContext): Promise<number> {
  let kept = 0
  for (;;) {
    const rows = await rowsOf(context.database.application, firstWaiting(PAGE))
    const moved = await Promise.all(rows.map((row) => offerFirst(context, row, Number(row.used))))
    const offered = moved.filter((each) => each !== 'full')
    if (offered.length === 0) return kept
    kept += offered.filter((each) => each === 'kept').length
  }
}

async function offerFirst(
  context: RecordingContext,
  { bucket, program, room, redemption, member, reward, session }: WaitingRow,
  used: number,
): Promise<'kept' | 'passed' | 'full'> {
  const programs = await context.timelines.of(program)
  // Of the version by which the seat would be kept, not of one that is still to begin.
  const whole = programs && wholeOf(rulingAt(programs, context.now()), room)
  if (whole === null || used >= whole) return 'full'
  const identity = ownIdentity(`seat/${redemption}/${context.now()}`)
  const answer = await context.recorder.record({
    program,
    member,
    event: { type: 'seat.offered', ...identity, reward, session },
  })
  const decision: DecisionAnswer | null = 'text' in answer ? JSON.parse(answer.text) : null
  const offer = decision?.remarks?.find((remark) => remark.type === 'seat-offer')
  const because = offer?.type === 'seat-offer' ? offer.because : 'left'
  // Somebody was faster than the row that was read: the line stays as it is.
  if (because === 'full') return 'full'
  const at = new Date(context.now()).toISOString()
  await countOf(context.database.application, markOffered(bucket, program, room, redemption, at))
  return because === null && answer.status === 'recorded' ? 'kept' : 'passed'
}
