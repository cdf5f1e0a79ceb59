import type { MemberEvent, OrderContent, RefundAccepted } from '@laurel/engine'
import { orderContentOf } from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { audit } from '../auditor/audit.ts'
import { balance } from '../auditor/book.ts'
import { line, on, paid, refund } from '../vectors/history-builder.ts'
import { program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, effectsOf, live, ofType, replayed } from '../vectors/reading.ts'

const timeline = timelineOf(program())
const order = paid('o1', on('2026-01-01T09:00'), 5000)

/** Longer after the order than refunds are accepted. */
const editTo = (total: number): MemberEvent & OrderContent => ({
  ...order,
  ...{ type: 'order.edited', id: 'e', stamp: on('2026-11-01T09:00'), lines: [line('1', total)] },
  payments: [{ by: 'money', amount: total }],
})
const acceptanceOf = (edit: OrderContent): RefundAccepted => ({
  ...{ type: 'refund.accepted', source: 'laurel', id: 'accept', stamp: on('2026-11-02T09:00'), actor: 'staff-1' },
  ...{ reason: 'seen', refund: 'shop/e', name: 'shop/e', waited: false, orderKey: 'shop/o1', amount: 0 },
  edited: orderContentOf(edit),
})

describe('REF-7 an overdue edit that a person accepts counts whole', () => {
  test.each([
    ['up', 9000, 90],
    ['down', 2000, 20],
    ['where nothing is left', 0, 0],
  ])('%s', (_, total, points) => {
    const edit = editTo(total)
    const events = [order, edit]
    expect(balanceOf(live(timeline, events).member).active).toBe(50)
    const accepted = [...events, acceptanceOf(edit)]
    expect(balanceOf(live(timeline, accepted).member).active).toBe(points)
    expect(balanceOf(replayed(timeline, accepted).member).active).toBe(points)
    expect(balance(audit(timeline, accepted), 'points', 'active')).toBe(points)
  })

  test('beside what was refunded before, which stays refunded', () => {
    const edit = editTo(9000)
    const events = [order, refund('r1', 'o1', on('2026-01-05T09:00'), 1000), edit, acceptanceOf(edit)]
    expect(balanceOf(live(timeline, events).member).active).toBe(80)
    expect(ofType(effectsOf(timeline, events), 'queue-answered')).toEqual([
      { type: 'queue-answered', refund: 'shop/e', amount: 0 },
    ])
  })
})
