import type { EventInput } from '@laurel/contract'
import { type Effect, newMember, type Program, replay } from '@laurel/engine'
import { contentOf, isFromTheFuture, onlyVersion, rejectionOf, stamped, stampOf } from '@laurel/server'
import { addEffect, addMember, addQueue, countEvent, newReplayTotals, type ReplayTotals } from './totals.ts'

/** One effect of a replay: of an event, or of time that passed after the last one. */
interface ReplayedEffect {
  readonly member: string
  readonly event: { readonly source: string; readonly id: string } | null
  readonly effect: Effect
}

export interface Replay {
  readonly totals: ReplayTotals
  readonly rejected: number
  readonly rejections: readonly { readonly event: string; readonly member: string; readonly reason: string }[]
}

export interface ReplayOptions {
  readonly program: Program
  /** Every member stands at this instant in the end; null: nothing happened to any. */
  readonly until: number | null
  /** What happens later than this is from the future, as it is for an import (EVT-4). */
  readonly now: number
  readonly onEffect: (effect: ReplayedEffect) => void
  readonly onMember: (done: number) => void
}

const rejectionsMax = 1_000

/**
 * Decides histories by a program, member by member, as the server would record them from an import: the same stamps, the same
 * rejections, the same engine, and no database.
 */
export function replayEvents(
  eventsByMember: Iterable<readonly [member: string, events: readonly EventInput[]]>,
  { program, until, now, onEffect, onMember }: ReplayOptions,
): Replay {
  const programTimeline = onlyVersion(program)
  const { timeline } = programTimeline
  const end = until ?? now
  const decidedAt = Math.min(end, now)
  const upTo = { type: 'time.passed', stamp: stampOf(timeline, program, end, null, end) } as const
  const totals = newReplayTotals()
  const rejections: { event: string; member: string; reason: string }[] = []
  let [done, rejected] = [0, 0]

  for (const [member, events] of eventsByMember) {
    const accepted = events.flatMap((event) => {
      const submission = { program: program.id, member, event, history: true }
      const rejection = rejectionByItself(program, event, decidedAt)
      if (rejection === null) {
        countEvent(totals, event.type)
        return [
          stamped({
            submission,
            content: contentOf(event),
            timeline: programTimeline,
            member: newMember(),
            now: decidedAt,
          }).event,
        ]
      }
      rejected++
      const reason = `${rejection.code}: ${rejection.detail}`
      if (rejections.length < rejectionsMax) rejections.push({ event: `${event.source}/${event.id}`, member, reason })
      return []
    })
    onMember(++done)
    // Of whom nothing was accepted the program knows nothing.
    if (accepted.length === 0) continue
    const { member: state, decisions, after } = replay(timeline, accepted, upTo)
    for (const { event, effects } of decisions) {
      for (const effect of effects) {
        addEffect(totals, effect)
        onEffect({ member, event: { source: event.source, id: event.id }, effect })
      }
    }
    for (const effect of after) {
      addEffect(totals, effect)
      onEffect({ member, event: null, effect })
    }
    addQueue(totals, [...decisions.flatMap(({ effects }) => effects), ...after])
    addMember(totals, state)
  }
  return { totals, rejected, rejections }
}

/** Whether and why the program rejects the event, whatever else there is. */
export const rejectionByItself = (program: Program, event: EventInput, now: number) =>
  rejectionOf({ program: program.id, member: event.member, event, history: true }, onlyVersion(program), now)

/** The latest instant of all events that are not from the future: where a replay ends that is not told otherwise; null: of none. */
export function lastInstant(
  eventsByMember: Iterable<readonly [string, readonly EventInput[]]>,
  now: number,
): number | null {
  let last: number | null = null
  for (const [, events] of eventsByMember) {
    for (const event of events) {
      const at = Date.parse(event.occurredAt)
      if (!isFromTheFuture(at, now)) last = Math.max(last ?? at, at)
    }
  }
  return last
}
