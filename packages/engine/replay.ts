import { decideInPlace } from './decide.ts'
import type { Effect } from './effect.ts'
import { comparePositions, type MemberEvent, positionOf, type TimePassed } from './event.ts'
import { type Member, newMember } from './member.ts'
import type { Timeline } from './program/program.ts'

export interface ReplayedDecision {
  readonly event: Exclude<MemberEvent, TimePassed>
  readonly effects: readonly Effect[]
}

/**
 * One member's history from nothing: the events in tidy order, whatever order they come in, each decided after the ones before
 * (EVT-2). Requests and acts carry their answers and are not judged again. `upTo` lets time pass after the last event.
 */
export function replay(
  timeline: Timeline,
  events: readonly Exclude<MemberEvent, TimePassed>[],
  upTo: TimePassed | null = null,
): { readonly member: Member; readonly decisions: readonly ReplayedDecision[]; readonly after: readonly Effect[] } {
  const member = newMember()
  const tidy = events.slice().sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const decisions = tidy.map((event) => ({ event, effects: decideInPlace(timeline, member, event).effects }))
  const after = upTo ? decideInPlace(timeline, member, upTo).effects : []
  return { member, decisions, after }
}

/** What is stored of a member: orders and finished holds are rows of their own. */
export function checkpointOf(member: Member): Omit<Member, 'orders' | 'finished'> {
  const { orders: _orders, finished: _finished, ...checkpoint } = member
  return checkpoint
}
