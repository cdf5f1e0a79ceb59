import type { Condition, RefundMade } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { cancel, confirm, line, on, paid, refund, reserve } from '../vectors/history-builder.ts'
import { capOf, earning, program, timelineOf } from '../vectors/program-builder.ts'

/** Histories of refunds made by hand: what one rule had left to another. */

const of = (category: string): Condition => ({
  text: `line.category == "${category}"`,
  test: ({ line: each }) => each?.category === category,
})
const tea = line('tea', 900, { categories: ['tea'] })
const cake = line('cake', 800, { categories: ['cake'] })
const teaBack: RefundMade = {
  ...refund('back', 'o1', on('2026-03-01T12:00'), 0),
  lines: [{ line: 'tea', quantity: 1, amount: null }],
}

/** Tea and cake share a cap of an order; cake has one of a day as well, and another order has taken the rest of that. */
const leftToTea: Case = {
  scale: livesOfDays,
  timeline: timelineOf(
    program({
      caps: [
        capOf('shelf', 10, { span: { type: 'order' } }),
        capOf('sweet', 7, { span: { type: 'calendar', unit: 'day' } }),
      ],
      onOrder: [
        earning({ id: 'tea', lines: of('tea'), caps: [0] }),
        earning({ id: 'cake', lines: of('cake'), caps: [0, 1] }),
      ],
    }),
  ),
  events: [paid('o1', on('2026-03-01T09:00'), [tea, cake]), paid('o2', on('2026-03-01T10:00'), [cake]), teaBack],
}

/** The same without a cap of a day: all that tea gives up is for cake. */
const allForCake: Case = {
  ...leftToTea,
  timeline: timelineOf(
    program({
      caps: [capOf('shelf', 10, { span: { type: 'order' } })],
      onOrder: [
        earning({ id: 'tea', lines: of('tea'), caps: [0] }),
        earning({ id: 'cake', lines: of('cake'), caps: [0] }),
      ],
    }),
  ),
}

const waiving = timelineOf(
  program({ refunds: { accept: { months: 0, days: 180, ms: 0 }, shortfall: 'waive', limit: new Map() } }),
)
const dayLong = { lastsMs: 86_400_000 }

/** An order comes back while its points are held twice: the older reservation is cancelled, the younger confirmed. */
const heldMeanwhile: Case = {
  scale: livesOfDays,
  timeline: waiving,
  events: [
    paid('o1', on('2026-03-01T09:00'), 6_000),
    reserve('mug', on('2026-03-01T10:00'), 60, dayLong),
    refund('r1', 'o1', on('2026-03-01T11:00'), 2_000),
    paid('o2', on('2026-03-01T12:00'), 4_000),
    reserve('cup', on('2026-03-01T13:00'), 40, dayLong),
    refund('r2', 'o2', on('2026-03-01T14:00'), 1_000),
    cancel('cup', on('2026-03-01T15:00')),
    confirm('mug', on('2026-03-01T16:00')),
  ],
}

export const craftedRefunds: readonly Case[] = [leftToTea, allForCake, heldMeanwhile]
