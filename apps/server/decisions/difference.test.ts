import {
  decide,
  type Effect,
  evolve,
  type Member,
  type MemberEvent,
  newMember,
  replay,
  type TimePassed,
} from '@laurel/engine'
import { correctionsOf, movesOf, transfersOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Case, cases } from '../../../test/properties/cases.ts'
import { answered } from '../../../test/properties/living.ts'
import { differenceOf, isSameState } from './difference.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/** The state before one fact of a history, and after a replay that knows it; all else stands as it was answered. */
function aroundLateFact({ timeline, events }: Case, which: number) {
  const recorded = answered(timeline, events).filter((event): event is Recorded => event.type !== 'time.passed')
  const facts = recorded.filter(
    (event) => !('answer' in event) && !('actor' in event && event.type !== 'member.frozen'),
  )
  const late = facts[which % Math.max(1, facts.length)]
  if (late === undefined) return null
  let before: Member = newMember()
  const effects: Effect[] = []
  for (const event of recorded) {
    if (event === late) continue
    const decision = decide(timeline, before, event)
    effects.push(...decision.effects)
    before = decision.member
  }
  const last = recorded.at(-1)?.stamp ?? late.stamp
  const again = replay(timeline, recorded, { type: 'time.passed', stamp: last }, before)
  return { before, effects, again, late }
}

test('EVT-2 the stored differences of a late fact lead from any state to that of the replay', () => {
  const found = fc.property(cases({ most: 20 }), fc.nat(40), (drawn, which) => {
    const around = aroundLateFact(drawn, which)
    if (around === null) return
    const { before, effects, again, late } = around
    const posted = transfersOf(effects, { balances: [], transferCount: 0 }).transfers
    const all = [...again.decisions.flatMap((decision) => decision.effects), ...again.after]
    const balances = { balances: before.assets, transferCount: posted.length }
    const { moves } = correctionsOf(posted, movesOf(all), balances, `${late.source}/${late.id}`)
    const after = evolve(before, [...moves, ...differenceOf(before, again.member, all)])
    expect(isSameState(after, again.member)).toBe(true)
  })
  fc.assert(found, { seed: 20_260_401, numRuns: 1000 })
}, 30_000)
