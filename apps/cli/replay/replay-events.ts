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

export interface ReplayOptions {
  readonly program: Program
  /** Every member stands at this instant in the end; null: nothing happened to any. */
  readonly until: number | null
  /** What happens later than this is from the future, as it is for an import (EVT-4). */
  readonly now: number
  readonly onEffect: (effect: ReplayedEffect) => void
  readonly onMember: (done: number) => void
}

/**
 * Decides histories by a program, member by member, as the server would record them from an import: the same stamps, the same
 * engine, and no database. What the program rejects is in them no more.
 */
export function replayEvents(
  eventsByMember: Iterable<readonly [member: string, events: readonly EventInput[]]>,
  { program, until, now, onEffect, onMember }: ReplayOptions,
): ReplayTotals {
  const programTimeline = onlyVersion(program)
  const { timeline } = programTimeline
  const end = until ?? now
  const decidedAt = Math.min(end, now)
  const upTo = { type: 'time.passed', stamp: stampOf(timeline, program, end, null, end) } as const
  const totals = newReplayTotals()
  let done = 0

  for (const [member, events] of eventsByMember) {
    const told = events.map((event) => {
      countEvent(totals, event.type)
      return stamped({
        submission: { program: program.id, member, event, history: true },
        content: contentOf(event),
        timeline: programTimeline,
        member: newMember(),
        now: decidedAt,
      }).event
    })
    onMember(++done)
    const { member: state, decisions, after } = replay(timeline, told, upTo)
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
  return totals
}

/** Why the program rejects the event, whatever else there is; null: it does not. */
export function whyRejectedByItself(program: Program, event: EventInput, now: number): string | null {
  const submission = { program: program.id, member: event.member, event, history: true }
  const rejection = rejectionOf(submission, onlyVersion(program), now)
  return rejection === null ? null : `${rejection.code}: ${rejection.detail}`
}

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
