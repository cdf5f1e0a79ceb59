import { type MemberEvent, ownTimeline, type Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { stampAt } from '../generators/stamp.ts'
import { type CaseLimits, cases } from './cases.ts'
import { answered, livingThrough } from './living.ts'

/** Every version but the first on trial with half of the members. */
const onTrialWithHalf = (timeline: Timeline): Timeline =>
  timeline.map((entry, index) => {
    if (index === 0) return entry
    const { fromAt, fromLocal } = entry
    const never = Number.POSITIVE_INFINITY
    const pilot = { begun: entry.program.version, share: { numerator: 1, denominator: 2 }, fromAt, fromLocal }
    return { ...entry, fromAt: never, fromLocal: never, pilot }
  })

/** Judged by the versions that these are. */
const judgedBy = (timeline: Timeline, events: readonly MemberEvent[]): MemberEvent[] =>
  events.map((event) => ({ ...event, stamp: { ...event.stamp, version: stampAt(timeline, event.stamp.at).version } }))

/** A member lives with versions on trial as if those into which it is drawn were for all, and the others had never been (PIL-1); the auditor agrees. */
export const pilotsAreForWhomTheyAre = (limits: CaseLimits) =>
  fc.property(cases(limits), fc.nat(2 ** 32 - 1), ({ timeline, events }, chance) => {
    const onTrial = onTrialWithHalf(timeline)
    const own = ownTimeline(onTrial, { chance })
    const published = timeline.filter((_entry, index) => own[index]?.fromAt !== Number.POSITIVE_INFINITY)
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
