import {
  decide,
  differenceOf,
  type Effect,
  evolve,
  isSameState,
  type Member,
  type MemberEvent,
  newMember,
  replay,
  type TimePassed,
} from '@laurel/engine'
import { correctionsOf, movesOf, transfersOf } from '@laurel/ledger'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Pair, pairs } from '../generators/merging.ts'
import { type Case, cases } from './cases.ts'
import { answered } from './living.ts'
import { arrivingLate, lived, undoneAfter } from './merging.ts'

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

/**
 * What changes each part of a member in these histories: a late fact, a merge or its end, for whoever remains. Neither: what is
 * made of the ids, of a pool, or what these histories never have. A new part does not compile until it stands here.
 */
const changedBy: Readonly<Record<keyof Member, 'either' | 'a late fact' | 'a merge' | 'neither'>> = {
  seq: 'either',
  head: 'either',
  firedLocal: 'either',
  firedAt: 'neither',
  joinedOn: 'either',
  frozen: 'a late fact',
  left: 'a late fact',
  segments: 'a late fact',
  tags: 'a late fact',
  assets: 'either',
  pending: 'either',
  holds: 'a late fact',
  counts: 'either',
  ladders: 'either',
  waiting: 'either',
  forfeited: 'either',
  owed: 'either',
  history: 'either',
  orders: 'either',
  finished: 'either',
  vouchers: 'either',
  usedFor: 'either',
  closed: 'either',
  badges: 'either',
  entered: 'either',
  occasions: 'neither',
  benefitUses: 'neither',
  cards: 'either',
  challenges: 'either',
  arms: 'neither',
  chance: 'neither',
  boards: 'either',
  offers: 'either',
  plans: 'neither',
  belongings: 'neither',
  wallet: 'neither',
  referral: 'a late fact',
  friends: 'either',
  paidAhead: 'neither',
  aliases: 'a merge',
  merged: 'a merge',
  noted: 'either',
  keptSeats: 'neither',
  footing: 'either',
  ended: 'a late fact',
}

const partsOf = Object.keys(changedBy) as (keyof Member)[]
const changedParts = (before: Member, after: Member) =>
  partsOf.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
const unchanged = (by: 'a late fact' | 'a merge', changed: ReadonlySet<string>) =>
  partsOf.filter((part) => (changedBy[part] === by || changedBy[part] === 'either') && !changed.has(part))

test('EVT-2 the stored differences of a late fact lead from any state to that of the replay', () => {
  let without = 0
  const changed = new Set<string>()
  const found = fc.property(cases({ most: 20 }), fc.nat(40), (drawn, which) => {
    const around = aroundLateFact(drawn, which)
    if (around === null) {
      without += 1
      return
    }
    const { before, effects, again, late } = around
    for (const part of changedParts(before, again.member)) changed.add(part)
    const posted = transfersOf(effects, { balances: [], transferCount: 0 }).transfers
    const all = [...again.decisions.flatMap((decision) => decision.effects), ...again.after]
    const balances = { balances: before.assets, transferCount: posted.length }
    const { moves } = correctionsOf(posted, movesOf(all), balances, `${late.source}/${late.id}`)
    const after = evolve(before, [...moves, ...differenceOf(before, again.member, all)])
    expect(isSameState(after, again.member)).toBe(true)
  })
  fc.assert(found, { seed: 20_260_401, numRuns: 1000 })
  // Histories without a fact say nothing here: they are few, and the others change every part that they can.
  expect(without).toBeLessThan(100)
  expect(unchanged('a late fact', changed)).toEqual([])
}, 30_000)

test('MRG-1 the stored differences of a merge, and of one that is undone, lead to what the replay finds', () => {
  const brought = new Set<string>()
  const leadsTo = (timeline: Pair['timeline'], before: Recorded[], after: Recorded[]) => {
    const [was, is] = [replay(timeline, before), replay(timeline, after)]
    for (const part of changedParts(was.member, is.member)) brought.add(part)
    const [posted, all] = [was, is].map(({ decisions }) => decisions.flatMap(({ effects }) => effects))
    const balances = { balances: was.member.assets, transferCount: 0 }
    const stored = movesOf(posted ?? []).map((move) => ({ ...move, revision: 0 }))
    const { moves } = correctionsOf(stored, movesOf(all ?? []), balances, 'laurel/merge')
    const found = evolve(was.member, [...moves, ...differenceOf(was.member, is.member, all ?? [])])
    expect(isSameState(found, is.member)).toBe(true)
  }
  const both = fc.property(pairs(16), (pair) => {
    const { timeline } = pair
    const { ada } = lived(pair)
    const merge = ada.findIndex(({ type }) => type === 'merge.received')
    leadsTo(timeline, ada.slice(0, merge), ada.slice(0, merge + 1))
    const merged = ada.slice(0, merge + 1)
    leadsTo(timeline, merged, [...merged, undoneAfter(merged, 'ben')])
    const late = arrivingLate(pair, lived(pair))
    leadsTo(
      timeline,
      late.filter(({ via, stamp }) => via === undefined || stamp.at >= pair.merged.stamp.at),
      late,
    )
  })
  fc.assert(both, { seed: 20_260_401, numRuns: 300 })
  expect(unchanged('a merge', brought)).toEqual([])
}, 30_000)
