import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { OrderRecord } from '../member.ts'
import { burn, giveBack } from '../points/lots.ts'
import { payeeOf } from '../rewards/fulfil.ts'
import { rewardOf } from '../rewards/redemption.ts'
import { closeVoucher } from '../vouchers/issue.ts'
import { openVoucher } from '../vouchers/voucher.ts'
import { leftOf, type OrderMoney } from './money.ts'

/**
 * Each leg of the payment comes back by how the lines were paid; points go to the lots they came from (REF-4, LOT-5). Where a
 * refund is undone the legs go the other way: amounts are below zero, and the points are burnt again.
 */
export function returnPayment(
  draft: Draft,
  record: OrderRecord,
  was: OrderMoney,
  is: OrderMoney,
  by: 'member' | 'shop',
): void {
  const back = leftOf(was) - leftOf(is)
  const storedValue = paidBack(is, 'stored') - paidBack(was, 'stored')
  const money = back - storedValue - (paidBack(is, 'points') - paidBack(was, 'points'))
  const points = record.content.payments.flatMap((payment) =>
    payment.by === 'points' ? returnPoints(draft, record, payment.redemption, was, is, by) : [],
  )
  // A full refund returns every leg, also one that paid for no line (REF-6).
  if (back === 0 && points.length === 0) return
  emit(draft, { type: 'refunded', order: record.key, money, storedValue, points })
}

/** Posts the difference between what should have come back of a redemption by now and what did. */
function returnPoints(
  draft: Draft,
  record: OrderRecord,
  redemption: string,
  was: OrderMoney,
  is: OrderMoney,
  by: 'member' | 'shop',
): { asset: string; amount: number }[] {
  const hold = draft.member.finished[redemption]
  if (hold?.end !== 'confirmed' || (hold.returnsFor !== null && hold.returnsFor !== record.key)) return []
  // What went to a charity or a partner is not the program's to give back.
  if (payeeOf(rewardOf(draft, hold).reward) !== 'redeemed') return []
  const paidInPoints = record.content.payments.reduce(
    (sum, payment) => (payment.by === 'points' ? sum + payment.amount : sum),
    0,
  )
  const due = is.full ? hold.amount : mulDiv(hold.amount, paidBack(is, 'points'), paidInPoints, 'half-even')
  const amount = due - hold.returned
  // Only what is undone is burnt again: an edit may leave less to return than came back, and that stays.
  if (amount === 0 || (amount < 0 && leftOf(is) <= leftOf(was))) return []
  if (amount > 0) {
    move(draft, 'return', hold.asset, 'redeemed', 'active', amount)
    giveBack(draft, hold.asset, hold.parts, hold.returned, amount, hold.version, { type: 'returned', by })
    // Points that paid an order and come back have bought nothing else: never both (RED-6).
    const unused = openVoucher(draft.member, redemption)
    if (unused) closeVoucher(draft, unused, 'returned')
  } else burn(draft, 'return-undone', hold.asset, 'redeemed', -amount)
  emit(draft, { type: 'hold-ended', redemption, finished: { ...hold, returned: due, returnsFor: record.key } })
  return [{ asset: hold.asset, amount }]
}

/** Minor units of a leg that have come back so far, line by line. */
function paidBack(money: OrderMoney, leg: 'points' | 'stored'): number {
  return money.lines.reduce((sum, line) => {
    if (line.price === 0) return sum
    return sum + line[leg] - mulDiv(line[leg], line.left, line.price, 'half-even')
  }, 0)
}
