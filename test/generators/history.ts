import type { MemberEvent, OrderContent, Stamp, Timeline, TimePassed } from '@laurel/engine'
import fc from 'fast-check'
import { type Basket, basket, chosen, contentOf, editOf, euroRate, otherOf } from './basket.ts'
import { activityNames, channels, memberTags, places, segments } from './conditions.ts'
import { comeOrGo, type Presence } from './membership.ts'
import { lastMomentOf, type SentOffer, sendOrSee } from './offers.ts'
import { askOfVoucher, awardedNames, rewardNames } from './rewards.ts'
import type { Scale } from './scale.ts'
import { instantOf, localOf, stampAt } from './stamp.ts'

/**
 * Random histories of one member. A step says what happens and which of the things known by then it happens to; the events are
 * made of it when the history is told. So a shrunk history is still one that makes sense.
 */
export interface Step {
  readonly kind: StepKind
  /** Which pause precedes it, and whether it is moved to the edge of a day. */
  readonly gap: number
  readonly edge: 'none' | 'last' | 'first'
  /** Choices, each read by whoever needs one. */
  readonly pick: number
  readonly other: number
  readonly share: number
  readonly basket: Basket
  readonly flag: boolean
}

const kinds = [
  ['order', 10],
  ['order-for-points', 5],
  ['order-while-held', 3],
  ['spend', 3],
  ['order-again', 1],
  ['placed', 1],
  ['edit', 2],
  ['edit-early', 1],
  ['deliver', 2],
  ['cancel', 2],
  ['refund', 7],
  ['refund-all', 3],
  ['refund-line', 3],
  ['refund-line-amount', 3],
  ['refund-other', 4],
  ['refund-too-much', 1],
  ['refund-early', 1],
  ['refund-nameless', 1],
  ['refund-fails', 2],
  ['dispute', 1],
  ['dispute-won', 1],
  ['activity', 3],
  ['reserve', 4],
  ['confirm', 4],
  ['cancel-hold', 3],
  ['redeem', 3],
  ['order-with-vouchers', 5],
  ['use', 2],
  ['use-part', 2],
  ['restore', 2],
  ['give-back', 1],
  ['give-away', 1],
  ['revoke', 1],
  ['adjust', 3],
  ['extend', 1],
  ['reinstate', 1],
  ['override', 1],
  ['accept', 2],
  ['join', 1],
  ['change', 2],
  ['freeze', 1],
  ['thaw', 3],
  ['leave', 1],
  ['rejoin', 3],
  ['erase', 1],
  ['send-offer', 6],
  ['see-offer', 3],
  ['order-at-the-end', 4],
  ['tick', 3],
] as const
export type StepKind = (typeof kinds)[number][0]

const step = (scale: Scale): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.oneof(...kinds.map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight }))),
    gap: fc.integer({ min: 0, max: scale.gapsMs.length - 1 }),
    edge: fc.constantFrom('none', 'none', 'none', 'none', 'last', 'first'),
    pick: fc.integer({ min: 0, max: 11 }),
    other: fc.integer({ min: 0, max: 11 }),
    share: fc.integer({ min: 1, max: 12 }),
    basket,
    flag: fc.boolean(),
  })

export const steps = (scale: Scale, most: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(step(scale), { minLength: 1, maxLength: most, size: 'max' })

// ---- telling -----------------------------------------------------------------------------------------------------------

interface Told {
  readonly timeline: Timeline
  readonly events: MemberEvent[]
  at: number
  readonly orders: { readonly id: string; readonly content: OrderContent; readonly local: number }[]
  readonly refunds: { readonly id: string; readonly order: string | null }[]
  /** `event` is the id of the event that opened it. */
  readonly disputes: { readonly id: string; readonly order: string; readonly event: string }[]
  readonly redemptions: string[]
  /** Redemptions that may have brought a voucher, and uses of vouchers. */
  readonly vouchers: string[]
  readonly uses: { readonly voucher: string; readonly use: string; readonly orderKey: string | null }[]
  /** Those that paid for an order; a redemption pays for one. */
  readonly spent: Set<string>
  /** Names of offers that came. */
  readonly receipts: SentOffer[]
  readonly presence: Presence
  count: number
}

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
    told.events.push(...eventsOf(told, scale, each))
  }
  return told.events
}

function momentOf(told: Told, scale: Scale, { gap, edge }: Step): number {
  const at = told.at + (scale.gapsMs[gap] ?? 0)
  if (edge === 'none') return at
  const zone = told.timeline[0]?.program.zone ?? 'UTC'
  const day = Math.floor(localOf(at, zone) / 86_400_000) + 1
  const midnight = instantOf(day * 86_400_000, zone)
  return edge === 'first' ? midnight : midnight - 1
}

/** One of the last three, mostly: what has just happened is what gets undone. */
const recent = <T>(items: readonly T[], pick: number): T | undefined =>
  pick === 11 ? items[0] : items.at(-1 - (pick % Math.min(items.length, 3)))

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
      return [{ ...refund, order: order.id, lines: [{ line: line.id, quantity, amount }] }]
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

