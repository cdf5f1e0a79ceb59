import { expect, test } from 'vitest'
import { adjusted, confirm, granted, on, paid, refund, reserve, short, tick } from './history-builder.ts'
import { program, timelineOf } from './program-builder.ts'
import { answersOf, balanceOf, live, permutations, replayed } from './reading.ts'

const timeline = timelineOf(program())
const nothing = { pending: 0, active: 0, held: 0, debt: 0 }

test('vector 6: EVT-2 a refused redemption stays refused when the points it lacked turn up late', () => {
  const first = paid('o1', on('2026-03-01T09:00'), 5000)
  const late = paid('o2', on('2026-03-01T10:00'), 5000)
  const asked = live(timeline, [first, reserve('r1', on('2026-03-01T11:00'), 100)])
  expect(answersOf(asked.decisions)).toEqual([short(50)])
  for (const arrival of permutations([
    first,
    late,
    reserve('r1', on('2026-03-01T11:00'), 100, { answer: short(50) }),
  ])) {
    expect(balanceOf(replayed(timeline, arrival).member)).toEqual({ ...nothing, active: 100 })
  }
})

test('vector 7: RED-1 one hold at a time fits; after the time-out the points are free for another', () => {
  const { member, decisions } = live(timeline, [
    adjusted('gift', on('2026-03-01T09:00'), 100),
    reserve('r1', on('2026-03-01T10:00'), 60),
    reserve('r2', on('2026-03-01T10:01'), 60),
    reserve('r3', on('2026-03-01T10:02'), 60),
    reserve('r4', on('2026-03-01T11:30'), 60),
    confirm('r1', on('2026-03-01T11:35')),
  ])
  expect(answersOf(decisions.slice(1))).toEqual([
    granted(60),
    short(20),
    short(20),
    granted(60),
    { granted: false, refusal: { code: 'expired', shortBy: 20 } },
  ])
  expect(balanceOf(member)).toEqual({ ...nothing, active: 40, held: 60 })
})

test('vector 7: RED-1 a confirmation after the time-out succeeds while the points are still free', () => {
  const { member, decisions } = live(timeline, [
    adjusted('gift', on('2026-03-01T09:00'), 100),
    reserve('r1', on('2026-03-01T10:00'), 60),
    tick(on('2026-03-01T11:00')),
    confirm('r1', on('2026-03-01T11:35')),
  ])
  expect(decisions[2]?.member.assets).toMatchObject([{ active: 100, held: 0 }])
  expect(answersOf(decisions).at(-1)).toEqual(granted(60))
  expect(balanceOf(member)).toEqual({ ...nothing, active: 40 })
})

test('vector 28: EVT-2 REF-3 a granted hold is honoured over a late refund, and repays the debt when it times out', () => {
  const order = paid('o1', on('2026-03-01T09:00'), 6000)
  const late = refund('back', 'o1', on('2026-03-01T10:00'), 6000)
  const held = reserve('r1', on('2026-03-01T11:00'), 60, { answer: granted(60) })
  const afterTimeOut = tick(on('2026-03-01T12:00'))
  for (const arrival of permutations([order, late, held])) {
    expect(balanceOf(replayed(timeline, arrival).member)).toEqual({ ...nothing, held: 60, debt: 60 })
    expect(balanceOf(replayed(timeline, [...arrival, afterTimeOut]).member)).toEqual(nothing)
  }
})
