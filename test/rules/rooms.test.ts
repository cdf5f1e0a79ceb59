import type { Effect, Grant, MemberEvent, SeatOffered } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import {
  confirm,
  line,
  on,
  paid,
  refund,
  reserve,
  returnVoucher,
  revokeVoucher,
  tick,
  useVoucher,
} from '../vectors/history-builder.ts'
import {
  anyAmount,
  capOf,
  days,
  earning,
  everyone,
  multiplier,
  program,
  timelineOf,
} from '../vectors/program-builder.ts'
import { answersOf, balanceOf, live, ofType } from '../vectors/reading.ts'

const budget = capOf('budget:base', 1000, { of: 'program', span: { type: 'ever' } })
const granted = (event: MemberEvent, ...grants: Grant[]): MemberEvent => ({ ...event, grants }) as MemberEvent
const taken = (effects: readonly Effect[]) => ofType(effects, 'room').map(({ room, change }) => [room, change])
const monday = on('2026-03-02T09:00')

describe('EARN-5 room that members share', () => {
  const timeline = timelineOf(program({ onOrder: [earning({ caps: [0] })], caps: [budget] }))

  test('is asked for by an event that has no grants, as if there were enough', () => {
    const { decisions } = live(timeline, [paid('o1', monday, 3000)])
    expect(taken(decisions[0]?.effects ?? [])).toEqual([['budget:base/ever', 30]])
  })

  test.each([
    ['trim', 10, 10],
    ['refuse', 10, 0],
    ['trim', 30, 30],
    ['refuse', 0, 0],
  ] as const)('gives at the edge %s of a grant of %i: %i', (edge, amount, given) => {
    const edged = timelineOf(program({ onOrder: [earning({ caps: [0] })], caps: [{ ...budget, edge }] }))
    const order = granted(paid('o1', monday, 3000), { room: 'budget:base/ever', amount })
    const { member, decisions } = live(edged, [order])
    expect(balanceOf(member).active).toBe(given)
    expect(taken(decisions[0]?.effects ?? [])).toEqual(given === 0 ? [] : [['budget:base/ever', given]])
  })

  test('goes back with a refund, to the period and the place of the order, and what was trimmed is never given later', () => {
    const cap = capOf('rule:base', 50, { of: 'place', span: { type: 'calendar', unit: 'month' } })
    const placed = timelineOf(program({ onOrder: [earning({ caps: [0] })], caps: [cap] }))
    const order = granted(
      { ...paid('o1', monday, [line('1', 2000), line('2', 1000)]), place: 'north' },
      {
        room: 'rule:base/2026-03-01/north',
        amount: 20,
      },
    )
    const { member, decisions } = live(placed, [
      order,
      refund('r1', 'o1', on('2026-04-01'), 1500),
      refund('r2', 'o1', on('2026-04-02'), 1500),
    ])
    expect(balanceOf(member).active).toBe(0)
    expect(decisions.map(({ effects }) => taken(effects))).toEqual([
      [['rule:base/2026-03-01/north', 20]],
      [['rule:base/2026-03-01/north', -5]],
      [['rule:base/2026-03-01/north', -15]],
    ])
  })

  test('bounds a multiplier by its share alone', () => {
    const times = { ...multiplier('spring', 2), budgetCap: 0 }
    const spring = capOf('budget:spring', 500, { of: 'program', span: { type: 'ever' } })
    const bonus = timelineOf(program({ onOrder: [earning({ multipliers: [times] })], caps: [spring] }))
    const order = granted(paid('o1', monday, 3000), { room: 'budget:spring/ever', amount: 12 })
    expect(balanceOf(live(bonus, [order]).member).active).toBe(42)
  })

  test('is narrower for a member than for all: a member’s cap is met first', () => {
    const own = capOf('rule:base', 25)
    const both = timelineOf(program({ onOrder: [earning({ caps: [0, 1] })], caps: [own, budget] }))
    const { decisions } = live(both, [paid('o1', monday, 3000)])
    expect(taken(decisions[0]?.effects ?? [])).toEqual([['budget:base/ever', 25]])
  })
})

