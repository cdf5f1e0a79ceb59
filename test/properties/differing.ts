import {
  decide,
  differenceOf,
  type Effect,
  evolve,
  isSameState,
  type Member,
  type MemberEvent,
  replay,
  type TimePassed,
} from '@laurel/engine'
import { correctionsOf, movesOf, transfersOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Coverage } from '../generators/coverage.ts'
import { type Pair, pairs } from '../generators/merging.ts'
import { type Case, cases } from './cases.ts'
import { answered, bornWith } from './living.ts'
import { arrivingLate, lived, undoneAfter } from './merging.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

const recordedOf = ({ timeline, events, chance = null }: Case): Recorded[] =>
  answered(timeline, events, chance).filter((event): event is Recorded => event.type !== 'time.passed')

/** What can come late: answers and acts of staff are recorded as they are given. */
const factsOf = (recorded: readonly Recorded[]): Recorded[] =>
  recorded.filter((event) => !('answer' in event) && !('actor' in event && event.type !== 'member.frozen'))

/** The state before one fact of a history, and after a replay that knows it; all else stands as it was answered. */
function aroundLateFact({ timeline, chance = null }: Case, recorded: readonly Recorded[], late: Recorded) {
  let before = bornWith(chance)
  const effects: Effect[] = []
  for (const event of recorded) {
    if (event === late) continue
    const decision = decide(timeline, before, event)
    effects.push(...decision.effects)
    before = decision.member
  }
  const last = recorded.at(-1)?.stamp ?? late.stamp
  const again = replay(timeline, recorded, { type: 'time.passed', stamp: last }, before)
  return { before, effects, again }
}

/** What a history changed of a member, for the test that asks whether all that can change does. */
export const changeBy = (what: 'a late fact' | 'a merge', part: string): string => `${part} changed by ${what}`
/** Histories without a fact say nothing of late ones. */
export const withoutFact = 'history without a fact'

function noteChanges(coverage: Coverage, what: Parameters<typeof changeBy>[0], before: Member, after: Member): void {
  for (const part of Object.keys({ ...before, ...after }) as (keyof Member)[]) {
    if (JSON.stringify(before[part]) !== JSON.stringify(after[part])) coverage.note(changeBy(what, part))
  }
}

export const lateFactsLeadOn = (most: number, coverage: Coverage) =>
  fc.property(cases({ most, least: 3, givingUp: true }), fc.nat(40), (drawn, which) => {
    const recorded = recordedOf(drawn)
    const facts = factsOf(recorded)
    const late = facts[which % Math.max(1, facts.length)]
    if (late === undefined) coverage.note(withoutFact)
    else lateFactLeadsOn(drawn, recorded, late, coverage)
  })

/** Each fact of a history, as if it came last. */
export function eachFactLeadsOn(drawn: Case, coverage: Coverage): void {
  const recorded = recordedOf(drawn)
  for (const late of factsOf(recorded)) lateFactLeadsOn(drawn, recorded, late, coverage)
}

function lateFactLeadsOn(drawn: Case, recorded: readonly Recorded[], late: Recorded, coverage: Coverage): void {
  const { before, effects, again } = aroundLateFact(drawn, recorded, late)
  noteChanges(coverage, 'a late fact', before, again.member)
  const posted = transfersOf(effects, { balances: [], transferCount: 0 }).transfers
  const all = [...again.decisions.flatMap((decision) => decision.effects), ...again.after]
  const balances = { balances: before.assets, transferCount: posted.length }
  const { moves } = correctionsOf(posted, movesOf(all), balances, `${late.source}/${late.id}`)
  const after = evolve(before, [...moves, ...differenceOf(before, again.member, all)])
  expect(isSameState(after, again.member)).toBe(true)
}

export const mergesLeadOn = (most: number, coverage: Coverage) =>
  fc.property(pairs(most), (pair) => mergeLeadsOn(pair, coverage))

/** A merge, its end, and a fact of who has gone that comes after it. */
export function mergeLeadsOn(pair: Pair, coverage: Coverage): void {
  const leadsTo = (before: Recorded[], after: Recorded[]) => {
    const [was, is] = [replay(pair.timeline, before), replay(pair.timeline, after)]
    noteChanges(coverage, 'a merge', was.member, is.member)
    const [posted, all] = [was, is].map(({ decisions }) => decisions.flatMap(({ effects }) => effects))
    const balances = { balances: was.member.assets, transferCount: 0 }
    const stored = movesOf(posted ?? []).map((move) => ({ ...move, revision: 0 }))
    const { moves } = correctionsOf(stored, movesOf(all ?? []), balances, 'laurel/merge')
    const found = evolve(was.member, [...moves, ...differenceOf(was.member, is.member, all ?? [])])
    expect(isSameState(found, is.member)).toBe(true)
  }
  const { ada } = lived(pair)
  const merge = ada.findIndex(({ type }) => type === 'merge.received')
  const merged = ada.slice(0, merge + 1)
  leadsTo(ada.slice(0, merge), merged)
  leadsTo(merged, [...merged, undoneAfter(merged, 'ben')])
  const late = arrivingLate(pair, lived(pair))
  leadsTo(
    late.filter(({ via, stamp }) => via === undefined || stamp.at >= pair.merged.stamp.at),
    late,
  )
}