interface Shared {
  readonly common: { readonly source: string; readonly id: string; readonly stamp: Stamp }
  readonly staff: {
    readonly source: string
    readonly id: string
    readonly stamp: Stamp
    readonly actor: string
    readonly reason: string
  }
  readonly order: Told['orders'][number] | null
}

/** Points are reserved and taken at once. */
function burn(told: Told, { share }: Step, common: Shared['common'], lasts = 60_000): MemberEvent[] {
  const redemption = `r${told.count}`
  told.redemptions.push(redemption)
  const until = { at: told.at + lasts, local: localOf(told.at + lasts, told.timeline[0]?.program.zone ?? 'UTC') }
  const points = 5 + 5 * (share % 4)
  return [
    {
      ...common,
      id: `${common.id}-r`,
      type: 'redemption.reserve',
      redemption,
      reward: 'any',
      points,
      until,
      answer: null,
    },
    { ...common, id: `${common.id}-c`, type: 'redemption.confirm', redemption, answer: null },
  ]
}

/** A reward is bought at once, mostly by somebody who can afford it. */
function redeem(told: Told, { pick, share }: Step, { common, staff }: Shared, nth = ''): MemberEvent[] {
  const redemption = `r${told.count}${nth}`
  told.redemptions.push(redemption)
  told.vouchers.push(redemption)
  const until = { at: told.at + 60_000, local: localOf(told.at + 60_000, told.timeline[0]?.program.zone ?? 'UTC') }
  const reward = share === 12 ? 'treat' : (chosen(rewardNames, nth === '' ? pick : share) ?? '')
  const asked = { type: 'redemption.reserve', redemption, reward, points: null, until, answer: null } as const
  const gift = { type: 'points.adjusted', asset: 'points', amount: 25, answer: null } as const
  return [
    ...(share % 3 === 0 ? [] : [{ ...staff, id: `${common.id}-g${nth}`, ...gift }]),
    { ...common, id: `${common.id}-r${nth}`, ...asked },
    { ...common, id: `${common.id}-c${nth}`, type: 'redemption.confirm', redemption, answer: null },
  ]
}

/** Sometimes two, each bought for it, one after the other. */
function orderWithVouchers(told: Told, each: Step, shared: Shared, place: string | null): MemberEvent[] {
  const { common } = shared
  const order = `o${told.count}`
  const events: MemberEvent[] = []
  for (const nth of each.share > 7 ? ['', '2'] : ['']) {
    if (each.flag || nth !== '') events.push(...redeem(told, each, shared, nth))
    events.push(...useVoucher(told, each, shared, order, nth))
  }
  told.at += 1
  const stamp = stampAt(told.timeline, told.at, place)
  const content = contentOf(told, each, order, place)
  told.orders.push({ id: order, content, local: stamp.local })
  return [...events, { ...common, stamp, type: 'order.paid', ...content }]
}

/** For an order or at a counter; mostly with the basket that it goes with. */
function useVoucher(told: Told, each: Step, { common, staff }: Shared, order: string | null, nth = ''): MemberEvent[] {
  const { kind, pick, other, share } = each
  const voucher = nth === '' ? voucherOf(told, each) : `r${told.count}${nth}`
  const id = `${common.id}-u${nth}`
  told.uses.push({ voucher, use: `${common.source}/${id}`, orderKey: order === null ? null : `shop/${order}` })
  const basket =
    share % 4 === 0 ? null : contentOf({ redemptions: [], spent: new Set() }, each, order ?? 'basket', null)
  const asked = { voucher, uses: told.uses, order, basket, share, pick }
  const isPart = kind === 'use-part' || (kind === 'order-with-vouchers' && other > 5)
  return [askOfVoucher(isPart ? 'use-part' : 'use', asked, { ...common, id }, staff)]
}

const voucherOf = (told: Told, { kind, pick, other }: Step): string =>
  (pick > (kind === 'give-back' ? 7 : 9) ? chosen(awardedNames, other) : recent(told.vouchers, pick)) ?? 'none'

/** Who asks about vouchers has bought one by then. */
const firstVoucher = (told: Told, each: Step, shared: Shared): MemberEvent[] =>
  told.vouchers.length > 0 ? [] : redeem(told, each, shared)

