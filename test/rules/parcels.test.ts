import type { DeliveredLine, GivingRule, MemberEvent, Program } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { dayNumber, line, on, paid, refund, refundOfLine, tick } from '../vectors/history-builder.ts'
import { days, earning, multiplier, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, lotsOf, permutations, replayed } from '../vectors/reading.ts'

/** Points that wait for the parcel, thirty days at most, and then live for ten. */
const waiting = (rules: readonly GivingRule[] = [earning()], parts: Partial<Program> = {}) =>
  timelineOf(
    program({
      assets: [
        points({
          pending: { type: 'event', event: 'order.delivered', longest: days(30) },
          expiry: { type: 'life', life: days(10), endOf: null },
        }),
      ],
      onOrder: rules,
      ...parts,
    }),
  )

const order = paid('o1', on('2026-03-02T12:00'), [line('1', 3000), line('2', 2450, { quantity: 3 })])
const delivered = (id: string, day: string, lines?: readonly (string | DeliveredLine)[]): MemberEvent => ({
  ...{ type: 'order.delivered', source: 'shop', id, stamp: on(`${day}T09:00`), order: 'o1' },
  ...(lines && { lines: lines.map((each) => (typeof each === 'string' ? { line: each, quantity: null } : each)) }),
})
const item = (quantity: number): DeliveredLine => ({ line: '2', quantity })

/** Pending and active after each of the events. */
const standing = (events: readonly MemberEvent[], timeline = waiting()) =>
  events.map((_, index) => {
    const { pending, active, debt } = balanceOf(live(timeline, events.slice(0, index + 1)).member)
    return [pending, active, ...(debt > 0 ? [-debt] : [])]
  })

describe('LOT-1 an order that comes in parts', () => {
  test('lets the points of what has come become active, item by item, and those of what has not wait', () => {
    const parcels = [delivered('d1', '2026-03-04', ['1']), delivered('d2', '2026-03-05', [item(1)])]
    const rest = delivered('d3', '2026-03-09')
    expect(standing([order, ...parcels, rest])).toEqual([
      [54, 0],
      [24, 30],
      [16, 38],
      [0, 54],
    ])
  })

  test('comes to the same in whichever order its parcels come or are told of, and told twice', () => {
    const parcels = [
      delivered('d1', '2026-03-04', ['1']),
      delivered('d2', '2026-03-05', [item(2)]),
      delivered('d3', '2026-03-05', [item(1), 'unknown']),
      delivered('d4', '2026-03-06', ['1', '2']),
    ]
    const { member } = live(waiting(), [order, ...parcels])
    expect(balanceOf(member)).toMatchObject({ pending: 0, active: 54 })
    for (const arrivals of permutations([order, ...parcels].slice(0, 4))) {
      expect(replayed(waiting(), [...arrivals, ...parcels.slice(3)]).member).toEqual(member)
    }
  })

  test('gives each part a life of its own, and waits no longer than the longest wait', () => {
    const { member } = live(waiting(), [order, delivered('d1', '2026-03-04', ['1']), tick(on('2026-04-01'))])
    expect(lotsOf(member)).toEqual([{ amount: 24, lastDay: dayNumber('2026-04-11'), priority: 0 }])
    expect(standing([order, delivered('d1', '2026-03-04', ['1']), delivered('d2', '2026-04-05')])).toEqual([
      [54, 0],
      [24, 30],
      [0, 24],
    ])
  })

  test('has what a rule for some lines, or a multiplier of some, gave lie on those', () => {
    const isWine = { text: 'wine', test: (scope: { line: { sku: string } | null }) => scope.line?.sku === 'sku-1' }
    const rules = [
      earning({ multipliers: [multiplier('wine-double', 2, 1, { lines: isWine })] }),
      earning({ id: 'corks', give: 5, per: { type: 'item' }, lines: isWine }),
      earning({ id: 'each', give: 11, per: { type: 'order' } }),
    ]
    // 54 + 30 for wine once more, 5 for the bottle, 11 for the order: of these 6 and 5.
    expect(
      standing([order, delivered('d1', '2026-03-04', ['2']), delivered('d2', '2026-03-05', ['1'])], waiting(rules)),
    ).toEqual([
      [100, 0],
      [71, 29],
      [0, 100],
    ])
  })
})

