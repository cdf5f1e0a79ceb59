import type { MemberEvent, OrderPaid } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { days, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, live, lotsOf, ofType, permutations, replayed } from '../vectors/reading.ts'

const asset = points({ expiry: { type: 'life', life: days(100), endOf: null } })
const timeline = timelineOf(program({ assets: [asset] }))
const order = paid('o1', on('2026-03-01T09:00'), 10_000)
/** The same order under another event id, at another moment. */
const again = (id: string, at: string, parts: Partial<OrderPaid> = {}): OrderPaid => ({
  ...{ ...order, id, stamp: on(at) },
  ...parts,
})
const active = (...events: readonly MemberEvent[]) => balanceOf(live(timeline, events).member).active

describe('EVT-1 an order that is sent again with another moment', () => {
  test('happened at the first of them, and gives once', () => {
    const { member } = live(timeline, [order, again('resent', '2026-03-05T09:00')])
    expect(lotsOf(member)).toEqual(lotsOf(live(timeline, [order]).member))
    expect(
      effectsOf(timeline, [order, again('resent', '2026-03-05T09:00')]).filter(({ type }) => type === 'move'),
    ).toEqual(effectsOf(timeline, [order]).filter(({ type }) => type === 'move'))
  })

  test('EVT-2 the same, whichever of them arrives first, with a refund between them', () => {
    const back = refund('r1', 'o1', on('2026-03-03T09:00'), 4000)
    const [first, ...others] = permutations<Exclude<MemberEvent, { type: 'time.passed' }>>([
      order,
      again('resent', '2026-03-05T09:00'),
      back,
    ]).map((arrival) => replayed(timeline, arrival).member)
    if (first === undefined) throw new Error('three events have arrivals')
    expect(balanceOf(first).active).toBe(60)
    for (const member of others) expect(member).toEqual(first)
  })

  test('it undoes an edit that came between', () => {
    const less = [line('1', 4000)]
    const edited: MemberEvent = {
      ...order,
      ...{ type: 'order.edited', id: 'e', stamp: on('2026-03-02T09:00'), lines: less },
      payments: [{ by: 'money', amount: 4000 }],
    }
    expect(active(order, edited)).toBe(40)
    expect(active(order, edited, again('resent', '2026-03-03T09:00'))).toBe(100)
  })

  test('REF-7 a year later, where it changes nothing, no person is asked; where it changes something, one is', () => {
    expect(ofType(effectsOf(timeline, [order, again('resent', '2027-03-05T09:00')]), 'queued')).toEqual([])
    const less = again('resent', '2027-03-05T09:00', {
      lines: [line('1', 4000)],
      payments: [{ by: 'money', amount: 4000 }],
    })
    expect(ofType(effectsOf(timeline, [order, less]), 'queued')).toMatchObject([{ reason: 'overdue', amount: 6000 }])
  })
})
