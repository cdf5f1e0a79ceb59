import {
  decide,
  isLate,
  type Member,
  type MemberEvent,
  newMember,
  replay,
  type Timeline,
  type TimePassed,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { cases } from './cases.ts'
import { answered, livingThrough, netTotals, stateOf } from './living.ts'

/** EVT-2: arrival order does not matter. */

type Recorded = Exclude<MemberEvent, TimePassed>
const recordedOf = (events: readonly MemberEvent[]): Recorded[] =>
  events.filter((event) => event.type !== 'time.passed')

/** As a recorder does it: what is late makes the history replay, all else is decided on top. */
export function arriving(timeline: Timeline, arrivals: readonly Recorded[]): Member {
  const known: Recorded[] = []
  let member = newMember()
  for (const event of arrivals) {
    known.push(event)
    member = isLate(member, event) ? replay(timeline, known).member : decide(timeline, member, event).member
  }
  return member
}

export const arrivesInAnyOrder = (most: number, givingUp = false) =>
  fc.property(
    cases({ most, givingUp }).chain((drawn) => {
      const recorded = recordedOf(answered(drawn.timeline, drawn.events))
      return fc
        .shuffledSubarray(recorded, { minLength: recorded.length })
        .map((arrivals) => ({ ...drawn, recorded, arrivals }))
    }),
    ({ timeline, recorded, arrivals }) => {
      const tidy = replay(timeline, recorded)
      expect(stateOf(arriving(timeline, arrivals))).toEqual(stateOf(tidy.member))
      const shuffled = replay(timeline, arrivals)
      const totals = (run: typeof tidy) => netTotals(run.decisions.flatMap((decision) => decision.effects))
      expect(totals(shuffled)).toEqual(totals(tidy))
    },
  )

/** At every moment of the past: the state that was lived to is the state that a replay up to there finds. */
export const replaysToAnyMoment = (most: number) =>
  fc.property(cases({ most }), ({ timeline, events }) => {
    const recorded = recordedOf(answered(timeline, events))
    let member = newMember()
    recorded.forEach((event, index) => {
      member = decide(timeline, member, event).member
      expect(replay(timeline, recorded.slice(0, index + 1)).member).toEqual(member)
    })
    // What was asked and what is stored decide the same.
    expect(stateOf(livingThrough(timeline, recordedOf(events)))).toEqual(stateOf(member))
  })
