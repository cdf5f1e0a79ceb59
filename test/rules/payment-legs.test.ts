import type { MemberEvent, OrderPaid, Payment, RefundFailed, TimePassed } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { adjusted, burn, cancel, confirm, granted, on, paid, refund, reserve } from '../vectors/history-builder.ts'
import { points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, heldBy, live, ofType, permutations, replayed } from '../vectors/reading.ts'

/** REF-4, REF-6: every leg of a payment comes back exactly once, whatever happens first. */

// Nothing is earned, so that points are only what paid.
const timeline = timelineOf(program({ onOrder: [] }))
const gift = adjusted('gift', on('2026-03-01T09:00'), 2000)
const legs = (amount: number): Payment[] => [
  { by: 'points', amount, redemption: 'r1' },
  { by: 'money', amount: 8000 - amount },
]
const order = paid('o1', on('2026-03-02T09:05'), 8000, { payments: legs(2000) })
const held = reserve('r1', on('2026-03-02T09:00'), 2000)
const confirmed = confirm('r1', on('2026-03-02T09:50'))
const half = refund('half', 'o1', on('2026-03-02T09:10'), 4000)
const rest = refund('rest', 'o1', on('2026-03-03T09:00'), 4000)
const failed: RefundFailed = {
  type: 'refund.failed',
  source: 'shop',
  id: 'failed',
  stamp: on('2026-03-02T09:20'),
  order: 'o1',
  refund: 'half',
}
const active = (...events: readonly MemberEvent[]) => balanceOf(live(timeline, events).member).active
const burnt = (...events: readonly MemberEvent[]) => heldBy('redeemed', effectsOf(timeline, events))

/** Its order, half of that back, and its confirmation, in whatever order they arrive. */
function givesHalfBack(reservation: ReturnType<typeof reserve>): void {
  const told = [reservation, confirmed].map((event) => ({ ...event, answer: granted(2000) }))
  for (const arrival of permutations<Exclude<MemberEvent, TimePassed>>([...told, order, half])) {
    const { member } = replayed(timeline, [gift, ...arrival])
    expect(balanceOf(member)).toEqual({ pending: 0, active: 1000, held: 0, debt: 0 })
  }
}

describe('REF-4 an order is refunded before its redemption is confirmed', () => {
  test('the confirmation burns the points and gives them back at once, as much as was refunded', () => {
    const whole = refund('whole', 'o1', on('2026-03-02T09:10'), 8000)
    expect(balanceOf(live(timeline, [gift, held, order, whole]).member)).toMatchObject({ active: 0, held: 2000 })
    const { decisions, member } = live(timeline, [gift, held, order, whole, confirmed])
    expect(decisions.at(-1)?.answer).toEqual(granted(2000))
    expect(balanceOf(member)).toEqual({ pending: 0, active: 2000, held: 0, debt: 0 })
    expect(ofType(decisions.at(-1)?.effects ?? [], 'refunded')).toMatchObject([
      { order: 'shop/o1', money: 0, points: [{ asset: 'points', amount: 2000 }] },
    ])
    expect(member.owed).toEqual([])
  })

  test('in parts, the rest comes back with the rest', () => {
    expect(active(gift, held, order, half, confirmed)).toBe(1000)
    expect(active(gift, held, order, half, confirmed, rest)).toBe(2000)
    expect(burnt(gift, held, order, half, confirmed, rest)).toBe(0)
  })

  test('a refund that failed meanwhile gives nothing back, and a cancelled redemption has burnt nothing', () => {
    expect(active(gift, held, order, half, failed, confirmed)).toBe(0)
    expect(active(gift, held, order, half, cancel('r1', on('2026-03-02T09:30')))).toBe(2000)
    expect(live(timeline, [gift, held, order, half, failed]).member.owed).toEqual([])
  })

  test('also where it timed out and is confirmed all the same', () => {
    const brief = reserve('r1', on('2026-03-02T09:00'), 2000, { lastsMs: 60_000 })
    expect(active(gift, brief, order, half)).toBe(2000)
    expect(active(gift, brief, order, half, confirmed)).toBe(1000)
  })

  test('EVT-2 whatever arrives first', () => givesHalfBack(held))
})

describe('REF-4 an order is refunded before its redemption is asked for', () => {
  const later = reserve('r1', on('2026-03-02T09:30'), 2000)

  test('the confirmation burns the points and gives back what was refunded by then, the rest with the rest', () => {
    expect(active(gift, order, half, later)).toBe(0)
    expect(active(gift, order, half, later, confirmed)).toBe(1000)
    expect(active(gift, order, half, later, confirmed, rest)).toBe(2000)
    expect(burnt(gift, order, half, later, confirmed, rest)).toBe(0)
    expect(live(timeline, [gift, order, half, later, confirmed]).member.owed).toEqual([])
  })

  test('a refund that fails before it is asked for owes nothing, and of two orders the first that is refunded counts', () => {
    expect(active(gift, order, half, failed, later, confirmed)).toBe(0)
    expect(live(timeline, [gift, order, half, failed]).member.owed).toEqual([])
    const other = paid('o2', on('2026-03-02T09:06'), 8000, { payments: legs(2000) })
    const otherBack = refund('other', 'o2', on('2026-03-02T09:15'), 8000)
    expect(active(gift, order, other, half, otherBack, later, confirmed)).toBe(1000)
  })

  test('EVT-2 whatever arrives first', () => givesHalfBack(later))
})

