import {
  decide,
  type Expiry,
  type Fact,
  type Member,
  type OrderCancelled,
  type Program,
  replay,
  type Timeline,
  type TimePassed,
} from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { inactivity, plainExpiry, timelines } from '../generators/program.ts'
import { livesOfDays, realPeriods, type Scale } from '../generators/scale.ts'
import { stampAt } from '../generators/stamp.ts'
import { line, paid, refund } from '../vectors/history-builder.ts'
import { days } from '../vectors/program-builder.ts'
import { heldBy } from '../vectors/reading.ts'
import { arriving } from './arrival.ts'

/** REF-2: a member who only buys and gives back, in time, and spends nothing. */

/** All that programs know of earning, lasting and waiting; nothing that bars it, burns points, keeps an award or ends the program. */
const givingBack = (program: Program, expiry: Expiry, acceptDays: number): Program => ({
  ...program,
  assets: program.assets.map((asset) => (asset.kind === 'spendable' ? { ...asset, expiry } : asset)),
  refunds: { accept: days(acceptDays), shortfall: 'debt', limit: new Map() },
  ladders: program.ladders.map((ladder) => ({
    ...ladder,
    levels: ladder.levels.map((level) => ({ ...level, entry: [] })),
  })),
  cards: new Map(),
  challenges: new Map(),
  offers: new Map(),
  referral: null,
  terms: null,
  minimumAge: null,
  closing: null,
})

const dayMs = 86_400_000
/** Much longer than lots live. */
const acceptedFor = (scale: Scale): number => (scale.name === 'days' ? 30 : 400)

interface Purchase {
  readonly gap: number
  readonly totals: readonly number[]
  /** How long after it happens what, in gaps. */
  readonly delivery: number | null
  readonly partly: number | null
  readonly back: number
  readonly by: 'member' | 'shop'
}

const purchases = (scale: Scale): fc.Arbitrary<readonly Purchase[]> => {
  const gap = fc.constantFrom(...scale.gapsMs)
  // Long after the order as likely as soon: by then what it gave has lapsed, and something else was bought.
  const longest = scale.name === 'days' ? 12 : acceptedFor(scale) - 2
  const within = fc.oneof(
    gap,
    fc.integer({ min: 1, max: longest }).map((count) => count * dayMs),
  )
  return fc.array(
    fc.record({
      gap,
      totals: fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 3 }),
      delivery: fc.option(gap),
      partly: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      back: within,
      by: fc.constantFrom('member' as const, 'shop' as const),
    }),
    { minLength: 1, maxLength: 8 },
  )
}

function told(timeline: Timeline, scale: Scale, bought: readonly Purchase[]): Fact[] {
  let at = Date.parse(scale.startsAt[0] ?? '')
  return bought.flatMap(({ gap, totals, delivery, partly, back, by }, index) => {
    at += gap
    const order = `o${index}`
    const lines = totals.map((total, i) => line(`${i}`, total))
    const after = (ms: number) => stampAt(timeline, at + ms)
    const cancelled: OrderCancelled = {
      ...{ type: 'order.cancelled', source: 'shop', id: `back-${order}`, stamp: after(back), order, by },
    }
    const part = Math.floor((partly ?? 0) * totals.reduce((sum, total) => sum + total, 0))
    return [
      paid(order, after(0), lines),
      ...(delivery === null
        ? []
        : [{ type: 'order.delivered', source: 'shop', id: `at-${order}`, stamp: after(delivery), order } as const]),
      ...(part === 0 ? [] : [refund(`part-${order}`, order, after(Math.floor(back / 2)), part)]),
      cancelled,
    ]
  })
}

interface Story {
  readonly timeline: Timeline
  readonly facts: readonly Fact[]
  readonly arrivals: readonly Fact[]
}

const stories: fc.Arbitrary<Story> = fc
  .constantFrom(livesOfDays, realPeriods)
  .chain((scale) =>
    fc
      .tuple(timelines(scale), fc.oneof(plainExpiry(scale), inactivity(scale)), purchases(scale))
      .map(([drawn, expiry, bought]) => {
        const timeline = drawn.map((entry) => ({
          ...entry,
          program: givingBack(entry.program, expiry, acceptedFor(scale)),
        }))
        return { timeline, facts: told(timeline, scale, bought) }
      }),
  )
  .chain(({ timeline, facts }) =>
    fc.shuffledSubarray(facts, { minLength: facts.length }).map((arrivals) => ({ timeline, facts, arrivals })),
  )

export const givesEverythingBack = () =>
  fc.property(stories, ({ timeline, facts, arrivals }) => {
    const stamp = stampAt(timeline, Math.max(...facts.map((fact) => fact.stamp.at)) + 1)
    const end: TimePassed = { type: 'time.passed', stamp }
    const arrived = decide(timeline, arriving(timeline, arrivals), end).member
    expect(leftOf(arrived)).toEqual([])
    const { member, decisions, after } = replay(timeline, facts, end)
    expect(leftOf(member)).toEqual([])
    const effects = [...decisions.flatMap((decision) => decision.effects), ...after]
    for (const { asset } of member.assets) expect([asset, heldBy('expired', effects, asset)]).toEqual([asset, 0])
  })

const leftOf = ({ assets }: Member) =>
  assets.filter(({ pending, active, held, debt }) => pending + active + held + debt > 0)
