import { Problem } from '@laurel/contract'
import { decide, type Member, type Program, type Stamp, type Timeline } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import { memberStateOf } from '../decisions/history.ts'
import { withRoom } from '../decisions/offered-room.ts'
import { versionsForMember } from '../decisions/own-versions.ts'
import { remainingOf } from '../decisions/remaining.ts'
import { stampOf } from '../decisions/stamp.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { memberById } from './queries.ts'

/** A member as of an instant, with what is needed to speak of it. */
export interface GatheredMember {
  /** Of whoever answers: not the one that was asked for, if that one was merged (MRG-1). */
  readonly id: string
  readonly bucket: number
  /** Time has been let pass up to `stamp`; nothing was written (TIME-4). */
  readonly member: Member
  /** As it is stored. */
  readonly stored: Member
  readonly timeline: Timeline
  /** The last published of those for all, whatever version rules the member. */
  readonly latest: Program
  readonly zone: string
  readonly stamp: Stamp
  readonly decisions: number
}

/** Reads a member as of now. Throws a Problem where there is no such member, or no program. */
export async function gatherMember(context: ProgramContext, program: string, id: string): Promise<GatheredMember> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const bucket = bucketOf(program, id)
  const row = await rowOf(context.database.application, memberById(bucket, program, id))
  if (row === undefined) throw new Problem('unknown-member')
  const stored = memberStateOf({ program, id }, row.state)
  if (stored.left?.into !== undefined) {
    // Of two that went into each other at once each answers as it stands, until one of the merges is undone.
    const remains = await remainingOf(context, program, id)
    if (remains !== id) return await gatherMember(context, program, remains)
  }
  if (stored.left?.erased) throw new Problem('unknown-member')
  const { timeline, latest } = versionsForMember(found, stored)
  const now = context.now(program)
  const stamp = stampOf(timeline, latest, now, null, now)
  // What would be awarded meanwhile is there only as far as something is left of it.
  const passed = await withRoom(context, found, stored, { type: 'time.passed', stamp })
  const { member } = decide(timeline, stored, passed)
  return { id, bucket, member, stored, timeline, latest, zone: latest.zone, stamp, decisions: row.seq }
}
