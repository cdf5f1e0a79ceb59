import { judgeActivity } from './activities/activity.ts'
import { adjust, changeProfile, overrideTier } from './acts.ts'
import { extendLots, reinstateLots } from './acts-on-lots.ts'
import { giveWon } from './awards/won.ts'
import { countBenefit } from './benefits/use.ts'
import { endCorrection } from './corrections/bear.ts'
import { causedBy, type Draft, emit } from './draft.ts'
import {
  type MemberEvent,
  type MergeReceived,
  orderKeyOf,
  type PoolAsked,
  type PoolTold,
  type RequestAnswer,
  type Stamp,
  type TimePassed,
} from './event.ts'
import { receiveGift, sendGift, takeGiftBack } from './gifts/gift.ts'
import { erase, freeze, leave } from './leaving.ts'
import type { Member, OrderRecord, WaitingEvent } from './member.ts'
import { closeInto, tellUndone } from './merging/close.ts'
import { receiveMerge } from './merging/receive.ts'
import { joinAndKeep, keepYearly } from './occasions/occasion.ts'
import { receiveOffer, seeOffer } from './offers/receive.ts'
import { acceptRefund } from './orders/accept-refund.ts'
import { judgeAfterOrder, orderKeyNamed, queueWithoutOrder, waitForOrder } from './orders/after-order.ts'
import { failRefund, hasFailed } from './orders/fail-refund.ts'
import { refundNameOf } from './orders/noted-refund.ts'
import { judgeOrder } from './orders/order.ts'
import { waiveDebt } from './orders/waive-debt.ts'
import { judgePlan } from './plans/plan.ts'
import { answerByPool, hearOfMember } from './pools/fund.ts'
import { answerAboutPool, hearOfPool } from './pools/share.ts'
import { hearOfFriend } from './referral/advocate.ts'
import { claimReferral, reviewReferral, suspectReferral } from './referral/refer.ts'
import { cancel, confirm, reserve } from './rewards/redemption.ts'
import { callOff } from './seats/call-off.ts'
import { keepSeat } from './seats/keep.ts'
import { comparePositions, positionOf } from './tidy-order.ts'
import { giveVoucher, returnVoucher, revokeVoucher } from './vouchers/return.ts'
import { restoreVoucher, useVoucher } from './vouchers/use.ts'

/**
 * What an event does to its member, one case for each kind. `lastOf` tells a member that has gone into this one as it was last
 * (MRG-1): that takes a replay, which decides event by event and so comes here again.
 */
