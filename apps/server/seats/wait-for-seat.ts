import { seatsOf } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf } from '../db/transaction.ts'
import { versionsForId } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { type ProgramContext, rulingAt } from '../programs/timeline.ts'
import { addWaiting, lapsedFor, markOffered, noLongerKept, placeOfWaiting, redemptionWaiting } from './queries.ts'

export interface SeatWanted {
  readonly redemption: string
  readonly member: string
  readonly reward: string
  readonly session: string
}

/**
 * Puts a member whom a full session has refused into its line, once, and answers the place, and under which redemption it is held:
 * another one where they wait already. Null where the reward keeps no line (RED-3).
 */
export async function waitForSeat(
  context: RecordingContext,
  program: string,
  { redemption, member, reward, session }: SeatWanted,
): Promise<{ readonly place: number; readonly as: string } | null> {
  const programs = await context.timelines.of(program)
  const own = programs && versionsForId(programs, program, member)
  const kind = own && rulingAt(own, context.now(program)).rewards.get(reward)?.kind
  if (kind?.type !== 'experience' || kind.waitingAccept === null) return null
  const room = seatsOf(reward, session)
  const bucket = bucketOf(program, room)
  const { application } = context.database
  const at = new Date(context.now(program)).toISOString()
  await countOf(application, addWaiting(bucket, program, room, redemption, member, reward, session, at))
  const held = await rowOf(application, redemptionWaiting(bucket, program, room, member))
  const place = held && (await placeInLine(context, program, { redemption: held.redemption, reward, session }))
  return held === undefined || place == null ? null : { place, as: held.redemption }
}

type Place = Pick<SeatWanted, 'redemption' | 'reward' | 'session'>

/** From 1; null: it stands in no line. */
export async function placeInLine(
  context: ProgramContext,
  program: string,
  { redemption, reward, session }: Place,
): Promise<number | null> {
  const room = seatsOf(reward, session)
  const row = await rowOf(
    context.database.application,
    placeOfWaiting(bucketOf(program, room), program, room, redemption),
  )
  const place = Number(row?.place ?? 0)
  return place === 0 ? null : place
}

/** It is passed over from now on, and whoever is behind moves up. */
export async function leaveLineOf(
  context: ProgramContext,
  program: string,
  { redemption, reward, session }: Place,
): Promise<void> {
  const room = seatsOf(reward, session)
  const at = new Date(context.now(program)).toISOString()
  await countOf(context.database.application, markOffered(bucketOf(program, room), program, room, redemption, at, null))
}

/** Whatever was kept for the member in that session is theirs now. */
export async function noteTaken(
  context: ProgramContext,
  program: string,
  { member, reward, session }: Pick<SeatWanted, 'member' | 'reward' | 'session'>,
): Promise<void> {
  const room = seatsOf(reward, session)
  await countOf(context.database.application, noLongerKept(bucketOf(program, room), program, room, member, false))
}

/** A seat was kept for the member in that session, and they come for it too late. */
export async function isTooLate(
  context: ProgramContext,
  program: string,
  { member, reward, session }: Pick<SeatWanted, 'member' | 'reward' | 'session'>,
): Promise<boolean> {
  const room = seatsOf(reward, session)
  const { application } = context.database
  return (await rowOf(application, lapsedFor(bucketOf(program, room), program, room, member))) !== undefined
}