/** Requests, acts of staff and the rest: what the first half does not know. */
function askOrAct(told: Told, scale: Scale, each: Step, { common, staff, order }: Shared): MemberEvent[] {
  const { kind, pick, other, share, flag } = each
  const n = told.count
  const zone = told.timeline[0]?.program.zone ?? 'UTC'
  const day = Math.floor(common.stamp.local / 86_400_000)
  const life = chosen(scale.lives, other)
  const someEnd = (order === null ? day : Math.floor(order.local / 86_400_000)) + (life?.days ?? 0)
  switch (kind) {
    case 'reserve': {
      // Sometimes under a name that is taken.
      const redemption = flag && share === 1 ? (recent(told.redemptions, pick) ?? `r${n}`) : `r${n}`
      told.redemptions.push(redemption)
      const lasts = chosen([1, 60_000, 86_400_000, 2 * 86_400_000, 4 * 86_400_000], other) ?? 1
      const at = told.at + lasts
      const reward = chosen(['any', 'any', 'any', 'any', 'treat', 'gift', 'nothing'], pick) ?? 'any'
      const points = reward === 'any' ? (share === 12 ? 65 : share === 11 ? 7 : share * 5 - (flag ? 0 : 5)) : null
      const until = { at, local: localOf(at, zone) }
      // Now and then next to nothing is left to be paid with them.
      const payable = other === 5 || other === 6 ? share * 4 : null
      return [{ ...common, type: 'redemption.reserve', redemption, reward, points, payable, until, answer: null }]
    }
    case 'confirm': {
      const redemption = recent(told.redemptions, pick) ?? 'r-unknown'
      return [{ ...common, type: 'redemption.confirm', redemption, answer: null }]
    }
    case 'cancel-hold': {
      const redemption = recent(told.redemptions, pick) ?? 'r-unknown'
      const cancelled: MemberEvent = { ...common, type: 'redemption.cancel', redemption, answer: null }
      // The same instant brings a confirmation too late.
      return other < 6
        ? [cancelled, { ...common, id: `${common.id}-c`, type: 'redemption.confirm', redemption, answer: null }]
        : [cancelled]
    }
    case 'redeem':
      return redeem(told, each, { common, staff, order })
    case 'use':
    case 'use-part': {
      // Sometimes for an order that has just come to nothing.
      const over = order !== null && share < 4
      const cancelled = { ...common, type: 'order.cancelled', order: order?.id ?? '', by: 'shop' } as const
      const bought = firstVoucher(told, each, { common, staff, order })
      const used = useVoucher(told, each, { common, staff, order }, other < 6 ? (order?.id ?? null) : null)
      return [...bought, ...(over ? [cancelled] : []), ...used]
    }
    case 'restore':
    case 'give-back':
    case 'give-away':
    case 'revoke': {
      const bought = firstVoucher(told, each, { common, staff, order })
      const asked = { voucher: voucherOf(told, each), uses: told.uses, order: null, basket: null, share, pick }
      return [...bought, askOfVoucher(kind, asked, common, staff)]
    }
    case 'adjust':
      return [
        { ...staff, type: 'points.adjusted', asset: 'points', amount: flag ? share * 5 : -share * 3, answer: null },
      ]
    case 'extend':
      return [{ ...staff, type: 'lots.extended', asset: 'points', lastDay: someEnd, newLastDay: day + share - 1 }]
    case 'reinstate':
      return [
        {
          ...staff,
          type: 'lots.reinstated',
          asset: 'points',
          lastDay: someEnd,
          amount: share * 5,
          newLastDay: day + share - 1,
          answer: null,
        },
      ]
    case 'override': {
      const level = chosen(['silver', 'gold', 'member', null], pick) ?? null
      return [{ ...staff, type: 'tier.overridden', ladder: 'one', level, endsOn: flag ? day + share : null }]
    }
    case 'accept': {
      // A refund, often the last one, and now and then a dispute.
      const dispute = share === 1 ? recent(told.disputes, pick) : undefined
      const accepted = dispute?.event ?? recent(told.refunds, other)?.id ?? `queued-${n}`
      return [
        {
          ...staff,
          type: 'refund.accepted',
          refund: `shop/${accepted}`,
          name: dispute === undefined ? `shop/${accepted}` : `dispute/shop/${dispute.id}`,
          waited: pick % 2 === 0,
          orderKey: flag || order === null ? null : `shop/${order.id}`,
          amount: 100 * share,
          ...(pick % 3 === 0 ? { foreign: { currency: 'EUR', rate: euroRate } } : null),
          ...(order !== null && other % 3 === 0 ? { other: otherOf(order.content, each) } : null),
        },
      ]
    }
    case 'change':
      return [
        {
          ...common,
          type: 'member.changed',
          segments: flag ? segments.slice(0, pick % 3) : null,
          tags: flag && other > 5 ? null : memberTags.slice(0, other % 2),
        },
      ]
    case 'send-offer':
    case 'see-offer':
      return sendOrSee(told.receipts, each, common)
    case 'tick':
      return [{ type: 'time.passed', stamp: common.stamp } satisfies TimePassed]
    case 'leave': {
      const gone = comeOrGo(told.presence, each, common, staff)
      return order === null || other < 5 ? gone : [...gone, ...refundLater(told, each, order)]
    }
    default:
      return comeOrGo(told.presence, each, common, staff)
  }
}

/** What was bought comes back when whoever bought it has gone. */
function refundLater(told: Told, { share, flag }: Step, order: Told['orders'][number]): MemberEvent[] {
  told.at += 2 * 86_400_000
  const id = `later-${told.count}`
  told.refunds.push({ id, order: order.id })
  const paid = order.content.lines.reduce((sum, line) => sum + line.total, 0)
  const by = flag ? 'member' : 'shop'
  const amount = Math.ceil((paid * share) / 12)
  const named = { source: 'shop', id, stamp: stampAt(told.timeline, told.at), order: order.id, by } as const
  return [{ ...named, type: 'refund.made', lines: [], amount }]
}