describe('REF-2 LOT-1 what is given back of an order that comes in parts', () => {
  test('takes of what waits what lies on its own lines, of what has come what is active', () => {
    const first = delivered('d1', '2026-03-04', ['1', item(1)])
    const ofRest = {
      ...refundOfLine('r1', 'o1', on('2026-03-05'), '2'),
      lines: [{ line: '2', quantity: 1, amount: null }],
    }
    const ofFirst = refundOfLine('r2', 'o1', on('2026-03-06'), '1')
    expect(standing([order, first, ofRest, ofFirst, delivered('d2', '2026-03-07')])).toEqual([
      [54, 0],
      [16, 38],
      [8, 38],
      [8, 8],
      [0, 16],
    ])
  })

  test('takes what still waits before it takes from other orders', () => {
    const other = { ...delivered('d9', '2026-03-03'), order: 'o2' } as MemberEvent
    const before = [paid('o2', on('2026-03-02T11:00'), 1000), other, order, delivered('d1', '2026-03-04', ['1'])]
    const spent: MemberEvent = {
      ...{ type: 'points.adjusted', source: 'staff', id: 'a', stamp: on('2026-03-05'), actor: 's', reason: 'spent' },
      ...{ asset: 'points', amount: -35, answer: null },
    }
    const back = refundOfLine('r1', 'o1', on('2026-03-06'), '1')
    // 40 are active, 35 go: 5 of the order's own are left, and 24 of it wait.
    expect(standing([...before, spent, back, delivered('d2', '2026-03-07')]).slice(-3)).toEqual([
      [24, 5],
      [0, 0, -1],
      [0, 0, -1],
    ])
  })

  test('looks for it in the lots of every part, also where they have lapsed', () => {
    const parcels = [delivered('d1', '2026-03-04', ['1']), delivered('d2', '2026-03-08', ['2'])]
    const later = paid('o2', on('2026-03-16T12:00'), 1000)
    const back = refund('r1', 'o1', on('2026-03-17T09:00'), 5450)
    const { member } = live(waiting(), [order, ...parcels, later, back])
    expect(balanceOf(member)).toMatchObject({ pending: 10, active: 0, debt: 0 })
    expect(member.assets[0]?.lapsed).toEqual([])
  })

  test('is all that was to come: then nothing waits for it, until it is not given back after all', () => {
    const timeline = waiting([earning(), earning({ id: 'each', give: 11, per: { type: 'order' } })])
    const failed: MemberEvent = {
      ...{ type: 'refund.failed', source: 'shop', id: 'f1', stamp: on('2026-03-06'), order: 'o1', refund: 'r1' },
    }
    const whole = {
      ...refundOfLine('r1', 'o1', on('2026-03-05'), '2'),
      lines: [{ line: '2', quantity: 3, amount: null }],
    }
    const events = [order, delivered('d1', '2026-03-04', ['1']), whole, failed, delivered('d2', '2026-03-07', ['2'])]
    expect(standing(events, timeline)).toEqual([
      [65, 0],
      [29, 36],
      [0, 41],
      [24, 41],
      [0, 65],
    ])
  })

  test('and what an edit adds waits while something is to come, and for nothing once all has come', () => {
    const edited = (id: string, day: string): MemberEvent => ({
      ...{ ...order, type: 'order.edited', id, stamp: on(day) },
      lines: [...order.lines, line('3', 1000)],
    })
    const first = delivered('d1', '2026-03-04', ['1'])
    expect(standing([order, first, edited('e', '2026-03-05')]).at(-1)).toEqual([34, 30])
    const both = [order, first, delivered('d2', '2026-03-05', ['2']), edited('e', '2026-03-06')]
    expect(standing(both).at(-1)).toEqual([0, 64])
    const ahead = [order, delivered('d0', '2026-03-03', ['3']), edited('e', '2026-03-05')]
    expect(standing(ahead)).toEqual([
      [54, 0],
      [54, 0],
      [54, 10],
    ])
  })
})
