import { decide, type Effect, type MemberEvent, replay, type Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { localOf, stampAt } from '../generators/stamp.ts'
import { type CaseLimits, cases } from './cases.ts'
import { bornWith, netTotals, stateOf } from './living.ts'

/**
 * A version is published at an instant, and some events of that instant and later were recorded before it: clocks of shops run ahead,
 * and a publication takes its time. They were judged without it, and are whenever they are told again (EVT-3).
 */
export const publishesMeanwhile = (limits: CaseLimits) =>
  fc.property(cases(limits), fc.nat(), fc.nat(), ({ timeline, events }, some, more) => {
    const [first, second] = timeline
    if (first === undefined || second === undefined) return
    const start = some % events.length
    const last = start + (more % (events.length - start))
    const at = events[start]?.stamp.at ?? 0
    const local = localOf(at, first.program.zone)
    const before: Timeline = [first]
    const both: Timeline = [
      first,
      { program: second.program, fromAt: at, fromLocal: local, publishedAt: at, publishedLocal: local },
    ]
    // A wake-up is of the server's own clock.
    const told = events.flatMap((event, index): { event: MemberEvent; known: Timeline }[] => {
      const known = index <= last ? before : both
      if (index <= last && event.type === 'time.passed' && event.stamp.at >= at) return []
      return [
        { known, event: { ...event, stamp: { ...event.stamp, version: stampAt(known, event.stamp.at).version } } },
      ]
    })
    let member = bornWith(null)
    const effects: Effect[] = []
    const stored: Exclude<MemberEvent, { type: 'time.passed' }>[] = []
    for (const { event, known } of told) {
      const decision = decide(known, member, event)
      member = decision.member
      effects.push(...decision.effects)
      if (event.type === 'time.passed') continue
      stored.push('answer' in event ? { ...event, answer: decision.answer } : event)
    }
    const upTo = { type: 'time.passed', stamp: stampAt(both, (events.at(-1)?.stamp.at ?? at) + 86_400_000) } as const
    const end = decide(both, member, upTo)
    effects.push(...end.effects)
    const again = replay(both, stored, upTo)
    expect(stateOf(again.member)).toEqual(stateOf(end.member))
    expect(netTotals([...again.decisions.flatMap((each) => each.effects), ...again.after])).toEqual(netTotals(effects))
  })
