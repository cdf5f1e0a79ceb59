import { checkpointOf, decide, type Member, nextDue, progressOf, type Timeline, type TimePassed } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { stampAt, zonedInstant } from '../generators/stamp.ts'
import { cases } from './cases.ts'
import { effectsOf, livingThrough, netTotals, stateOf } from './living.ts'

/** TIME: time fires what is due, once, whoever looks and however often. */

const dayMs = 86_400_000
const wakeUp = (timeline: Timeline, at: number): TimePassed => ({ type: 'time.passed', stamp: stampAt(timeline, at) })

const lastInstant = (events: readonly { readonly stamp: { readonly at: number } }[]): number =>
  Math.max(0, ...events.map((event) => event.stamp.at))

export const passesInAnySteps = (most: number, givingUp = false) =>
  fc.property(cases({ most, givingUp }), fc.nat(40), fc.nat(40), ({ timeline, events, scale }, first, second) => {
    const step = scale.name === 'days' ? dayMs / 4 : 11 * dayMs
    const now = lastInstant(events)
    const [halfway, end] = [wakeUp(timeline, now + first * step), wakeUp(timeline, now + (first + second) * step)]
    const inOne = [...events, end]
    const inTwo = [...events, halfway, end]
    expect(stateOf(livingThrough(timeline, inTwo))).toEqual(stateOf(livingThrough(timeline, inOne)))
    expect(netTotals(effectsOf(timeline, inTwo))).toEqual(netTotals(effectsOf(timeline, inOne)))
  })

export const wakesChangeNothing = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    const asleep = events.filter((event) => event.type !== 'time.passed')
    const end = wakeUp(timeline, lastInstant(events))
    const [woken, slept] = [livingThrough(timeline, [...events, end]), livingThrough(timeline, [...asleep, end])]
    expect(stateOf(woken)).toEqual(stateOf(slept))
    expect(netTotals(effectsOf(timeline, [...events, end]))).toEqual(netTotals(effectsOf(timeline, [...asleep, end])))
  })

export const idlesByteEqual = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    livingThrough(timeline, events, ({ member }, event) => {
      const { effects, member: after } = decide(timeline, member, { type: 'time.passed', stamp: event.stamp })
      expect(effects).toEqual([])
      expect(JSON.stringify(checkpointOf(after))).toBe(JSON.stringify(checkpointOf(member)))
    })
  })

/** Nothing happens before the moment that `nextDue` names, and something does at it. */
export const knowsWhatIsDue = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    const member = livingThrough(timeline, events)
    const now = lastInstant(events)
    const moment = earliest(timeline, member)
    if (moment === null) {
      expect(decide(timeline, member, wakeUp(timeline, now + 3000 * dayMs)).effects).toEqual([])
      return
    }
    if (moment - 1 > now) expect(decide(timeline, member, wakeUp(timeline, moment - 1)).effects).toEqual([])
    expect(decide(timeline, member, wakeUp(timeline, Math.max(moment, now))).effects).not.toEqual([])
  })

/** A level goes on the day that is told, unless something counts meanwhile: to its last moment it is held. */
export const fallsWhenTold = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    const end = wakeUp(timeline, lastInstant(events))
    const member = livingThrough(timeline, [...events, end])
    const zone = timeline[0]?.program.zone ?? 'UTC'
    for (const { ladder, level, toStay } of progressOf(timeline, member, end.stamp.local)) {
      if (toStay === null || toStay.missing === 0) continue
      const at = zonedInstant(toStay.until, zone)
      const [before, after] = [at - 1, at].map((moment) => livesOn(timeline, member, moment))
      if (before === undefined || after === undefined) continue
      const standing = (of: Member) => of.ladders.find((state) => state.ladder === ladder)
      if (standing(after)?.entries.length !== standing(member)?.entries.length) continue
      expect([standing(before)?.level, standing(after)?.level === level]).toEqual([level, false])
    }
  })

const livesOn = (timeline: Timeline, member: Member, at: number): Member =>
  decide(timeline, member, wakeUp(timeline, at)).member

function earliest(timeline: Timeline, member: Member): number | null {
  const { local, at } = nextDue(timeline, member)
  const zone = timeline[0]?.program.zone ?? 'UTC'
  const instant =
    local === null
      ? null
      : Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(zone)
          .epochMilliseconds
  if (instant === null || at === null) return instant ?? at
  return Math.min(instant, at)
}
