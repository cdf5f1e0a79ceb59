import { no, refuse } from '../answer.ts'
import { type Draft, emit } from '../draft.ts'
import { awayOf } from '../member.ts'
import type { OrderKey } from '../orders/content.ts'
import type { Program, Reward } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { Refusal, RefusalCode, RequestAnswer } from '../refusal.ts'
import { isDuring } from '../rules/applies.ts'
import { cartOf, isOff, offBy, offOf, payableOf } from './basket.ts'
import type { VoucherRestoreAsked, VoucherUseAsked } from './events.ts'
import { changeVoucher, voucherOrAnnounced, withUses } from './issue.ts'
import { isGivenBack, returnAtOnce } from './of-order.ts'
import { type UsedVoucher, type Voucher, type VoucherUse, voucherOf } from './voucher.ts'

/** Uses a voucher once, or takes a part of a gift card. What was granted is honoured, whatever the voucher is by now (EVT-2). */
export function useVoucher(draft: Draft, event: VoucherUseAsked): RequestAnswer {
  const answer = event.answer ?? judgeUse(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const voucher = voucherOrAnnounced(draft, event.voucher)
  if (!voucher) return answer
  const { source, id, orderKey: order } = event
  const use: VoucherUse = { id: `${source}/${id}`, order, amount: answer.amount, returned: 0 }
  putUse(draft, voucher, use)
  return answer
}

/** Puts a use down, and notes the voucher on its order. */
function putUse(draft: Draft, voucher: Voucher, use: VoucherUse): void {
  changeVoucher(draft, voucher, withUses(draft, voucher, [...voucher.uses, use]))
  if (use.order === null) return
  const { id, reward } = voucher
  const used: UsedVoucher = { voucher: id, reward, use: use.id, amount: use.amount }
  noteOnOrder(draft, use.order, [...usedAt(draft, use.order), used])
  // What of the order has gone back before comes back at once: a till may use a card after a refund, and a fact may be late.
  const record = draft.member.orders[use.order]
  if (record) returnAtOnce(draft, record, used)
}

/** On the record of an order that has come, else in the state until it comes. */
function noteOnOrder(draft: Draft, order: OrderKey, vouchers: readonly UsedVoucher[]): void {
  const record = draft.member.orders[order]
  if (record) emit(draft, { type: 'order', key: order, record: { ...record, vouchers } })
  else emit(draft, { type: 'used-for', order, vouchers })
}

const usedAt = ({ member }: Draft, order: OrderKey): readonly UsedVoucher[] =>
  member.orders[order]?.vouchers ?? member.usedFor?.find((known) => known.order === order)?.vouchers ?? []

/** Refusals are found in the order of REFUSAL_CODES. */
function judgeUse(draft: Draft, event: VoucherUseAsked): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(draft.member)
  if (away !== null) return no(away)
  const voucher = voucherOf(draft.member, event.voucher)
  if (!voucher) return no('unknown-voucher')
  if (voucher.status !== 'open') return no(endedAs(voucher.status))
  const program = programOf(draft.timeline, voucher.version)
  const { code: currency } = program.currency
  if (voucher.left !== null) return judgePart(draft, program, event, voucher.left)
  const reward = program.rewards.get(voucher.reward)
  if (!reward) throw new Error(`invariant: version ${voucher.version} has no reward ${voucher.reward}`)
  const { kind, during } = reward
  if (kind.type === 'access' && during && !isDuring(during, event.stamp.placeLocal)) return no('not-now')
  const { orderKey } = event
  const record = orderKey === null ? undefined : draft.member.orders[orderKey]
  if (record && isGivenBack(record)) return no('order-ended')
  const beside = orderKey === null ? null : besideOthers(program, reward, usedAt(draft, orderKey))
  if (beside) return no(beside)
  const worth = worthOfUse(draft, program, reward, event)
  return typeof worth === 'number'
    ? { granted: true, asset: currency, amount: worth }
    : { granted: false, refusal: worth }
}

/** A gift card pays what is asked of it, else the whole basket, as far as it holds that. */
function judgePart(draft: Draft, program: Program, { amount, basket }: VoucherUseAsked, left: number): RequestAnswer {
  const payable =
    basket === null ? left : Math.min(left, payableOf(cartOf(program, draft.member, basket, draft.effective)))
  const asked = amount ?? payable
  if (asked > left) return no('short', asked - left)
  return asked === 0 ? no('nothing-left') : { granted: true, asset: program.currency.code, amount: asked }
}

/** Whether it goes with what was used for the same order already: one of a reward, and several only if each allows it. */
function besideOthers(program: Program, reward: Reward, used: readonly UsedVoucher[]): RefusalCode | null {
  if (used.some((other) => other.reward === reward.id)) return 'one-per-order'
  const others = used
    .map((other) => program.rewards.get(other.reward))
    .filter((other) => other?.kind.type !== 'gift-card')
  return others.length === 0 || (reward.together && others.every((other) => other?.together)) ? null : 'not-together'
}

/** Minor units that it takes off; 0 for what is handed over. Without a basket only what asks nothing of one. */
function worthOfUse(draft: Draft, program: Program, reward: Reward, event: VoucherUseAsked): number | Refusal {
  const { kind, basket } = reward
  if (event.basket !== null) {
    const off = offBy(kind, basket, cartOf(program, draft.member, event.basket, draft.effective))
    return isOff(off) ? offOf(off) : off
  }
  if (basket !== null || kind.type === 'percent-off') return { code: 'basket-missing', shortBy: null }
  return kind.type === 'money-off' ? kind.minor : 0
}

export function endedAs(status: Exclude<Voucher['status'], 'open'>): RefusalCode {
  switch (status) {
    case 'used':
      return 'already-used'
    case 'returned':
      return 'already-returned'
    case 'given':
      return 'already-given'
    case 'expired':
      return 'expired'
    case 'revoked':
      return 'revoked'
  }
}

/** The use came to nothing: what it took is there again, and its order has nothing of it. */
export function restoreVoucher(draft: Draft, event: VoucherRestoreAsked): RequestAnswer {
  const answer = event.answer ?? judgeRestore(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const voucher = voucherOrAnnounced(draft, event.voucher)
  const use = voucher?.uses.find(({ id }) => id === event.use)
  if (!voucher || !use) return answer
  const uses = voucher.uses.filter((known) => known !== use)
  changeVoucher(draft, voucher, withUses(draft, voucher, uses))
  if (use.order !== null) {
    noteOnOrder(
      draft,
      use.order,
      usedAt(draft, use.order).filter((known) => known.use !== use.id),
    )
  }
  return answer
}

function judgeRestore(draft: Draft, event: VoucherRestoreAsked): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const voucher = voucherOf(draft.member, event.voucher)
  if (!voucher) return no('unknown-voucher')
  if (voucher.status !== 'open' && voucher.status !== 'used') return no(endedAs(voucher.status))
  const use = voucher.uses.find(({ id }) => id === event.use)
  if (!use || use.order !== event.orderKey) return no('unknown-use')
  const { code } = programOf(draft.timeline, voucher.version).currency
  return { granted: true, asset: code, amount: use.amount - use.returned }
}

/** The one that is open, for what needs an unused one. */
export function unusedVoucher(draft: Draft, id: string): Voucher | RefusalCode {
  const voucher = voucherOf(draft.member, id)
  if (!voucher) return 'unknown-voucher'
  if (voucher.status !== 'open') return endedAs(voucher.status)
  return voucher.uses.length > 0 ? 'already-used' : voucher
}