describe('REF-4 an order is paid otherwise after all', () => {
  const edited = (
    id: string,
    at: string,
    payments: readonly Payment[],
    parts: Partial<OrderPaid> = {},
  ): MemberEvent => ({
    ...order,
    ...parts,
    type: 'order.edited',
    id,
    stamp: on(at),
    payments,
  })
  const spent = [gift, ...burn('r1', on('2026-03-02T09:00'), 2000), order]
  const toMoney = edited('e1', '2026-03-04T09:00', [{ by: 'money', amount: 8000 }])

  test('points that no longer pay come back with the edit, and not a second time with a refund', () => {
    expect(active(...spent, toMoney)).toBe(2000)
    const whole = refund('whole', 'o1', on('2026-03-05T09:00'), 8000)
    expect(active(...spent, toMoney, whole)).toBe(2000)
    expect(active(...spent, whole)).toBe(2000)
    expect(burnt(...spent, toMoney, whole)).toBe(0)
  })

  test('half of them, and the other half as the lines are refunded', () => {
    const toHalf = edited('e1', '2026-03-04T09:00', legs(1000))
    expect(active(...spent, toHalf)).toBe(1000)
    expect(active(...spent, toHalf, refund('half', 'o1', on('2026-03-05T09:00'), 4000))).toBe(1500)
    expect(active(...spent, toHalf, refund('whole', 'o1', on('2026-03-05T09:00'), 8000))).toBe(2000)
    // What a refund has returned already is not returned again by the edit.
    expect(active(...spent, half, toMoney)).toBe(2000)
  })

  test('paid with points again, they are burnt again', () => {
    const again = edited('e2', '2026-03-05T09:00', legs(2000))
    expect(active(...spent, toMoney, again)).toBe(0)
    expect(burnt(...spent, toMoney, again)).toBe(2000)
    expect(active(...spent, toMoney, again, refund('whole', 'o1', on('2026-03-06T09:00'), 8000))).toBe(2000)
  })

  test('an edit of the lines alone moves no points', () => {
    const cheaper = edited('e1', '2026-03-04T09:00', legs(2000), { lines: order.lines })
    expect(active(...spent, half, cheaper)).toBe(1000)
  })

  describe('EVT-8 a refund of an edited order fails', () => {
    const grown = edited('e1', '2026-03-04T09:00', [legs(2000)[0] as Payment, { by: 'money', amount: 14_000 }], {
      lines: paid('o1', on('2026-03-04T09:00'), 16_000).lines,
    })
    const more = refund('more', 'o1', on('2026-03-05T09:00'), 4000)
    const moreFailed = { ...failed, id: 'more-failed', refund: 'more', stamp: on('2026-03-06T09:00') }

    test('what had come back by too much before the edit stays when a later refund fails', () => {
      expect(active(...spent, half, grown)).toBe(1000)
      expect(active(...spent, half, grown, more)).toBe(1000)
      expect(active(...spent, half, grown, more, moreFailed)).toBe(1000)
    })

    test('what other refunds have given since the edit stays, too', () => {
      const most = refund('most', 'o1', on('2026-03-05T09:30'), 6000)
      expect(active(...spent, half, grown, more, most)).toBe(1750)
      expect(active(...spent, half, grown, more, most, moreFailed)).toBe(1250)
    })

    test('what an edit left open, and a refund gave, is open again', () => {
      const shrunk = edited('e1', '2026-03-04T09:00', [legs(2000)[0] as Payment, { by: 'money', amount: 3000 }], {
        lines: paid('o1', on('2026-03-04T09:00'), 5000).lines,
      })
      expect(active(...spent, half, shrunk)).toBe(1000)
      const rest = refund('more', 'o1', on('2026-03-05T09:00'), 1000)
      expect(active(...spent, half, shrunk, rest)).toBe(2000)
      expect(active(...spent, half, shrunk, rest, moreFailed)).toBe(1000)
    })

    test('with the refund that came before the edit fails what it gave', () => {
      const halfFailed = { ...failed, stamp: on('2026-03-07T09:00') }
      expect(active(...spent, half, grown, halfFailed)).toBe(0)
      expect(active(...spent, half, grown, more, halfFailed)).toBe(500)
      const last = { ...moreFailed, stamp: on('2026-03-08T09:00') }
      expect(active(...spent, half, grown, more, halfFailed, last)).toBe(0)
    })
  })

  test('before the redemption is confirmed, its confirmation gives them back', () => {
    const early = edited('e1', '2026-03-02T09:30', [{ by: 'money', amount: 8000 }])
    expect(active(gift, held, order, early)).toBe(0)
    expect(active(gift, held, order, early, confirmed)).toBe(2000)
  })

  test('LOT-5 what has lapsed meanwhile comes back with the shop’s grace', () => {
    const asset = points({
      expiry: { type: 'life', life: { months: 0, days: 5, ms: 0 }, endOf: null },
      lapsedReturns: { member: null, shop: { months: 0, days: 10, ms: 0 } },
    })
    const living = timelineOf(program({ assets: [asset], onOrder: [] }))
    const late = edited('e1', '2026-03-20T09:00', [{ by: 'money', amount: 8000 }])
    expect(balanceOf(live(living, [...spent, late]).member).active).toBe(2000)
  })
})
