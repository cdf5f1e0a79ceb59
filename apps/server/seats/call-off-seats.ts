import { ownIdentity } from '@laurel/contract'
import { type CallingOff, callingsOff, linesOf, nameOfSession, sessionNamed } from '@laurel/engine'
import { countOf, rowsOf } from '../db/transaction.ts'
import { versionsForId } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { type ProgramTimeline, rulingAt } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import { bookedBefore, markOffered, noLongerKept, seatsKept, type WaitingRow, waitingSince } from './queries.ts'

/** So many are told in one go, so that their decisions fit in a batch. */
const PAGE = 500

type Seat = Pick<WaitingRow, 'redemption' | 'member' | 'reward' | 'session'>

/** What a program's versions have called off by now, for anybody. */
const calledOffBy = ({ timeline, latest }: ProgramTimeline, now: number): readonly CallingOff[] =>
  linesOf(timeline)
    .flatMap(callingsOff)
    .filter(({ begins }) => begins <= localOf(latest.zone, now))

/**
 * Gives back, with its price, every seat that was booked in a session before a version called it off, and every seat that is kept
 * in one that is there no more (TRN-6). Said once under each redemption, so two servers that do this at once give back nothing
 * twice. How many were given back.
 */
export async function callOffSeats(context: RecordingContext, program: string): Promise<number> {
  const found = await context.timelines.of(program)
  if (found === null) return 0
  const now = context.now(program)
  const called = new Map(
    calledOffBy(found, now).map((each) => [`${each.version}/${each.reward}/${each.session}`, each]),
  )
  let count = 0
  for (const each of called.values()) count += await giveBackBooked(context, program, found, each)
  return count + (await letKeptGo(context, program, found, now))
}

async function giveBackBooked(
  context: RecordingContext,
  program: string,
  found: ProgramTimeline,
  { reward, session, version }: CallingOff,
): Promise<number> {
  let count = 0
  for (let after = { member: '', id: '' }; ; ) {
    const page = bookedBefore(program, reward, session, version, after.member, after.id, PAGE)
    const rows = await rowsOf(context.database.application, page)
    // Whoever is ruled by other versions has a seat still.
    const own = rows.filter((row) =>
      callingsOff(versionsForId(found, program, row.member).timeline).some((each) => each.version === version),
    )
    await Promise.all(
      own.map(({ member, id }) => tellCalledOff(context, program, { redemption: id, member, reward, session })),
    )
    count += own.length
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return count
    after = last
  }
}

async function letKeptGo(
  context: RecordingContext,
  program: string,
  found: ProgramTimeline,
  now: number,
): Promise<number> {
  const { application } = context.database
  const rows = await rowsOf(application, seatsKept(program, new Date(now).toISOString(), PAGE))
  const gone = rows.filter((row) => !isThere(versionsForId(found, program, row.member), row, now))
  for (const seat of gone) {
    await tellCalledOff(context, program, seat)
    await countOf(application, noLongerKept(seat.bucket, program, seat.room, seat.member, false))
  }
  return gone.length
}

const isThere = (own: ProgramTimeline, { reward, session }: Seat, now: number): boolean =>
  sessionNamed(rulingAt(own, now), nameOfSession(reward, session)) !== undefined

/** Since when a line is none any more; null: it goes on. Where its session is gone everybody leaves it, whatever was said of seats. */
export function lineEndedAt(found: ProgramTimeline, program: string, waiting: WaitingRow, now: number): number | null {
  const own = versionsForId(found, program, waiting.member)
  if (!isThere(own, waiting, now)) return Number.POSITIVE_INFINITY
  const { reward, session } = waiting
  const called = calledOffBy(own, now).findLast((each) => each.reward === reward && each.session === session)
  return called?.beginsAt ?? null
}

/** Everybody who stands in a line since before an instant is told that there is nothing to wait for, and leaves it. */
export async function endLine(
  context: RecordingContext,
  program: string,
  { bucket, room, reward, session }: WaitingRow,
  before: number,
): Promise<void> {
  const { application } = context.database
  const now = context.now(program)
  const at = new Date(now).toISOString()
  // Whatever the clock said when they asked.
  const since = Number.isFinite(before) ? new Date(before).toISOString() : 'infinity'
  for (;;) {
    const rows = await rowsOf(application, waitingSince(bucket, program, room, since, PAGE))
    if (rows.length === 0) return
    await Promise.all(rows.map((row) => tellCalledOff(context, program, { ...row, reward, session })))
    for (const { redemption } of rows) {
      await countOf(application, markOffered(bucket, program, room, redemption, at, null))
    }
  }
}

async function tellCalledOff(
  context: RecordingContext,
  program: string,
  { member, redemption, reward, session }: Seat,
): Promise<void> {
  const event = {
    type: 'seat.called-off',
    ...ownIdentity(`called-off/${redemption}`),
    redemption,
    reward,
    session,
  } as const
  await context.recorder.record({ program, member, event })
}
