import { describe, expect, test } from 'vitest'
import { dayNumber, line, on, paid, refund, refundOfLine, tick } from '../../test/vectors/history-builder.ts'
import { days, points, program, timelineOf } from '../../test/vectors/program-builder.ts'
import { balanceOf, live, lotsOf, ofType } from '../../test/vectors/reading.ts'
import { decide, isLate } from './decide.ts'
import type { MemberChanged, MemberEvent, OrderEdited, OrderPaid, Position } from './event.ts'
import { newMember } from './member.ts'

const timeline = timelineOf(program())
const noon = on('2026-03-01T12:00')

describe('TIME-3 late is what has its place', () => {
  const order = (at: number, local = at, id = 'b'): OrderPaid => ({
    ...paid('1', { ...noon, at, local }, 100, { id }),
    source: 'shop',
  })
  const head: Position = [100, 6, 'shop', 'b']

  test('before the last recorded one: by instant, then rank, source and id', () => {
    const member = { ...newMember(), head }
    expect(isLate(newMember(), order(0))).toBe(false)
    expect([99, 100, 101].map((at) => isLate(member, order(at)))).toEqual([true, false, false])
    expect(['a', 'b', 'c'].map((id) => isLate(member, order(100, 100, id)))).toEqual([true, false, false])
  })

  test('before a timer that has fired, by the clock of the program', () => {
    const member = { ...newMember(), firedLocal: 100 }
    expect([99, 100, 101].map((local) => isLate(member, order(500, local)))).toEqual([true, false, false])
  })

  test('before a reservation that has timed out, by the instant', () => {
    const member = { ...newMember(), firedAt: 100 }
    expect([99, 100, 101].map((at) => isLate(member, order(at, 500)))).toEqual([true, false, false])
  })
})

describe('EVT-5 what waits for an order', () => {
  const at = (text: string) => on(`2026-03-01T${text}`)
  const edited = (id: string, stamp: OrderEdited['stamp'], total: number): OrderEdited => ({
    ...paid('1', stamp, total, { id }),
    type: 'order.edited',
  })
  const order = paid('1', at('12:00'), [line('1', 6_000), line('2', 4_000)])
  const after = (...events: MemberEvent[]) => live(timeline, events)

  test('acts in tidy order, whatever order it came in', () => {
    const first = edited('e1', at('13:00'), 3_000)
    const second = edited('e2', at('14:00'), 5_000)
    for (const waiting of [
      [first, second],
      [second, first],
    ]) {
      const member = waiting.reduce((state, event) => decide(timeline, state, event).member, newMember())
      const { member: done } = decide(timeline, member, { ...order, stamp: at('12:00') })
      expect(balanceOf(done).active).toBe(50)
      expect(done.waiting).toEqual([])
    }
  })

  test('acts at its own moment or the order’s, whichever is later', () => {
    const early = refundOfLine('r1', '1', at('11:00'), '1')
    const late = refundOfLine('r2', '1', at('13:00'), '2')
    const { decisions } = after(early, late, order)
    const taken = ofType(decisions.at(-1)?.effects ?? [], 'move').filter(({ to }) => to === 'issued')
    expect(taken.map(({ cause, amount, effective }) => [cause, amount, effective])).toEqual([
      ['shop/r1', 60, at('12:00').local],
      ['shop/r2', 40, at('13:00').local],
    ])
  })

  test('of another order goes on waiting', () => {
    const other = refund('r1', '2', at('11:00'), 1_000)
    const { member } = after(other, order)
    expect(member.waiting).toEqual([other])
    expect(balanceOf(member).active).toBe(100)
  })
})

test('EVT-8 a placed order is recorded and gives nothing', () => {
  const { decisions, member } = live(timeline, [{ ...paid('1', noon, 1_000), type: 'order.placed' }])
  expect(decisions[0]?.effects.map(({ type }) => type)).toEqual(['profile', 'head'])
  expect(member.orders).toEqual({})
})

test('EVT-1 a paid order under a second event is the order as it is now', () => {
  const { member } = live(timeline, [paid('1', noon, 1_000), paid('1', on('2026-03-01T13:00'), 4_000, { id: 'again' })])
  expect(balanceOf(member).active).toBe(40)
  expect(Object.keys(member.orders)).toEqual(['shop/1'])
})

test('EVT-8 a changed profile is what it says, and joins who was unknown on that day', () => {
  const change: MemberChanged = {
    ...{ type: 'member.changed', source: 'shop', id: 'c1', stamp: noon, segments: ['staff'], tags: null },
  }
  const { member } = live(timeline, [change])
  expect(member).toMatchObject({ joinedOn: dayNumber('2026-03-01'), segments: ['staff'], tags: [] })
  const again = decide(timeline, member, { ...change, id: 'c2', segments: null, tags: ['vip'] }).member
  expect(again).toMatchObject({ segments: ['staff'], tags: ['vip'] })
})

test('LOT-6 lots that staff extend last longer, others do not', () => {
  const brief = timelineOf(program({ assets: [points({ expiry: { type: 'life', life: days(10), endOf: null } })] }))
  const { member } = live(brief, [
    paid('1', on('2026-03-01T12:00'), 1_000),
    paid('2', on('2026-03-02T12:00'), 2_000),
    {
      ...{ type: 'lots.extended', source: 'staff', id: 'x1', stamp: on('2026-03-03T12:00'), actor: 'staff-1' },
      ...{ reason: 'goodwill', asset: 'points', lastDay: dayNumber('2026-03-11'), newLastDay: dayNumber('2026-03-20') },
    },
  ])
  expect(lotsOf(member).map(({ lastDay, amount }) => [lastDay, amount])).toEqual([
    [dayNumber('2026-03-12'), 20],
    [dayNumber('2026-03-20'), 10],
  ])
})

test('TIME-2 time that passes where nothing is due says nothing, and a first event after it is what it was', () => {
  const idle = decide(timeline, newMember(), tick(noon))
  expect([idle.effects, idle.answer, idle.member]).toEqual([[], null, newMember()])
})
