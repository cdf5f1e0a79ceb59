import { kindOf, type MemberEvent, type Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { versionJudging } from '../auditor/versions.ts'
import { askOrAct, burn, orderWithVouchers } from './asking.ts'
import { basket, chosen, contentOf, editOf, otherOf } from './basket.ts'
import { activityNames, channels, places } from './conditions.ts'
import { cardUsedAndBack } from './gift-cards.ts'
import { lastMomentOf } from './offers.ts'
import { orderInParts } from './parcels.ts'
import type { Scale } from './scale.ts'
import { localOf, stampAt, zonedInstant } from './stamp.ts'
import { kinds, recent, type Shared, type Step, type StepKind, type Told } from './told.ts'

/** Random histories of one member. */

const step = (scale: Scale): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
    gap: fc.integer({ min: 0, max: scale.gapsMs.length - 1 }),
    edge: fc.constantFrom('none', 'none', 'none', 'none', 'last', 'first'),
    lagMs: fc.constantFrom(0, 0, 0, 0, 86_400_000, 4 * 86_400_000),
    pick: fc.integer({ min: 0, max: 11 }),
    other: fc.integer({ min: 0, max: 11 }),
    share: fc.integer({ min: 1, max: 12 }),
    basket,
    flag: fc.boolean(),
  })

export const steps = (scale: Scale, most: number, least = 1): fc.Arbitrary<readonly Step[]> =>
  fc
    .tuple(
      // Who was sent says so first, and a membership is had by some from the start.
      fc.constantFrom<readonly StepKind[]>([], [], [], ['claim'], ['claim', 'bill'], ['bill']),
      fc.array(step(scale), { minLength: least, maxLength: most, size: 'max' }),
    )
    .map(([first, all]) => all.map((each, i) => ({ ...each, kind: first[i] ?? each.kind })))

// ---- telling -----------------------------------------------------------------------------------------------------------

/** Events in tidy order of time (though not of rank: collisions are wanted). Asks carry no answer yet. */
export function tell(timeline: Timeline, scale: Scale, start: number, history: readonly Step[]): MemberEvent[] {
  const begin = Date.parse(scale.startsAt[start % scale.startsAt.length] ?? '')
  const told: Told = {
    timeline,
    events: [],
    at: begin,
    orders: [],
    refunds: [],
    disputes: [],
    redemptions: [],
    vouchers: [],
    uses: [],
    spent: new Set(),
    receipts: [],
    presence: { joined: false, frozen: false, left: false, erased: false },
    count: 0,
  }
  for (const each of history) {
    told.at = momentOf(told, scale, each)
    told.count += 1
    // Nothing happens to whoever is erased: the recorder sees to that (LED-9). Time does not stop.
    if (told.presence.erased && each.kind !== 'tick') continue
    told.events.push(...eventsOf(told, scale, each).map((event) => recordedAfter(timeline, event, each.lagMs)))
  }
  return told.events
}

/** Requests and acts are judged as they come. */
function recordedAfter(timeline: Timeline, event: MemberEvent, lagMs: number): MemberEvent {
  if (lagMs === 0 || event.type === 'time.passed' || kindOf(event) !== 'fact') return event
  const { at } = event.stamp
  return { ...event, stamp: { ...event.stamp, version: versionJudging(timeline, at, at + lagMs) } }
}

/** A till says what paid before anybody has asked for it. */
function paidAhead(told: Told, each: Step, common: Shared['common'], place: string | null): MemberEvent[] {
  const order = `o${told.count}`
  const content = contentOf(told, each, order, place, `r${told.count}`)
  told.orders.push({ id: order, content, local: common.stamp.local })
  told.at += 1
  const later = stampAt(told.timeline, told.at, place)
  return [{ ...common, type: 'order.paid', ...content }, ...burn(told, each, { ...common, stamp: later })]
}

function momentOf(told: Told, scale: Scale, { gap, edge }: Step): number {
  const at = told.at + (scale.gapsMs[gap] ?? 0)
  if (edge === 'none') return at
  const zone = told.timeline[0]?.program.zone ?? 'UTC'
  const day = Math.floor(localOf(at, zone) / 86_400_000) + 1
  const midnight = zonedInstant(day * 86_400_000, zone)
  return edge === 'first' ? midnight : midnight - 1
}

