import {
  decide,
  isSameState,
  isToldAgain,
  type Member,
  type MemberEvent,
  replay,
  type Timeline,
  type TimePassed,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import type { Coverage } from '../generators/coverage.ts'
import { cases, inTidyOrder } from './cases.ts'
import { correcting, correction, factsOf, type Mistake, mistakes, namesOf, recordedOf } from './correcting.ts'
import { answered, bornWith, netTotals } from './living.ts'

/** COR-2: what comes late of a time that is corrected, of whoever had nothing judged otherwise since. */

type Recorded = Exclude<MemberEvent, TimePassed>

interface LateCase {
  readonly timeline: Timeline
  /** As they were recorded, with what corrects them. */
  readonly corrected: readonly Recorded[]
  /** The same, had what is corrected come only when the version was there. */
  readonly others: readonly Recorded[]
  readonly late: readonly Recorded[]
  readonly stamp: Recorded['stamp']
  readonly chance: number | null
}

function lateCase(wrong: Timeline, events: readonly MemberEvent[], chance: number | null, mistake: Mistake): LateCase {
  const recorded = recordedOf(answered(wrong, events, chance))
  const way = correcting(wrong, recorded, mistake)
  const { version } = way.asked
  const timeline = way.timeline.map((entry) =>
    entry.program.version === version ? { ...entry, corrects: true as const } : entry,
  )
  const facts = factsOf({ ...way, timeline }, recorded)
  const act = correction({ ...way, timeline }, namesOf(facts))
  const isLate = (event: Recorded) => facts.includes(event)
  return {
    ...{ timeline, chance, stamp: act.stamp, corrected: [...recorded, act] },
    others: recorded.filter((event) => !isLate(event)),
    late: recorded.filter(isLate).map((event) => ({ ...event, stamp: { ...event.stamp, version } })),
  }
}

const lateCases = (most: number): fc.Arbitrary<LateCase> =>
  fc
    .record({ drawn: cases({ most, least: 3 }), mistake: mistakes })
    .map(({ drawn: { timeline, events, chance = null }, mistake }) => lateCase(timeline, events, chance, mistake))
    .filter(({ late }) => late.length > 0)

/** How often something came late of a corrected time. */
export const cameLate = 'came late of a corrected time'

/** It comes to what the correction comes to for whoever had it recorded in time, and the second book says so, too. */
export const comesLateAsCorrected = (most: number, coverage: Coverage) =>
  fc.property(lateCases(most), ({ timeline, corrected, others, late, stamp, chance }) => {
    coverage.note(cameLate)
    const passed = { type: 'time.passed', stamp } as const
    const events = [...others, ...late]
    const [inTime, afterwards] = [corrected, events].map((all) => replay(timeline, all, passed, bornWith(chance)))
    expect(whatIsLeft(afterwards)).toEqual(whatIsLeft(inTime))
    const book = audit(timeline, [...events, passed], chance)
    expect(compare(book, afterwards?.member ?? raise())).toEqual([])
    expect(compareEntries(book, effectsOf(afterwards))).toEqual([])
  })

type Replayed = ReturnType<typeof replay>
const effectsOf = (run: Replayed | undefined) => [
  ...(run?.decisions.flatMap(({ effects }) => effects) ?? []),
  ...(run?.after ?? []),
]
const whatIsLeft = (run: Replayed | undefined) => {
  const { head: _head, seq: _seq, firedAt: _at, firedLocal: _local, ...state } = run?.member ?? raise()
  return [state, netTotals(effectsOf(run))]
}

/** In whatever order it comes. */
export const comesLateInAnyOrder = (most: number) =>
  fc.property(
    lateCases(most).chain((drawn) =>
      fc.tuple(fc.constant(drawn), fc.shuffledSubarray([...drawn.late], { minLength: drawn.late.length })),
    ),
    ([{ timeline, others, late, chance }, arriving]) => {
      let member: Member = bornWith(chance)
      const known: Recorded[] = []
      for (const event of [...recordedOf(inTidyOrder(others)), ...arriving]) {
        known.push(event)
        member = isToldAgain(timeline, member, event)
          ? replay(timeline, known, null, member).member
          : decide(timeline, member, event).member
      }
      const { member: told } = replay(timeline, [...others, ...late], null, member)
      expect(isSameState(told, member)).toBe(true)
    },
  )

function raise(): never {
  throw new Error('there are two ways to come to it')
}
