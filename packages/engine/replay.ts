import { decideInPlace } from './decide.ts'
import type { Effect } from './effect.ts'
import { comparePositions, type MemberEvent, positionOf, type TimePassed } from './event.ts'
import { type Member, newMember } from './member.ts'
import type { Timeline } from './program/program.ts'
import { Announced } from './vouchers/announced.ts'
import type { VoucherState } from './vouchers/voucher.ts'

export interface ReplayedDecision {
  readonly event: Exclude<MemberEvent, TimePassed>
  readonly effects: readonly Effect[]
}

/**
 * One member's history from nothing: the events in tidy order, whatever order they come in, each decided after the ones before
 * (EVT-2). Requests and acts carry their answers and are not judged again, and `told`, the member as it stands with all its rows,
 * holds the vouchers that were announced. `upTo` lets time pass after the last event.
 */
export function replay(
  timeline: Timeline,
  events: readonly Exclude<MemberEvent, TimePassed>[],
  upTo: TimePassed | null = null,
  told: VoucherState | null = null,
): { readonly member: Member; readonly decisions: readonly ReplayedDecision[]; readonly after: readonly Effect[] } {
  const member = newMember()
  const announced = told === null ? null : Announced.of(told)
  const tidy = events.slice().sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const decisions = tidy.map((event) => ({
    event,
    effects: decideInPlace(timeline, member, event, null, announced).effects,
  }))
  const after = upTo ? decideInPlace(timeline, member, upTo, null, announced).effects : []
  return { member, decisions, after }
}

/** What is stored of a member: orders, finished holds and closed vouchers are rows of their own. */
export function checkpointOf(member: Member): Omit<Member, 'orders' | 'finished' | 'closed'> {
  const { orders: _orders, finished: _finished, closed: _closed, ...checkpoint } = member
  return checkpoint
}

/** The member as its checkpoint alone knows it. */
export const withoutRows = (member: Member): Member => ({ ...checkpointOf(member), orders: {}, finished: {} })
