import type { MemberEvent, Timeline } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import {
  dayNumber,
  giveVoucher,
  on,
  paid,
  redeem,
  refund,
  restoreVoucher,
  returnVoucher,
  revokeVoucher,
  tick,
  useVoucher,
} from '../vectors/history-builder.ts'
import { days, reward } from '../vectors/program-builder.ts'
import { answersOf, balanceOf, heldBy, live, ofType, replayed } from '../vectors/reading.ts'
import { lastAnswer, price, rich, tenOff, withRewards } from './rewards.fixture.ts'

const voucherIn = (timeline: Timeline, events: readonly MemberEvent[], id: string) => {
  const { member } = live(timeline, events)
  return member.vouchers?.find((voucher) => voucher.id === id) ?? member.closed?.[id]
}

/** What redemptions were answered. */
const granted = (events: readonly MemberEvent[]): MemberEvent[] =>
  events.map((event) =>
    event.type === 'redemption.reserve' || event.type === 'redemption.confirm'
      ? { ...event, answer: { granted: true, asset: 'points', amount: 500 } }
      : event,
  )

/** Live and replayed come to the same member, and the stored answers are honoured. */
function expectReplaysAlike(timeline: Timeline, events: readonly MemberEvent[]) {
  const { decisions, member } = live(timeline, events)
  const answered = events.map((event, index) => {
    const answer = decisions[index]?.answer
    return 'answer' in event && answer ? { ...event, answer } : event
  })
  expect(replayed(timeline, answered as MemberEvent[]).member).toEqual(member)
}

describe('RED-5 a voucher', () => {
  const timeline = withRewards([{ ...tenOff, expiry: { type: 'life', life: days(90), endOf: 'month' } }])
  const issued = [rich, ...redeem('r1', 'ten-off', on('2026-03-10T12:00'))]

  test('comes with the confirmation, not with the reservation, on the terms of its version', () => {
    const held = live(timeline, issued.slice(0, 2))
    expect(held.member.vouchers).toBeUndefined()
    const { member } = live(timeline, issued)
    expect(member.vouchers).toMatchObject([
      { id: 'r1', reward: 'ten-off', status: 'open', version: 1, left: null, lastDay: dayNumber('2026-06-30') },
    ])
    expect(balanceOf(member).active).toBe(9500)
  })

  test('is used once', () => {
    const events = [...issued, useVoucher('u1', 'r1', on('2026-04-01')), useVoucher('u2', 'r1', on('2026-04-01T01:00'))]
    const { answer, member, decisions } = lastAnswer(timeline, events)
    expect(answersOf(decisions).slice(-2)).toEqual([
      { granted: true, asset: 'USD', amount: 1000 },
      { granted: false, refusal: { code: 'already-used', shortBy: null } },
    ])
    expect(answer?.granted).toBe(false)
    expect(member.vouchers).toBeUndefined()
    expect(member.closed?.['r1']).toMatchObject({
      status: 'used',
      uses: [{ id: 'shop/u1', order: null, amount: 1000 }],
    })
    expectReplaysAlike(timeline, events)
  })

  test.each([
    ['2026-06-30T23:59:59.999', null],
    ['2026-07-01T00:00', 'expired'],
  ])('used at %s, the end of its last day being half-open', (at, code) => {
    expect(lastAnswer(timeline, [...issued, useVoucher('u1', 'r1', on(at))]).refusal?.code ?? null).toBe(code)
  })

  test('lapses by itself, with its due moment as the timer', () => {
    const { member, decisions } = live(timeline, [...issued, tick(on('2026-07-01'))])
    expect(member.closed?.['r1']?.status).toBe('expired')
    expect(decisions.at(-1)?.effects.map(({ type }) => type)).toEqual(['voucher', 'head'])
    expect(member.firedLocal).toBe(on('2026-07-01').local)
  })

  test('revoked by staff is used by nobody; what was used is not revoked', () => {
    const revoked = [...issued, revokeVoucher('v1', 'r1', on('2026-04-01'))]
    expect(lastAnswer(timeline, [...revoked, useVoucher('u1', 'r1', on('2026-04-02'))]).refusal?.code).toBe('revoked')
    const used = [...issued, useVoucher('u1', 'r1', on('2026-04-01')), revokeVoucher('v1', 'r1', on('2026-04-02'))]
    expect(lastAnswer(timeline, used).refusal?.code).toBe('already-used')
    const unknown = lastAnswer(timeline, [rich, useVoucher('u1', 'nothing', on('2026-04-02'))])
    expect(unknown.refusal?.code).toBe('unknown-voucher')
  })

  test('whose use came to nothing can be used again, and its order knows nothing of it', () => {
    const used = [...issued, useVoucher('u1', 'r1', on('2026-04-01'), { order: 'o1' })]
    expect(live(timeline, used).member.usedFor).toEqual([
      { order: 'shop/o1', vouchers: [{ voucher: 'r1', reward: 'ten-off', use: 'shop/u1', amount: 1000 }] },
    ])
    const restored = [...used, restoreVoucher('x1', 'r1', 'u1', on('2026-04-02'), 'shop/o1')]
    const { member } = live(timeline, restored)
    expect(member.usedFor).toBeUndefined()
    expect(member.vouchers).toMatchObject([{ id: 'r1', status: 'open', uses: [] }])
    expect(member.closed).toBeUndefined()
    const again = lastAnswer(timeline, [...restored, restoreVoucher('x2', 'r1', 'u1', on('2026-04-03'), 'shop/o1')])
    expect(again.refusal?.code).toBe('unknown-use')
    expectReplaysAlike(timeline, restored)
  })
})

