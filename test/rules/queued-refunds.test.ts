import type { MemberEvent, RefundAccepted } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, live, ofType } from '../vectors/reading.ts'

/** EVT-5: what stands in the queue of refunds, in which currency, and what accepting it takes. */

const timeline = timelineOf(program())
const order = paid('o1', on('2026-01-01T09:00'), 10_000)
const yen = {
  ...paid('y', on('2026-01-01T09:00'), 1000),
  currency: 'JPY',
  rate: { numerator: 67, denominator: 10_000, on: '2026-01-01' },
}
const nameless = (currency?: string) => ({
  ...refund('r1', 'y', on('2026-01-03T09:00'), 1000),
  order: null,
  ...(currency === undefined ? null : { currency }),
})
const accepted = (parts: Partial<RefundAccepted> = {}): RefundAccepted => ({
  ...{ type: 'refund.accepted', source: 'laurel', id: 'accept', stamp: on('2026-01-04T09:00') },
  ...{ actor: 'staff-1', reason: 'seen', refund: 'shop/r1', name: 'shop/r1', waited: false, orderKey: null },
  ...{ amount: 1000, ...parts },
})
const active = (...events: readonly MemberEvent[]) => balanceOf(live(timeline, events).member).active
const queued = (...events: readonly MemberEvent[]) => ofType(effectsOf(timeline, events), 'queued')

describe('AMT-4 a queued refund', () => {
  test('is in the currency of its order where that is known, else in that which it says, else nobody knows', () => {
    const tooMuch = refund('r1', 'y', on('2026-01-02T09:00'), 1500)
    expect(queued(yen, tooMuch)).toMatchObject([{ amount: 500, currency: 'JPY', reason: 'more-than-left' }])
    const late = refund('r1', 'y', on('2026-11-02T09:00'), 700)
    expect(queued(yen, late)).toMatchObject([{ amount: 700, currency: 'JPY', reason: 'overdue' }])
    expect(queued(nameless('EUR'))).toMatchObject([{ currency: 'EUR', reason: 'no-order-named' }])
    expect(queued(nameless())).toMatchObject([{ currency: 'USD', reason: 'no-order-named' }])
    expect(queued(tooMuch)).toMatchObject([{ currency: null, reason: 'order-unknown' }])
  })

  test('accepted without an order takes what its amount is worth in the program’s money', () => {
    // 1,000 yen at 0.0067 are 6.70 dollars: six points of one per whole dollar, not ten.
    const foreign = { currency: 'JPY', rate: yen.rate }
    expect(active(order, nameless('JPY'), accepted({ foreign }))).toBe(94)
    expect(active(order, nameless(), accepted())).toBe(90)
  })
})

test('REF-1 vector 23: a surplus accepted against its own order takes no more than the order still holds', () => {
  const small = paid('o2', on('2026-01-01T10:00'), [line('1', 2750)])
  const tooMuch = refund('r1', 'o2', on('2026-01-02T09:00'), 3000)
  expect(active(order, small, tooMuch)).toBe(100)
  expect(active(order, small, tooMuch, accepted({ orderKey: 'shop/o2', amount: 250 }))).toBe(100)
  const grown: MemberEvent = {
    ...small,
    type: 'order.edited',
    id: 'e',
    stamp: on('2026-01-03T09:00'),
    lines: [line('1', 2850)],
    payments: [{ by: 'money', amount: 2850 }],
  }
  expect(active(order, small, tooMuch, grown)).toBe(101)
  expect(active(order, small, tooMuch, grown, accepted({ orderKey: 'shop/o2', amount: 250 }))).toBe(100)
})
