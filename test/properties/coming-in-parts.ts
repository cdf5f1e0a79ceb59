import type { DeliveredLine, MemberEvent, OrderDelivered } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type CaseLimits, cases } from './cases.ts'
import { livingThrough } from './living.ts'
import { after } from './undoing.ts'

/** What draws orders that come in parts, and points that wait for them. */
export const comingInParts = { often: 'order-in-parts', waits: true } as const satisfies Partial<CaseLimits>

/** An order whose parcels come all in one moment, in any number and order, stands as one that came at once, also for what follows. */
export const anyParcelsAreOne = (most: number) =>
  fc.property(
    cases({ most, ...comingInParts }),
    fc.nat(20),
    fc.array(fc.record({ at: fc.nat(), items: fc.option(fc.nat(3)) }), { maxLength: 5 }),
    fc.boolean(),
    ({ timeline, events: all }, which, drawn, isRestUnnamed) => {
      const order = all.flatMap((event) => (event.type === 'order.paid' ? [event] : [])).at(-1 - (which % 3))
      if (order === undefined) return
      const events = all.filter((event) => event.type !== 'order.delivered' || event.order !== order.order)
      const known = livingThrough(timeline, events).orders[`shop/${order.order}`]?.content.lines ?? []
      const stamp = after(timeline, events)
      const delivered = (n: number, lines?: readonly DeliveredLine[]): OrderDelivered => ({
        ...{
          type: 'order.delivered',
          source: 'shop',
          id: `z-${n}`,
          stamp,
          order: order.order,
          ...(lines && { lines }),
        },
      })
      const parcels = drawn.flatMap(({ at, items }, n) => {
        const line = known[at % Math.max(1, known.length)]?.id
        return line === undefined ? [] : [delivered(n, [{ line, quantity: items === null ? null : items + 1 }])]
      })
      const rest = isRestUnnamed ? undefined : known.map(({ id }) => ({ line: id, quantity: null }))
      const back: MemberEvent = {
        ...{
          type: 'refund.made',
          source: 'shop',
          id: 'zz',
          stamp,
          order: order.order,
          by: 'shop',
          lines: [],
          amount: 900,
        },
      }
      const ends = (deliveries: readonly MemberEvent[]) => {
        const { assets, pending, ladders } = livingThrough(timeline, [...events, ...deliveries])
        return { assets, pending, levels: ladders.map(({ level }) => level) }
      }
      expect(ends([...parcels, delivered(9, rest)])).toEqual(ends([delivered(9)]))
      expect(ends([...parcels, delivered(9, rest), back])).toEqual(ends([delivered(9), back]))
    },
  )