export function judge(
  draft: Draft,
  event: Exclude<MemberEvent, TimePassed>,
  lastOf: (draft: Draft, event: MergeReceived) => Member,
): RequestAnswer | null {
  switch (event.type) {
    case 'order.placed':
      return null
    case 'order.paid': {
      const key = orderKeyOf(event.source, event.order)
      const known = draft.member.orders[key]
      if (known) judgeAfterOrder(draft, { ...event, type: 'order.edited' }, known)
      else actOnWaiting(draft, judgeOrder(draft, key, event), event.stamp)
      return null
    }
    case 'order.edited':
    case 'order.delivered':
    case 'order.cancelled':
    case 'refund.made':
      afterOrder(draft, event)
      return null
    case 'refund.failed':
      failRefund(draft, event)
      return null
    case 'payment.disputed':
      if (event.status === 'won') failRefund(draft, event)
      else afterOrder(draft, event)
      return null
    case 'activity':
      judgeActivity(draft, event)
      return null
    case 'benefit.used':
      countBenefit(draft, event)
      return null
    case 'offer.sent':
      receiveOffer(draft, event)
      return null
    case 'offer.seen':
      seeOffer(draft, event)
      return null
    case 'member.joined':
      joinAndKeep(draft, event)
      return null
    case 'member.birthday':
    case 'member.anniversary':
      keepYearly(draft, event)
      return null
    case 'membership.started':
    case 'membership.renewed':
    case 'membership.failed':
    case 'membership.cancelled':
      judgePlan(draft, event)
      return null
    case 'member.changed':
      changeProfile(draft, event)
      return null
    case 'member.frozen':
      freeze(draft, event)
      return null
    case 'member.left':
      leave(draft, event)
      return null
    case 'award.won':
      giveWon(draft, event)
      return null
    case 'member.erased':
      erase(draft)
      return null
    case 'redemption.reserve':
      return reserve(draft, event)
    case 'redemption.confirm':
      return confirm(draft, event)
    case 'redemption.cancel':
      return cancel(draft, event)
    case 'seat.offered':
      keepSeat(draft, event)
      return null
    case 'seat.called-off':
      callOff(draft, event)
      return null
    case 'gift.send':
      return sendGift(draft, event)
    case 'gift.received':
      receiveGift(draft, event)
      return null
    case 'gift.returned':
      takeGiftBack(draft, event)
      return null
    case 'member.merged':
      closeInto(draft, event)
      return null
    case 'merge.received':
      receiveMerge(draft, event, lastOf(draft, event))
      // A refund of the one may have waited for an order of the other.
      for (const order of Object.values(draft.member.orders)) actOnWaiting(draft, order, event.stamp)
      return null
    case 'merge.undone':
      tellUndone(draft, event)
      return null
    case 'pool.asked':
      return askAboutPool(draft, event)
    case 'pool.told':
      hear(draft, event)
      return null
    case 'referral.claim':
      return claimReferral(draft, event)
    case 'referral.suspected':
      suspectReferral(draft, event)
      return null
    case 'referral.reviewed':
      reviewReferral(draft, event)
      return null
    case 'referral.qualified':
    case 'referral.reversed':
      hearOfFriend(draft, event)
      return null
    case 'voucher.use':
      return useVoucher(draft, event)
    case 'voucher.restore':
      return restoreVoucher(draft, event)
    case 'voucher.return':
      return returnVoucher(draft, event)
    case 'voucher.give':
      return giveVoucher(draft, event)
    case 'voucher.revoked':
      return revokeVoucher(draft, event)
    case 'points.adjusted':
      return adjust(draft, event)
    case 'lots.extended':
      return extendLots(draft, event)
    case 'lots.reinstated':
      return reinstateLots(draft, event)
    case 'tier.overridden':
      overrideTier(draft, event)
      return null
    case 'refund.accepted':
      acceptRefund(draft, event)
      return null
    case 'debt.waived':
      waiveDebt(draft, event)
      return null
    case 'version.corrected':
      endCorrection(draft, event)
      return null
  }
}

function askAboutPool(draft: Draft, event: PoolAsked): RequestAnswer {
  const { asks } = event
  switch (asks.type) {
    case 'found':
    case 'join':
    case 'spend':
    case 'close':
      return answerByPool(draft, event, asks)
    case 'enter':
    case 'leave':
    case 'put':
      return answerAboutPool(draft, event, asks)
  }
}

function hear(draft: Draft, event: PoolTold): void {
  const { tells } = event
  if (tells.type === 'out' || tells.type === 'short') hearOfPool(draft, event, tells)
  else hearOfMember(draft, event, tells)
}

/** What names an order acts on it, or waits for it (EVT-5). */
function afterOrder(draft: Draft, event: WaitingEvent): void {
  if (event.type !== 'order.delivered' && hasFailed(draft, refundNameOf(event))) return
  const key = orderKeyNamed(event)
  if (key === null) {
    if (event.type === 'refund.made') queueWithoutOrder(draft, event)
    return
  }
  const record = draft.member.orders[key]
  if (record) judgeAfterOrder(draft, event, record)
  else waitForOrder(draft, event)
}

/** What waited for this order acts directly after it, in tidy order, at its own moment or the order's, whichever is later. */
function actOnWaiting(draft: Draft, order: OrderRecord, stamp: Stamp): void {
  const waiting = draft.member.waiting
    .filter((event) => orderKeyNamed(event) === order.key)
    .sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
  for (const event of waiting) {
    emit(draft, { type: 'wait-ended', source: event.source, id: event.id })
    // What the order was before it was paid is over: the payment is the later word.
    if (event.type === 'order.edited' && event.stamp.at < stamp.at) continue
    causedBy(draft, event, event.stamp.at > stamp.at ? event.stamp : stamp)
    const record = draft.member.orders[order.key]
    if (record) judgeAfterOrder(draft, event, record)
  }
}
