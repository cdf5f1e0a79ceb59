import { decide, type MemberEvent, type Scope, type TimePassed } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { throughJson } from '../properties/living.ts'
import { burn, line, on, paid, refund, refundOfLine } from '../vectors/history-builder.ts'
import { capOf, days, earning, months, points, program, standing, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, levelOf, live, ofType, replayed } from '../vectors/reading.ts'

const order = paid('o1', on('2026-03-01T09:00'), [line('1', 6000), line('2', 4000)])

describe('EVT-8', () => {
  const timeline = timelineOf(program())
  const active = (events: readonly MemberEvent[]) => balanceOf(replayed(timeline, events).member).active

  test('a refund that failed is undone, once', () => {
    const back = refund('r1', 'o1', on('2026-03-02T09:00'), 4000)
    const failed = (id: string, at: string): MemberEvent => ({
      type: 'refund.failed',
      source: 'shop',
      id,
      stamp: on(at),
      order: 'o1',
      refund: 'r1',
    })
    expect(active([order, back])).toBe(60)
    expect(active([order, back, failed('f1', '2026-03-03T09:00')])).toBe(100)
    expect(active([order, back, failed('f1', '2026-03-03T09:00'), failed('f2', '2026-03-04T09:00')])).toBe(100)
  })

  test('a chargeback takes back, and a dispute that is won gives again', () => {
    const dispute = (status: 'opened' | 'won', at: string): MemberEvent => ({
      type: 'payment.disputed',
      source: 'shop',
      id: status,
      stamp: on(at),
      order: 'o1',
      dispute: 'd1',
      status,
      amount: 10_000,
    })
    expect(active([order, dispute('opened', '2026-03-05T09:00')])).toBe(0)
    expect(active([order, dispute('opened', '2026-03-05T09:00'), dispute('won', '2026-04-05T09:00')])).toBe(100)
  })

  test('an exchange is a return and an edit', () => {
    const exchanged: MemberEvent = {
      ...order,
      type: 'order.edited',
      id: 'edit',
      stamp: on('2026-03-03T09:00'),
      lines: [...order.lines, line('3', 4500)],
    }
    expect(active([order, refundOfLine('r1', 'o1', on('2026-03-02T09:00'), '2')])).toBe(60)
    expect(active([order, refundOfLine('r1', 'o1', on('2026-03-02T09:00'), '2'), exchanged])).toBe(105)
  })

  test('a cancelled order counts for nothing', () => {
    const cancelled: MemberEvent = {
      type: 'order.cancelled',
      source: 'shop',
      id: 'c',
      stamp: on('2026-03-02T09:00'),
      order: 'o1',
      by: 'shop',
    }
    expect(active([order, cancelled])).toBe(0)
  })
})

describe('REF-5', () => {
  test('a bonus whose condition is no longer met goes with the refund, with its room and its qualifying facts', () => {
    const full = {
      text: 'order.total >= money("80.00")',
      test: ({ order: facts }: { order: { total: number } | null }) => (facts?.total ?? 0) >= 8000,
    }
    const bonus = earning({ id: 'bonus', give: 25, per: { type: 'order' }, when: full, caps: [0] })
    const rules = program({
      onOrder: [earning(), bonus],
      caps: [capOf('once', 1, { counts: 'times', span: { type: 'ever' }, edge: 'refuse' })],
      ladders: [standing(10_000)],
    })
    const timeline = timelineOf(rules)
    const gone = refundOfLine('r1', 'o1', on('2026-03-02T09:00'), '2')
    const before = replayed(timeline, [order]).member
    expect([balanceOf(before).active, before.counts.length, levelOf(before)]).toEqual([125, 1, 'gold'])
    const after = replayed(timeline, [order, gone]).member
    expect([balanceOf(after).active, after.counts.length]).toEqual([60, 0])
    // The room is back for the next order; the one before is not decided again.
    const next = paid('o2', on('2026-03-03T09:00'), 9000)
    expect(balanceOf(replayed(timeline, [order, gone, next]).member).active).toBe(60 + 90 + 25)
    const cancelled: MemberEvent = {
      type: 'order.cancelled',
      source: 'shop',
      id: 'c',
      stamp: on('2026-03-04T09:00'),
      order: 'o1',
      by: 'shop',
    }
    expect(levelOf(replayed(timeline, [order, gone, cancelled]).member)).toBe('silver')
  })
})

test('REF-1 EVT-5 a refund later than the program accepts waits for a person and takes nothing', () => {
  waitsForAPerson(refund('r1', 'o1', on('2026-09-01T09:00'), 4000))
})

/** It would take 40 of the 100 points of the order. */
function waitsForAPerson(late: Exclude<MemberEvent, TimePassed>): void {
  const timeline = timelineOf(program())
  const effects = effectsOf(timeline, [order, late])
  expect(ofType(effects, 'queued')).toMatchObject([{ reason: 'overdue', amount: 4000 }])
  expect(balanceOf(replayed(timeline, [order, late]).member).active).toBe(100)
}

