import type { Card, Challenge, Honoured, MembershipPlan, Program, Timeline } from '../program/program.ts'
import { reignsOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'

/** Something of a program, and the version by whose terms it goes on. */
export interface Standing<Value> {
  readonly program: Program
  readonly value: Value
}

/** Cards of a version, and those that it has given up and honours still, as they were when they were last declared. */
export const cardsAt = (timeline: Timeline, program: Program, local: LocalTime): readonly Standing<Card>[] =>
  standing(timeline, program, local, ({ cards }) => cards, program.transitions.cards)

export const challengesAt = (timeline: Timeline, program: Program, local: LocalTime): readonly Standing<Challenge>[] =>
  standing(timeline, program, local, ({ challenges }) => challenges, program.transitions.challenges)

/** Paid memberships that a version no longer sells and honours still. */
export const plansHonoured = (
  timeline: Timeline,
  program: Program,
  local: LocalTime,
): readonly Standing<MembershipPlan>[] =>
  honoured(timeline, program, local, ({ memberships }) => memberships, program.transitions.memberships)

function standing<Value>(
  timeline: Timeline,
  program: Program,
  local: LocalTime,
  declared: (program: Program) => ReadonlyMap<string, Value>,
  transitions: ReadonlyMap<string, Honoured>,
): readonly Standing<Value>[] {
  const own = [...declared(program).values()].map((value) => ({ program, value }))
  return transitions.size === 0 ? own : [...own, ...honoured(timeline, program, local, declared, transitions)]
}

function honoured<Value>(
  timeline: Timeline,
  program: Program,
  local: LocalTime,
  declared: (program: Program) => ReadonlyMap<string, Value>,
  transitions: ReadonlyMap<string, Honoured>,
): readonly Standing<Value>[] {
  return [...transitions].flatMap(([id, { until }]): Standing<Value>[] => {
    if (until !== null && local >= until) return []
    const last = reignsBefore(timeline, program).findLast((reign) => declared(reign).has(id))
    const value = last === undefined ? undefined : declared(last).get(id)
    return last === undefined || value === undefined ? [] : [{ program: last, value }]
  })
}

function reignsBefore(timeline: Timeline, program: Program): readonly Program[] {
  const ruled = reignsOf(timeline).map((reign) => reign.program)
  const first = ruled.findIndex(({ version }) => version === program.version)
  return first === -1 ? [] : ruled.slice(0, first)
}
