import type { MemberEvent, TimePassed } from '@laurel/engine'
import { xorshift } from '../load/dice.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

const DAY_MS = 86_400_000
const start = Date.UTC(2024, 0, 1)
const categories = ['tea', 'ware', 'food']

/**
 * Two years of orders of three lines, one in ten of them refunded by a line some days later: histories for the program of the
 * load tests, drawn by a generator of its own so that they are the same on every machine. The program's zone plays no part
 * here: instants are their own local times.
 */
export function historiesOf(members: number, ordersEach: number): Recorded[][] {
  const dice = xorshift(42)
  const next = (below: number) => Math.floor(dice() * below)
  const gapMs = Math.floor((2 * 730 * DAY_MS) / ordersEach)
  return Array.from({ length: members }, (_, member) => {
    const events: Recorded[] = []
    let at = start
    for (let order = 0; order < ordersEach; order++) {
      at += 60_000 + next(gapMs)
      const lines = Array.from({ length: 3 }, (__, index) => {
        const quantity = 1 + next(3)
        return lineOf(String(index), quantity, quantity * (100 + next(400)), categories[next(3)] ?? '')
      })
      const id = `${member}-${order}`
      events.push({ type: 'order.paid', source: 'web', id, stamp: stampAt(at), ...contentOf(id, lines) })
      if (next(10) === 0) events.push(refundOf(id, lines[1]?.quantity ?? 1, at + (3 + next(20)) * DAY_MS))
    }
    return events.sort((a, b) => a.stamp.at - b.stamp.at)
  })
}

const stampAt = (at: number) => ({ at, local: at, placeLocal: at, version: 1 })

const lineOf = (id: string, quantity: number, total: number, category: string) => ({
  ...{ id, sku: `sku-${id}`, quantity, total, tax: 0, discount: 0 },
  ...{ categories: [category], brand: null, kind: 'goods' as const },
})

const contentOf = (order: string, lines: ReturnType<typeof lineOf>[]) => ({
  ...{ order, currency: 'USD', rate: null, channel: 'web', place: null, tags: [], lines, discount: 0 },
  ...{ shipping: { total: 0, tax: 0 }, tip: 0 },
  payments: [{ by: 'money' as const, amount: lines.reduce((sum, line) => sum + line.total, 0) }],
})

const refundOf = (order: string, quantity: number, at: number): Recorded => ({
  ...{ type: 'refund.made', source: 'web', id: `back-${order}`, stamp: stampAt(at), order },
  ...{ lines: [{ line: '1', quantity, amount: null }], amount: 0, by: 'member' },
})
