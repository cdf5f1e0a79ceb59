import {
  comparePositions,
  decide,
  type Effect,
  isLate,
  type Member,
  type MemberEvent,
  newMember,
  positionOf,
  replay,
  type Timeline,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { compare } from '../auditor/compare.ts'
import { isFact, type Pair, pairs, type Recorded } from '../generators/merging.ts'
import { answered, stateOf } from './living.ts'

/** MRG-1: two members become one. */

export const inOrder = (events: readonly Recorded[]): Recorded[] =>
  events.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)))
export const recordedOf = (events: readonly MemberEvent[]): Recorded[] =>
  events.filter((event) => event.type !== 'time.passed')
export const isBefore = (a: Recorded, b: Recorded): boolean => comparePositions(positionOf(a), positionOf(b)) < 0

/** What the one who stays gets, where these have come for the other by then. */
export const received = ({ merged }: Pair, events: readonly Recorded[]): Recorded => ({
  ...{ type: 'merge.received', source: 'laurel', id: 'ben/merge', stamp: merged.stamp, merge: 'laurel/merge' },
  ...{ from: 'ben', into: 'ada', brought: { events: [...events, merged], told: {} } },
})

/** Everything that is recorded of both, with all answers, where each fact comes in time. */
export function lived(pair: Pair) {
  const { timeline, merged } = pair
  const before = recordedOf(
    answered(
      timeline,
      pair.bens.filter((event) => isBefore(event, merged)),
    ),
  )
  const via = pair.bens.filter((event) => !isBefore(event, merged)).map((event) => ({ ...event, via: 'ben' }))
  const arrives = received(pair, before)
  const own = recordedOf(answered(timeline, inOrder([...pair.adas, arrives, ...via])))
  return { before, ben: [...before, merged], ada: own }
}

/** The same, where some facts of the one who has gone come after the merge. */
export function arrivingLate(
  pair: Pair,
  { before, ada }: Pick<ReturnType<typeof lived>, 'before' | 'ada'>,
): Recorded[] {
  const latecomers = before.filter((event, index) => isFact(event) && pair.late(index))
  const known = before.filter((event) => !latecomers.includes(event))
  const others = ada.filter(({ type }) => type !== 'merge.received')
  return [...others, received(pair, known), ...latecomers.map((event) => ({ ...event, via: 'ben' }))]
}

const effectsOf = (timeline: Timeline, events: readonly Recorded[]): Effect[] =>
  replay(timeline, events).decisions.flatMap(({ effects }) => effects)

interface Line {
  readonly cause: string
  readonly rule: string
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly amount: number
}
const linesOf = (effects: readonly (Effect | Line)[]): Line[] =>
  effects.flatMap((effect) => ('cause' in effect && 'from' in effect ? [effect] : []))

/** Net amounts by cause, rule and pair of accounts, whichever way they went. */
function netOf(effects: readonly (Effect | Line)[]): Map<string, number> {
  const net = new Map<string, number>()
  for (const { cause, rule, asset, from, to, amount } of linesOf(effects)) {
    const isForth = from < to
    const name = `${cause} ${rule}: ${asset} ${isForth ? `${from} -> ${to}` : `${to} -> ${from}`}`
    net.set(name, (net.get(name) ?? 0) + (isForth ? amount : -amount))
  }
  return new Map([...net].filter(([, amount]) => amount !== 0).sort())
}

/** The same where other movements than those of rules have no names: what they are called is no part of the semantics. */
export function netByAccounts(effects: readonly (Effect | Line)[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [name, amount] of netOf(effects)) {
    const plain = name.includes('issued') ? name : name.replace(/ \S+: /, ': ')
    sums.set(plain, (sums.get(plain) ?? 0) + amount)
  }
  return new Map([...sums].filter(([, amount]) => amount !== 0).sort())
}

function heldBy(account: string, effects: readonly Effect[]): Map<string, number> {
  const held = new Map<string, number>()
  for (const effect of effects) {
    if (effect.type !== 'move') continue
    const { asset, from, to, amount } = effect
    const change = (to === account ? amount : 0) - (from === account ? amount : 0)
    held.set(asset, (held.get(asset) ?? 0) + change)
  }
  return new Map([...held].filter(([, amount]) => amount !== 0))
}

/** A fact of the one who has gone, older than the merge, comes before or after it: the same in the end, to the last entry. */
export const mergesInAnyOrder = (most: number) =>
  fc.property(pairs(most), (pair) => {
    const { timeline, merged, late } = pair
    const { before, ada } = lived(pair)
    const known = before.filter((event, index) => !(isFact(event) && late(index)))
    const again = arrivingLate(pair, { before, ada })
    expect(stateOf(replay(timeline, again).member)).toEqual(stateOf(replay(timeline, ada).member))
    const books = (ben: readonly Recorded[], whole: readonly Recorded[]) =>
      netOf([...effectsOf(timeline, ben), ...effectsOf(timeline, whole)])
    expect(books([...known, merged], again)).toEqual(books([...before, merged], ada))
  })

