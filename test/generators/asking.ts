import type { MemberEvent, TimePassed } from '@laurel/engine'
import { chosen, contentOf, editOf, euroRate, otherOf } from './basket.ts'
import { memberTags, segments } from './conditions.ts'
import { footingTold } from './endings.ts'
import { giftBack, giftFrom, sendGift } from './gifts.ts'
import { comeOrGo } from './leaving.ts'
import { actOnLots, orderAndItsLots } from './lots.ts'
import { sendOrSee } from './offers.ts'
import { billed } from './plans.ts'
import { claimReferral, hearOfFriend, lookAtReferral } from './referrals.ts'
import { askOfVoucher, awardedNames, rewardNames } from './rewards.ts'
import type { Scale } from './scale.ts'
import { localOf, stampAt } from './stamp.ts'
import { recent, type Shared, type Step, type Told } from './told.ts'

/** Requests, acts of staff, vouchers, and comings and goings. */

/** Points are reserved and taken at once. */
export function burn(told: Told, { share }: Step, common: Shared['common'], lasts = 60_000): MemberEvent[] {
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
export function orderWithVouchers(told: Told, each: Step, shared: Shared, place: string | null): MemberEvent[] {
  const { common } = shared
  const order = `o${told.count}`
  const events: MemberEvent[] = []
  for (const nth of each.share > 7 ? ['', '-2'] : ['']) {
    if (each.flag || nth !== '') events.push(...redeem(told, each, shared, nth))
    events.push(...useVoucher(told, each, shared, order, nth))
  }
  told.at += 1
  const stamp = stampAt(told.timeline, told.at, place)
  const content = contentOf(told, each, order, place)
  told.orders.push({ id: order, content, local: stamp.local })
  const bought: MemberEvent = { ...common, stamp, type: 'order.paid', ...content }
  if (each.pick % 4 !== 0) return [...events, bought]
  // And comes to nothing at once.
  told.at += 1
  const gone = stampAt(told.timeline, told.at)
  return [
    ...events,
    bought,
    { ...common, id: `${common.id}-x`, stamp: gone, type: 'order.cancelled', order, by: 'shop' },
  ]
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
export function askOrAct(told: Told, scale: Scale, each: Step, { common, staff, order }: Shared): MemberEvent[] {
  const { kind, pick, other, share, flag } = each
  const n = told.count
  const zone = told.timeline[0]?.program.zone ?? 'UTC'
  const day = Math.floor(common.stamp.local / 86_400_000)
  switch (kind) {
    case 'reserve': {
      // Sometimes under a name that is taken.
      const redemption = flag && share === 1 ? (recent(told.redemptions, pick) ?? `r${n}`) : `r${n}`
      told.redemptions.push(redemption)
      const lasts = chosen([1, 60_000, 86_400_000, 2 * 86_400_000, 4 * 86_400_000], other) ?? 1
      const at = told.at + lasts
      const reward = chosen(['any', 'any', 'any', 'any', 'treat', 'gift', 'nothing'], pick) ?? 'any'
      const points =
        reward === 'any' ? (share === 12 ? 65 : share === 11 ? 7 : share * 5 - (flag ? 0 : 5)) : share === 12 ? 5 : null
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
    case 'bill':
      return billed(each, common)
    case 'claim':
      return [claimReferral(each, common)]
    case 'look-at-referral':
      return [lookAtReferral(each, staff)]
    case 'friend-told':
      return [hearOfFriend(each, common, n)]
    case 'give-points':
      return [sendGift(each, common)]
    case 'gift-from':
      return [giftFrom(each, common)]
    case 'gift-back':
      return [giftBack(each, common)]
    case 'adjust':
      return [
        { ...staff, type: 'points.adjusted', asset: 'points', amount: flag ? share * 5 : -share * 3, answer: null },
      ]
    case 'extend':
    case 'reinstate':
      return actOnLots(told, each, { common, staff, order })
    case 'order-and-its-lots':
      return orderAndItsLots(told, each, { common, staff, order })
    case 'override': {
      const level = chosen(['silver', 'gold', 'member', null], pick) ?? null
      return [{ ...staff, type: 'tier.overridden', ladder: 'one', level, endsOn: flag ? day + share - 2 : null }]
    }
    case 'accept': {
      // A refund, often the last one, and now and then a dispute.
      const dispute = share === 1 ? recent(told.disputes, pick) : undefined
      const accepted = dispute?.event ?? recent(told.refunds, other)?.id ?? `queued-${n}`
      // What waited was now and then an edit (REF-7).
      const edited = order !== null && other % 4 === 1 ? { edited: editOf(order.content, each) } : null
      return [
        {
          ...staff,
          type: 'refund.accepted',
          refund: `shop/${accepted}`,
          name: dispute === undefined ? `shop/${accepted}` : `dispute/shop/${dispute.id}`,
          waited: pick % 2 === 0,
          orderKey: order === null || (flag && edited === null) ? null : `shop/${order.id}`,
          amount: 100 * share,
          ...edited,
          ...(pick % 3 === 0 ? { foreign: { currency: 'EUR', rate: euroRate } } : null),
          ...(order !== null && other % 3 === 0 ? { other: otherOf(order.content, each) } : null),
        },
      ]
    }
    case 'waive-debt':
      return order === null
        ? []
        : [
            {
              ...staff,
              type: 'debt.waived',
              because: `shop/${recent(told.refunds, other)?.id ?? 'late'}`,
              orderKey: `shop/${order.id}`,
              asset: flag ? 'points' : 'status',
              amount: share * 5,
            },
          ]
    case 'change':
      return [
        {
          ...common,
          type: 'member.changed',
          segments: flag ? segments.slice(0, pick % 3) : null,
          tags: flag && other > 5 ? null : memberTags.slice(0, other % 2),
          ...footingTold(pick, other),
        },
      ]
    case 'send-offer':
    case 'see-offer':
      return sendOrSee(told.receipts, each, common)
    case 'tick':
      return [{ type: 'time.passed', stamp: common.stamp } satisfies TimePassed]
    case 'offer-and-back': {
      // What completed an offer comes back while its window runs.
      const sent = sendOrSee(told.receipts, { ...each, kind: 'send-offer' }, common)
      const seen = { ...common, id: `${common.id}-s`, type: 'offer.seen', offer: 'come-back', receipt: null } as const
      return [...sent, seen, ...orderAndBack(told, each, 60_000)]
    }
    case 'order-and-some-back':
      return orderAndBack(told, { ...each, share: 1 + (share % 5) }, 60_000)
    case 'owe-and-repay':
      return oweAndRepay(told, each, common, staff)
    case 'order-lapsed':
      // What an order gave has lapsed, or its window is over, when its money comes back.
      return orderAndBack(told, each, (scale.name === 'days' ? 2 + (other % 3) : 31 + 12 * other) * 86_400_000)
    case 'leave-and-back': {
      // What is waiting when its member leaves is asked back from where it went.
      const bought = orderAndBack(told, each, 3 * 86_400_000)
      const gone = comeOrGo(
        told.presence,
        { ...each, kind: 'leave' },
        { ...common, stamp: bought[0]?.stamp ?? common.stamp },
        staff,
      )
      return [...bought, ...gone]
    }
    case 'leave': {
      const gone = comeOrGo(told.presence, each, common, staff)
      return order === null || other < 5 ? gone : [...gone, ...refundLater(told, each, order)]
    }
    default:
      return comeOrGo(told.presence, each, common, staff)
  }
}

/**
 * What an order gave is spent to the last five points, its money comes back, and staff give some of what is owed then. Now and then
 * some of it was only held, and that ends afterwards.
 */
function oweAndRepay(told: Told, each: Step, common: Shared['common'], staff: Shared['staff']): MemberEvent[] {
  const [bought, back] = orderAndBack(told, each, 10)
  const isHeld = (nth: number) => each.other % 2 === 1 && nth % 2 === each.pick % 2
  const spent = [60, 30, 15, 10, 5].flatMap((points, nth): MemberEvent[] => {
    const redemption = `r${told.count}-${nth}`
    told.redemptions.push(redemption)
    const stamp = stampAt(told.timeline, told.at - 9 + nth)
    const until = { at: stamp.at + 60_000, local: stamp.local + 60_000 }
    const asked = { ...common, stamp, id: `${common.id}-${nth}`, redemption, answer: null }
    const held = { ...asked, type: 'redemption.reserve', reward: 'any', points, until } as const
    if (isHeld(nth)) return [held]
    return [held, { ...asked, id: `${asked.id}-c`, type: 'redemption.confirm' }]
  })
  const stamp = stampAt(told.timeline, told.at + 1)
  told.at += 1
  const given = { ...staff, stamp, type: 'points.adjusted', asset: 'points', amount: 25, answer: null } as const
  told.at += 1
  const later = { ...common, stamp: stampAt(told.timeline, told.at), answer: null }
  const ended = spent.flatMap((event): MemberEvent[] => {
    if (event.type !== 'redemption.reserve' || !isHeld(Number(event.redemption.split('-')[1]))) return []
    const { id, redemption } = event
    return [{ ...later, id: `${id}-e`, redemption, type: each.flag ? 'redemption.cancel' : 'redemption.confirm' }]
  })
  return [bought, ...spent, back, given, ...ended].filter((event) => event !== undefined)
}

/** An order, and all or most of its money back some time later. */
function orderAndBack(told: Told, each: Step, later: number): MemberEvent[] {
  const id = `o${told.count}`
  const content = contentOf(told, each, id, null)
  const bought = stampAt(told.timeline, told.at + 1)
  told.at += 1 + later
  told.orders.push({ id, content, local: bought.local })
  const paid = content.lines.reduce((sum, line) => sum + line.total, 0)
  const name = `back-${told.count}`
  told.refunds.push({ id: name, order: id })
  const by = each.flag ? ('member' as const) : ('shop' as const)
  const amount = each.share > 6 ? paid : Math.ceil((paid * (6 + each.share)) / 12)
  return [
    { source: 'shop', id: `paid-${told.count}`, stamp: bought, type: 'order.paid', ...content },
    {
      source: 'shop',
      id: name,
      stamp: stampAt(told.timeline, told.at),
      type: 'refund.made',
      order: id,
      by,
      lines: [],
      amount,
    },
  ]
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
