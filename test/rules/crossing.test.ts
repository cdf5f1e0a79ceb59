import {
  decide,
  type GivingRule,
  type Ladder,
  type Member,
  type MemberEvent,
  newMember,
  type OrderPaid,
} from '@laurel/engine'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, line, on, paid, refund } from '../vectors/history-builder.ts'
import {
  capOf,
  earning,
  everyone,
  level,
  multiplier,
  points,
  program,
  standing,
  timelineOf,
} from '../vectors/program-builder.ts'
import { balanceOf, levelOf, live, lotsOf, ofType, permutations, replayed } from '../vectors/reading.ts'

/** EARN-6: an order that crosses a level is judged by the level before it, or split where it reaches the level. */

const atGold = { ...everyone, tiers: [{ ladder: 'standing', level: 'gold' }] }
const double = multiplier('gold-double', 2, 1, { audience: atGold })
const split = (parts: Partial<GivingRule> = {}) => earning({ crossing: 'split', multipliers: [double], ...parts })
const with500 = (rules: readonly GivingRule[], ladder: Partial<Ladder> = {}) =>
  timelineOf(program({ ladders: [standing(50_000, ladder)], onOrder: rules }))

const whole = with500([earning({ multipliers: [double] })])
const halves = with500([split()])
const active = (timeline: typeof whole, ...events: readonly MemberEvent[]) =>
  balanceOf(live(timeline, events).member).active

const before = paid('o1', on('2026-03-01'), 40_000)
const crossing = paid('o2', on('2026-03-02'), 30_000)

describe('EARN-6 split', () => {
  test('what reaches the threshold earns as before, and what goes beyond it as after', () => {
    // 400.00 before; of 300.00 the first 100.00 reach Gold at 500.00 and the last 200.00 are Gold's.
    expect(active(whole, before, crossing)).toBe(400 + 300)
    expect(active(halves, before, crossing)).toBe(400 + 100 + 2 * 200)
    expect(levelOf(live(halves, [before, crossing]).member)).toBe('gold')
    for (const arrival of permutations<OrderPaid>([before, crossing])) {
      expect(balanceOf(replayed(halves, arrival).member).active).toBe(900)
    }
  })

  test('an order that reaches the threshold and no more is judged by the level before it', () => {
    expect(active(halves, before, paid('o2', on('2026-03-02'), 10_000))).toBe(500)
    expect(active(halves, before, paid('o2', on('2026-03-02'), 10_100))).toBe(500 + 2)
    // Whoever holds the level already has it for all of the order.
    expect(active(halves, paid('o1', on('2026-03-01'), 50_000), paid('o2', on('2026-03-02'), 10_000))).toBe(500 + 200)
  })

  test('an order that crosses two levels has three stretches', () => {
    const levels = [level('silver', 0), level('gold', 50_000), level('platinum', 80_000)]
    const triple = multiplier('platinum-triple', 3, 1, {
      audience: { ...everyone, tiers: [{ ladder: 'standing', level: 'platinum' }] },
    })
    const timeline = with500([split({ multipliers: [double, triple] })], { levels })
    expect(active(timeline, paid('o1', on('2026-03-01'), 100_000))).toBe(500 + 2 * 300 + 3 * 200)
    // A level by invitation is no threshold.
    const invited = with500([split({ multipliers: [double, triple] })], {
      levels: [level('silver', 0), level('gold', 50_000, { invitation: true }), level('platinum', 80_000)],
    })
    expect(active(invited, paid('o1', on('2026-03-01'), 100_000))).toBe(800 + 3 * 200)
  })

  test('every line is split alike, so the order of the lines is no matter', () => {
    const onTea = { text: 'tea', test: (scope: { line: { sku: string } | null }) => scope.line?.sku === 'tea' }
    const tea = multiplier('gold-tea', 3, 1, { audience: atGold, lines: onTea })
    const timeline = with500([split({ multipliers: [tea] })])
    const lines = [line('1', 10_000, { sku: 'tea' }), line('2', 20_000, { sku: 'pot' })]
    for (const bought of [lines, lines.toReversed()]) {
      // Two thirds of each line are Gold's: 66.67 of the tea count three times.
      expect(active(timeline, before, paid('o2', on('2026-03-02'), bought))).toBe(400 + Math.floor(300 + (2 * 200) / 3))
    }
  })

  test('a rule for a level alone gives on its stretch, and each group chooses by stretch', () => {
    const forGold = earning({ id: 'gold-only', crossing: 'split', audience: atGold, round: 'half-up' })
    expect(active(with500([forGold]), before, crossing)).toBe(200)
    expect(active(with500([{ ...forGold, crossing: 'before' }]), before, crossing)).toBe(0)
    const best = { id: 'bonus', take: 'best' } as const
    const always = multiplier('always', 3, 2, { group: best })
    const rule = split({ multipliers: [always, { ...double, group: best }] })
    expect(active(with500([rule]), before, crossing)).toBe(600 + 150 + 400)
  })

  test('EARN-3 the stretches are exact, and their sum is rounded once', () => {
    const odd = split({ per: { type: 'spend', minor: 700 } })
    // 100.00 once and 200.00 twice are 500.00: 71 and three sevenths.
    expect(active(with500([odd]), before, crossing)).toBe(57 + 71)
    expect(active(with500([{ ...odd, round: 'ceil' }]), before, crossing)).toBe(58 + 72)
  })

  test('EARN-4 a cap bounds what the stretches give together', () => {
    const caps = [capOf('rule:base', 450)]
    const timeline = timelineOf(program({ ladders: [standing(50_000)], onOrder: [split({ caps: [0] })], caps }))
    expect(active(timeline, before, crossing)).toBe(400 + 450)
  })

  test('a ladder of what is earned is climbed at the rate of each level', () => {
    const status = points({ id: 'status', kind: 'qualifying' })
    const climb = earning({
      id: 'climb',
      asset: 'status',
      crossing: 'split',
      multipliers: [{ ...double, id: 'faster' }],
    })
    const levels = [level('silver', 0), level('gold', 500), level('platinum', 700)]
    const triple = multiplier('platinum-triple', 3, 1, {
      audience: { ...everyone, tiers: [{ ladder: 'standing', level: 'platinum' }] },
    })
    const timeline = timelineOf(
      program({
        assets: [points(), status],
        ladders: [standing(0, { measure: { type: 'earned', asset: 'status' }, levels })],
        onOrder: [climb, split({ multipliers: [triple] })],
      }),
    )
    // Silver to 500 status takes 100.00, Gold to 700 at twice the rate another 100.00: the last 100.00 are Platinum's.
    expect(active(timeline, before, crossing)).toBe(400 + 200 + 3 * 100)
  })

  test('what an order cannot climb bit by bit, or at once, splits nothing', () => {
    const orders = { measure: { type: 'orders' }, levels: [level('silver', 0), level('gold', 2)] } as const
    expect(active(with500([split()], orders), before, crossing)).toBe(700)
    expect(active(with500([split()], { rise: 'period-end' }), before, crossing)).toBe(700)
    const kept: MemberEvent = {
      type: 'tier.overridden',
      source: 'laurel',
      id: 'by-hand',
      stamp: on('2026-03-01T12:00'),
      actor: 'staff-1',
      reason: 'correction',
      ladder: 'standing',
      level: 'silver',
      endsOn: null,
    }
    expect(active(halves, before, kept, crossing)).toBe(700)
  })

  test('EXP-1 whoever is held out of a bonus meets it on the stretch where it would hold', () => {
    const everybody = { numerator: 1, denominator: 1 }
    const timeline = with500([split({ multipliers: [{ ...double, holdout: everybody }] })])
    let member: Member = { ...newMember(), chance: 1 }
    const exposed: number[] = []
    for (const event of [before, crossing, refund('r1', 'o2', on('2026-03-03'), 15_000)]) {
      const { effects, member: after } = decide(timeline, member, event)
      exposed.push(ofType(effects, 'exposed').length)
      member = after
    }
    expect(exposed).toEqual([0, 1, 0])
    expect(balanceOf(member).active).toBe(400 + 150)
  })

  test('LOT-2 what ends by level ends by the level before the order', () => {
    const life = (months: number) =>
      new Map([['points', { type: 'life', life: { months, days: 0, ms: 0 }, endOf: null }] as const])
    const levels = [level('silver', 0, { expiry: life(2) }), level('gold', 50_000, { expiry: life(24) })]
    const lots = lotsOf(live(with500([split()], { levels }), [before, crossing]).member)
    expect(lots.map(({ amount, lastDay }) => [amount, lastDay])).toEqual([
      [400, dayNumber('2026-05-01')],
      [500, dayNumber('2026-05-02')],
    ])
  })
})

