import type * as Engine from '@laurel/engine'
import type { Effect, Member, MemberEvent, RequestAnswer, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { audit } from '../auditor/audit.ts'
import { compare, compareEntries } from '../auditor/compare.ts'
import { compareStock } from '../auditor/stock.ts'
import { type Pair, pairs } from '../generators/merging.ts'
import { type Case, cases } from '../properties/cases.ts'
import { correctedCases, correctedPairs, correctedTrials, wrongInCorrection } from '../properties/correcting.ts'
import { arrivingLate, isToldByBoth, lived, netByAccounts } from '../properties/merging.ts'
import { pins, wronglyPinned } from '../properties/pins.ts'
import { poolCases } from '../properties/pool-cases.ts'
import { wrongIn } from '../properties/pool-world.ts'
import { crafted } from './crafted.ts'
import { craftedExperiments } from './crafted-experiments.ts'
import { craftedGiftCards } from './crafted-gift-cards.ts'
import { craftedIdle } from './crafted-idle.ts'
import { craftedLevels } from './crafted-levels.ts'
import { craftedMerges } from './crafted-merges.ts'
import { craftedOffers } from './crafted-offers.ts'
import { craftedParcels } from './crafted-parcels.ts'
import { craftedReferrals } from './crafted-referrals.ts'
import { craftedRefunds } from './crafted-refunds.ts'
import { craftedStock } from './crafted-stock.ts'
import { craftedVersions } from './crafted-versions.ts'
import type { Fault } from './fault.ts'

/**
 * Sets the auditor on an engine: random histories are lived, asked and stored, in order and out of order, and the books compared
 * after every step, until they differ.
 */
export interface Catch {
  /** Steps compared until the fault showed. */
  readonly steps: number
  readonly difference: string
}

/** Null: nothing was found in so many steps. What lies between members is looked for there. */
export const huntFor = ({ rule }: Fault, engine: typeof Engine, stepsMost: number, seed: number): Catch | null =>
  rule === 'POOL-1'
    ? huntInPools(engine, stepsMost, seed)
    : rule === 'MRG-1'
      ? huntInMerges(engine, stepsMost, seed)
      : rule === 'EVT-3'
        ? (huntInVersions(engine, stepsMost, seed) ?? hunt(engine, stepsMost, seed))
        : rule.startsWith('COR-')
          ? huntInCorrections(engine, stepsMost, seed)
          : hunt(engine, stepsMost, seed)

/** Which version an event is pinned to is decided before anything else of it: one pin is one step. */
function huntInVersions(engine: typeof Engine, stepsMost: number, seed: number): Catch | null {
  for (const [index, pin] of fc.sample(pins, { numRuns: Math.min(stepsMost, 500), seed }).entries()) {
    const difference = wronglyPinned(engine, pin)
    if (difference !== null) return { steps: index + 1, difference }
  }
  return null
}

/** Two members who become one are one step, seen at their ends: what each does by itself is looked at elsewhere. */
export function huntInMerges(engine: typeof Engine, stepsMost: number, seed: number): Catch | null {
  for (let steps = 0; steps < stepsMost; steps += 25) {
    const sample = fc.sample(pairs(12).filter(isToldByBoth), { numRuns: 25, seed: seed + steps })
    for (const [index, pair] of (steps === 0 ? [...craftedMerges, ...sample] : sample).entries()) {
      const difference = differenceMerged(engine, pair)
      if (difference !== null) return { steps: steps + index + 1, difference }
    }
  }
  return null
}

/** A past that is corrected is one step: what is to be corrected, and what comes of it. */
export function huntInCorrections(engine: typeof Engine, stepsMost: number, seed: number): Catch | null {
  for (let steps = 0; steps < stepsMost; steps += 25) {
    const alone = fc.sample(correctedCases(12), { numRuns: 10, seed: seed + steps })
    const tried = fc.sample(correctedTrials(12), { numRuns: 5, seed: seed + steps })
    const merged = fc.sample(correctedPairs(12), { numRuns: 10, seed: seed + steps })
    for (const [index, drawn] of [...alone, ...tried, ...merged].entries()) {
      const difference = differenceCorrected(engine, drawn)
      if (difference !== null) return { steps: steps + index + 1, difference }
    }
  }
  return null
}

function differenceCorrected(engine: typeof Engine, drawn: Parameters<typeof wrongInCorrection>[1]): string | null {
  try {
    return wrongInCorrection(engine, drawn)
  } catch (fault) {
    return `it throws: ${String(fault)}`
  }
}

/** A story of a pool is one step here. */
function huntInPools(engine: typeof Engine, stepsMost: number, seed: number): Catch | null {
  for (let steps = 0; steps < stepsMost; steps += 25) {
    for (const [index, drawn] of fc.sample(poolCases, { numRuns: 25, seed: seed + steps }).entries()) {
      const difference = wrongIn(engine, drawn)
      if (difference !== null) return { steps: steps + index + 1, difference }
    }
  }
  return null
}

const byHand: readonly Case[] = [
  ...craftedVersions,
  ...craftedStock,
  ...craftedIdle,
  ...craftedOffers,
  ...craftedParcels,
  ...craftedLevels,
  ...craftedReferrals,
  ...craftedRefunds,
  ...craftedExperiments,
  ...craftedGiftCards,
  ...crafted,
]

/** So many steps it takes to live what was made by hand, which comes first. */
export const stepsByHand = byHand.reduce((steps, { events }) => steps + events.length, 0)

/** Null: nothing was found in so many steps. */
export function hunt(engine: typeof Engine, stepsMost: number, seed: number): Catch | null {
  let steps = 0
  for (let round = 0; steps < stepsMost; round++) {
    // A few dozen at a time: most faults show early.
    const sample = fc.sample(cases({ most: 20 }), { numRuns: 25, seed: seed + round })
    for (const drawn of round === 0 ? [...byHand, ...sample] : sample) {
      const found = differenceIn(engine, drawn, () => {
        steps += 1
      })
      if (found !== null) return { steps, difference: found }
      if (steps >= stepsMost) return null
    }
  }
  return null
}

function differenceIn(engine: typeof Engine, drawn: Case, step: () => void): string | null {
  try {
    return differenceLive(engine, drawn, step) ?? differenceShuffled(engine, drawn)
  } catch (fault) {
    return `it throws: ${String(fault)}`
  }
}

function differenceLive(
  engine: typeof Engine,
  { timeline, events, chance = null }: Case,
  step: () => void,
): string | null {
  const effects: Effect[] = []
  const answers = new Map<string, RequestAnswer>()
  let member = chance === null ? engine.newMember() : { ...engine.newMember(), chance }
  for (const [index, event] of events.entries()) {
    const decision = engine.decide(timeline, member, event)
    member = decision.member
    effects.push(...decision.effects)
    if (decision.answer !== null && event.type !== 'time.passed') answers.set(nameOf(event), decision.answer)
    step()
    const book = audit(timeline, events.slice(0, index + 1), chance)
    const [first] = [
      ...compare(book, member),
      ...compareEntries(book, effects),
      ...compareStock(book, effects),
      ...compareAnswers(book.answers, answers),
    ]
    if (first !== undefined) return `${nameOf(event)}: ${first}`
  }
  return null
}

/** MRG-1: the one's book, and the other's, where the one's facts came in time and where some of them did not. */
function differenceMerged(engine: typeof Engine, pair: Pair): string | null {
  try {
    const { timeline } = pair
    const whole = lived(pair)
    for (const events of [whole.ben, whole.ada, arrivingLate(pair, whole)]) {
      const book = audit(timeline, events)
      const { member, decisions } = engine.replay(timeline, events)
      const [audited, found] = [book.entries, decisions.flatMap(({ effects }) => effects)].map(netByAccounts)
      const isSame = JSON.stringify([...(audited ?? [])]) === JSON.stringify([...(found ?? [])])
      const [first] = compare(book, member).filter((difference) => !difference.startsWith('used of'))
      if (first !== undefined || !isSame) return `merged: ${first ?? 'the entries differ'}`
    }
    return null
  } catch (fault) {
    return `it throws: ${String(fault)}`
  }
}

type Recorded = Exclude<MemberEvent, Engine.TimePassed>
const nameOf = (event: MemberEvent): string =>
  event.type === 'time.passed' ? 'wake-up' : `${event.source}/${event.id}`

function compareAnswers(
  audited: ReadonlyMap<string, RequestAnswer>,
  found: ReadonlyMap<string, RequestAnswer>,
): string[] {
  return [...audited].flatMap(([name, answer]) =>
    JSON.stringify(answer) === JSON.stringify(found.get(name)) ? [] : [`answer to ${name}: ${JSON.stringify(answer)}`],
  )
}

/** The same with what was answered first, arriving back to front: late facts replay, and the end is what the auditor says. */
function differenceShuffled(engine: typeof Engine, { timeline, events }: Case): string | null {
  const answers = new Map(audit(timeline, events).answers)
  const stored = events.flatMap((event): Recorded[] =>
    event.type === 'time.passed'
      ? []
      : ['answer' in event ? { ...event, answer: answers.get(nameOf(event)) ?? null } : event],
  )
  // A refund that never came makes room for answers that could not be granted again.
  const facts = stored.filter((event) => event.type !== 'refund.made')
  for (const known of [stored, facts]) {
    const book = audit(timeline, known)
    const [first] = compare(book, arriving(engine, timeline, known.toReversed()))
    if (first !== undefined) return `arriving back to front: ${first}`
  }
  return null
}

function arriving(engine: typeof Engine, timeline: Timeline, arrivals: readonly Recorded[]): Member {
  const known: Recorded[] = []
  let member = engine.newMember()
  for (const event of arrivals) {
    known.push(event)
    member = engine.isLate(member, event)
      ? engine.replay(timeline, known).member
      : engine.decide(timeline, member, event).member
  }
  return member
}
