import {
  decide,
  type Effect,
  evolve,
  isLate,
  type Life,
  liveAgain,
  type Member,
  type MemberEvent,
  replay,
  type Timeline,
  type TimePassed,
  type Trace,
  toldBy,
  whatRan,
} from '@laurel/engine'
import { correctionsOf, movesOf, type Transfer, transfersOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Coverage } from '../generators/coverage.ts'
import { type Case, cases } from './cases.ts'
import { bornWith, deeplyFrozen, netTotals, stateOf, throughJson } from './living.ts'

/** EVT-7 LED-6 LED-8: what is asked, what happens, what is replayed, folded from the books and lived again are one truth. */

type Recorded = Exclude<MemberEvent, TimePassed>

/** What was lived, as it is stored: each event with its answer, what it did and posted, and the member before it. */
interface Stored {
  readonly event: MemberEvent
  readonly effects: readonly Effect[]
  readonly transfers: readonly Transfer[]
  readonly before: Member
}

export const tellsOneTruth = (most: number, coverage: Coverage) =>
  fc.property(cases({ most }), fc.nat(most), ({ timeline, events, chance = null }, which) => {
    coverage.open(timeline)
    const { stored, member } = live({ timeline, events, chance }, coverage)
    coverage.close()
    const recorded = stored.flatMap(({ event }) => (event.type === 'time.passed' ? [] : [event]))

    const rebuilt = stored.reduce((folded, { effects }) => evolve(folded, effects), bornWith(chance))
    expect(throughJson(rebuilt), 'rebuild').toEqual(member)

    const end = stored.at(-1)?.event
    const upTo = end === undefined ? null : ({ type: 'time.passed', stamp: end.stamp } as const)
    const replayed = replay(timeline, recorded, upTo, chance === null ? null : { chance })
    expect(stateOf(throughJson(replayed.member)), 'replay').toEqual(stateOf(member))
    const told = { ...toldBy(effectsOf(stored)), ...(chance === null ? null : { chance }) }
    const honoured = replay(timeline, recorded, upTo, told)
    expect(stateOf(throughJson(honoured.member)), 'replay that is told').toEqual(stateOf(member))

    const again = [...replayed.decisions.flatMap(({ effects }) => effects), ...replayed.after]
    expect(netTotals(again), 'entries of the replay').toEqual(netTotals(effectsOf(stored)))

    const transfers = stored.flatMap((each) => each.transfers)
    if (upTo !== null) {
      const recording = { member: 'm', events: recorded, told }
      const life = liveAgain(whatRan(timeline), recording, { upTo, assumption: 'as-asked' })
      const books = { balances: member.assets, transferCount: transfers.length }
      const nothing = { moves: [], transfers: [], movements: [], transferCount: transfers.length }
      expect(correctionsOf(transfers, movesIn(life), books, 'shop/backtest'), 'backtest').toEqual(nothing)
    }

    const past = stored[which % Math.max(1, stored.length)]
    if (past !== undefined) asksThePast(timeline, stored, member, past)
  })

/** Decides each event on the state that was stored, after having asked what it would do. */
function live({ timeline, events, chance = null }: Pick<Case, 'timeline' | 'events' | 'chance'>, coverage: Coverage) {
  const stored: Stored[] = []
  let member = throughJson(bornWith(chance))
  let posted = 0
  for (const event of events) {
    const before = deeplyFrozen(member)
    const trace: Trace = []
    const preview = decide(timeline, before, event, trace)
    const { effects, answer, member: after } = decide(timeline, before, throughJson(event))
    expect({ effects, answer }, 'preview').toEqual({ effects: preview.effects, answer: preview.answer })
    coverage.see(event, effects)
    const { transfers } = transfersOf(effects, { balances: before.assets, transferCount: posted })
    posted += transfers.length
    const answered = 'answer' in event ? { ...event, answer } : event
    stored.push({ event: answered, effects: throughJson(effects), transfers, before })
    member = throughJson(after)
  }
  return { stored, member }
}

/** Asked when it is long over, by whoever knows all that came since, an event does what it did. */
function asksThePast(timeline: Timeline, stored: readonly Stored[], now: Member, { event, before }: Stored): void {
  if (event.type === 'time.passed' || !isLate(now, event)) return
  const { stamp } = event
  const others = stored.flatMap(({ event: known }) => (known.type === 'time.passed' || known === event ? [] : [known]))
  // What is asked has no place among the events of its own instant.
  if (others.some((known) => known.stamp.at === stamp.at)) return
  const known = others.filter((other) => other.stamp.at < stamp.at)
  const { member } = replay(timeline, known, null, {
    ...toldBy(effectsOf(stored)),
    ...(now.chance === undefined ? null : { chance: now.chance }),
  })
  expect(doneBy(timeline, member, event), 'preview of the past').toEqual(doneBy(timeline, before, event))
}

const movesIn = ({ decisions, after }: Life) => movesOf([...decisions.flatMap(({ effects }) => effects), ...after])

const effectsOf = (stored: readonly Stored[]): Effect[] => stored.flatMap(({ effects }) => effects)

/** What the event itself does, once time has passed up to it; an experiment that was met is not met again. */
function doneBy(timeline: Timeline, member: Member, event: Recorded): readonly Effect[] {
  const ready = decide(timeline, member, { type: 'time.passed', stamp: event.stamp }).member
  return throughJson(decide(timeline, ready, event).effects.filter(({ type }) => type !== 'exposed'))
}