describe('REF-1 a split order refunded', () => {
  test('what remains is split anew from where the order began', () => {
    const half = refund('r1', 'o2', on('2026-03-03'), 15_000)
    expect(active(halves, before, crossing, half)).toBe(400 + 100 + 2 * 50)
    // Other orders change nothing of where this one began.
    const between = paid('o3', on('2026-03-02T12:00'), 1000)
    expect(active(halves, before, crossing, between, half)).toBe(400 + 100 + 2 * 50 + 20)
    const first = refund('r0', 'o1', on('2026-03-03'), 40_000)
    expect(active(halves, before, crossing, first)).toBe(100 + 2 * 200)
  })

  test('REF-6 a full refund takes all of it', () => {
    const all = refund('r1', 'o2', on('2026-03-03'), 30_000)
    expect(active(halves, before, crossing, all)).toBe(400)
  })

  test('the parts sum to the order: as much as if each part had been an order of its own', () => {
    const money = fc.integer({ min: 0, max: 90_000 })
    fc.assert(
      fc.property(
        money,
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 4 }),
        money,
        (had, lines, back) => {
          const first = had === 0 ? [] : [paid('o1', on('2026-03-01'), had)]
          const total = lines.reduce((sum, each) => sum + each, 0)
          const left = Math.max(0, total - back)
          const bought = paid(
            'o2',
            on('2026-03-02'),
            lines.map((each, i) => line(`${i}`, each)),
          )
          const refunded = back === 0 ? [] : [refund('r1', 'o2', on('2026-03-03'), Math.min(back, total))]
          const upTo = Math.max(0, Math.min(left, 50_000 - had))
          const apart = [upTo, left - upTo].flatMap((part, i) =>
            part === 0 ? [] : [paid(`part-${i}`, on(`2026-03-0${i + 2}`), part)],
          )
          const centPoints = split({ per: { type: 'spend', minor: 1 } })
          const given = active(with500([centPoints]), ...first, bought, ...refunded)
          expect(given).toBe(active(with500([centPoints]), ...first, ...apart))
          // Where the levels are alike, splitting changes nothing.
          const alike = split({ multipliers: [], per: { type: 'spend', minor: 7 } })
          const events = [...first, bought, ...refunded]
          expect(active(with500([alike]), ...events)).toBe(
            active(with500([{ ...alike, crossing: 'before' }]), ...events),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})
