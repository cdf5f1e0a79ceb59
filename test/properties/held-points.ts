import type { Effect, Given, Member, MemberEvent, Program, RefundFailed, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { adjusted, cancel, confirm, instant, paid, refund, reserve, tick } from '../vectors/history-builder.ts'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf, heldBy } from '../vectors/reading.ts'
import { answered, livingThrough } from './living.ts'

/** Points that are held while orders come and go (REF-3, RED-1). */

const policies = fc.constantFrom<Program['refunds']>(
  ...[null, 0, 5, 30].map((limit) => ({
    accept: days(180),
    shortfall: limit === null ? ('waive' as const) : ('debt' as const),
    limit: new Map(limit === null ? [] : [['points', limit]]),
  })),
)

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'order',
      'order',
      'hold',
      'hold',
      'hold',
      'refund',
      'refund',
      'fail',
      'confirm',
      'cancel',
      'gift',
    ),
    pick: fc.nat(5),
    amount: fc.integer({ min: 1, max: 60 }),
  }),
  { minLength: 4, maxLength: 24, size: 'max' },
)

const startsAt = Date.parse('2026-03-01T09:00:00Z')
const minute = (n: number) => instant(new Date(startsAt + 60_000 * n).toISOString())

/** What a step does with what there is by then, three at most to choose from. */
function told(history: readonly { kind: string; pick: number; amount: number }[]): MemberEvent[] {
  const [orders, refunds, holds]: [string[], { id: string; order: string }[], string[]] = [[], [], []]
  const lately = <T>(items: readonly T[], pick: number): T | undefined => items.at(-1 - (pick % 3))
  return history.flatMap(({ kind, pick, amount }, n): MemberEvent[] => {
    const stamp = minute(n)
    const [order, back, hold] = [lately(orders, pick), lately(refunds, pick), lately(holds, pick)]
    switch (kind) {
      case 'order':
        orders.push(`o${n}`)
        return [paid(`o${n}`, stamp, 100 * amount)]
      case 'hold':
        holds.push(`h${n}`)
        return [reserve(`h${n}`, stamp, amount, { lastsMs: 86_400_000 - 60_000 * n })]
      case 'gift':
        return [adjusted(`g${n}`, stamp, amount)]
      case 'refund':
        if (order === undefined) return []
        refunds.push({ id: `r${n}`, order })
        return [refund(`r${n}`, order, stamp, 100 * amount)]
      case 'fail': {
        const failed = { type: 'refund.failed', source: 'shop', id: `f${n}`, stamp } as const
        return back === undefined ? [] : [{ ...failed, order: back.order, refund: back.id } satisfies RefundFailed]
      }
      case 'confirm':
        return hold === undefined ? [] : [confirm(hold, stamp)]
      default:
        return hold === undefined ? [] : [cancel(hold, stamp)]
    }
  })
}

/**
 * Whatever is held meanwhile, in the end it is as if the end of each reservation had been known: what was confirmed was spent when it
 * was asked for, and what was cancelled or timed out was never held.
 */
export const endsAsIfKnown = fc.property(policies, steps, (refunds, history) => {
  const timeline = timelineOf(program({ refunds, assets: [points()], onOrder: [earning(), earning({ id: 'more' })] }))
  const lived = answered(timeline, told(history))
  const isGranted = (event: MemberEvent) => 'answer' in event && event.answer?.granted === true
  const spent = new Map(
    lived.flatMap((event) =>
      event.type === 'redemption.confirm' && isGranted(event) ? [[event.redemption, event] as const] : [],
    ),
  )
  const known = lived.flatMap((event): MemberEvent[] => {
    switch (event.type) {
      case 'redemption.reserve': {
        const confirmed = spent.get(event.redemption)
        return confirmed === undefined ? [] : [event, { ...confirmed, stamp: event.stamp }]
      }
      case 'redemption.confirm':
      case 'redemption.cancel':
        return []
      default:
        return [event]
    }
  })
  const over = tick(minute(24 * 60))
  expect(endOf(timeline, [...lived, over])).toEqual(endOf(timeline, [...known, over]))
})

/** What the member has and owes, what the program bears, and what each order knows of that. */
function endOf(timeline: Timeline, events: readonly MemberEvent[]) {
  const effects: Effect[] = []
  const member = livingThrough(timeline, events, (decision) => effects.push(...decision.effects))
  const waived = Object.values(member.orders).map(({ key, given }) => [
    key,
    ...given.map((each) => waivedNow(member, key, each)),
  ])
  return { ...balanceOf(member), waived, borne: 0 - heldBy('adjusted', effects), given: 0 - heldBy('issued', effects) }
}

const waivedNow = ({ shortfalls = [] }: Member, order: string, { rule, asset, waived }: Given): number =>
  shortfalls.reduce(
    (left, known) =>
      known.of === `order:${order}` && known.rule === rule && known.asset === asset ? left - known.claimed : left,
    waived,
  )
