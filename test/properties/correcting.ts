import type * as Engine from '@laurel/engine'
import * as engine from '@laurel/engine'
import {
  beginningForNobody,
  type CorrectedFact,
  decide,
  differenceOf,
  type Effect,
  evolve,
  factsToCorrect,
  firedAsBefore,
  isSameState,
  type KeptLevel,
  type Member,
  type MemberEvent,
  ownTimeline,
  replay,
  type Timeline,
  type TimePassed,
  toBear,
  toldBy,
  type VersionCorrected,
} from '@laurel/engine'
import { correctionsOf, movesOf, transfersOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import { isFact, wronglyJudged } from '../auditor/corrections.ts'
import type { Coverage } from '../generators/coverage.ts'
import { pairs } from '../generators/merging.ts'
import { stampAt } from '../generators/stamp.ts'
import { cases } from './cases.ts'
import { answered, bornWith, livingThrough, netTotals, stateOf } from './living.ts'
import { isToldByBoth, lived, netByAccounts } from './merging.ts'
import { judgedBy, onTrialWithHalf } from './trials.ts'

/** COR: a version was wrong, and its past is told again. */

type Recorded = Exclude<MemberEvent, TimePassed>
export const recordedOf = (events: readonly MemberEvent[]): Recorded[] =>
  events.filter((event) => event.type !== 'time.passed')

/** How the version that is right differs from the one that was wrong. */
export const mistakes = fc.record({
  times: fc.constantFrom(0, 0, 1, 3),
  dropped: fc.nat(1),
  /** How much more is asked for each level, in hundredths. */
  reach: fc.constantFrom(100, 100, 10, 50, 300),
  fall: fc.constantFrom(null, null, 'earned' as const, 'never' as const, 'one-step' as const),
  grace: fc.boolean(),
  since: fc.double({ min: 0, max: 1, noNaN: true }),
  shortfall: fc.constantFrom('debt' as const, 'waive' as const),
})
type MistakeOf<Drawn> = Drawn extends fc.Arbitrary<infer Value> ? Value : never
export type Mistake = MistakeOf<typeof mistakes>

interface Correcting {
  /** With the version that is right, published after everything. */
  readonly timeline: Timeline
  readonly asked: { readonly version: number; readonly fromAt: number }
  readonly at: number
}

function momentIn(events: readonly Recorded[], share: number): number {
  const instants = events.map(({ stamp }) => stamp.at).sort((a, b) => a - b)
  return instants[Math.floor(share * (instants.length - 1))] ?? 0
}

/** The last version again with other amounts, counting from a moment that is over. */
export function correcting(
  wrong: Timeline,
  events: readonly Recorded[],
  { times, dropped, since, shortfall, reach, fall, grace }: Mistake,
): Correcting {
  const last = wrong.at(-1)
  if (last === undefined) throw new Error('a timeline holds at least one version')
  const instants = events.map(({ stamp }) => stamp.at).sort((a, b) => a - b)
  // Before the program has begun there is nothing to correct.
  const fromAt = Math.max(momentIn(events, since), wrong[0]?.fromAt ?? 0)
  const publishedAt = Math.max(last.publishedAt, instants.at(-1) ?? 0) + 1
  const version = wrong.length + 1
  const onOrder = last.program.onOrder.slice(dropped).map((rule) => ({ ...rule, give: rule.give * times }))
  const refunds = { ...last.program.refunds, shortfall }
  const reached = (before: number, index: number) =>
    reach === 100 ? before : Math.ceil((before * reach) / 100) + index
  const ladders = last.program.ladders.map((ladder) => ({
    ...ladder,
    fall: { ...ladder.fall, to: fall ?? ladder.fall.to, grace: grace ? ladder.fall.grace : null },
    levels: ladder.levels.map((level, index) => ({ ...level, reach: reached(level.reach, index) })),
  }))
  const program = { ...last.program, version, refunds, ladders, onOrder: onOrder.filter(({ give }) => give > 0) }
  const [{ local: fromLocal }, { local: publishedLocal }] = [stampAt(wrong, fromAt), stampAt(wrong, publishedAt)]
  const timeline = [...wrong, { program, fromAt, fromLocal, publishedAt, publishedLocal }]
  return { timeline, asked: { version, fromAt }, at: publishedAt + 1 }
}

const nameOf = ({ source, id }: Recorded): string => `${source}/${id}`

export const correction = ({ timeline, asked, at }: Correcting, facts: readonly CorrectedFact[]): VersionCorrected => ({
  ...{ type: 'version.corrected', source: 'laurel', id: 'correct/1', stamp: stampAt(timeline, at) },
  ...{ actor: 'staff-1', reason: 'wrong-rate', version: asked.version, facts },
  from: { at: asked.fromAt, local: stampAt(timeline, asked.fromAt).local },
})

export const factsOf = ({ timeline, asked }: Correcting, events: readonly Recorded[]): Recorded[] => [
  ...factsToCorrect(timeline, asked, events).facts,
]
export const namesOf = (facts: readonly Recorded[]): CorrectedFact[] => facts.map((fact) => ({ fact: nameOf(fact) }))

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

/** A past of one member with what corrects it, or of whoever has taken another in. */
export interface CorrectedCase {
  readonly way: Pick<Correcting, 'timeline' | 'asked'>
  readonly known: readonly Recorded[]
  /** The corrections, one after the other. */
  readonly acts: readonly VersionCorrected[]
  readonly chance: number | null
  /** Two became one: what each of them has used of a cap that is over is not compared, and other movements than those of rules. */
  readonly isMerged: boolean
}

const extras = fc.record({
  mistake: mistakes,
  amount: fc.nat(9),
  takesBack: fc.boolean(),
  /** Of what is to be corrected so many come late instead: all, every other one; null: none. */
  late: fc.constantFrom(null, null, 1, 2),
  /** Which level stays promised, and for how many days. */
  kept: fc.option(fc.record({ nth: fc.nat(2), lastsDays: fc.constantFrom(null, 2, 90) })),
})
type Extra = MistakeOf<typeof extras>

/** As if every so many of what is to be corrected had come when the version was there, which was published to correct. */
function withLate(way: Correcting, known: readonly Recorded[], each: number | null): [Correcting, Recorded[]] {
  if (each === null) return [way, [...known]]
  const { version } = way.asked
  const late = new Set(factsOf(way, known).filter((_, index) => index % each === 0))
  const timeline = way.timeline.map((entry) =>
    entry.program.version === version ? { ...entry, corrects: true as const } : entry,
  )
  const pinned = known.map((event) => (late.has(event) ? { ...event, stamp: { ...event.stamp, version } } : event))
  return [{ ...way, timeline }, pinned]
}

/** The first correction, and sometimes a second that takes every other fact back to where it was. */
function actsOf(
  way: Correcting,
  known: readonly Recorded[],
  { amount, takesBack, kept }: Omit<Extra, 'mistake' | 'late'>,
  chance: number | null = null,
) {
  const facts = namesOf(factsOf(way, known))
  const act = { ...correction(way, facts), borne: [{ asset: 'points', amount }] }
  const { member } = replay(way.timeline, [...known, act], null, bornWith(chance))
  const first = kept === null ? act : { ...act, kept: keptIn(way, member, kept) }
  if (!takesBack) return [first]
  const stamp = stampAt(way.timeline, way.at + 1)
  const half = facts.filter((_, index) => index % 2 === 0)
  return [first, { ...correction(way, half), id: 'correct/2', stamp, version: way.asked.version - 1 }]
}

/** Of levels that are above those that the correction leaves. */
function keptIn(
  { timeline, at }: Correcting,
  { ladders }: Member,
  { nth, lastsDays }: NonNullable<Extra['kept']>,
): KeptLevel[] {
  const until = lastsDays === null ? null : stampAt(timeline, at).local + lastsDays * 86_400_000
  return (timeline.at(-1)?.program.ladders ?? []).flatMap(({ id, levels }) => {
    const held = levels.findIndex((each) => each.id === ladders.find(({ ladder }) => ladder === id)?.level)
    const level = levels[nth]?.id
    return level === undefined || nth <= held ? [] : [{ ladder: id, level, until }]
  })
}

export const correctedCases = (most: number): fc.Arbitrary<CorrectedCase> =>
  fc.record({ drawn: cases({ most, least: 3 }), extra: extras }).map(({ drawn, extra }) => {
    const { chance = null, timeline, events } = drawn
    const recorded = recordedOf(answered(timeline, events, chance))
    const [way, known] = withLate(correcting(timeline, recorded, extra.mistake), recorded, extra.late)
    return { way, known, acts: actsOf(way, known, extra, chance), chance, isMerged: false }
  })

/** Whoever is in a pilot, or not, that was stopped since: the last version but one is what its members have fallen back to. */
export const correctedTrials = (most: number): fc.Arbitrary<CorrectedCase> =>
  fc
    .record({
      drawn: cases({ most, least: 3 }),
      chance: fc.nat(2 ** 32 - 1),
      stopped: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      extra: extras,
    })
    .map(({ drawn, chance, stopped, extra }) => {
      const events = recordedOf(drawn.events)
      const tried = onTrialWithHalf(drawn.timeline)
      const timeline = stopped === null ? tried : stoppedAt(tried, momentIn(events, stopped))
      const own = ownTimeline(timeline, { chance })
      const known = recordedOf(answered(timeline, judgedBy(own, events), chance))
      const way = correcting(timeline, known, extra.mistake)
      return { way, known, acts: actsOf(way, known, { ...extra, takesBack: false }, chance), chance, isMerged: false }
    })

/** What its members fall back to is the first version, said to them alone. */
function stoppedAt(timeline: Timeline, at: number): Timeline {
  const [first, trial] = timeline
  if (first === undefined || trial?.pilot === undefined) return timeline
  // It stops once it has begun.
  if (Math.max(trial.pilot.fromAt, trial.publishedAt) >= at) return timeline
  const { local } = stampAt(timeline, at)
  const published = { publishedAt: at, publishedLocal: local }
  const pilot = { ...trial.pilot, fromAt: at, fromLocal: local, fallsBack: true as const }
  return [...timeline, { ...trial, ...published, program: { ...first.program, version: timeline.length + 1 }, pilot }]
}

/** What a version on trial has given its members is theirs, and the second book says so, too. */
export const correctsBesideATrial = (most: number) =>
  fc.property(correctedTrials(most), (drawn) => {
    expect(wrongInCorrection(engine, drawn)).toBeNull()
  })

/** A correction of facts alone is as if the version had been published on its date: nobody was answered anything. */
export const correctsAsIfPublishedThen = (most: number) =>
  fc.property(cases({ most, least: 3 }), mistakes, (drawn, mistake) => {
    const { chance = null } = drawn
    const happened = recordedOf(drawn.events).filter(isFact)
    const way = correcting(drawn.timeline, happened, mistake)
    const { version, fromAt } = way.asked
    const facts = namesOf(factsOf(way, happened))
    const names = new Set(facts.map(({ fact }) => fact))
    // What the version does not know stays with the other, which would have had to rule beside it.
    const recorded = happened.filter((event) => event.stamp.at < fromAt || names.has(nameOf(event)))
    const after = replay(way.timeline, [...recorded, correction(way, facts)], null, bornWith(chance))
    const { stamp } = correction(way, [])
    const inTime = way.timeline.map((entry) => {
      if (entry.program.version !== version) return entry.publishedAt > fromAt ? beginningForNobody(entry) : entry
      return { ...entry, publishedAt: entry.fromAt, publishedLocal: entry.fromLocal }
    })
    const judged = recorded.map((event) =>
      names.has(nameOf(event)) ? { ...event, stamp: { ...event.stamp, version } } : event,
    )
    const asIf = replay(inTime, judged, { type: 'time.passed', stamp }, bornWith(chance))
    expect(levelsIn(after.member)).toEqual(levelsIn(asIf.member))
    expect(netTotals(effectsOf(after))).toEqual(netTotals(effectsOf(asIf)))
  })

const levelsIn = ({ ladders }: Member) => ladders

/** Two cards of one asset that one moment fills may change places in a replay that is told of their vouchers, corrected or not. */
const withOneCardEach = (timeline: Timeline): Timeline =>
  timeline.map((entry) => {
    const cards = [...entry.program.cards].filter(
      ([, card], index, all) => all.findIndex(([, other]) => other.asset === card.asset) === index,
    )
    return { ...entry, program: { ...entry.program, cards: new Map(cards) } }
  })

/** Whoever lives on after a correction is what a replay of it all says; a fact that comes late is judged as those that were corrected. */
export const livesOnAsReplayed = (most: number) =>
  fc.property(
    cases({ most, least: 4 }),
    mistakes,
    fc.double({ min: 0.2, max: 0.9, noNaN: true }),
    fc.nat(3),
    (drawn, mistake, share, nth) => {
      const { chance = null } = drawn
      const lived = withOneCardEach(drawn.timeline)
      const recorded = recordedOf(drawn.events)
      const until = momentIn(recorded, share)
      const past = recordedOf(
        answered(
          lived,
          recorded.filter(({ stamp }) => stamp.at <= until),
          chance,
        ),
      )
      const way = correcting(lived, past, mistake)
      const { timeline, asked } = way
      const facts = factsOf(way, past)
      const act = correction(way, namesOf(facts))
      const known = [...past, act]
      const stored: Effect[] = []
      const born = livingThrough(lived, past, ({ effects }) => stored.push(...effects), chance)
      const told = () => ({ ...toldBy(stored), ...(chance === null ? null : { chance }) })
      const rest = drawn.events.filter(({ stamp }) => stamp.at > way.at)
      const corrected = replay(timeline, known, null, told())
      let { member } = corrected
      stored.push(...differenceOf(born, member, effectsOf(corrected)))
      const since = judgedBy(timeline, rest).map((event) => {
        const { answer, effects, member: next } = decide(timeline, member, event)
        member = next
        stored.push(...effects)
        return 'answer' in event ? { ...event, answer } : event
      })
      const last = since.at(-1)
      const upTo = last?.type === 'time.passed' ? last : null
      const replayed = replay(timeline, [...known, ...recordedOf(since)], upTo, told())
      expect(isSameState(firedAsBefore(replayed.member, member), member)).toBe(true)
      // As if one of the facts had come after the act: judged at once by the version that it was corrected to.
      const late = facts[nth]
      if (late === undefined) return
      const pinned = past.map((event) =>
        event === late ? { ...late, stamp: { ...late.stamp, version: asked.version } } : event,
      )
      const others = { ...act, facts: namesOf(facts.filter((fact) => fact !== late)) }
      const afterwards = replay(timeline, [...pinned, others, ...recordedOf(since)], upTo, told())
      expect(isSameState(afterwards.member, replayed.member)).toBe(true)
    },
  )

export const correctedPairs = (most: number): fc.Arbitrary<CorrectedCase> =>
  fc.record({ pair: pairs(most).filter(isToldByBoth), extra: extras }).map(({ pair, extra }) => {
    const { ada, ben } = lived(pair)
    const [way, known] = withLate(correcting(pair.timeline, [...ada, ...ben], extra.mistake), ada, extra.late)
    return { way, known, acts: actsOf(way, known, extra), chance: null, isMerged: true }
  })

/** What an engine and the second book say otherwise of what is to be corrected, or of what was. */
export function wrongInCorrection(
  engine: Pick<typeof Engine, 'factsToCorrect' | 'replay'>,
  { way, known, acts, chance, isMerged }: CorrectedCase,
): string | null {
  const { timeline, asked } = way
  const told = bornWith(chance)
  for (const events of [known, [...known, ...acts.slice(0, 1)], [...known, ...acts], [...acts, ...known]]) {
    const found = engine.factsToCorrect(timeline, asked, events).facts.map(nameOf)
    const audited = wronglyJudged(timeline, asked, events)
    if (found.toSorted().join() !== audited.toSorted().join()) return `to correct: ${found}; audited ${audited}`
    const run = engine.replay(timeline, events, null, told)
    const effects = run.decisions.flatMap((decision) => decision.effects)
    const book = audit(timeline, events, chance)
    const [first] = compare(book, run.member).filter((each) => !isMerged || !each.startsWith('used of'))
    if (first !== undefined) return first
    const [line] = isMerged ? differing(book.entries, effects) : compareEntries(book, effects)
    if (line !== undefined) return line
  }
  return null
}

function differing(audited: Parameters<typeof netByAccounts>[0], found: readonly Effect[]): string[] {
  const [a, b] = [audited, found].map((entries) => JSON.stringify([...netByAccounts(entries)]))
  return a === b ? [] : [`the entries differ: ${b}, audited ${a}`]
}

export const correctsAsAudited = (most: number) =>
  fc.property(correctedCases(most), (drawn) => {
    expect(wrongInCorrection(engine, drawn)).toBeNull()
  })

/** What a merge has brought is corrected in whoever has taken it in, and both books say the same. */
export const correctsWhatAMergeBrought = (most: number) =>
  fc.property(correctedPairs(most), (drawn) => {
    expect(wrongInCorrection(engine, drawn)).toBeNull()
  })

/** Of both chains it comes to what it would be, had all been judged so before the two became one. */
export const correctsAsIfBeforeTheMerge = (most: number) =>
  fc.property(pairs(most).filter(isToldByBoth), mistakes, (pair, mistake) => {
    const { ada, ben } = lived(pair)
    const way = correcting(pair.timeline, [...ada, ...ben], mistake)
    const facts = factsOf(way, ada)
    const { version } = way.asked
    const names = new Set(facts.map(nameOf))
    const asIf = (event: Recorded): Recorded => {
      if (event.type === 'merge.received') {
        return { ...event, brought: { ...event.brought, events: event.brought.events.map(asIf) } }
      }
      return names.has(nameOf(event)) ? { ...event, stamp: { ...event.stamp, version } } : event
    }
    const done = [...ada, correction(way, namesOf(facts))]
    expect(factsOf(way, done)).toEqual([])
    const after = replay(way.timeline, done)
    const always = replay(way.timeline, [...ada.map(asIf), correction(way, [])])
    expect(stateOf(after.member)).toEqual(stateOf(always.member))
    const goneAs = (gone: readonly Recorded[]) => effectsOf(replay(way.timeline, gone))
    expect(netByAccounts([...goneAs(ben), ...effectsOf(after)])).toEqual(
      netByAccounts([...goneAs(ben.map(asIf)), ...effectsOf(always)]),
    )
  })
