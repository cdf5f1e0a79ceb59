import { expect, test } from 'vitest'
import { adjusted, burn, line, on, paid, refund, refundOfLine, reserve, tick } from './history-builder.ts'
import { capOf, days, earning, everyone, multiplier, points, program, standing, timelineOf } from './program-builder.ts'
import {
  balanceOf,
  effectsOf,
  heldBy,
  issuedNet,
  levelOf,
  live,
  lotsOf,
  ofType,
  permutations,
  replayed,
} from './reading.ts'

const onePerUnit = timelineOf(program())
const nothing = { pending: 0, active: 0, held: 0, debt: 0 }

test('vector 6: EVT-1 EVT-2 EVT-5 an order sent ten times, its refund first, ends as the tidy order does', () => {
  const ladders = [standing(50_000)]
  const timeline = timelineOf(program({ ladders }))
  const stamp = on('2026-03-02T09:00')
  const back = refund('back', 'o1', on('2026-03-04T09:00'), 2000)
  const tidy = replayed(timeline, [paid('o1', stamp, 5000), back])
  const copies = Array.from({ length: 10 }, (_, i) => paid('o1', stamp, 5000, { id: `paid-o1-${i}` }))
  for (let turn = 0; turn < 10; turn++) {
    const shuffled = [back, ...copies.slice(turn), ...copies.slice(0, turn)]
    const { member } = replayed(timeline, shuffled)
    expect(balanceOf(member)).toEqual({ ...nothing, active: 30 })
    expect(lotsOf(member)).toEqual(lotsOf(tidy.member))
    expect(levelOf(member)).toBe(levelOf(tidy.member))
    expect(issuedNet(effectsOf(timeline, shuffled))).toBe(30)
  }
})

test('vector 6: EVT-5 a refund stamped before its order waits and acts directly after it', () => {
  const early = refund('back', 'o1', on('2026-03-01T09:00'), 2000)
  const { member, decisions } = live(onePerUnit, [early, paid('o1', on('2026-03-02T09:00'), 5000)])
  expect(decisions[0]?.member.waiting).toHaveLength(1)
  expect(balanceOf(member)).toEqual({ ...nothing, active: 30 })
  expect(member.waiting).toEqual([])
})

test('vector 9: EARN-2 REF-4 AMT-2 a line goes back as it was paid: money, points, and the earning on the money', () => {
  const gift = adjusted('gift', on('2026-03-01T09:00'), 2000)
  const spent = burn('r1', on('2026-03-02T09:00'), 2000)
  const order = paid('o1', on('2026-03-02T09:05'), [line('a', 2000), line('b', 6000)], {
    payments: [
      { by: 'money', amount: 6000 },
      { by: 'points', amount: 2000, redemption: 'r1' },
    ],
  })
  const before = replayed(onePerUnit, [gift, ...spent, order])
  expect(balanceOf(before.member)).toEqual({ ...nothing, active: 60 })
  const events = [gift, ...spent, order, refundOfLine('back', 'o1', on('2026-03-05T09:00'), 'a')]
  const { member, decisions } = replayed(onePerUnit, events)
  expect(balanceOf(member)).toEqual({ ...nothing, active: 545 })
  const effects = decisions.flatMap((decision) => decision.effects)
  expect(issuedNet(effects)).toBe(45)
  expect(heldBy('redeemed', effects)).toBe(1500)
  expect(ofType(effects, 'refunded')).toMatchObject([
    { order: 'shop/o1', money: 1500, storedValue: 0, points: [{ asset: 'points', amount: 500 }] },
  ])
})

