import { spanAt } from '../goals/window.ts'
import type { Card, Challenge, Honoured, MembershipPlan, Program, Timeline } from '../program/program.ts'
import { type Reign, reignsOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'

/** Something of a program, and the version by whose terms it goes on. */
export interface Standing<Value> {
  readonly program: Program
  readonly value: Value
}

/** Where a program has it, and what it says of what it honours of it. */
interface Kind<Value> {
  readonly declared: (program: Program) => ReadonlyMap<string, Value>
  readonly answers: (program: Program) => ReadonlyMap<string, Honoured>
  /** From when on what counts at a moment belongs together by the older terms; null: by those nothing counts then. */
  readonly begins: (older: Value, local: LocalTime) => LocalTime | null
}

const CARDS: Kind<Card> = {
  declared: ({ cards }) => cards,
  answers: ({ transitions }) => transitions.cards,
  begins: (_, local) => local,
}

const CHALLENGES: Kind<Challenge> = {
  declared: ({ challenges }) => challenges,
  answers: ({ transitions }) => transitions.challenges,
  begins: ({ window }, local) => spanAt(window, local)?.from ?? null,
}

const PLANS: Kind<MembershipPlan> = {
  declared: ({ memberships }) => memberships,
  answers: ({ transitions }) => transitions.memberships,
  begins: (_, local) => local,
}

/**
 * Cards of a version, of which it honours some as they were before, and those that it has given up and honours still, as they were
 * when they were last declared.
 */
export const cardsAt = (timeline: Timeline, program: Program, local: LocalTime): readonly Standing<Card>[] =>
  standing(timeline, program, local, CARDS)

export const challengesAt = (timeline: Timeline, program: Program, local: LocalTime): readonly Standing<Challenge>[] =>
  standing(timeline, program, local, CHALLENGES)

/** Paid memberships that a version no longer sells, or no longer with all their benefits, and honours still. */
export const plansHonoured = (
  timeline: Timeline,
  program: Program,
  local: LocalTime,
): readonly Standing<MembershipPlan>[] => [...honoured(timeline, program, local, PLANS).values()]

function standing<Value>(
  timeline: Timeline,
  program: Program,
  local: LocalTime,
  kind: Kind<Value>,
): readonly Standing<Value>[] {
  const own = [...kind.declared(program)]
  if (kind.answers(program).size === 0) return own.map(([, value]) => ({ program, value }))
  const older = honoured(timeline, program, local, kind)
  const givenUp = [...older].filter(([id]) => !kind.declared(program).has(id))
  return [...own.map(([id, value]) => older.get(id) ?? { program, value }), ...givenUp.map(([, each]) => each)]
}

function honoured<Value>(
  timeline: Timeline,
  program: Program,
  local: LocalTime,
  kind: Kind<Value>,
): ReadonlyMap<string, Standing<Value>> {
  const answers = kind.answers(program)
  if (answers.size === 0) return new Map()
  const reigns = reignsOf(timeline)
  const own = reigns.findIndex((reign) => reign.program.version === program.version)
  return new Map(
    [...answers.keys()].flatMap((id): [string, Standing<Value>][] => {
      const older = honouredIn(reigns, own, id, local, kind)
      return older === null ? [] : [[id, older]]
    }),
  )
}

/** The older terms by which it goes on at a moment of that reign; null: there are none. */
function honouredIn<Value>(
  reigns: readonly Reign[],
  index: number,
  id: string,
  local: LocalTime,
  kind: Kind<Value>,
): Standing<Value> | null {
  const program = reigns[index]?.program
  const answer = program && kind.answers(program).get(id)
  if (!program || !answer) return null
  const older = termsBefore(reigns, index, id, kind)
  if (older === null) return null
  // What the version has still goes by its own terms as soon as they do not change what was begun.
  const from = kind.declared(program).has(id) ? kind.begins(older.value, local) : local
  return from !== null && (answer.until === null || from < answer.until) ? older : null
}

/** By what it went when that reign began, as the last version says that declared it or honoured it then. */
function termsBefore<Value>(
  reigns: readonly Reign[],
  index: number,
  id: string,
  kind: Kind<Value>,
): Standing<Value> | null {
  for (let before = index - 1; before >= 0; before -= 1) {
    const program = reigns[before]?.program
    const value = program && kind.declared(program).get(id)
    if (program === undefined || value === undefined) continue
    const start = reigns[before + 1]?.from
    return (start === undefined ? null : honouredIn(reigns, before, id, start, kind)) ?? { program, value }
  }
  return null
}