test('RED-3 the stock of a reward is taken with the reservation and comes back when it is over', () => {
  const mug = { ...anyAmount(), stock: 3 }
  const timeline = timelineOf(program({ rewards: new Map([[mug.id, mug]]) }))
  const order = paid('o1', monday, 10_000)
  const asked = reserve('r1', on('2026-03-03T09:00'), 10)
  const { decisions } = live(timeline, [
    order,
    granted(asked, { room: 'stock/any', amount: 1 }),
    tick(on('2026-03-03T10:00')),
  ])
  expect(decisions.map(({ effects }) => taken(effects))).toEqual([[], [['stock/any', 1]], [['stock/any', -1]]])
  const soldOut = live(timeline, [order, granted(asked)])
  expect(answersOf(soldOut.decisions)).toEqual([{ granted: false, refusal: { code: 'sold-out', shortBy: null } }])
})

describe('RED-3 seats of an experience', () => {
  const session = { id: 'may', starts: on('2026-05-22T16:00').local, place: null, seats: 2 }
  const kind = { type: 'experience' as const, sessions: [session], cancelBefore: days(7), waitingAccept: null }
  const evening = { ...anyAmount(), kind }
  const timeline = timelineOf(program({ rewards: new Map([[evening.id, evening]]) }))
  const order = paid('o1', monday, 10_000)
  const asked = (at: string, name: string | null = 'may') => ({ ...reserve('r1', on(at), 10), session: name })
  const seat = { room: 'seats/any/may', amount: 1 }
  const answerTo = (event: MemberEvent) => answersOf(live(timeline, [order, event]).decisions)[0]

  test('are booked by session, while it has not begun and one is left', () => {
    expect(answerTo(granted(asked('2026-05-22T15:59'), seat))).toMatchObject({ granted: true })
    expect(answerTo(granted(asked('2026-05-22T16:00'), seat))).toMatchObject({ refusal: { code: 'not-now' } })
    expect(answerTo(granted(asked('2026-05-01', 'june'), seat))).toMatchObject({ refusal: { code: 'unknown-session' } })
    expect(answerTo(granted(asked('2026-05-01', null), seat))).toMatchObject({ refusal: { code: 'unknown-session' } })
    expect(answerTo(granted(asked('2026-05-01')))).toMatchObject({ refusal: { code: 'sold-out' } })
  })

  test('go back with their points until the policy says that it is too late', () => {
    const booked = [order, granted(asked('2026-05-01'), seat), confirm('r1', on('2026-05-01T00:01'))]
    const cancelled = (at: string) => live(timeline, [...booked, returnVoucher('back', 'r1', on(at))])
    const inTime = cancelled('2026-05-15T15:59')
    expect(balanceOf(inTime.member).active).toBe(100)
    expect(taken(inTime.decisions.at(-1)?.effects ?? [])).toEqual([['seats/any/may', -1]])
    expect(answersOf(cancelled('2026-05-15T16:00').decisions).at(-1)).toMatchObject({
      refusal: { code: 'too-late-to-cancel' },
    })
  })
  test('are free again when the member for whom one is kept is erased (LED-9)', () => {
    const offered: SeatOffered = {
      ...{ type: 'seat.offered', source: 'laurel', id: 'seat', stamp: monday, reward: 'any', session: 'may' },
      until: on('2026-03-03T09:00'),
    }
    const named = { source: 'staff', id: 'erase', actor: 'staff-1', reason: 'asked' }
    const { member, decisions } = live(timeline, [
      granted(offered, seat),
      { ...named, type: 'member.erased', stamp: on('2026-03-02T10:00') },
    ])
    expect(decisions.map(({ effects }) => taken(effects))).toEqual([[['seats/any/may', 1]], [['seats/any/may', -1]]])
    expect(member.keptSeats).toBeUndefined()
  })
})

