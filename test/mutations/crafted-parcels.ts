import type { DeliveredLine, OrderDelivered } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { line, on, paid, refund, refundOfLine } from '../vectors/history-builder.ts'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'

/** By hand: orders that come in parts, and what goes back of them (LOT-1, REF-2). */

const timeline = timelineOf(
  program({
    assets: [
      points({
        pending: { type: 'event', event: 'order.delivered', longest: days(30) },
        expiry: { type: 'life', life: days(10), endOf: null },
      }),
    ],
    onOrder: [earning()],
  }),
)

const delivered = (id: string, day: string, line: string, quantity: number | null = null): OrderDelivered => {
  const lines: readonly DeliveredLine[] = [{ line, quantity }]
  return { type: 'order.delivered', source: 'shop', id, stamp: on(`${day}T09:00`), order: 'o1', lines }
}

const order = paid('o1', on('2026-03-01T09:00'), [line('1', 3000), line('2', 2450, { quantity: 3 })])

const onTheWay: Case = {
  scale: livesOfDays,
  timeline,
  events: [
    order,
    delivered('d1', '2026-03-02', '1'),
    delivered('d2', '2026-03-03', '2', 1),
    refundOfLine('r1', 'o1', on('2026-03-04T09:00'), '2'),
    refundOfLine('r2', 'o1', on('2026-03-05T09:00'), '1'),
    delivered('d3', '2026-03-06', '2'),
  ],
}

/** Of two parts the one has lapsed, and other points live. */
const twoLives: Case = {
  scale: livesOfDays,
  timeline,
  events: [
    order,
    delivered('d1', '2026-03-02', '1'),
    delivered('d2', '2026-03-06', '2'),
    paid('o2', on('2026-03-14T09:00'), 9000),
    { ...delivered('d3', '2026-03-14', '1'), order: 'o2' },
    refund('r1', 'o1', on('2026-03-15T09:00'), 5450),
  ],
}

export const craftedParcels: readonly Case[] = [onTheWay, twoLives]