test('vector 10: REF-2 REF-3 LED-3 spent points leave debt, and the next active ones repay it first', () => {
  const asset = points({ pending: { type: 'period', period: days(14) } })
  const timeline = timelineOf(program({ assets: [asset] }))
  const events = [
    paid('o1', on('2026-03-01T09:00'), 5000),
    tick(on('2026-03-20')),
    ...burn('r1', on('2026-03-20T09:00'), 50),
    refund('back', 'o1', on('2026-03-21T09:00'), 5000),
  ]
  expect(balanceOf(replayed(timeline, events).member)).toEqual({ ...nothing, debt: 50 })
  const next = [...events, paid('o2', on('2026-03-22T09:00'), 7000)]
  // Pending points repay nothing until they activate.
  expect(balanceOf(replayed(timeline, next).member)).toEqual({ ...nothing, pending: 70, debt: 50 })
  expect(balanceOf(replayed(timeline, [...next, tick(on('2026-04-05'))]).member)).toEqual({ ...nothing, active: 20 })
})

test('vector 23: EVT-5 more than was paid is counted up to what is left, the surplus queued', () => {
  const order = paid('o1', on('2026-03-01T09:00'), 2750)
  const events = [order, refund('back', 'o1', on('2026-03-02T09:00'), 3000)]
  const effects = effectsOf(onePerUnit, events)
  expect(ofType(effects, 'queued')).toMatchObject([{ amount: 250, reason: 'more-than-left' }])
  expect(ofType(effects, 'refunded')).toMatchObject([{ money: 2750 }])
  expect(issuedNet(effects)).toBe(0)
  expect(balanceOf(replayed(onePerUnit, events).member)).toEqual(nothing)
  const again = effectsOf(onePerUnit, [...events, refund('again', 'o1', on('2026-03-03T09:00'), 100)])
  expect(issuedNet(again)).toBe(0)
  expect(ofType(again, 'queued').reduce((sum, each) => sum + (each.amount ?? 0), 0)).toBe(350)
})

test('vector 26: REF-6 what other events received or lost meanwhile is not decided again', () => {
  const doubled = earning({
    multipliers: [
      multiplier('gold-double', 2, 1, { audience: { ...everyone, tiers: [{ ladder: 'standing', level: 'gold' }] } }),
    ],
  })
  const tiered = timelineOf(program({ ladders: [standing(50_000)], onOrder: [doubled] }))
  const a = paid('a', on('2026-03-01T09:00'), 50_000)
  const b = paid('b', on('2026-03-02T09:00'), 10_000)
  const back = refund('back', 'a', on('2026-03-03T09:00'), 50_000)
  for (const arrival of permutations([a, b, back])) {
    const { member } = replayed(tiered, arrival)
    expect(balanceOf(member).active).toBe(200)
    expect(levelOf(member)).toBe('silver')
  }
  const capped = timelineOf(
    program({ caps: [capOf('ever', 100, { span: { type: 'ever' } })], onOrder: [earning({ caps: [0] })] }),
  )
  const filled = [paid('a', on('2026-03-01T09:00'), 10_000), paid('b', on('2026-03-02T09:00'), 5000)]
  expect(balanceOf(replayed(capped, filled).member).active).toBe(100)
  const refunded = [...filled, refund('back', 'a', on('2026-03-03T09:00'), 10_000)]
  expect(balanceOf(replayed(capped, refunded).member)).toEqual(nothing)
  expect(balanceOf(replayed(capped, [...refunded, paid('c', on('2026-03-04T09:00'), 5000)]).member).active).toBe(50)
})

test('vector 22: REF-3 released points repay the debt that a refund left meanwhile', () => {
  const events = [
    adjusted('gift', on('2026-03-01T09:00'), 10),
    paid('o1', on('2026-03-01T10:00'), 5000),
    reserve('r1', on('2026-03-01T11:00'), 60),
    refund('back', 'o1', on('2026-03-01T11:30'), 5000),
  ]
  expect(balanceOf(replayed(onePerUnit, events).member)).toEqual({ ...nothing, held: 60, debt: 50 })
  const timedOut = [...events, tick(on('2026-03-01T12:00'))]
  expect(balanceOf(replayed(onePerUnit, timedOut).member)).toEqual({ ...nothing, active: 10 })
})
