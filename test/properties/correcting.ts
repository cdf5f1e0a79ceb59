import {
  type CorrectedFact,
  decide,
  differenceOf,
  type Effect,
  evolve,
  factsToCorrect,
  isSameState,
  type MemberEvent,
  replay,
  type Timeline,
  type TimePassed,
  toBear,
  type VersionCorrected,
} from '@laurel/engine'
import { correctionsOf, movesOf, transfersOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import type { Coverage } from '../generators/coverage.ts'
import { pairs } from '../generators/merging.ts'
import { stampAt } from '../generators/stamp.ts'
import { cases } from './cases.ts'
import { answered, bornWith, netTotals, stateOf } from './living.ts'
import { isToldByBoth, lived, netByAccounts } from './merging.ts'

/** COR: a version was wrong, and its past is told again. */

type Recorded = Exclude<MemberEvent, TimePassed>
const recordedOf = (events: readonly MemberEvent[]): Recorded[] =>
  events.filter((event) => event.type !== 'time.passed')

/** How the version that is right differs from the one that was wrong. */
const mistakes = fc.record({
  times: fc.constantFrom(0, 0, 1, 3),
  dropped: fc.nat(1),
  since: fc.double({ min: 0, max: 1, noNaN: true }),
  shortfall: fc.constantFrom('debt' as const, 'waive' as const),
})
type MistakeOf<Drawn> = Drawn extends fc.Arbitrary<infer Value> ? Value : never
type Mistake = MistakeOf<typeof mistakes>

interface Correcting {
  /** With the version that is right, published after everything. */
  readonly timeline: Timeline
  readonly asked: { readonly version: number; readonly fromAt: number }
  readonly at: number
}

/** The last version again with other amounts, counting from a moment that is over. */
function correcting(
  wrong: Timeline,
  events: readonly Recorded[],
  { times, dropped, since, shortfall }: Mistake,
): Correcting {
  const last = wrong.at(-1)
  if (last === undefined) throw new Error('a timeline holds at least one version')
  const instants = events.map(({ stamp }) => stamp.at).sort((a, b) => a - b)
  const fromAt = instants[Math.floor(since * (instants.length - 1))] ?? 0
  const publishedAt = Math.max(last.publishedAt, instants.at(-1) ?? 0)
  const version = wrong.length + 1
  const onOrder = last.program.onOrder.slice(dropped).map((rule) => ({ ...rule, give: rule.give * times }))
  const refunds = { ...last.program.refunds, shortfall }
  const program = { ...last.program, version, refunds, onOrder: onOrder.filter(({ give }) => give > 0) }
  const [{ local: fromLocal }, { local: publishedLocal }] = [stampAt(wrong, fromAt), stampAt(wrong, publishedAt)]
  const timeline = [...wrong, { program, fromAt, fromLocal, publishedAt, publishedLocal }]
  return { timeline, asked: { version, fromAt }, at: publishedAt + 1 }
}

const nameOf = ({ source, id }: Recorded): string => `${source}/${id}`

const correction = ({ timeline, asked, at }: Correcting, facts: readonly CorrectedFact[]): VersionCorrected => ({
  ...{ type: 'version.corrected', source: 'laurel', id: 'correct/1', stamp: stampAt(timeline, at) },
  ...{ actor: 'staff-1', reason: 'wrong-rate', version: asked.version, facts },
})

const factsOf = ({ timeline, asked }: Correcting, events: readonly Recorded[]): Recorded[] => [
  ...factsToCorrect(timeline, asked, events).facts,
]
const namesOf = (facts: readonly Recorded[]): CorrectedFact[] => facts.map((fact) => ({ fact: nameOf(fact) }))

const effectsOf = (run: ReturnType<typeof replay>): Effect[] => [
  ...run.decisions.flatMap(({ effects }) => effects),
  ...run.after,
]

/** How often these histories had something to correct, for whoever wonders whether they ever do. */
export const corrected = 'corrected'

/** What was corrected is what it would be had it been pinned so from the first; and nothing is left to correct. */
export const correctsAsIfAlways = (most: number, coverage: Coverage) =>
  fc.property(cases({ most, least: 3 }), mistakes, (drawn, mistake) => {
    const { chance = null } = drawn
    const recorded = recordedOf(answered(drawn.timeline, drawn.events, chance))
    const way = correcting(drawn.timeline, recorded, mistake)
    const facts = factsOf(way, recorded)
    if (facts.length > 0) coverage.note(corrected)
    const told = bornWith(chance)
    const done = [...recorded, correction(way, namesOf(facts))]
    const { version } = way.asked
    const always = recorded.map((event) =>
      facts.some((fact) => nameOf(fact) === nameOf(event)) ? { ...event, stamp: { ...event.stamp, version } } : event,
    )
    const after = replay(way.timeline, done, null, told)
    const asIf = replay(way.timeline, [...always, correction(way, [])], null, told)
    expect(stateOf(after.member)).toEqual(stateOf(asIf.member))
    expect(netTotals(effectsOf(after))).toEqual(netTotals(effectsOf(asIf)))
    expect(factsOf(way, done)).toEqual([])
  })

/** What is posted, with what the program bears, leads from the state before to that of the replay, and posts nothing twice. */
export const correctionsLeadOn = (most: number) =>
  fc.property(cases({ most, least: 3 }), mistakes, (drawn, mistake) => {
    const { chance = null } = drawn
    const recorded = recordedOf(answered(drawn.timeline, drawn.events, chance))
    let before = bornWith(chance)
    const lived: Effect[] = []
    for (const event of recorded) {
      const decision = decide(drawn.timeline, before, event)
      lived.push(...decision.effects)
      before = decision.member
    }
    const way = correcting(drawn.timeline, recorded, mistake)
    const wrong = correction(way, namesOf(factsOf(way, recorded)))
    const told = (event: VersionCorrected) => replay(way.timeline, [...recorded, event], null, before)
    const borne = toBear(way.timeline.at(-1)?.program ?? raise(), before, told(wrong).member)
    const again = told({ ...wrong, borne })
    const posted = transfersOf(lived, { balances: [], transferCount: 0 }).transfers
    const balances = { balances: before.assets, transferCount: posted.length }
    const { moves, transfers } = correctionsOf(posted, movesOf(effectsOf(again)), balances, nameOf(wrong))
    const after = evolve(before, [...moves, ...differenceOf(before, again.member, effectsOf(again))])
    expect(isSameState(after, again.member)).toBe(true)
    const { length: transferCount } = [...posted, ...transfers]
    const stands = { balances: after.assets, transferCount }
    expect(correctionsOf([...posted, ...transfers], movesOf(effectsOf(again)), stands, 'again').moves).toEqual([])
    for (const { asset, debt } of after.assets) {
      const { refunds } = way.timeline.at(-1)?.program ?? raise()
      const most = refunds.shortfall === 'waive' ? 0 : (refunds.limit.get(asset) ?? Number.POSITIVE_INFINITY)
      expect(debt).toBeLessThanOrEqual(Math.max(most, before.assets.find((state) => state.asset === asset)?.debt ?? 0))
    }
  })

function raise(): never {
  throw new Error('a timeline holds at least one version')
}

export const correctsAsAudited = (most: number) =>
  fc.property(cases({ most, least: 3 }), mistakes, fc.nat(9), (drawn, mistake, amount) => {
    const { chance = null } = drawn
    const recorded = recordedOf(answered(drawn.timeline, drawn.events, chance))
    const way = correcting(drawn.timeline, recorded, mistake)
    const borne = [{ asset: 'points', amount }]
    const events = [...recorded, { ...correction(way, namesOf(factsOf(way, recorded))), borne }]
    const again = replay(way.timeline, events, null, bornWith(chance))
    const book = audit(way.timeline, events, chance)
    expect([...compare(book, again.member), ...compareEntries(book, effectsOf(again))]).toEqual([])
  })

/** What a merge has brought is corrected in whoever has taken it in, and both books say the same. */
export const correctsWhatAMergeBrought = (most: number) =>
  fc.property(pairs(most).filter(isToldByBoth), mistakes, (pair, mistake) => {
    const { ada, ben } = lived(pair)
    const all = [...ada, ...ben]
    const way = correcting(pair.timeline, all, mistake)
    const facts = factsOf(way, ada)
    const events = [...ada, correction(way, namesOf(facts))]
    const { member, decisions } = replay(way.timeline, events)
    const book = audit(way.timeline, events)
    expect(compare(book, member).filter((difference) => !difference.startsWith('used of'))).toEqual([])
    expect(netByAccounts(book.entries)).toEqual(netByAccounts(decisions.flatMap(({ effects }) => effects)))
    expect(factsOf(way, events)).toEqual([])
    // Of both chains it comes to what it would be, had all been judged so before they became one.
    const { version } = way.asked
    const names = new Set(facts.map(nameOf))
    const asIf = (event: Recorded): Recorded => {
      if (event.type === 'merge.received') {
        return { ...event, brought: { ...event.brought, events: event.brought.events.map(asIf) } }
      }
      return names.has(nameOf(event)) ? { ...event, stamp: { ...event.stamp, version } } : event
    }
    const always = replay(way.timeline, [...ada.map(asIf), correction(way, [])])
    expect(stateOf(member)).toEqual(stateOf(always.member))
    const goneAs = (gone: readonly Recorded[]) => effectsOf(replay(way.timeline, gone))
    expect(netByAccounts([...goneAs(ben), ...decisions.flatMap(({ effects }) => effects)])).toEqual(
      netByAccounts([...goneAs(ben.map(asIf)), ...effectsOf(always)]),
    )
  })
