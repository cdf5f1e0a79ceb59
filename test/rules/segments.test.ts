import { compileProgram, isSentTo, type MemberEvent, newMember, segmentsOf } from '@laurel/engine'
import { expect, test } from 'vitest'
import { on, paid, refund } from '../vectors/history-builder.ts'
import { timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live } from '../vectors/reading.ts'

// Whoever has not bought for sixty days is quiet, by a condition; students are told from outside.
const { program } = compileProgram(
  `laurel: 1
id: corner-shop
name: { en: Corner Shop }
zone: UTC
currency: USD
inForce: { from: always }
late: { accept: P30D }
refunds: { accept: P90D, shortfall: debt, limit: none }
unknownMembers: create
leaving: { forfeitAfter: P30D }
holdout: { offers: none }
segments:
  quiet: { when: 'member.daysSinceOrder > 60' }
  students: {}
  quiet-students: { when: '"students" in member.segments && member.daysSinceOrder > 60' }
assets:
  points: { kind: spendable, pending: none, expires: never }
earn:
  - { id: base, on: order.paid, give: 1 points, per: 1.00 USD }
  - { id: again, on: order.paid, for: { segment: [quiet] }, give: 100 points, per: order }
offers:
  come-back: { goal: { spend: { atLeast: 20.00 USD } }, window: { length: P14D, end: open }, give: 50 points, sendTo: { for: { segment: [quiet] } } }
`,
  { version: 1, hash: '' },
)
if (program === null) throw new Error('it does not compile')
const timeline = timelineOf(program)

const changed = (segments: readonly string[], at: string): MemberEvent => ({
  ...{ type: 'member.changed', source: 'shop', id: `changed-${at}`, stamp: on(at) },
  ...{ segments, tags: null },
})
const first = paid('o1', on('2026-01-05T10:00'), 1000)
const memberAfter = (...events: readonly MemberEvent[]) => live(timeline, events).member
const groupsOn = (day: string, ...events: readonly MemberEvent[]) =>
  segmentsOf(timeline, memberAfter(...events), on(day).local)

test('EARN-1 a group with a condition keeps itself: who is in it changes with the day', () => {
  expect(groupsOn('2026-03-06', first)).toEqual([])
  expect(groupsOn('2026-03-07', first)).toEqual(['quiet'])
  expect(groupsOn('2026-03-07')).toEqual([]) // who never bought is not quiet
  expect(groupsOn('2026-03-07', first, changed(['students'], '2026-02-01'))).toEqual([
    'students',
    'quiet',
    'quiet-students',
  ])
})

test('EARN-1 what events tell of such a group is no matter', () => {
  expect(groupsOn('2026-01-06', first, changed(['quiet', 'students'], '2026-01-06'))).toEqual(['students'])
})

test('EARN-1 a rule for such a group counts for whoever is in it when the order is paid, and a refund judges by that', () => {
  const back = paid('o2', on('2026-03-07T10:00'), 2000)
  expect(balanceOf(memberAfter(first, back)).active).toBe(10 + 20 + 100)
  // The order that ends the silence is the last one that is thanked for it.
  expect(balanceOf(memberAfter(first, back, paid('o3', on('2026-03-08'), 500))).active).toBe(135)
  expect(balanceOf(memberAfter(first, back, refund('r2', 'o2', on('2026-03-09'), 1000))).active).toBe(120)
  expect(balanceOf(memberAfter(first, back, refund('r1', 'o1', on('2026-03-09'), 1000))).active).toBe(120)
})

test('OFF-1 an offer is sent to whoever is in such a group today', () => {
  const offer = program.offers.get('come-back')
  if (offer === undefined) throw new Error('there is no such offer')
  const isSentOn = (day: string) => isSentTo(program, offer, memberAfter(first), on(day).local)
  expect([isSentOn('2026-03-06'), isSentOn('2026-03-07')]).toEqual([false, true])
  expect(isSentTo(program, offer, newMember(), on('2026-03-07').local)).toBe(false)
})
