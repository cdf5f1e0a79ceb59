import type { Asset, MemberEvent, Timeline } from '@laurel/engine'
import { expect, test } from 'vitest'
import { confirm, on, paid, refund, reserve } from '../vectors/history-builder.ts'
import { anyAmount, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

const credit: Asset = points({ id: 'credit', kind: 'money', scale: 2, worth: { amount: 1, minor: 1 } })
/** 3 % of what was paid, to the cent. */
const cashback: Timeline = timelineOf(
  program({
    assets: [credit],
    onOrder: [earning({ asset: 'credit', give: 3, per: { type: 'spend', minor: 100 }, round: 'half-even' })],
    rewards: new Map([['any', anyAmount('credit')]]),
  }),
)
const after = (...events: MemberEvent[]) => balanceOf(live(cashback, events).member, 'credit')
const nothing = { pending: 0, active: 0, held: 0, debt: 0 }
const [day, next] = ['2026-03-01T10:00', '2026-03-02T10:00']

test.each([
  [10_000, 300],
  [3_333, 100], // 99.99 cents
  [1_650, 50], // 49.5 cents go to the even one
  [1_750, 52],
  [16, 0],
  [17, 1],
])('CASH-1 of %i cents paid, 3 %% are %i', (total, given) => {
  expect(after(paid('o1', on(day), total)).active).toBe(given)
})

test('CASH-1 a part that is refunded takes its part back to the cent, in one refund or in twenty', () => {
  const order = paid('o1', on(day), 9_999)
  for (const part of [1, 16, 17, 333, 5_000, 9_983, 9_998]) {
    const left = after(order, refund('r1', 'o1', on(next), part)).active
    expect([part, left]).toEqual([part, after(paid('o2', on(day), 9_999 - part)).active])
  }
  const twenty = Array.from({ length: 20 }, (_, n) => refund(`r${10 + n}`, 'o1', on(next), 250))
  expect(after(order, ...twenty)).toEqual(after(order, refund('r1', 'o1', on(next), 5_000)))
  expect(after(order, refund('r1', 'o1', on(next), 9_999))).toEqual(nothing)
})

test('CASH-1 store credit pays, earns nothing on what it pays, and comes back with the refund', () => {
  const first = paid('o1', on(day), 100_000) // 30.00 of credit
  const pay = [reserve('c1', on(next), 1_000), confirm('c1', on(next))]
  const order = paid('o2', on('2026-03-03'), 5_000, {
    payments: [
      { by: 'money', amount: 4_000 },
      { by: 'points', amount: 1_000, redemption: 'c1' },
    ],
  })
  // 30.00 less 10.00, and 3 % of the 40.00 in money.
  expect(after(first, ...pay, order).active).toBe(2_000 + 120)
  const half = refund('r1', 'o2', on('2026-03-04'), 2_500)
  expect(after(first, ...pay, order, half).active).toBe(2_000 + 60 + 500)
  const all = refund('r1', 'o2', on('2026-03-04'), 5_000)
  expect(after(first, ...pay, order, all)).toEqual({ ...nothing, active: 3_000 })
})

test('CASH-1 credit that was spent meanwhile is owed, and the next one repays it', () => {
  const spent = [paid('o1', on(day), 10_000), reserve('c1', on(next), 300), confirm('c1', on(next))]
  const back = refund('r1', 'o1', on('2026-03-03'), 10_000)
  expect(after(...spent, back)).toEqual({ ...nothing, debt: 300 })
  expect(after(...spent, back, paid('o2', on('2026-03-04'), 15_000))).toEqual({ ...nothing, active: 150 })
})
