import type { MemberEvent, OrderPaid, Scope } from '@laurel/engine'
import { expect, test } from 'vitest'
import { instant, line, on, paid, refund } from '../vectors/history-builder.ts'
import { capOf, earning, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, live, permutations, replayed } from '../vectors/reading.ts'

/** EARN-1: a visit is the first order of a day. */

const once = capOf('visit:stamp', 1, { counts: 'times', span: { type: 'visit' }, edge: 'refuse' })
const stamp = earning({ id: 'stamp', give: 10, per: { type: 'visit' }, caps: [0] })
const timeline = timelineOf(program({ onOrder: [stamp], caps: [once] }))
const active = (...events: readonly MemberEvent[]) => balanceOf(live(timeline, events).member).active

test('EARN-1 per visit gives for the first order of a day and for no other', () => {
  const morning = paid('o1', on('2026-03-02T09:00'), 1000)
  const evening = paid('o2', on('2026-03-02T23:59:59.999'), 9000)
  const next = paid('o3', on('2026-03-03'), 100)
  expect([active(morning), active(morning, evening), active(morning, evening, next)]).toEqual([10, 10, 20])
  for (const arrival of permutations<OrderPaid>([morning, evening, next])) {
    const { decisions, member } = replayed(timeline, arrival)
    expect(balanceOf(member).active).toBe(20)
    expect(decisions[1]?.effects).toContainEqual({ type: 'capped', rule: 'stamp', cap: 'visit:stamp', trimmed: 10 })
  }
})

test('EARN-1 the first that the rule holds for, and each rule has its own', () => {
  const large = {
    ...stamp,
    id: 'large',
    when: { text: 'large', test: ({ order }: Scope) => (order?.total ?? 0) > 5000 },
    caps: [1],
  }
  const both = timelineOf(program({ onOrder: [stamp, large], caps: [once, { ...once, id: 'visit:large' }] }))
  const day = [paid('o1', on('2026-03-02T09:00'), 1000), paid('o2', on('2026-03-02T10:00'), 6000)]
  expect(balanceOf(live(both, day).member).active).toBe(20)
})

test('EARN-4 a refund makes room for what comes after it on that day, and for nothing before', () => {
  const first = paid('o1', on('2026-03-02T09:00'), 1000)
  const second = paid('o2', on('2026-03-02T10:00'), 1000)
  const back = refund('r1', 'o1', on('2026-03-02T11:00'), 1000)
  expect(active(first, second, back)).toBe(0)
  expect(active(first, second, back, paid('o3', on('2026-03-02T12:00'), 1000))).toBe(10)
  // On another day it is that day that has room again, and nobody comes back to it.
  const later = refund('r2', 'o1', on('2026-03-05T11:00'), 1000)
  expect(active(first, later, paid('o4', on('2026-03-05T12:00'), 1000))).toBe(10)
})

test('TIME-1 the day is that of the place, wherever the program is', () => {
  const kiritimati = 'Pacific/Kiritimati'
  const at = (id: string, moment: string, zone: string): OrderPaid => {
    const { local } = instant(moment, kiritimati)
    const { placeLocal } = instant(moment, zone)
    return { ...paid(id, { ...instant(moment), local, placeLocal }, [line('1', 100)]), place: zone }
  }
  const far = timelineOf(program({ zone: kiritimati, onOrder: [stamp], caps: [once] }))
  const given = (...orders: readonly OrderPaid[]) => balanceOf(live(far, orders).member).active
  // 26 hours apart: the third of March there is the first here.
  const here = at('o1', '2026-03-01T13:00:00Z', 'Etc/GMT+12')
  const hereAgain = at('o3', '2026-03-02T11:59:59Z', 'Etc/GMT+12')
  const there = at('o2', '2026-03-01T13:30:00Z', kiritimati)
  expect(given(here, there)).toBe(20)
  expect(given(here, there, hereAgain)).toBe(20)
  expect(given(here, there, hereAgain, at('o4', '2026-03-02T12:00:00Z', 'Etc/GMT+12'))).toBe(20)
  expect(given(here, there, hereAgain, at('o5', '2026-03-03T12:00:00Z', 'Etc/GMT+12'))).toBe(30)
})
