import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import type { OrderRecord } from '../member.ts'
import type { OrderKey } from '../orders/content.ts'
import { moneyOf, type OrderMoney, paidBack } from '../orders/money.ts'
import { dayOf, type LocalDay } from '../time/local.ts'
import { withUses } from './issue.ts'
import { type UsedVoucher, type Voucher, voucherOf } from './voucher.ts'

/** What was used for an order before it came: it goes onto its record. */
export function takeUsedFor(draft: Draft, order: OrderKey): readonly UsedVoucher[] {
  const vouchers = draft.member.usedFor?.find((known) => known.order === order)?.vouchers ?? []
  if (vouchers.length > 0) emit(draft, { type: 'used-for', order, vouchers: [] })
  return vouchers
}

/**
 * What a refund does to the vouchers of an order (REF-6): an order that is given back whole never used them, and a gift card
 * gets its part of what the refund pays back, in proportion to how the lines were paid (REF-4).
 */
export function returnVouchers(
  draft: Draft,
  record: OrderRecord,
  was: OrderMoney,
  is: OrderMoney,
  by: 'member' | 'shop',
): void {
  for (const used of record.vouchers ?? []) {
    const voucher = voucherOf(draft.member, used.voucher)
    if (!voucher) continue
    if (voucher.left !== null) payBack(draft, record, voucher, used, is)
    else if (!was.full && is.full) reopen(draft, voucher, used, by)
    else if (was.full && !is.full) useAgain(draft, record, voucher, used)
  }
}

/** Nothing of the order is left. */
export const isGivenBack = ({ content, refunds }: OrderRecord): boolean => moneyOf(content, refunds).full

/** As if the voucher had been used before anything of the order was given back. */
export function returnAtOnce(draft: Draft, record: OrderRecord, used: UsedVoucher): void {
  const voucher = voucherOf(draft.member, used.voucher)
  if (!voucher) return
  const is = moneyOf(record.content, record.refunds)
  if (voucher.left !== null) payBack(draft, record, voucher, used, is)
  else if (is.full) reopen(draft, voucher, used, 'member')
}

function reopen(draft: Draft, voucher: Voucher, used: UsedVoucher, by: 'member' | 'shop'): void {
  if (voucher.status !== 'used' || !voucher.uses.some(({ id }) => id === used.use)) return
  // Its price has come back as a payment of the order: never both.
  if ((draft.member.finished[voucher.id]?.returned ?? 0) > 0) return
  const lastDay = by === 'shop' && isOver(draft, voucher) ? lastDayOfBack(draft, voucher) : voucher.lastDay
  emit(draft, { type: 'voucher', voucher: { ...withUses(draft, voucher, []), lastDay } })
}

/** The refund is undone: the order has used it after all, unless something else has used it up meanwhile. */
function useAgain(draft: Draft, record: OrderRecord, voucher: Voucher, { use, amount }: UsedVoucher): void {
  if (voucher.uses.length > 0 || (voucher.status !== 'open' && voucher.status !== 'expired')) return
  const again = { id: use, order: record.key, amount, returned: 0 }
  emit(draft, { type: 'voucher', voucher: withUses(draft, voucher, [again]) })
}

/** What should be back on the card by now is (AMT-3). */
function payBack(draft: Draft, record: OrderRecord, voucher: Voucher, used: UsedVoucher, is: OrderMoney): void {
  const use = voucher.uses.find(({ id }) => id === used.use)
  if (!use || isTaken(voucher)) return
  const returned = is.full ? use.amount : mulDiv(use.amount, ...storedPart(record, is), 'half-even')
  if (returned === use.returned) return
  const lastDay = returned > use.returned ? lastDayOfBack(draft, voucher) : voucher.lastDay
  const uses = voucher.uses.map((known) => (known === use ? { ...use, returned } : known))
  emit(draft, { type: 'voucher', voucher: { ...withUses(draft, voucher, uses), lastDay } })
}

/** Nothing comes back to what was paid back, given away or taken out of use. */
const isTaken = ({ status }: Voucher): boolean => status === 'returned' || status === 'given' || status === 'revoked'

/** Of what stored value paid, how much has come back so far: numerator and denominator. */
function storedPart({ content }: OrderRecord, is: OrderMoney): [number, number] {
  const paid = content.payments.reduce(
    (sum, payment) => (payment.by === 'gift-card' || payment.by === 'store-credit' ? sum + payment.amount : sum),
    0,
  )
  const back = paidBack(is, 'stored')
  return paid === 0 ? [0, 1] : [back, paid]
}

// What the shop takes back, and money that a member had put onto a card, shall not be gone by the time it comes back (LOT-5).
// A card has one end: it moves for all that is on it, and only ever to a later day.
export const DAYS_GIVEN_BACK = 30

const lastDayOfBack = ({ effective }: Draft, { lastDay }: Voucher): LocalDay | null =>
  lastDay === null ? null : Math.max(lastDay, dayOf(effective) + DAYS_GIVEN_BACK)

const isOver = ({ effective }: Draft, { lastDay }: Voucher): boolean => lastDay !== null && lastDay < dayOf(effective)
