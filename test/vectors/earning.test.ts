import { type MemberEvent, prorate, type Scope } from '@laurel/engine'
import { expect, test } from 'vitest'
import { dayNumber, instant, line, on, paid, refund } from './history-builder.ts'
import { capOf, earning, multiplier, program, standing, timelineOf } from './program-builder.ts'
import { balanceOf, effectsOf, issuedNet, levelOf, permutations, replayed } from './reading.ts'

const morning = on('2026-03-02T09:00')
const noon = on('2026-03-02T12:00')

test('vector 1: AMT-3 twenty refunds of 5.00 take back exactly what the order gave', () => {
  const timeline = timelineOf(program({ onOrder: [earning({ per: { type: 'spend', minor: 1000 } })] }))
  const order = paid('o1', morning, 10_000)
  expect(balanceOf(replayed(timeline, [order]).member).active).toBe(10)
  const refunds = Array.from({ length: 20 }, (_, i) =>
    refund(`r${i}`, 'o1', on(`2026-03-${10 + (i % 10)}T0${i % 9}:00`), 500),
  )
  expect(issuedNet(effectsOf(timeline, [order, ...refunds]))).toBe(0)
  expect(balanceOf(replayed(timeline, [order, ...refunds]).member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  // Along the way: what stands is always what the remainder gives, floored once.
  for (const count of [1, 2, 3, 7, 19]) {
    const given = issuedNet(effectsOf(timeline, [order, ...refunds.slice(0, count)]))
    expect(given, `after ${count} refunds`).toBe(Math.floor((10_000 - 500 * count) / 1000))
  }
})

test('vector 2: EARN-3 rounds once, after the multipliers and over all lines', () => {
  const given = (
    total: number | readonly number[],
    by: readonly (readonly [number, number])[],
    stack: 'add' | 'multiply' = 'add',
  ) => {
    const multipliers = by.map(([numerator, denominator], i) => multiplier(`m${i}`, numerator, denominator))
    const timeline = timelineOf(program({ onOrder: [earning({ multipliers, stack })] }))
    const content = typeof total === 'number' ? total : total.map((each, i) => line(`${i}`, each))
    return balanceOf(replayed(timeline, [paid('o1', morning, content)]).member).active
  }
  expect(given(3340, [[3, 2]])).toBe(50)
  expect(given(3333, [[3, 2]])).toBe(49)
  expect(given([1111, 1111, 1111], [[3, 2]])).toBe(49)
  expect(prorate(49, [1111, 1111, 1111])).toEqual([17, 16, 16])
  const both = [
    [2, 1],
    [3, 2],
  ] as const
  expect(given(3333, both)).toBe(83)
  expect(given(3333, both, 'multiply')).toBe(99)
})

test('vector 2: EARN-3 books the share of each multiplier as the difference with and without it', () => {
  const multipliers = [multiplier('double', 2), multiplier('half-more', 3, 2)]
  const timeline = timelineOf(program({ onOrder: [earning({ multipliers })] }))
  const effects = effectsOf(timeline, [paid('o1', morning, 3333)])
  expect(issuedNet(effects, 'base')).toBe(33)
  expect(issuedNet(effects, 'double')).toBe(33) // 66.66 floored, less 33
  expect(issuedNet(effects, 'half-more')).toBe(17) // 83.325 floored, less 66
})

test('EARN-8 the first order is the first that counts, by the order of facts and not of arrival', () => {
  const when = { text: 'order.firstOrder', test: ({ order }: Scope) => order?.firstOrder ?? false }
  const welcome = earning({ id: 'welcome', give: 50, per: { type: 'order' }, when })
  const timeline = timelineOf(program({ onOrder: [welcome], asksPast: true }))
  const welcomed = (...events: readonly MemberEvent[]) =>
    Object.values(replayed(timeline, events).member.orders).flatMap(({ key, given }) =>
      given.some(({ now }) => now > 0) ? [key] : [],
    )
  const first = paid('o1', on('2026-03-02T09:00'), 1000)
  const second = paid('o2', on('2026-03-03T09:00'), 1000)
  expect(welcomed(first, second)).toEqual(['shop/o1'])
  expect(welcomed(second, first)).toEqual(['shop/o1'])
  expect(welcomed(first, refund('all', 'o1', on('2026-03-02T12:00'), 1000), second)).toEqual(['shop/o2'])
  expect(welcomed(first, refund('part', 'o1', on('2026-03-02T12:00'), 500), second)).toEqual(['shop/o1'])
})

test('EARN-8 an order keeps the past that it found, and what was bought is what is left of it', () => {
  const when = { text: 'member.spend >= money("20.00")', test: ({ member }: Scope) => member.spend >= 2000 }
  const timeline = timelineOf(program({ onOrder: [earning({ when })], asksPast: true }))
  const events = [
    paid('o1', on('2026-03-01T09:00'), 2500),
    paid('o2', on('2026-03-03T09:00'), 1000),
    refund('back', 'o1', on('2026-03-04T09:00'), 1000),
    paid('o3', on('2026-03-05T09:00'), 300),
    refund('half', 'o2', on('2026-03-06T09:00'), 400),
    paid('o4', on('2026-03-07T09:00'), 300),
  ]
  const { member } = replayed(timeline, events)
  expect(Object.values(member.orders).map(({ given }) => given.map(({ now }) => now))).toEqual([[], [6], [3], [3]])
  expect(member.history).toEqual({ lastOn: dayNumber('2026-03-07'), orders: 4, spend: 2700 })
})

test('vector 4: REF-1 a refund is judged by the version its order was judged by', () => {
  const first = program({ onOrder: [earning({ per: { type: 'spend', minor: 100 } })] })
  const second = program({ version: 2, onOrder: [earning({ give: 2 })] })
  const timeline = timelineOf(first, [Date.UTC(2026, 2, 10), second])
  const order = paid('o1', morning, 5000)
  const events = [order, refund('r1', 'o1', on('2026-03-20', 2), 5000)]
  expect(balanceOf(replayed(timeline, [order]).member).active).toBe(50)
  const { decisions, member } = replayed(timeline, events)
  const taken = decisions.find((each) => each.event.type === 'refund.made')
  expect(issuedNet(taken?.effects ?? [])).toBe(-50)
  expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
  // An order after the change earns at the new rate: the change is real.
  expect(balanceOf(replayed(timeline, [paid('o2', on('2026-03-12', 2), 5000)]).member).active).toBe(100)
})

test('vector 19: TIME-1 TIME-2 the year of the program ends at midnight of its own zone', () => {
  const zone = 'America/New_York'
  const lastSecond = instant('2026-01-01T04:59:59Z', zone)
  const firstSecond = instant('2026-01-01T05:00:00Z', zone)
  const later = instant('2026-01-05T12:00:00Z', zone)
  const ladders = [standing(50_000)]
  const timeline = timelineOf(program({ zone, ladders }))
  const around = [paid('old', lastSecond, 30_000), paid('new', firstSecond, 30_000)]
  expect(levelOf(replayed(timeline, around).member)).toBe('silver')
  expect(levelOf(replayed(timeline, [...around, paid('o3', later, 20_000)]).member)).toBe('gold')
  expect(levelOf(replayed(timeline, [paid('old', lastSecond, 30_000), paid('o3', later, 20_000)]).member)).toBe(
    'silver',
  )

  const yearly = capOf('yearly', 100, { span: { type: 'calendar', unit: 'year' } })
  const capped = timelineOf(program({ zone, caps: [yearly], onOrder: [earning({ caps: [0] })] }))
  const orders = [paid('old', lastSecond, 10_000), paid('new', firstSecond, 10_000)]
  expect(balanceOf(replayed(capped, orders).member).active).toBe(200)
  expect(balanceOf(replayed(capped, [...orders, paid('o3', later, 10_000)]).member).active).toBe(200)
})

test('vector 21: EARN-4 room comes back with a refund, and serves only what is decided afterwards', () => {
  const timeline = timelineOf(program({ caps: [capOf('daily', 100)], onOrder: [earning({ caps: [0] })] }))
  const order = paid('o1', morning, 20_000)
  const half = refund('r1', 'o1', noon, 10_000)
  const rest = refund('r2', 'o1', on('2026-03-02T13:00'), 10_000)
  const active = (...events: MemberEvent[]) => balanceOf(replayed(timeline, events).member).active
  expect(active(order)).toBe(100)
  expect(active(order, half)).toBe(100)
  expect(active(order, half, rest)).toBe(0)
  // While the cap is full, another order of the day gets nothing, and is not topped up when room comes back.
  const between = paid('o2', on('2026-03-02T10:00'), 5000)
  expect(active(order, between)).toBe(100)
  expect(active(order, between, half, rest)).toBe(0)
  expect(active(order, half, rest, paid('o3', on('2026-03-02T14:00'), 5000))).toBe(50)
  expect(active(order, half, rest, paid('o3', on('2026-03-02T14:00'), 15_000))).toBe(100)
  // A refund on a later day gives room back to the order's own day, not to its own.
  const nextDay = on('2026-03-03T09:00')
  const lateRefund = refund('r3', 'o1', nextDay, 20_000)
  expect(active(order, lateRefund, paid('o4', on('2026-03-03T10:00'), 20_000))).toBe(100)
})

test('vector 29: TIME-3 the smaller external id goes first, whatever arrived first', () => {
  const timeline = timelineOf(program({ caps: [capOf('daily', 100)], onOrder: [earning({ caps: [0] })] }))
  const events = [paid('b', morning, 8000), paid('a', morning, 7000), paid('B', morning, 3000)]
  for (const arrival of permutations(events)) {
    const givenBy = new Map(
      replayed(timeline, arrival).decisions.map((decision) => [
        decision.event.type === 'order.paid' ? decision.event.order : '',
        issuedNet(decision.effects),
      ]),
    )
    // By code unit: 'B' before 'a' before 'b'.
    expect([givenBy.get('B'), givenBy.get('a'), givenBy.get('b')]).toEqual([30, 70, 0])
  }
})
