import { type MemberEvent, ownTimeline, replay, type Timeline, type TimePassed } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { type Pair, pairs } from '../generators/merging.ts'
import { stampAt } from '../generators/stamp.ts'
import { type CaseLimits, cases } from './cases.ts'
import { answered, bornWith, livingThrough, stateOf } from './living.ts'
import { arrivingLate, inOrder, isBefore, isToldByBoth, netByAccounts, received, recordedOf } from './merging.ts'

/** Every version but the first on trial with half of the members; the end of the program is not for a pilot to say (PIL-4). */
export const onTrialWithHalf = (timeline: Timeline): Timeline =>
  timeline.map((published, index) => {
    if (index === 0) return published
    const entry = { ...published, program: { ...published.program, closing: timeline[0]?.program.closing ?? null } }
    const { fromAt, fromLocal } = entry
    const never = Number.POSITIVE_INFINITY
    const pilot = { begun: entry.program.version, share: { numerator: 1, denominator: 2 }, fromAt, fromLocal }
    return { ...entry, fromAt: never, fromLocal: never, pilot }
  })

/** Judged by the versions that these are. */
export const judgedBy = <Event extends MemberEvent>(timeline: Timeline, events: readonly Event[]): Event[] =>
  events.map((event) => ({ ...event, stamp: { ...event.stamp, version: stampAt(timeline, event.stamp.at).version } }))

/** A member lives with versions on trial as if those into which it is drawn were for all, and the others had never been (PIL-1); the auditor agrees. */
export const pilotsAreForWhomTheyAre = (limits: CaseLimits) =>
  fc.property(cases(limits), fc.nat(2 ** 32 - 1), ({ timeline, events }, chance) => {
    const onTrial = onTrialWithHalf(timeline)
    const own = ownTimeline(onTrial, { chance })
    const published = own.flatMap(({ pilot: _pilot, ...entry }) =>
      entry.fromAt === Number.POSITIVE_INFINITY ? [] : [entry],
    )
    const told = judgedBy(published, events)
    const lived = (versions: Timeline) => {
      const effects: unknown[] = []
      const given = answered(versions, told, chance)
      const member = livingThrough(versions, given, (decision) => effects.push(...decision.effects), chance)
      return { effects, member }
    }
    const tried = lived(onTrial)
    expect(tried).toEqual(lived(published))
    expect(compare(audit(onTrial, told, chance), tried.member)).toEqual([])
  })

type Recorded = Exclude<MemberEvent, TimePassed>

/** Two members, each in an arm of its own. */
interface Arms {
  readonly ada: number
  readonly ben: number
}

/** Everything that is recorded of both by the versions that rule each, where each fact comes in time, and where some come late. */
function livedAcross({ timeline, ...drawn }: Pair, { ada, ben }: Arms) {
  const onTrial = onTrialWithHalf(timeline)
  const [adas, bens] = [ownTimeline(onTrial, { chance: ada }), ownTimeline(onTrial, { chance: ben })]
  const [merged = drawn.merged] = judgedBy(bens, [drawn.merged])
  const pair: Pair = { ...drawn, timeline: onTrial, merged }
  // The one is judged by its own arm when the other arrives.
  const stamp = judgedBy(adas, [merged])[0]?.stamp ?? merged.stamp
  const told = (events: readonly Recorded[]): Recorded[] =>
    events.map((event) =>
      event.type === 'merge.received'
        ? { ...event, stamp, brought: { ...event.brought, told: { chance: ben } } }
        : event,
    )
  const old = drawn.bens.filter((event) => isBefore(event, merged))
  const before = recordedOf(answered(onTrial, judgedBy(bens, old), ben))
  const since = drawn.bens.filter((event) => !isBefore(event, merged)).map((event) => ({ ...event, via: 'ben' }))
  const arrives = told([received(pair, before)])
  const own = inOrder([...judgedBy(adas, [...drawn.adas, ...since]), ...arrives])
  const whole = recordedOf(answered(onTrial, own, ada))
  const late = arrivingLate(pair, { before, ada: whole })
  // What came late of that past keeps the pins of its own arm.
  return { timeline: onTrial, ben: [...before, merged], ada: whole, late: told(late) }
}

/** Members of different arms become one: the past of each is told by the versions that ruled it, late or in time (MRG-1, PIL-1). */
export const mergesAcrossArms = (most: number) =>
  fc.property(pairs(most).filter(isToldByBoth), fc.nat(2 ** 32 - 1), fc.nat(2 ** 32 - 1), (pair, ada, ben) => {
    const { timeline, ...told } = livedAcross(pair, { ada, ben })
    const as = (events: readonly Recorded[], chance: number) => replay(timeline, events, null, bornWith(chance))
    expect(stateOf(as(told.late, ada).member)).toEqual(stateOf(as(told.ada, ada).member))
    for (const [events, chance] of [
      [told.ben, ben],
      [told.ada, ada],
      [told.late, ada],
    ] as const) {
      const { member, decisions } = as(events, chance)
      const book = audit(timeline, events, chance)
      expect(compare(book, member).filter((difference) => !difference.startsWith('used of'))).toEqual([])
      expect(netByAccounts(book.entries)).toEqual(netByAccounts(decisions.flatMap(({ effects }) => effects)))
    }
  })