describe('RED-6 an unused voucher goes back for its price', () => {
  const timeline = withRewards([tenOff])
  const issued = [rich, ...redeem('r1', 'ten-off', on('2026-03-10T12:00'))]

  test('in one step: it ends and the points are back', () => {
    const events = [...issued, returnVoucher('b1', 'r1', on('2026-03-11'))]
    const { member, answer } = lastAnswer(timeline, events)
    expect(answer).toEqual({ granted: true, asset: 'points', amount: 500 })
    expect(balanceOf(member).active).toBe(10_000)
    expect(member.closed?.['r1']?.status).toBe('returned')
    const late = lastAnswer(timeline, [...events, useVoucher('u1', 'r1', on('2026-03-12'))])
    expect(late.refusal?.code).toBe('already-returned')
    const twice = lastAnswer(timeline, [...events, returnVoucher('b2', 'r1', on('2026-03-12'))])
    expect(twice.refusal?.code).toBe('already-returned')
    expectReplaysAlike(timeline, events)
  })

  test('not once it was used, and not where it cost nothing', () => {
    const used = [...issued, useVoucher('u1', 'r1', on('2026-03-11')), returnVoucher('b1', 'r1', on('2026-03-12'))]
    expect(lastAnswer(timeline, used).refusal?.code).toBe('already-used')
  })

  test('not twice, by itself and as a payment of an order that is refunded', () => {
    const order = paid('o1', on('2026-03-11'), 5000)
    const byPoints = {
      ...order,
      payments: [
        { by: 'money' as const, amount: 4000 },
        { by: 'points' as const, amount: 1000, redemption: 'r1' },
      ],
    }
    const returned = [...issued, returnVoucher('b1', 'r1', on('2026-03-11')), byPoints]
    const refunded = [...returned, refund('f1', 'o1', on('2026-03-12'), 5000)]
    expect(balanceOf(live(timeline, refunded).member).active).toBe(10_000)
    const refundFirst = [...issued, byPoints, refund('f1', 'o1', on('2026-03-12'), 5000)]
    expect(balanceOf(live(timeline, refundFirst).member).active).toBe(10_000)
    const then = lastAnswer(timeline, [...refundFirst, returnVoucher('b1', 'r1', on('2026-03-13'))])
    expect(then.refusal?.code).toBe('already-returned')
  })
})