describe('EVT-5 a person accepts a refund that waits for its order', () => {
  const timeline = timelineOf(program())
  const earlier = paid('o0', on('2026-01-01T09:00'), 10_000)
  const back = refund('r1', 'o1', on('2026-03-02T09:00'), 4000)
  const accepted: MemberEvent = {
    type: 'refund.accepted',
    source: 'laurel',
    id: 'a1',
    stamp: on('2026-03-03T09:00'),
    actor: 'staff-1',
    reason: 'seen',
    refund: 'shop/r1',
    name: 'shop/r1',
    waited: true,
    orderKey: null,
    amount: 4000,
  }
  const active = (events: readonly MemberEvent[]) => balanceOf(replayed(timeline, events).member).active

  test('what the amount would have earned is taken, and the wait is over', () => {
    expect(active([earlier, back, accepted])).toBe(60)
    expect(active([earlier, back, accepted, { ...order, stamp: on('2026-03-04T09:00') }])).toBe(160)
  })

  test('once only: where the order proves to have come before, the order takes it', () => {
    expect(active([earlier, back, accepted, order])).toBe(160)
  })
})

describe('REF-3 what was waived', () => {
  const timeline = timelineOf(program({ refunds: { accept: days(180), shortfall: 'waive', limit: new Map() } }))
  const spent: readonly MemberEvent[] = [order, ...burn('b1', on('2026-03-02T09:00'), 100)]
  const back = refund('r1', 'o1', on('2026-03-03T09:00'), 10_000)

  test('is not given again when the refund fails', () => {
    const failed: MemberEvent = {
      type: 'refund.failed',
      source: 'shop',
      id: 'f1',
      stamp: on('2026-03-04T09:00'),
      order: 'o1',
      refund: 'r1',
    }
    const { member } = live(timeline, [...spent, back, failed])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  })

  test('is not given again by an edit there and back, in part only as far as it was not waived', () => {
    const edited = (id: string, at: string, total: number): MemberEvent => ({
      ...order,
      type: 'order.edited',
      id,
      stamp: on(at),
      lines: [line('1', total)],
      payments: [{ by: 'money', amount: total }],
    })
    const there = edited('e1', '2026-03-03T09:00', 100)
    expect(balanceOf(live(timeline, [...spent, there, edited('e2', '2026-03-04T09:00', 10_000)]).member).active).toBe(0)
    expect(balanceOf(live(timeline, [...spent, there, edited('e3', '2026-03-04T09:00', 12_000)]).member).active).toBe(
      20,
    )
  })
})

test('REF-2 under inactivity expiry a refund never reaches points that lapsed before the order', () => {
  const asset = points({ expiry: { type: 'inactive', idle: months(1), moves: new Set(['order.paid']) } })
  const timeline = timelineOf(program({ assets: [asset] }))
  const old = paid('old', on('2026-01-01T09:00'), 10_000)
  const events = [
    old,
    order,
    ...burn('b1', on('2026-03-02T09:00'), 100),
    refund('r1', 'o1', on('2026-03-03T09:00'), 10_000),
  ]
  expect(balanceOf(live(timeline, events).member)).toMatchObject({ active: 0, debt: 100 })
})

test('REF-4 a redemption that several orders name is returned by the first refund only', () => {
  const timeline = timelineOf(program())
  const payments = [{ by: 'points', amount: 2000, redemption: 'b1' } as const]
  const events: readonly MemberEvent[] = [
    order,
    ...burn('b1', on('2026-03-02T09:00'), 100),
    paid('s2', on('2026-03-03T09:00'), 2000, { payments }),
    paid('s3', on('2026-03-03T10:00'), 2000, { payments }),
    refund('r2', 's2', on('2026-03-04T09:00'), 2000),
  ]
  expect(balanceOf(live(timeline, events).member).active).toBe(100)
  const more = [...events, refund('r3', 's3', on('2026-03-05T09:00'), 1000)]
  expect(balanceOf(live(timeline, more).member).active).toBe(100)
})

test('EVT-5 a refund of a line that the order does not have waits for a person, who hears which', () => {
  const strange = { ...refundOfLine('r1', 'o1', on('2026-03-02T09:00'), '99') }
  const effects = effectsOf(timelineOf(program()), [order, strange])
  expect(ofType(effects, 'queued')).toMatchObject([{ reason: 'unknown-line', line: '99', amount: null }])
  const priced = refund('r2', 'o1', on('2026-03-02T09:00'), 0)
  const lines = [
    { line: '1', quantity: 1, amount: null },
    { line: '98', quantity: 1, amount: 700 },
    { line: '99', quantity: 1, amount: 30 },
  ] as const
  const counted = effectsOf(timelineOf(program()), [order, { ...priced, lines }])
  // What the order has counts; the rest is what its own prices say.
  expect(ofType(counted, 'queued')).toMatchObject([{ reason: 'unknown-line', line: '98', amount: 730 }])
  expect(ofType(counted, 'refunded')).toMatchObject([{ money: 6000 }])
})

