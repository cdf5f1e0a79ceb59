import { ownIdentity } from '@laurel/contract'
import { seatsOf, wholeOf } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf, rowsOf } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { versionsForId } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { hasBegun } from '../decisions/stamp.ts'
import type { Answer, DecisionAnswer } from '../decisions/submission.ts'
import { inEveryProgram } from '../programs/in-every-program.ts'
import { rulingAt } from '../programs/timeline.ts'
import { callOffSeats, endLine, lineEndedAt } from './call-off-seats.ts'
import {
  closeLine,
  type FirstInLine,
  firstOfLine,
  firstWaiting,
  keptInVain,
  markFailing,
  markOffered,
  noLongerKept,
  type WaitingRow,
} from './queries.ts'

/** Lines that are looked at in one go, so that their rows fit in memory and their decisions in a batch. */
const PAGE = 500

/**
 * Keeps free seats for whoever waits longest, one after another, until no line has both a free seat and somebody who waits, and
 * closes the lines of sessions that have begun (RED-3), or are called off, whose seats are given back (TRN-6). A seat is claimed by
 * the decision that keeps it, so two servers that do this at once keep no seat twice. How many were kept.
 */
export async function offerSeats(context: RecordingContext): Promise<number> {
  let kept = 0
  await inEveryProgram(context, async (program) => {
    kept += await offerSeatsIn(context, program)
  })
  return kept
}

export async function offerSeatsIn(context: RecordingContext, program: string): Promise<number> {
  await callOffSeats(context, program)
  await freeKeptInVain(context, program, null)
  let kept = 0
  let after: Pick<WaitingRow, 'room'> = { room: '' }
  for (;;) {
    const rows = await rowsOf(context.database.application, firstWaiting(program, after.room, PAGE))
    const moved = await Promise.all(rows.map((row) => offerFirst(context, row)))
    kept += moved.filter((each) => each === 'kept').length
    // Where a line moved, the next in it may move as well: only past lines that stand still there is nothing left to do.
    const last = moved.every((each) => each !== 'kept' && each !== 'passed') ? rows.at(-1) : after
    if (last === undefined) return kept
    after = last
  }
}

/** More than are ever passed over in a row, and few enough that nobody's booking waits long for it; the job goes on with the rest. */
const JUDGED_AT_ONCE_MAX = 100

/**
 * The line of one session as it stands now, for whoever asks for a seat there: what was kept in vain is free, and what is free is
 * kept for whoever waits longest, before anybody else can have it (RED-3).
 */
export async function judgeLine(
  context: RecordingContext,
  program: string,
  reward: string,
  session: string,
): Promise<void> {
  const room = seatsOf(reward, session)
  const bucket = bucketOf(program, room)
  await freeKeptInVain(context, program, room)
  for (let judged = 0; judged < JUDGED_AT_ONCE_MAX; judged++) {
    const first = await rowOf(context.database.application, firstOfLine(bucket, program, room))
    const moved = first === undefined ? 'full' : await offerFirst(context, first)
    if (moved === 'full') return
    // Else whoever asks could have the seat that it is not possible to keep right now.
    if (typeof moved === 'object') requireRecorded(moved)
  }
}

/**
 * How long a line waits for its first where no seat can be kept for them and we are to blame: a dozen tries of the job, and time for a
 * server to recover. What fails longer is taken to be theirs alone, and whoever is behind them goes on.
 */
const FAILING_MS_MAX = 15 * 60 * 1000

/** A seat that nobody took in time is free once time has passed for whoever it was kept for. */
async function freeKeptInVain(context: RecordingContext, program: string, room: string | null): Promise<void> {
  const { application } = context.database
  const now = new Date(context.now(program)).toISOString()
  const rows = await rowsOf(application, keptInVain(program, now, room, JUDGED_AT_ONCE_MAX))
  if (rows.length === 0) return
  await context.recorder.passTime(rows.map(({ member }) => ({ program, member })))
  for (const row of rows) await countOf(application, noLongerKept(row.bucket, program, row.room, row.member, true))
}

type Failed = Extract<Answer, { readonly status: 'failed' }>

async function offerFirst(context: RecordingContext, row: FirstInLine): Promise<'kept' | 'passed' | 'full' | Failed> {
  const { bucket, program, room, redemption, member, reward, session } = row
  const programs = await context.timelines.of(program)
  if (programs === null) return 'full'
  const now = context.now(program)
  const at = new Date(now).toISOString()
  if (hasBegun(programs, reward, session, now)) {
    await countOf(context.database.application, closeLine(bucket, program, room, at))
    return 'passed'
  }
  const ended = lineEndedAt(programs, program, row, now)
  if (ended !== null && Date.parse(row.asked_at) < ended) {
    await endLine(context, program, row, ended)
    return 'passed'
  }
  // Of the version by which the seat would be kept, not of one that is still to begin.
  const ruling = rulingAt(versionsForId(programs, program, member), now)
  const whole = wholeOf(ruling, room)
  if (whole === null || Number(row.used) >= whole) return 'full'
  const identity = ownIdentity(`seat/${redemption}/${now}`)
  const answer = await context.recorder.record({
    program,
    member,
    event: { type: 'seat.offered', ...identity, reward, session },
  })
  const mark = (since: string | null) =>
    countOf(context.database.application, markFailing(bucket, program, room, redemption, since))
  if (answer.status === 'failed') {
    const wallNow = context.wallNow()
    const since = row.failing_since === null ? wallNow : Date.parse(row.failing_since)
    if (wallNow - since < FAILING_MS_MAX) {
      await mark(new Date(since).toISOString())
      return answer
    }
  } else if (row.failing_since !== null) await mark(null)
  const decision: DecisionAnswer | null = 'text' in answer ? JSON.parse(answer.text) : null
  const offer = decision?.remarks?.find((remark) => remark.type === 'seat-offer')
  const because = offer?.type === 'seat-offer' ? offer.because : 'left'
  // Somebody was faster than the row that was read: the line stays as it is.
  if (because === 'full') return 'full'
  // As the decision says, whichever server had it made: the row and the member's state name one instant.
  const untilAt = offer?.type === 'seat-offer' ? offer.untilAt : null
  const until = untilAt === null ? null : new Date(untilAt).toISOString()
  await countOf(context.database.application, markOffered(bucket, program, room, redemption, at, until))
  return because === null && answer.status === 'recorded' ? 'kept' : 'passed'
}
