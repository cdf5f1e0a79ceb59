import { decide, everShares, grantsFor, type Member, type TimePassed, takenBy, wholeEver } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowsOf, sql } from '../db/transaction.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import type { StoredEvent } from './content.ts'

const roomsUsed = sql<{ room: string; used: string; added: string }>(
  'rooms-used',
  'SELECT room, used, added FROM room WHERE bucket = ANY($1::int[]) AND program = $2 AND room = ANY($3::text[])',
)

/** An event with what is left of the rooms that it would take of (EARN-5). Nothing is claimed by a question. */
export async function withRoom<Event extends StoredEvent | TimePassed>(
  context: ProgramContext,
  { timeline, latest }: Pick<ProgramTimeline, 'timeline' | 'latest'>,
  member: Member,
  event: Event,
): Promise<Event> {
  if (!everShares(timeline)) return event
  const takes = (judged: Event) => takenBy(decide(timeline, member, judged).effects)
  const asked = takes(event)
  if (asked.length === 0) return event
  const leftOf = await readRoomLeft(
    context,
    { timeline, latest },
    asked.map(({ room }) => room),
  )
  return { ...event, grants: grantsFor(asked, leftOf, (grants) => takes({ ...event, grants })) }
}

/** What is left of rooms that members share, beyond what the program says there is of them in all. */
export async function readRoomLeft(
  context: ProgramContext,
  { timeline, latest }: Pick<ProgramTimeline, 'timeline' | 'latest'>,
  rooms: readonly string[],
): Promise<(room: string) => number> {
  const buckets = rooms.map((room) => bucketOf(latest.id, room))
  const used =
    rooms.length === 0 ? [] : await rowsOf(context.database.application, roomsUsed(buckets, latest.id, rooms))
  return (room) => {
    const known = used.find((row) => row.room === room)
    return (wholeEver(timeline, room) ?? 0) + Number(known?.added ?? 0) - Number(known?.used ?? 0)
  }
}