describe('RED-7 a charity gets it once', () => {
  const trees = reward('plant-trees', {
    kind: { type: 'donation', charity: 'green-city', minor: null },
    price: price(300),
  })
  const kept = { ...tenOff, instead: { charity: 'green-city', minor: 1000 } }
  const timeline = withRewards([trees, kept, { ...tenOff, id: 'plain' }])

  test('points that are donated are with the charity, under one receipt', () => {
    const { member, decisions } = live(timeline, [rich, ...redeem('d1', 'plant-trees', on('2026-03-10'))])
    const effects = decisions.flatMap((decision) => decision.effects)
    expect(heldBy('charity:green-city', effects)).toBe(300)
    expect(heldBy('redeemed', effects)).toBe(0)
    expect(balanceOf(member).active).toBe(9700)
    expect(member.vouchers).toBeUndefined()
    expect(ofType(effects, 'donated')).toEqual([
      { type: 'donated', receipt: 'd1', charity: 'green-city', asset: 'points', amount: 300, worth: 300 },
    ])
  })

  test('a voucher that is given away is money for the charity, and for nobody else', () => {
    const issued = [rich, ...redeem('r1', 'ten-off', on('2026-03-10'))]
    const given = [...issued, giveVoucher('g1', 'r1', on('2026-03-11'))]
    const { member, decisions } = live(timeline, given)
    const effects = decisions.flatMap((decision) => decision.effects)
    expect(heldBy('charity:green-city', effects, 'USD')).toBe(1000)
    expect(member.assets.map(({ asset }) => asset)).toEqual(['points'])
    expect(ofType(effects, 'donated')).toMatchObject([{ receipt: 'r1', charity: 'green-city', worth: 1000 }])
    for (const request of [
      useVoucher('u1', 'r1', on('2026-03-12')),
      returnVoucher('b1', 'r1', on('2026-03-12')),
      giveVoucher('g2', 'r1', on('2026-03-12')),
    ]) {
      expect(lastAnswer(timeline, [...given, request]).refusal?.code).toBe('already-given')
    }
    const used = [...issued, useVoucher('u1', 'r1', on('2026-03-11')), giveVoucher('g1', 'r1', on('2026-03-12'))]
    expect(lastAnswer(timeline, used).refusal?.code).toBe('already-used')
    expectReplaysAlike(timeline, given)
  })

  test('not where the reward names no charity', () => {
    const events = [rich, ...redeem('r2', 'plain', on('2026-03-10')), giveVoucher('g1', 'r2', on('2026-03-11'))]
    expect(lastAnswer(timeline, events).refusal?.code).toBe('not-givable')
  })
})

