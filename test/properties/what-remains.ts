import type { Member, OrderPaid, RefundMade, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { categories, channels } from '../generators/conditions.ts'
import { timelines } from '../generators/program.ts'
import { livesOfDays, realPeriods } from '../generators/scale.ts'
import { stampAt } from '../generators/stamp.ts'
import { line, paid } from '../vectors/history-builder.ts'
import { livingThrough } from './living.ts'

const order = 'o1'

/** An order and the same without some of its lines, which are given back of the first. */
const baskets = fc.record({
  at: fc.nat(1_000),
  channel: fc.constantFrom(...channels),
  lines: fc.array(
    fc.record({
      total: fc.integer({ min: 1, max: 6_000 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      category: fc.constantFrom(...categories),
      stays: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})

/**
 * After whole lines are given back an order gives what the rest would give, bought alone by the same member (REF-1), or as much as
 * the whole did where that was less; under caps it may be held to what the order took of them.
 */
export const leavesWhatTheRestGives = () =>
  fc.property(
    fc
      .constantFrom(livesOfDays, realPeriods)
      .chain((scale) => fc.tuple(timelines(scale), fc.boolean(), fc.constant(scale), baskets)),
    ([drawn, isCapped, scale, { at, channel, lines }]) => {
      const timeline = isCapped ? drawn : uncapped(drawn)
      const stamp = stampAt(timeline, Date.parse(scale.startsAt[0] ?? '') + at * 3_600_000)
      const all = lines.map(({ total, quantity, category }, index) =>
        line(`l${index}`, total, { quantity, categories: [category] }),
      )
      const rest = all.filter((_, index) => lines[index]?.stays)
      if (rest.length === 0) return
      const bought = (content: typeof all): OrderPaid => ({ ...paid(order, stamp, content), channel })
      const back: RefundMade = {
        ...{ type: 'refund.made', source: 'shop', id: 'back', stamp: stampAt(timeline, stamp.at + 1), order },
        ...{
          lines: all
            .filter((each) => !rest.includes(each))
            .map(({ id, quantity }) => ({ line: id, quantity, amount: null })),
        },
        ...{ amount: 0, by: 'member' },
      }
      const [whole, alone] = [bought(all), bought(rest)].map((event) => livingThrough(timeline, [event]))
      const left = livingThrough(timeline, back.lines.length === 0 ? [bought(all)] : [bought(all), back])
      if (whole === undefined || alone === undefined) return
      for (const { id: asset } of timeline[0]?.program.assets ?? []) {
        const most = Math.min(givenOf(whole, asset), givenOf(alone, asset))
        if (isCapped) expect(givenOf(left, asset)).toBeLessThanOrEqual(most)
        else expect(givenOf(left, asset)).toBe(most)
      }
    },
  )

const givenOf = (member: Member, asset: string): number =>
  (member.orders[`shop/${order}`]?.given ?? []).reduce((sum, each) => sum + (each.asset === asset ? each.now : 0), 0)

const uncapped = (timeline: Timeline): Timeline =>
  timeline.map((entry) => {
    const onOrder = entry.program.onOrder.map((rule) => ({
      ...rule,
      caps: [],
      multipliers: rule.multipliers.map((each) => ({ ...each, budget: null, budgetCap: null })),
    }))
    return { ...entry, program: { ...entry.program, onOrder } }
  })
