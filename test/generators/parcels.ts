import type { Asset, MemberEvent, OrderContent, OrderDelivered, Timeline } from '@laurel/engine'
import { burn } from './asking.ts'
import { chosen, contentOf, editOf } from './basket.ts'
import { stampAt } from './stamp.ts'
import type { Shared, Step, Told } from './told.ts'

/** Orders that come in parts, and what happens to them on the way. */

/** All that members spend waits for the parcel. */
export const awaiting = (timeline: Timeline): Timeline =>
  timeline.map(({ program, ...entry }) => ({
    ...entry,
    program: {
      ...program,
      assets: program.assets.map((asset): Asset => {
        if (asset.kind !== 'spendable' || asset.pending.type === 'event') return asset
        const longest = asset.pending.type === 'period' ? asset.pending.period : { months: 0, days: 9, ms: 0 }
        return { ...asset, pending: { type: 'event', event: 'order.delivered', longest } }
      }),
    },
  }))

type Deed = 'parcel' | 'rest' | 'items back' | 'money back' | 'back after all' | 'edit' | 'spend'

const courses: readonly (readonly Deed[])[] = [
  ['parcel', 'parcel'],
  ['parcel', 'parcel', 'parcel'],
  ['parcel', 'items back', 'parcel'],
  ['parcel', 'items back', 'rest'],
  ['parcel', 'money back', 'money back', 'parcel'],
  ['parcel', 'items back', 'back after all', 'parcel'],
  ['parcel', 'money back', 'back after all', 'rest'],
  ['parcel', 'edit', 'parcel', 'rest'],
  ['items back', 'parcel', 'edit', 'items back'],
  ['parcel', 'spend', 'items back', 'parcel'],
  ['parcel', 'spend', 'money back', 'back after all'],
]

const hour = 3_600_000
const pauses = [0, hour, 13 * hour, 26 * hour]

export function orderInParts(told: Told, each: Step, common: Shared['common'], place: string | null): MemberEvent[] {
  const order = `o${told.count}`
  const content = contentOf(told, each, order, place)
  told.orders.push({ id: order, content, local: common.stamp.local })
  const deeds = chosen(courses, each.other + each.share) ?? []
  const events: MemberEvent[] = [{ ...common, type: 'order.paid', ...content }]
  deeds.forEach((deed, i) => {
    told.at += chosen(pauses, each.share + 3 * i) ?? 0
    const later = { ...common, id: `${common.id}-${i}`, stamp: stampAt(told.timeline, told.at, place) }
    events.push(...done(told, { ...each, other: each.other + i }, { content, deed, later }))
  })
  return events
}

interface Doing {
  readonly content: OrderContent
  readonly deed: Deed
  readonly later: Shared['common']
}

function done(told: Told, each: Step, { content, deed, later }: Doing): MemberEvent[] {
  const { order } = content
  const refund = { ...later, type: 'refund.made', order, by: 'member', lines: [], amount: 0 } as const
  switch (deed) {
    case 'parcel':
      return [{ ...later, type: 'order.delivered', order, lines: parcelOf(content, each) }]
    case 'rest':
      return [{ ...later, type: 'order.delivered', order }]
    case 'items back': {
      const line = chosen(content.lines, each.other)
      if (line === undefined) return []
      told.refunds.push({ id: later.id, order })
      return [{ ...refund, lines: [{ line: line.id, quantity: 1 + (each.share % 2), amount: null }] }]
    }
    case 'money back': {
      told.refunds.push({ id: later.id, order })
      const paid = content.lines.reduce((sum, { total }) => sum + total, 0)
      return [{ ...refund, amount: Math.ceil((paid * each.share) / 30) }]
    }
    case 'back after all': {
      const last = told.refunds.at(-1)
      return last === undefined ? [] : [{ ...later, type: 'refund.failed', order: last.order, refund: last.id }]
    }
    case 'edit':
      return [{ ...later, type: 'order.edited', ...editOf(content, each) }]
    case 'spend':
      return burn(told, each, later)
  }
}

/** Whole lines, some items of some, and now and then one that the order does not have. */
function parcelOf(
  { lines }: OrderContent,
  { other, share, flag }: Pick<Step, 'other' | 'share' | 'flag'>,
): NonNullable<OrderDelivered['lines']> {
  const parts = lines
    .filter((_, i) => (other + i) % 2 === 0)
    .map(({ id, quantity }) => ({ line: id, quantity: flag ? null : Math.min(quantity, 1 + (share % 2)) }))
  return parts.length > 0 ? parts : [{ line: `l${share % 4}`, quantity: 1 }]
}