describe('RED-2 a gift card', () => {
  const card = reward('card', { kind: { type: 'gift-card', minor: 2500 }, price: price(2500) })
  const timeline = withRewards([card])
  const issued = [rich, ...redeem('g1', 'card', on('2026-03-10'))]
  const part = (id: string, amount: number, order: string, at: string) =>
    useVoucher(id, 'g1', on(at), { amount, order })

  test('pays in parts until nothing is left', () => {
    const events = [...issued, part('u1', 1000, 'o1', '2026-03-11'), part('u2', 1600, 'o2', '2026-03-12')]
    expect(lastAnswer(timeline, events).refusal).toEqual({ code: 'short', shortBy: 100 })
    const all = [...events, part('u3', 1500, 'o2', '2026-03-13')]
    expect(voucherIn(timeline, all, 'g1')).toMatchObject({ status: 'used', left: 0 })
    expect(lastAnswer(timeline, [...all, part('u4', 1, 'o3', '2026-03-14')]).refusal?.code).toBe('already-used')
    expect(
      lastAnswer(timeline, [...events.slice(0, 4), returnVoucher('b', 'g1', on('2026-03-14'))]).refusal?.code,
    ).toBe('already-used')
    expectReplaysAlike(timeline, all)
  })

  test('gets back its part of what a refund pays back, to the cent, and no more in many steps than in one', () => {
    const order = {
      ...paid('o1', on('2026-03-12'), 5000),
      payments: [
        { by: 'money' as const, amount: 3500 },
        { by: 'gift-card' as const, amount: 1500 },
      ],
    }
    const bought = [...issued, part('u1', 1500, 'o1', '2026-03-11'), order]
    expect(voucherIn(timeline, bought, 'g1')).toMatchObject({ left: 1000 })
    const half = [...bought, refund('f1', 'o1', on('2026-03-13'), 2500)]
    expect(voucherIn(timeline, half, 'g1')).toMatchObject({ left: 1750 })
    const steps = Array.from({ length: 20 }, (_, index) =>
      refund(`s${String(index).padStart(2, '0')}`, 'o1', on('2026-03-13'), 250),
    )
    expect(voucherIn(timeline, [...bought, ...steps], 'g1')).toMatchObject({ left: 2500 })
    expectReplaysAlike(timeline, [...bought, ...steps])
  })

  test('REF-4 REF-6 ends the same where it is used before its order, after it, or after refunds of it', () => {
    const order = {
      ...paid('o1', on('2026-03-12'), 2000),
      payments: [
        { by: 'money' as const, amount: 1400 },
        { by: 'gift-card' as const, amount: 600 },
      ],
    }
    const [half, rest] = [refund('f1', 'o1', on('2026-03-13'), 1000), refund('f2', 'o1', on('2026-03-15'), 1000)]
    const expectLeft = (events: readonly MemberEvent[], left: number) => {
      expect(voucherIn(timeline, events, 'g1')).toMatchObject({ left })
      expectReplaysAlike(timeline, events)
    }
    for (const at of ['2026-03-11', '2026-03-12T18:00', '2026-03-14', '2026-03-16']) {
      const used = part('u1', 600, 'o1', at)
      const inTime = (events: readonly MemberEvent[]) =>
        [...issued, order, ...events].sort((a, b) => a.stamp.local - b.stamp.local)
      expectLeft(inTime([used]), 1900)
      expectLeft(inTime([used, half]), 2200)
      expectLeft(inTime([used, half, rest]), 2500)
      // Of two cards that pay one leg each has its part, and what is used later for a refund that failed stays used.
      const [one, other] = [part('u1', 400, 'o1', at), part('u2', 200, 'o1', '2026-03-17')]
      expectLeft(inTime([one, other, half]), 2200)
      const failed: MemberEvent = {
        ...{ type: 'refund.failed', source: 'shop', id: 'x1', order: 'o1', refund: 'f1' },
        stamp: on('2026-03-18'),
      }
      expectLeft(inTime([used, half, failed]), 1900)
    }
  })
})

