import { compileProgram, type Line, type MemberEvent, type RefundMade } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

/** REF-1: what is left of an order gives what it would give alone, though in all no more than the order gave. */

const timelineWith = (rules: string) => {
  const { program, findings } = compileProgram(
    `laurel: 1
id: corner-shop
name: { en: Corner Shop }
zone: UTC
currency: USD
inForce: { from: always }
refunds: { accept: P90D, shortfall: debt, limit: none }
unknownMembers: create
assets:
  points: { kind: spendable, expires: never }
${rules}`,
    { version: 1, hash: '' },
  )
  if (program === null) throw new Error(findings.map(({ message }) => message).join('\n'))
  return timelineOf(program)
}
type Timeline = ReturnType<typeof timelineWith>

// A Saturday.
const order = (lines: readonly Line[]) => paid('o1', on('2026-05-02T10:00'), lines)
const tea = line('tea', 9000, { categories: ['tea'] })
const cake = line('cake', 8000, { categories: ['cake'] })
const back = (id: string, lines: RefundMade['lines']): RefundMade => ({
  ...refund(id, 'o1', on('2026-05-03'), 0),
  lines,
})
const teaBack = back('r1', [{ line: 'tea', quantity: 1, amount: null }])
const points = (timeline: Timeline, ...events: readonly MemberEvent[]) =>
  balanceOf(live(timeline, events).member).active

describe('REF-1 EARN-4 what one rule left to another under a cap that both share', () => {
  const timeline = timelineWith(`earn:
  - { id: tea, on: order.paid, lines: 'line.category == "tea"', give: 1 points, per: 1.00 USD, group: shelf }
  - { id: cake, on: order.paid, lines: 'line.category == "cake"', give: 1 points, per: 1.00 USD, group: shelf }
groups: { shelf: { take: all, cap: { most: 100 points, each: calendar-day } } }
`)

  test('it gives when the other no longer does', () => {
    expect(points(timeline, order([tea, cake]))).toBe(100)
    expect(points(timeline, order([tea, cake]), teaBack)).toBe(80)
    expect(points(timeline, order([cake]))).toBe(80)
  })

  test('and takes no room of the cap that another order has got since', () => {
    const later = paid('o2', on('2026-05-02T11:00'), [cake])
    expect(points(timeline, order([tea, cake]), later)).toBe(100)
    const freed = back('r1', [{ line: 'cake', quantity: 1, amount: null }])
    // 90 of the first, and what it frees is for what comes then.
    expect(points(timeline, order([tea, cake]), later, freed)).toBe(90)
    const third = paid('o3', on('2026-05-02T12:00'), [cake])
    expect(points(timeline, order([tea, cake]), later, { ...freed, stamp: on('2026-05-02T11:30') }, third)).toBe(100)
  })

  test('given again, the first stands as it was', () => {
    const failed: MemberEvent = {
      ...{ type: 'refund.failed', source: 'shop', id: 'f1', stamp: on('2026-05-04') },
      ...{ order: 'o1', refund: 'r1' },
    }
    const { member } = live(timeline, [order([tea, cake]), teaBack, failed])
    expect(member.orders['shop/o1']?.given.map(({ rule, now }) => [rule, now])).toEqual([
      ['tea', 90],
      ['cake', 10],
    ])
  })
})

describe('REF-1 EARN-3 the best of a group is another one for what is left', () => {
  const timeline = timelineWith(`earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: big, when: 'order.total >= money("100.00")', multiply: { rule: base, by: 3 }, group: bonus }
  - { id: saturday, during: { days: [saturday] }, multiply: { rule: base, by: 2 }, group: bonus }
  - { id: much, on: order.paid, when: 'order.total >= money("100.00")', give: 50 points, per: order, group: thanks }
  - { id: some, on: order.paid, when: 'order.total >= money("50.00")', give: 20 points, per: order, group: thanks }
groups: { bonus: { take: best }, thanks: { take: best } }
`)
  const whole = order([line('1', 12_000)])

  test('by a refund as by an edit as bought outright', () => {
    expect(points(timeline, whole)).toBe(410)
    expect(points(timeline, order([line('1', 9000)]))).toBe(200)
    expect(points(timeline, whole, refund('r1', 'o1', on('2026-05-03'), 3000))).toBe(200)
    const edit: MemberEvent = { ...order([line('1', 9000)]), type: 'order.edited', id: 'e1', stamp: on('2026-05-03') }
    expect(points(timeline, whole, edit)).toBe(200)
  })

  test('in parts as at once, and down to nothing', () => {
    const parts = [1000, 2000].map((amount, index) => refund(`r${index}`, 'o1', on('2026-05-03'), amount))
    expect(points(timeline, whole, ...parts)).toBe(200)
    const { member } = live(timeline, [whole, ...parts, refund('r9', 'o1', on('2026-05-04'), 9000)])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 0, held: 0, debt: 0 })
    expect(member.orders['shop/o1']?.given.some(({ rule }) => rule === 'saturday')).toBe(false)
  })
})

test('REF-1 EARN-3 a multiplier’s share that rounding makes larger takes nothing that is due', () => {
  const timeline = timelineWith(`earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: bloom, multiply: { rule: base, by: 1.25 } }
`)
  expect(points(timeline, order([line('1', 11_100)]))).toBe(138)
  expect(points(timeline, order([line('1', 11_090)]))).toBe(138)
  expect(points(timeline, order([line('1', 11_100)]), refund('r1', 'o1', on('2026-05-03'), 10))).toBe(138)
})

test('REF-1 nobody gains by giving back: a smaller order that would give more gives no more than the whole did', () => {
  const timeline = timelineWith(`earn:
  - { id: small, on: order.paid, when: 'order.total < money("50.00")', give: 30 points, per: order }
  - { id: base, on: order.paid, give: 1 points, per: 10.00 USD }
`)
  const whole = order([line('1', 6000)])
  expect(points(timeline, order([line('1', 4000)]))).toBe(34)
  expect(points(timeline, whole)).toBe(6)
  expect(points(timeline, whole, refund('r1', 'o1', on('2026-05-03'), 2000))).toBe(6)
})

test('REF-5 a condition on how many lines there are asks for those that are left', () => {
  const timeline = timelineWith(`earn:
  - { id: base, on: order.paid, give: 1 points, per: 10.00 USD }
  - { id: pair, on: order.paid, when: 'order.lines >= 2', give: 20 points, per: order }
`)
  expect(points(timeline, order([tea, cake]))).toBe(37)
  expect(points(timeline, order([tea, cake]), teaBack)).toBe(8)
})
