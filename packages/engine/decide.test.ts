import { describe, expect, test } from 'vitest'
import { dayNumber, line, on, paid, refund, refundOfLine, tick } from '../../test/vectors/history-builder.ts'
import { cardOf, days, earning, points, program, reward, timelineOf } from '../../test/vectors/program-builder.ts'
import { balanceOf, live, lotsOf, ofType } from '../../test/vectors/reading.ts'
import { decide, isLate, replay } from './decide.ts'
import type { MemberChanged, MemberEvent, OrderEdited, OrderPaid, Stamp } from './event.ts'
import { type Member, newMember } from './member.ts'
import type { PoolAsked } from './pools/events.ts'
import type { PoolPlan } from './program/program.ts'
import type { Position } from './tidy-order.ts'
import type { Voucher } from './vouchers/voucher.ts'

const timeline = timelineOf(program())
const byStaff = { actor: 'staff-1', reason: 'asked for' }
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
  expect(decisions[0]?.answer).toBeNull()
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
      ...{
        reason: 'goodwill',
        asset: 'points',
        lastDay: dayNumber('2026-03-11'),
        newLastDay: dayNumber('2026-03-20'),
        answer: null,
      },
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

describe('what is decided word by word', () => {
  const stamped = (id: string, at = '2026-03-02T12:00') => ({ source: 'shop', id, stamp: on(at) })
  const types = (events: readonly MemberEvent[], over = timeline) =>
    live(over, events)
      .decisions.at(-1)
      ?.effects.map(({ type }) => type)
  const bought = paid('1', noon, 1_000)

  test('TIME-3 nothing is late before anything has fired, not even before 1970', () => {
    expect(isLate(newMember(), { ...bought, stamp: { ...noon, at: -5, local: -5 } })).toBe(false)
  })

  test('EVT-2 a history that nobody lets time pass after says nothing after it', () => {
    expect(replay(timeline, [bought]).after).toEqual([])
    expect(replay(timeline, [bought], tick(on('2026-04-01'))).after).toEqual([])
  })

  test('EVT-8 whoever joins has joined once: by the event itself', () => {
    expect(types([{ type: 'member.joined', ...stamped('j1') }])).toEqual(['profile', 'head'])
  })

  test('EVT-2 who acts along with a replay need not watch it', () => {
    const first = [paid('0', on('2026-02-01'), 500)]
    const act = ({ orders }: Member, next: Stamp) =>
      next.at === noon.at && !('shop/0' in orders) ? (first[0] ?? null) : null
    expect(balanceOf(replay(timeline, [bought], null, null, { act }).member).active).toBe(15)
  })

  test('EVT-2 a voucher that time had given, and that nothing gives again, is honoured as soon as time has passed so far', () => {
    const announced: Voucher = {
      ...{ id: 'challenge/weekly/1', from: 'award', cause: 'laurel/gone', reward: 'any', version: 1, status: 'open' },
      ...{ issued: on('2026-03-05').local, lastDay: null, left: null, uses: [] },
    }
    const told = { ...newMember(), vouchers: [announced] }
    const until = (at: string) => replay(timeline, [bought], tick(on(at)), told)
    expect(until('2026-03-04')).toMatchObject({ after: [], member: { seq: 1 } })
    const honoured = until('2026-03-05')
    expect(honoured.after.map(({ type }) => type)).toEqual(['voucher', 'head'])
    expect(honoured.member.vouchers).toEqual([announced])
  })

  test('EVT-2 a voucher of a card that time had filled is paid for when it is honoured, and unused it goes back at once', () => {
    const five = cardOf('five', 5, { awards: [{ type: 'reward', reward: 'cup' }] })
    const parts = { cards: new Map([['five', five]]), rewards: new Map([['cup', reward('cup')]]) }
    const carded = timelineOf(program(parts))
    const voucher: Voucher = {
      ...{ id: 'card/five/1', from: 'award', cause: 'laurel/gone', reward: 'cup', version: 1, status: 'open' },
      ...{ issued: on('2026-03-05').local, lastDay: null, left: null, uses: [] },
    }
    const told = { ...newMember(), vouchers: [voucher] }
    const { member, after } = replay(carded, [paid('1', noon, 300)], tick(on('2026-03-06')), told)
    expect(ofType(after, 'card').map(({ card }) => card.filled.map(({ number }) => number))).toEqual([[1], []])
    expect(balanceOf(member)).toMatchObject({ active: 3, debt: 0 })
    expect([member.vouchers, member.closed?.[voucher.id]?.status]).toEqual([undefined, 'revoked'])
    // So long after that no refund is accepted any more it stays full, and what is missing is owed.
    const long = replay(carded, [paid('1', noon, 300)], tick(on('2026-12-01')), told)
    expect(balanceOf(long.member)).toMatchObject({ active: 0, debt: 2 })
    const causes = [after, long.after].map((effects) => new Set(ofType(effects, 'move').map(({ cause }) => cause)))
    expect(causes).toEqual([new Set(['laurel/gone']), new Set(['laurel/gone'])])
  })

  test('EVT-5 only a refund without an order waits for a person', () => {
    expect(types([{ ...refund('r1', '1', noon, 100), order: null }])).toEqual(['profile', 'queued', 'head'])
  })

  test('EVT-8 a delivery that bears the name of a refund that failed is a delivery', () => {
    const delivered: MemberEvent = { type: 'order.delivered', order: '1', ...stamped('r1') }
    const failed: MemberEvent = {
      type: 'refund.failed',
      order: '1',
      refund: 'r1',
      ...stamped('f1', '2026-03-01T18:00'),
    }
    const { member } = live(timeline, [bought, failed, delivered])
    expect(member.orders['shop/1']?.deliveredOn).toBe(dayNumber('2026-03-02'))
  })

  test('EVT-5 an edit at the very moment of the payment counts, an earlier one does not', () => {
    const edited = (at: string): OrderEdited => ({ ...paid('1', on(at), 3_000, { id: 'e1' }), type: 'order.edited' })
    const active = (at: string) => balanceOf(live(timeline, [edited(at), bought]).member).active
    expect([active('2026-03-01T11:59'), active('2026-03-01T12:00')]).toEqual([10, 30])
  })

  test('EARN-7 an anniversary gives what its rules say', () => {
    const yearly = earning({ id: 'years', give: 7, per: { type: 'occasion' } })
    const loyal = timelineOf(program({ onOccasion: new Map([['member.anniversary', [yearly]]]) }))
    const { member } = live(loyal, [{ type: 'member.anniversary', ...stamped('a1') }])
    expect(balanceOf(member).active).toBe(7)
  })

  test('MRG-1 who is told of a merge that was undone goes on as before, and says it on', () => {
    const undone: MemberEvent = { type: 'merge.undone', merge: 'laurel/m1', tell: 'ben', ...byStaff, ...stamped('u1') }
    expect(types([bought, undone])).toEqual(['send', 'head'])
    expect(types([bought, { ...undone, tell: null }])).toEqual(['head'])
  })

  const plan: PoolPlan = {
    ...{ id: 'family', name: {}, asset: 'points', burn: 'everyone', membersMax: 2, leaving: 'keep-in-pool' },
    share: { numerator: 1, denominator: 1 },
  }
  const sharing = timelineOf(program({ pools: new Map([[plan.id, plan]]) }))
  const asked = (id: string, asks: PoolAsked['asks']): PoolAsked => ({
    ...{ type: 'pool.asked', pool: 'home', asks, answer: null },
    ...stamped(id),
  })
  const founded = asked('p1', { type: 'found', plan: 'family', member: 'ada' })

  test('POOL-1 a pool has joined nothing, and members who ask about one have', () => {
    const pool = live(sharing, [founded, asked('p2', { type: 'join', member: 'ben' })]).member
    expect([pool.joinedOn, pool.wallet?.people.map(({ member }) => member)]).toEqual([null, ['ada', 'ben']])
    const told = live(sharing, [founded, { type: 'member.anniversary', ...stamped('a1', '2026-03-03T12:00') }]).member
    expect(told.joinedOn).toBeNull()
    const ada = live(sharing, [asked('p3', { type: 'enter', plan: 'family', asset: 'points' })]).member
    expect(ada.joinedOn).toBe(dayNumber('2026-03-02'))
  })
})