describe('RED-3 a voucher that ends without having been used gives its piece back', () => {
  const kind = {
    type: 'experience' as const,
    sessions: [{ id: 'may', starts: on('2026-05-22T16:00').local, place: null, seats: 2 }],
    cancelBefore: days(7),
    waitingAccept: null,
  }
  const evening = { ...anyAmount(), kind, stock: 5, cap: capOf('reward:any', 1) }
  const timeline = timelineOf(program({ rewards: new Map([[evening.id, evening]]) }))
  const may = { ...reserve('r1', on('2026-05-01'), 10), session: 'may' }
  const rooms = [
    { room: 'seats/any/may', amount: 1 },
    { room: 'stock/any', amount: 1 },
  ]
  const booked = [paid('o1', monday, 10_000), granted(may, ...rooms), confirm('r1', on('2026-05-01T00:01'))]
  const back = [
    ['stock/any', -1],
    ['seats/any/may', -1],
  ]
  const endsAs = (...events: MemberEvent[]) => {
    const { decisions, member } = live(timeline, [...booked, ...events])
    return [taken(decisions.slice(booked.length).flatMap(({ effects }) => effects)), member.closed?.['r1']?.status]
  }
  const byStaff = { source: 'staff', actor: 'staff-1', reason: 'asked' }

  test('revoked by staff, by leaving, by erasure, or returned with its price', () => {
    expect(endsAs(revokeVoucher('gone', 'r1', on('2026-05-02')))).toEqual([back, 'revoked'])
    const left: MemberEvent = { type: 'member.left', source: 'shop', id: 'left', stamp: on('2026-05-02') }
    expect(endsAs(left)).toEqual([[], undefined])
    expect(endsAs(left, tick(on('2026-06-01')))).toEqual([back, 'revoked'])
    const erased: MemberEvent = { ...byStaff, type: 'member.erased', id: 'erased', stamp: on('2026-05-02') }
    expect(endsAs(erased)).toEqual([back, 'revoked'])
    expect(endsAs(returnVoucher('back', 'r1', on('2026-05-02')))).toEqual([back, 'returned'])
  })

  test('or with the order that its points have paid as well', () => {
    const payments = [{ by: 'points', redemption: 'r1', amount: 10 } as const]
    const order = paid('o2', on('2026-05-02'), 10, { payments })
    expect(endsAs(order, refund('r1', 'o2', on('2026-05-03'), 10))).toEqual([back, 'returned'])
  })

  test('and not when it was used, also where a late fact says that it was revoked before', () => {
    const use = useVoucher('use', 'r1', on('2026-05-22T16:00'))
    expect(endsAs(use, revokeVoucher('gone', 'r1', on('2026-05-23')))).toEqual([[], 'used'])
    const honoured = { ...use, answer: { granted: true, asset: 'USD', amount: 0 } as const }
    expect(endsAs(revokeVoucher('gone', 'r1', on('2026-05-02')), honoured)).toEqual([
      [...back, ['stock/any', 1], ['seats/any/may', 1]],
      'used',
    ])
  })
})

describe('RED-3 a seat that becomes free', () => {
  const evening = {
    ...anyAmount(),
    kind: {
      type: 'experience' as const,
      sessions: ['may', 'june'].map((id) => ({ id, starts: on('2026-06-22T16:00').local, place: null, seats: 1 })),
      cancelBefore: days(7),
      waitingAccept: days(1),
    },
    cap: capOf('reward:any', 1),
  }
  const timeline = timelineOf(program({ rewards: new Map([[evening.id, evening]]) }))
  const order = paid('o1', monday, 10_000)
  const seat = (session: string) => ({ room: `seats/any/${session}`, amount: 1 })
  const booked = (session: string, at: string) => [
    granted({ ...reserve(session, on(at), 10), session }, seat(session)),
    confirm(session, on(at)),
  ]
  const offered = (at: string): SeatOffered => ({
    ...{ type: 'seat.offered', source: 'laurel', id: `seat-${at}`, stamp: on(at), reward: 'any', session: 'may' },
    until: on('2026-06-01'),
  })
  const offerTo = (of: typeof timeline, events: readonly MemberEvent[], at = '2026-05-01T18:00') => {
    const { decisions, member } = live(of, [...events, granted(offered(at), seat('may'))])
    const [offer] = ofType(decisions.at(-1)?.effects ?? [], 'seat-offer')
    return [offer?.because, member.keptSeats?.length]
  }

  test('is kept for nobody whose limit is reached, and again for who has room by then', () => {
    expect(offerTo(timeline, [order])).toEqual([null, 1])
    expect(offerTo(timeline, [order, ...booked('june', '2026-05-01')])).toEqual(['limit-reached', undefined])
    expect(
      offerTo(timeline, [
        order,
        ...booked('june', '2026-05-01'),
        returnVoucher('back', 'june', on('2026-05-01T12:00')),
      ]),
    ).toEqual([null, 1])
  })

  test('is kept for nobody whom the reward is not for any more, and for who is only short of points', () => {
    const gold = { ...everyone, segments: ['gold'] }
    const forGold = timelineOf(program({ rewards: new Map([[evening.id, { ...evening, audience: gold }]]) }))
    expect(offerTo(forGold, [order])).toEqual(['not-for-member', undefined])
    expect(offerTo(timeline, [])).toEqual([null, 1])
  })
})
