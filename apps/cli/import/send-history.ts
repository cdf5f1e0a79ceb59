import type { EventToSend } from '@laurel/contract'
import type { Outcome, Send } from './destination.ts'

/** What became of the events that were sent. */
export interface Counts {
  recorded: number
  repeated: number
  rejected: number
  /** The first of the rejected. */
  rejections: { readonly event: string; readonly member: string; readonly reason: string }[]
}
export const newCounts = (): Counts => ({ recorded: 0, repeated: 0, rejected: 0, rejections: [] })

/** One member's events in tidy order. A member is never in two requests at once, so that nothing arrives late. */
export interface MemberEvents {
  readonly member: string
  readonly events: readonly EventToSend[]
}

export interface Sending {
  readonly send: Send
  /** How many members an earlier run has done, and what became of their events. */
  readonly from: { readonly membersDone: number; readonly counts: Counts }
  readonly interrupted: AbortSignal
  /** All members up to here are durable. */
  onReached(membersDone: number, eventsDone: number, counts: Counts): void
}

/** Enough to keep both cores of a small machine busy; more only queue up in the server. */
const requestsInFlightMax = 4
/** A request worth its overhead, and answered within a second on a slow disk. */
const eventsPerChunk = 500
const rejectionsMax = 1_000

/**
 * Sends members one after another, a few requests at a time. What is reported as reached is always a beginning of the list:
 * an answer that comes early waits for those before it. False where it was interrupted.
 */
export async function sendHistory(members: readonly MemberEvents[], sending: Sending): Promise<boolean> {
  const { send, from, interrupted, onReached } = sending
  const chunks = chunksOf(members, from.membersDone)
  const counts = structuredClone(from.counts)
  const answered = new Map<number, readonly Outcome[]>()
  let [next, reached, eventsDone] = [0, 0, countEvents(members.slice(0, from.membersDone))]

  const settle = () => {
    for (let chunk = chunks[reached]; chunk !== undefined; chunk = chunks[reached]) {
      const outcomes = answered.get(reached)
      if (outcomes === undefined) break
      answered.delete(reached)
      reached++
      countOutcomes(counts, chunk.events, outcomes)
      eventsDone += chunk.events.length
      onReached(chunk.membersDone, eventsDone, counts)
    }
  }
  const keepSending = async () => {
    while (next < chunks.length && !interrupted.aborted) {
      const index = next++
      const chunk = chunks[index]
      if (chunk === undefined) break
      answered.set(index, await send(chunk.events))
      settle()
    }
  }
  await Promise.all(Array.from({ length: requestsInFlightMax }, keepSending))
  return reached === chunks.length
}

interface Chunk {
  readonly events: readonly EventToSend[]
  /** How many members of the list are done once this chunk and all before it are. */
  readonly membersDone: number
}

function chunksOf(members: readonly MemberEvents[], from: number): Chunk[] {
  const chunks: Chunk[] = []
  let events: EventToSend[] = []
  for (let index = from; index < members.length; index++) {
    events.push(...(members[index]?.events ?? []))
    if (events.length < eventsPerChunk && index < members.length - 1) continue
    chunks.push({ events, membersDone: index + 1 })
    events = []
  }
  return chunks
}

export const countEvents = (members: readonly MemberEvents[]): number =>
  members.reduce((sum, { events }) => sum + events.length, 0)

function countOutcomes(counts: Counts, events: readonly EventToSend[], outcomes: readonly Outcome[]) {
  outcomes.forEach((outcome, index) => {
    counts[outcome.status]++
    const event = events[index]
    if (outcome.status !== 'rejected' || event === undefined || counts.rejections.length >= rejectionsMax) return
    counts.rejections.push({ event: `${event.source}/${event.id}`, member: event.member, reason: outcome.reason })
  })
}