test('EVT-5 of items whose price nobody knows yet there is no amount, also where the order is unknown', () => {
  const early = effectsOf(timelineOf(program()), [refundOfLine('r1', 'o9', on('2026-03-02T09:00'), '1')])
  expect(ofType(early, 'queued')).toMatchObject([{ reason: 'order-unknown', amount: null }])
})

test('EVT-5 what a failed refund asked beyond what was left is no longer waited for', () => {
  const failed: MemberEvent = {
    type: 'refund.failed',
    source: 'shop',
    id: 'f',
    stamp: on('2026-03-04T09:00'),
    order: 'o1',
    refund: 'r1',
  }
  const effects = effectsOf(timelineOf(program()), [order, refund('r1', 'o1', on('2026-03-02T09:00'), 11_000), failed])
  expect(effects.filter((effect) => effect.type === 'wait-ended')).toEqual([
    { type: 'wait-ended', source: 'shop', id: 'r1' },
  ])
})

test('REF-7 an edit later than a refund would be accepted waits for a person, with what it would take', () => {
  const stamp = on('2026-10-01T09:00')
  waitsForAPerson({ ...order, type: 'order.edited', id: 'e', stamp, lines: [line('1', 6000)] })
})

test('EVT-7 an order sent again is the same to a store that sorts keys, however late', () => {
  const timeline = timelineOf(program())
  const known = live(timeline, [order]).member
  const again: MemberEvent = { ...order, id: 'again', stamp: on('2026-10-01T09:00') }
  expect(ofType(decide(timeline, throughJson(known), again).effects, 'queued')).toEqual([])
})

test('EVT-5 an edit from before the payment is over with it, whichever arrives first', () => {
  const timeline = timelineOf(program())
  const before: MemberEvent = {
    ...order,
    type: 'order.edited',
    id: 'e',
    stamp: on('2026-02-28T09:00'),
    lines: [line('1', 500)],
  }
  expect(balanceOf(live(timeline, [before, order]).member).active).toBe(100)
  expect(balanceOf(replayed(timeline, [order, before]).member).active).toBe(100)
})

test('AMT-4 an edit that waited for an order of another currency changes nothing, whichever of them arrives first', () => {
  const timeline = timelineOf(program())
  const inYen: MemberEvent = {
    ...order,
    ...{ type: 'order.edited', id: 'e', stamp: on('2026-03-03T09:00'), lines: [line('1', 13_000)] },
    ...{ currency: 'JPY', rate: { numerator: 77, denominator: 10_000, on: '2026-03-01' } },
    payments: [{ by: 'money', amount: 13_000 }],
  }
  const back = refund('r1', 'o1', on('2026-03-02T09:00'), 4000)
  const arrivals = [
    [order, back, inYen],
    [inYen, back, order],
  ]
  for (const arrival of arrivals) expect(balanceOf(replayed(timeline, arrival).member).active).toBe(60)
})

test('AMT-4 yen become dollars by their whole units, once and half-even', () => {
  const yen: MemberEvent = {
    ...paid('y', on('2026-03-01T09:00'), 1000),
    currency: 'JPY',
    rate: { numerator: 67, denominator: 10_000, on: '2026-03-01' },
  }
  // 1,000 yen at 0.0067 are 6.70 dollars: six points of one per whole dollar.
  expect(balanceOf(replayed(timelineOf(program()), [yen]).member).active).toBe(6)
})

test('REF-2 the end of a rule that never gave is not the order’s own', () => {
  const asset = points({ expiry: { type: 'life', life: days(10), endOf: null } })
  const several = { text: 'order.items >= 2', test: ({ order: facts }: Scope) => (facts?.items ?? 0) >= 2 }
  const longer = { type: 'life', life: days(20), endOf: null } as const
  const bonus = earning({ id: 'bonus', give: 5, per: { type: 'order' }, when: several, expiry: longer })
  const timeline = timelineOf(program({ assets: [asset], onOrder: [earning(), bonus] }))
  const one = paid('o1', on('2026-03-01T09:00'), [line('1', 1000)])
  const events: readonly MemberEvent[] = [
    one,
    paid('o2', on('2026-03-01T10:00'), [line('1', 500, { quantity: 2 })]),
    {
      ...refund('r1', 'o1', on('2026-03-01T11:00'), 0),
      lines: [{ line: '1', quantity: 1, amount: 1 }],
    },
    // Two items now, of which one is back: the bonus would have been given and is not.
    {
      ...one,
      type: 'order.edited',
      id: 'edit',
      stamp: on('2026-03-01T12:00'),
      lines: [line('1', 1000, { quantity: 2 })],
    },
    refund('r2', 'o1', on('2026-03-12T09:00'), 999),
  ]
  // The order's ten points have lapsed and are taken from there; the other order's five live on.
  expect(balanceOf(live(timeline, events).member)).toMatchObject({ active: 5, debt: 0 })
})
