import { decideInPlace } from './decide.ts'
import type { Effect } from './effect.ts'
import { comparePositions, type MemberEvent, positionOf, type TimePassed } from './event.ts'
import { type Member, newMember } from './member.ts'
import { withoutUndone } from './merging/close.ts'
import type { Timeline } from './program/program.ts'
import type { Told } from './vouchers/announced.ts'
import { Announced } from './vouchers/announced.ts'

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
  told: Told | null = null,
): { readonly member: Member; readonly decisions: readonly ReplayedDecision[]; readonly after: readonly Effect[] } {
  const member = newMember()
  // What a member has once met stands, also where a late fact came before it (EXP-1).
  if (told?.chance !== undefined) member.chance = told.chance
  if (told?.arms !== undefined) member.arms = told.arms
  const announced = told === null ? null : Announced.of(told)
  const tidy = withoutUndone(events)
    .slice()
    .sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const decisions = tidy.map((event) => ({
    event,
    effects: decideInPlace(timeline, member, event, null, announced).effects,
  }))
  const after = upTo ? decideInPlace(timeline, member, upTo, null, announced).effects : []
  return { member, decisions, after }
}

/**
 * The replayed member, with time fired as far as it had `before`: a due moment that a late fact left without a reason is over all
 * the same. What another late fact makes due at it again belongs to that correction, so that at the head each due moment names
 * its movements once (LED-5).
 */
export const firedAsBefore = (replayed: Member, before: Pick<Member, 'firedLocal' | 'firedAt'>): Member => ({
  ...replayed,
  firedLocal: laterOf(replayed.firedLocal, before.firedLocal),
  firedAt: laterOf(replayed.firedAt, before.firedAt),
})

const laterOf = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b)

/** What is stored of a member: orders, finished holds and closed vouchers are rows of their own. */
export function checkpointOf(member: Member): Omit<Member, 'orders' | 'finished' | 'closed' | 'chance'> {
  const { orders: _orders, finished: _finished, closed: _closed, chance: _chance, ...checkpoint } = member
  return checkpoint
}

/** The member as its checkpoint alone knows it. */
export const withoutRows = (member: Member): Member => ({
  ...checkpointOf(member),
  ...(member.chance === undefined ? null : { chance: member.chance }),
  orders: {},
  finished: {},
})
