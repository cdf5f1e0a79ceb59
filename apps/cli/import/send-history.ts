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
  /** Those that go on with what the one before them began: without that one they are not sent. */
  readonly continuing: ReadonlySet<EventToSend>
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
const eventsPerRequest = 500
const rejectionsMax = 1_000

/**
 * Sends members one after another, a few requests at a time. What goes on with something waits for its answer, and goes into a
 * request beside others that do. What is reported as reached is always a beginning of the list: an answer that comes early waits for
 * those before it. False where it was interrupted.
 */
export async function sendHistory(members: readonly MemberEvents[], sending: Sending): Promise<boolean> {
  const { send, from, interrupted, onReached } = sending
  const counts = structuredClone(from.counts)
  /** Of members that are begun, by their place in the list, until they are counted. */
  const answered = new Map<number, Outcome[]>()
  const waiting: number[] = []
  let [next, reached, eventsDone] = [
    from.membersDone,
    from.membersDone,
    countEvents(members.slice(0, from.membersDone)),
  ]

  const take = (): Turn[] => {
    const turns: Turn[] = []
    // What has waited goes by itself and is answered soon: else whoever goes on often holds back what is reached.
    const isGoingOn = waiting.length > 0
    for (let events = 0; events < eventsPerRequest; ) {
      const at = isGoingOn ? waiting.shift() : next++
      if (at === undefined) break
      const one = members[at]
      if (one === undefined) break
      const outcomes = answered.get(at) ?? []
      answered.set(at, outcomes)
      const turn = { at, one, outcomes, events: turnOf(one, outcomes.length) }
      turns.push(turn)
      events += turn.events.length
    }
    return turns
  }
  const settle = () => {
    const before = reached
    for (let one = members[reached]; one !== undefined; one = members[reached]) {
      const outcomes = answered.get(reached)
      if (outcomes === undefined || outcomes.length < one.events.length) break
      answered.delete(reached)
      reached++
      countOutcomes(counts, one.events, outcomes)
      eventsDone += one.events.length
    }
    if (reached > before) onReached(reached, eventsDone, counts)
  }
  const keepSending = async () => {
    while (!interrupted.aborted) {
      const turns = take()
      if (turns.length === 0) break
      const outcomes = await send(turns.flatMap(({ events }) => events))
      let sent = 0
      for (const turn of turns) {
        turn.outcomes.push(...outcomes.slice(sent, sent + turn.events.length))
        sent += turn.events.length
        passOver(turn.one, turn.outcomes)
        if (turn.outcomes.length < turn.one.events.length) waiting.push(turn.at)
      }
      settle()
    }
  }
  await Promise.all(Array.from({ length: requestsInFlightMax }, keepSending))
  return reached === members.length
}

/**
 * Whoever waits most comes last: their turns go together, into few requests, and nobody who waits long holds back what is reached.
 * The same list is always in the same order.
 */
export const longestWaitLast = (members: readonly MemberEvents[]): readonly MemberEvents[] =>
  members.toSorted((a, b) => a.continuing.size - b.continuing.size)

/** What is sent of one member at once. */
interface Turn {
  readonly at: number
  readonly one: MemberEvents
  /** Of what was sent before. */
  readonly outcomes: Outcome[]
  readonly events: readonly EventToSend[]
}

/** Up to where the member goes on with something that has to be answered first: few do. */
function turnOf({ events, continuing }: MemberEvents, from: number): readonly EventToSend[] {
  const end = events.findIndex((event, index) => index > from && continuing.has(event))
  return events.slice(from, end === -1 ? events.length : end)
}

/** What goes on with something that is not there is not sent: it would be a part of another whole. */
function passOver({ events, continuing }: MemberEvents, outcomes: Outcome[]): void {
  for (let event = events[outcomes.length]; event !== undefined; event = events[outcomes.length]) {
    if (outcomes.at(-1)?.status !== 'rejected' || !continuing.has(event)) return
    const before = events[outcomes.length - 1]
    outcomes.push({ status: 'rejected', reason: `not sent: it goes on with ${before?.source}/${before?.id}` })
  }
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