/** As two recorders do it: what is late, and every merge, makes the history replay. */
export const mergesHoweverItArrives = (most: number) =>
  fc.property(
    pairs(most).chain((pair) => {
      const { ada } = lived(pair)
      return fc.shuffledSubarray(ada, { minLength: ada.length }).map((arrivals) => ({ ...pair, ada, arrivals }))
    }),
    ({ timeline, ada, arrivals }) => {
      const known: Recorded[] = []
      let member: Member = newMember()
      for (const event of arrivals) {
        known.push(event)
        const isReplayed = event.type === 'merge.received' || isLate(member, event)
        member = isReplayed ? replay(timeline, known).member : decide(timeline, member, event).member
      }
      expect(stateOf(member)).toEqual(stateOf(replay(timeline, ada).member))
    },
  )

/** Nothing is made and nothing lost: the one ends with nothing, nothing stays on its way, and the other's books hold. */
export const mergesWholly = (most: number) =>
  fc.property(pairs(most), (pair) => {
    const { timeline } = pair
    const { ben, ada } = lived(pair)
    const gone = replay(timeline, ben)
    for (const { pending, active, held, debt, lots } of gone.member.assets) {
      expect([pending, active, held, debt, lots]).toEqual([0, 0, 0, 0, []])
    }
    const stays = replay(timeline, ada)
    const effects = stays.decisions.flatMap((decision) => decision.effects)
    const all = [...gone.decisions.flatMap((decision) => decision.effects), ...effects]
    // Gifts are on their way to others.
    const merging = all.filter((effect) => effect.type === 'move' && effect.rule === 'merge')
    expect(heldBy('transit', merging)).toEqual(new Map())
    for (const { asset, pending, active, held, debt, lots } of stays.member.assets) {
      expect(Math.min(pending, active, held, debt)).toBeGreaterThanOrEqual(0)
      expect(Math.min(active, debt)).toBe(0)
      expect(lots.reduce((sum, lot) => sum + lot.amount, 0)).toBe(active)
      const booked = (account: string) => heldBy(account, effects).get(asset) ?? 0
      expect([pending, active, held, debt]).toEqual([
        booked('pending'),
        booked('active'),
        booked('held'),
        0 - booked('debt'),
      ])
      const waiting = stays.member.pending.filter((entry) => entry.asset === asset)
      expect(waiting.reduce((sum, entry) => sum + entry.amount, 0)).toBe(pending)
    }
  })

/** The second book adds the pasts of both up; surplus of what no refund reaches any more is each one's own (TIER-3). */
export const isToldByBoth = ({ timeline }: Pair): boolean =>
  timeline.every(({ program }) => program.ladders.every(({ window }) => !('rollOver' in window)))

/** The second book closes one member's and goes on with it in the other's, and both books say the same. */
export const mergesAsAudited = (most: number) =>
  fc.property(pairs(most).filter(isToldByBoth), (pair) => {
    const { timeline } = pair
    const whole = lived(pair)
    for (const events of [whole.ben, whole.ada, arrivingLate(pair, whole)]) {
      const { member, decisions } = replay(timeline, events)
      const book = audit(timeline, events)
      // Of a period that is over, the one may have forgotten what the other remembers; nothing is judged by it any more.
      expect(compare(book, member).filter((difference) => !difference.startsWith('used of'))).toEqual([])
      expect(netByAccounts(book.entries)).toEqual(netByAccounts(decisions.flatMap(({ effects }) => effects)))
    }
  })

/** The merge is undone a moment after all of these. */
export function undoneAfter(events: readonly Recorded[], tell: string | null): Recorded {
  const last = events.reduce((a, b) => (a.stamp.at < b.stamp.at ? b : a))
  const at = last.stamp.at + 1
  const stamp = { ...last.stamp, at, local: last.stamp.local + 1, placeLocal: last.stamp.local + 1 }
  return {
    ...{ type: 'merge.undone', source: 'laurel', id: `undo-${tell}`, stamp, merge: 'laurel/merge', tell },
    ...{ actor: 'staff-1', reason: 'mistake' },
  }
}

/** A merge that was undone is as if it had never been, for both. */
export const undoesMerges = (most: number) =>
  fc.property(pairs(most), (pair) => {
    const { timeline, merged, adas } = pair
    const { before } = lived(pair)
    const undone = (tell: string | null) => undoneAfter([...before, ...adas, merged], tell)
    const { stamp } = undone(null)
    const own = recordedOf(answered(timeline, adas))
    const facts = ({ assets, ladders, orders, counts, pending, vouchers, badges }: Member) => [
      ...[assets, ladders, orders, counts, pending, vouchers, badges],
    ]
    const passed = { type: 'time.passed', stamp } as const
    const ada = replay(timeline, [...own, received(pair, before), undone('ben')])
    expect(facts(ada.member)).toEqual(facts(replay(timeline, own, passed).member))
    const ben = replay(timeline, [...before, merged, undone(null)])
    expect(facts(ben.member)).toEqual(facts(replay(timeline, before, passed).member))
  })