describe('RED-5 a gift card that has expired', () => {
  const card = reward('gift-card', {
    ...{ kind: { type: 'gift-card', minor: 2500 }, price: price(500) },
    expiry: { type: 'life', life: days(364), endOf: null },
  })
  const timeline = withRewards([card], { refunds: { accept: days(365), shortfall: 'debt', limit: new Map() } })
  const use = (id: string, date: string, amount: number, order?: string) =>
    useVoucher(id, 'g1', on(date), { amount, ...(order === undefined ? {} : { order }) })
  const order = {
    ...paid('o2', on('2027-02-28T10:00'), 2000),
    payments: [{ by: 'gift-card' as const, amount: 2000 }],
  }
  const expired = [
    rich,
    ...redeem('g1', 'gift-card', on('2026-03-01')),
    order,
    use('u1', '2027-02-28T11:00', 2000, 'o2'),
  ]
  const back = refund('f1', 'o2', on('2027-03-10'), 2000)
  const failed: MemberEvent = {
    ...{ type: 'refund.failed', source: 'shop', id: 'x1', order: 'o2', refund: 'f1' },
    stamp: on('2027-03-12'),
  }
  const standing = (events: readonly MemberEvent[]) => {
    expectReplaysAlike(timeline, events)
    const { status, left, lapsed, lastDay } = voucherIn(timeline, events, 'g1') ?? {}
    return [status, left, lapsed, lastDay]
  }
  const [own, graced] = [dayNumber('2027-02-28'), dayNumber('2027-04-09')]

  test('gets back what it paid and a refund gives back, for 30 days, and not what lapsed on it', () => {
    expect(standing([...expired, tick(on('2027-03-05'))])).toEqual(['expired', 0, 500, own])
    expect(lastAnswer(timeline, [...expired, use('u2', '2027-03-06', 500)]).refusal?.code).toBe('expired')
    expect(standing([...expired, back])).toEqual(['open', 2000, 500, graced])
    const tooMuch = lastAnswer(timeline, [...expired, back, use('u2', '2027-03-11', 2500)])
    expect(tooMuch.refusal).toEqual({ code: 'short', shortBy: 500 })
    expect(standing([...expired, back, use('u2', '2027-03-11', 2000)])).toEqual(['used', 0, 500, graced])
  })

  test('in parts as at once', () => {
    const parts = [700, 800, 500].map((amount, i) => refund(`p${i}`, 'o2', on('2027-03-10'), amount))
    expect(standing([...expired, ...parts])).toEqual(['open', 2000, 500, graced])
  })

  test('loses that in its turn, and what a refund that failed had brought was never lost', () => {
    const again = [...expired, back]
    expect(standing([...again, tick(on('2027-04-10'))])).toEqual(['expired', 0, 2500, graced])
    expect(lastAnswer(timeline, [...again, use('u2', '2027-04-11', 100)]).refusal?.code).toBe('expired')
    expect(standing([...expired, back, failed])).toEqual(['used', 0, 500, graced])
    const late = { ...failed, stamp: on('2027-04-12') }
    const twice = refund('f2', 'o2', on('2027-04-13'), 2000)
    expect(standing([...again, late])).toEqual(['used', 0, 500, graced])
    expect(standing([...again, late, twice])).toEqual(['open', 2000, 500, dayNumber('2027-05-13')])
  })

  test('is good for 30 days from each refund that gives something back, also from one on its last day', () => {
    const part = (id: string, at: string) => refund(id, 'o2', on(at), 500)
    const onLast = [...expired, part('p1', '2027-02-28T23:59')]
    expect(standing([...onLast, tick(on('2027-03-30T23:59'))])).toEqual([
      'open',
      1000,
      undefined,
      dayNumber('2027-03-30'),
    ])
    expect(standing([...onLast, tick(on('2027-03-31'))])).toEqual(['expired', 0, 1000, dayNumber('2027-03-30')])
    const twice = [...expired, part('p1', '2027-03-10'), part('p2', '2027-03-15')]
    expect(standing([...twice, tick(on('2027-04-14T23:59'))])).toEqual(['open', 1000, 500, dayNumber('2027-04-14')])
    expect(standing([...twice, tick(on('2027-04-15'))])).toEqual(['expired', 0, 1500, dayNumber('2027-04-14')])
    const again = [...twice, part('p3', '2027-04-20')]
    expect(standing(again)).toEqual(['open', 500, 1500, dayNumber('2027-05-20')])
  })

  test('moves no end to a sooner day', () => {
    const early = refund('f0', 'o2', on('2026-04-02'), 2000)
    const events = [
      rich,
      ...redeem('g1', 'gift-card', on('2026-03-01')),
      { ...order, stamp: on('2026-04-01') },
      use('u1', '2026-04-01T11:00', 2000, 'o2'),
      early,
    ]
    expect(standing(events)).toEqual(['open', 2500, undefined, own])
  })

  test('EVT-2 a late refund from before its last day moves its end, as if it had come in time', () => {
    const early = refund('f1', 'o2', on('2027-02-28T12:00'), 2000)
    const { member } = live(timeline, expired)
    const events = [...expired, early].map((event) =>
      event.type === 'voucher.use'
        ? { ...event, answer: { granted: true, asset: 'USD', amount: 2000 } as const }
        : event,
    )
    const told = (until: string) => replayed(timeline, [...granted(events), tick(on(until))], member).member
    const end = dayNumber('2027-03-30')
    expect(told('2027-03-30').vouchers).toMatchObject([{ status: 'open', left: 2500, lastDay: end }])
    expect(told('2027-03-31').closed?.['g1']).toMatchObject({ status: 'expired', left: 0, lapsed: 2500, lastDay: end })
  })
})