function eventsOf(told: Told, scale: Scale, each: Step): MemberEvent[] {
  const { kind, pick, other, share, flag } = each
  const n = told.count
  const source = 'shop'
  // Ids whose order is not the order of time: collisions in one instant are settled by them.
  const id = `${(n * 7) % 10}-${kind}-${n}`
  const place = each.basket.place < places.length ? (places[each.basket.place] ?? null) : null
  const stamp = stampAt(told.timeline, told.at, place)
  const atLast = () => stampAt(told.timeline, told.at, place)
  const common = { source, id, stamp }
  const staff = { ...common, source: 'staff', actor: 'staff-1', reason: 'property' }
  const order = recent(told.orders, pick)
  const by = flag ? ('member' as const) : ('shop' as const)
  const refund = { ...common, type: 'refund.made' as const, by, lines: [], amount: 0 }
  const paid = order?.content.lines.reduce((sum, line) => sum + line.total, 0) ?? 0
  switch (kind) {
    case 'order': {
      const content = contentOf(told, each, `o${n}`, place)
      told.orders.push({ id: `o${n}`, content, local: stamp.local })
      return [{ ...common, type: 'order.paid', ...content }]
    }
    case 'order-at-the-end': {
      told.at = Math.max(told.at, lastMomentOf(told.timeline, told.receipts, other === 0) ?? told.at)
      const content = contentOf(told, each, `o${n}`, place)
      told.orders.push({ id: `o${n}`, content, local: atLast().local })
      return [{ ...common, stamp: atLast(), type: 'order.paid', ...content }]
    }
    case 'order-for-points': {
      if (other % 4 === 3) return paidAhead(told, each, common, place)
      const burnt = burn(told, each, common)
      // A reservation ranks after orders of its own millisecond (TIME-3).
      told.at += 1
      const content = contentOf(told, each, `o${n}`, place, `r${n}`)
      told.orders.push({ id: `o${n}`, content, local: stamp.local })
      return [...burnt, { ...common, stamp: atLast(), type: 'order.paid', ...content }]
    }
    case 'order-while-held': {
      const [held] = burn(told, each, common, flag ? 60_000 : 3 * 86_400_000)
      told.at += 1
      const content = contentOf(told, each, `o${n}`, place, `r${n}`)
      told.orders.push({ id: `o${n}`, content, local: stamp.local })
      const bought: MemberEvent = { ...common, stamp: atLast(), type: 'order.paid', ...content }
      return held === undefined ? [] : [held, bought]
    }
    case 'spend':
      return burn(told, each, common)
    case 'order-with-vouchers':
      return orderWithVouchers(told, each, { common, staff, order: order ?? null }, place)
    case 'order-again':
      return order === undefined ? [] : [{ ...common, type: 'order.paid', ...order.content }]
    case 'placed':
      return [{ ...common, type: 'order.placed', ...contentOf(told, each, order?.id ?? `o${n + 1}`, place) }]
    case 'edit':
      return order === undefined ? [] : [{ ...common, type: 'order.edited', ...editOf(order.content, each) }]
    case 'edit-early':
      return [{ ...common, type: 'order.edited', ...contentOf(told, each, `o${n + (other % 3)}`, place) }]
    case 'deliver':
      return [{ ...common, type: 'order.delivered', order: order?.id ?? `o${n + 1}` }]
    case 'card-used-and-back':
      return cardUsedAndBack(told, each, common, place)
    case 'order-in-parts':
      return orderInParts(told, each, common, place)
    case 'cancel':
      return [{ ...common, type: 'order.cancelled', order: order?.id ?? `o${n + 1}`, by }]
    case 'refund':
      told.refunds.push({ id, order: order?.id ?? '' })
      return order === undefined ? [] : [{ ...refund, order: order.id, amount: Math.ceil((paid * share) / 12) }]
    case 'refund-all':
      told.refunds.push({ id, order: order?.id ?? '' })
      return order === undefined
        ? []
        : [
            {
              ...refund,
              order: order.id,
              lines: order.content.lines.map((line) => ({ line: line.id, quantity: line.quantity, amount: null })),
            },
          ]
    case 'refund-line':
    case 'refund-line-amount': {
      const line = order === undefined ? undefined : chosen(order.content.lines, other)
      if (order === undefined || line === undefined) return []
      told.refunds.push({ id, order: order.id })
      const byAmount = kind === 'refund-line-amount'
      const quantity = byAmount && flag ? null : Math.min(line.quantity, 1 + (share % 3))
      const amount = byAmount ? Math.floor((line.total * share) / 12) : null
      // Now and then of a line that the order never had.
      const named = pick === 11 && other < 4 ? 'elsewhere' : line.id
      return [{ ...refund, order: order.id, lines: [{ line: named, quantity, amount }] }]
    }
    case 'refund-other': {
      if (order === undefined) return []
      told.refunds.push({ id, order: order.id })
      const amount = share % 4 === 0 ? Math.ceil(paid / 5) : 0
      return [{ ...refund, order: order.id, amount, other: otherOf(order.content, each) }]
    }
    case 'refund-too-much':
      return order === undefined ? [] : [{ ...refund, order: order.id, amount: paid + 100 * share }]
    case 'refund-early':
      told.refunds.push({ id, order: `o${n + 1 + (other % 2)}` })
      return [{ ...refund, order: `o${n + 1 + (other % 2)}`, amount: 500 * share }]
    case 'refund-nameless':
      told.refunds.push({ id, order: null })
      return [{ ...refund, order: null, amount: 100 * share }]
    case 'refund-fails': {
      const failed = recent(told.refunds, pick)
      return failed === undefined ? [] : [{ ...common, type: 'refund.failed', order: failed.order, refund: failed.id }]
    }
    case 'dispute':
      if (order === undefined) return []
      told.disputes.push({ id: `d${n}`, order: order.id, event: id })
      return [
        {
          ...common,
          type: 'payment.disputed',
          order: order.id,
          dispute: `d${n}`,
          status: 'opened',
          amount: Math.ceil((paid * share) / 12),
        },
      ]
    case 'dispute-won': {
      const won = recent(told.disputes, pick)
      if (won === undefined) return []
      return [{ ...common, type: 'payment.disputed', order: won.order, dispute: won.id, status: 'won', amount: 0 }]
    }
    case 'activity': {
      const name = chosen(activityNames, pick) ?? ''
      const channel = chosen(channels, other) ?? null
      return [{ ...common, type: 'activity', name, place, channel, facts: { words: 10 * share } }]
    }
    default:
      return askOrAct(told, scale, each, { common, staff, order: order ?? null })
  }
}