describe('RED-2 an order that is given back whole never used its vouchers', () => {
  const timeline = withRewards([{ ...tenOff, expiry: { type: 'life', life: days(30), endOf: null } }])
  const issued = [rich, ...redeem('r1', 'ten-off', on('2026-03-10'))]
  const used = [
    ...issued,
    useVoucher('u1', 'r1', on('2026-03-11'), { order: 'o1' }),
    paid('o1', on('2026-03-12'), 4000),
  ]

  test('whichever came first, the use or the order', () => {
    const orderFirst = [
      ...issued,
      paid('o1', on('2026-03-11'), 4000),
      useVoucher('u1', 'r1', on('2026-03-12'), { order: 'o1' }),
    ]
    for (const events of [used, orderFirst]) {
      expect(live(timeline, events).member.usedFor).toBeUndefined()
      const part = [...events, refund('f1', 'o1', on('2026-03-20'), 1000)]
      expect(voucherIn(timeline, part, 'r1')?.status).toBe('used')
      const whole = [...part, refund('f2', 'o1', on('2026-03-20'), 3000)]
      expect(voucherIn(timeline, whole, 'r1')).toMatchObject({ status: 'open', uses: [] })
      expectReplaysAlike(timeline, whole)
    }
  })

  test('also where the refund belongs before the use, and nothing is used for an order that has ended', () => {
    const order = paid('o1', on('2026-03-11'), 4000)
    const whole = refund('f1', 'o1', on('2026-03-11T10:00'), 4000)
    const use = useVoucher('u1', 'r1', on('2026-03-12'), { order: 'o1' })
    expect(lastAnswer(timeline, [...issued, order, whole, use]).refusal?.code).toBe('order-ended')
    const granted = { ...use, answer: { granted: true as const, asset: 'USD', amount: 1000 } }
    expect(voucherIn(timeline, [...issued, order, whole, granted], 'r1')).toMatchObject({ status: 'open', uses: [] })
  })

  test('and has used them after all where the refund is undone', () => {
    const events: MemberEvent[] = [
      ...used,
      refund('f1', 'o1', on('2026-03-20'), 4000),
      { type: 'refund.failed', source: 'shop', id: 'x1', stamp: on('2026-03-21'), order: 'o1', refund: 'f1' },
    ]
    expect(voucherIn(timeline, events, 'r1')).toMatchObject({ status: 'used', uses: [{ id: 'shop/u1' }] })
  })

  test('a last day that has passed meanwhile is over, unless the shop gave the order back', () => {
    const late = on('2026-05-01')
    const byMember = [...used, refund('f1', 'o1', late, 4000)]
    expect(voucherIn(timeline, byMember, 'r1')?.status).toBe('expired')
    const byShop: MemberEvent[] = [
      ...used,
      { type: 'order.cancelled', source: 'shop', id: 'c1', stamp: late, order: 'o1', by: 'shop' },
    ]
    expect(voucherIn(timeline, byShop, 'r1')).toMatchObject({ status: 'open', lastDay: dayNumber('2026-05-31') })
  })
})
