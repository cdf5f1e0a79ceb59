import { type ExactSum, roundSum } from '../amounts/fraction.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { OrderContent, OrderKey } from '../event.ts'
import type { FinishedHold, Hold, OrderRecord, PartBack, PointsLeg } from '../member.ts'
import { settleBurned } from '../partners/settle.ts'
import { pointsAgain, pointsBack } from '../pools/share.ts'
import { payeeOf, rewardOf } from '../rewards/fulfil.ts'
import { closeVoucher } from '../vouchers/issue.ts'
import { openVoucher } from '../vouchers/voucher.ts'
import { allLeftOf, type OrderMoney, paidBack, paidByRedemption } from './money.ts'

/** An order before and after a change: its record, and its money. */
export interface Change {
  readonly before: OrderRecord
  readonly was: OrderMoney
  readonly after: OrderRecord
  readonly is: OrderMoney
  readonly by: 'member' | 'shop'
}

/** Points that a redemption has to give back, above zero, or that pay again, below it. */
interface Return {
  readonly hold: FinishedHold
  readonly amount: number
}

/**
 * What each redemption of the order has to give back by now, less what it did (REF-4): a refund returns it as the lines were
 * paid, an edit returns what is no longer paid with points. Where the redemption is not confirmed yet, that is noted. And the
 * legs, each with what an edit has left of it beside what was due.
 */
export function returnsDue(
  draft: Draft,
  change: Change,
): { readonly returns: readonly Return[]; readonly legs: readonly PointsLeg[] } {
  const returns: Return[] = []
  const legs = change.after.legs.map((leg): PointsLeg => {
    const { redemption } = leg
    const part = partBack(change.after.content, change.is, leg)
    const hold = draft.member.finished[redemption]
    if (hold?.end !== 'confirmed') {
      noteOwed(draft, change, redemption, part)
      return leg
    }
    if (!isReturnedBy(draft, hold, change.after)) return leg
    const due = partOf(hold.amount, part)
    const amount = wantedNow(change, leg, hold.returned, due)
    if (amount !== 0) returns.push({ hold, amount })
    return asLeft(change, leg, hold.returned + amount, due)
  })
  return { returns, legs }
}

/** A redemption pays for one order: the first that returns anything of it. */
const isReturnedBy = (draft: Draft, hold: FinishedHold, record: OrderRecord): boolean =>
  (hold.returnsFor === null || hold.returnsFor === record.key) && isReturnable(draft, hold)

/** What goes to a charity or a partner is not the program's to give back. */
const isReturnable = (draft: Draft, hold: Hold): boolean => payeeOf(rewardOf(draft, hold).reward) === 'redeemed'

/**
 * Which part of a difference a change posts. An edit moves what it says to be paid otherwise, either way, and nothing else: what
 * it gives back beside that is the shop's affair (EVT-8). Of refunds only what is undone pays again; what came back by too much
 * stays.
 */
function wantedNow(change: Change, leg: PointsLeg, returned: number, due: number): number {
  const { before, was, after, is } = change
  const amount = due - returned
  if (before.content === after.content) {
    if (isUndoneAfterEdit(change, leg)) return asIfNeverRefunded(after, leg.edited, due) - returned
    return allLeftOf(is) > allLeftOf(was) ? amount : Math.max(0, amount)
  }
  const [pays, paid] = [
    paidByRedemption(after.content, leg.redemption),
    paidByRedemption(before.content, leg.redemption),
  ]
  if (pays < paid) return Math.max(0, amount)
  return pays > paid ? Math.min(0, amount) : 0
}

/** A refund that counted only after the last edit is undone; what the edit found is not its doing. */
const isUndoneAfterEdit = (change: Change, leg: PointsLeg): leg is Edited => {
  const undone = firstUndone(change)
  return leg.edited !== undefined && undone !== -1 && undone >= leg.edited.refunds
}

const firstUndone = ({ before, after }: Change): number =>
  after.refunds.findIndex((refund, index) => refund.undone && !before.refunds[index]?.undone)

type Edited = PointsLeg & { readonly edited: NonNullable<PointsLeg['edited']> }

/** What the edit had left of it, or what the other refunds have raised it to since. */
const asIfNeverRefunded = ({ refunds }: OrderRecord, edited: Edited['edited'], due: number): number =>
  refunds.slice(edited.refunds).some((refund) => !refund.undone) ? Math.max(edited.returned, due) : edited.returned

/** Once a refund from before the edit has failed, what the edit found is settled with it. */
function asLeft(change: Change, leg: PointsLeg, returned: number, due: number): PointsLeg {
  const { before, after } = change
  if (before.content !== after.content) {
    return returned === due ? leg : { ...leg, edited: { returned, refunds: after.refunds.length } }
  }
  if (!leg.edited || firstUndone(change) === -1 || isUndoneAfterEdit(change, leg)) return leg
  const { edited: _settled, ...settled } = leg
  return settled
}

/** What part of a redemption has to have come back for an order as it stands, by the leg that it paid. */
function partBack(content: OrderContent, money: OrderMoney, leg: PointsLeg): PartBack {
  if (money.full) return WHOLE
  const pays = paidByRedemption(content, leg.redemption)
  const all = paidInPoints(content)
  const refunded = all === 0 ? { back: 0, all: 1 } : { back: paidBack(money, 'points'), all }
  return { most: leg.amount, pays, ...refunded }
}

const WHOLE: PartBack = { most: 1, pays: 0, back: 0, all: 1 }

const paidInPoints = (content: OrderContent): number =>
  content.payments.reduce((sum, payment) => (payment.by === 'points' ? sum + payment.amount : sum), 0)

/** The part of the leg that no longer pays, and of the part that does its share of what was refunded; nothing of nothing. */
const fractionOf = ({ most, pays, back, all }: PartBack): ExactSum => ({
  numerator: BigInt(most - pays) * BigInt(all) + BigInt(back) * BigInt(pays),
  denominator: BigInt(Math.max(1, most)) * BigInt(all),
})

function partOf(points: number, part: PartBack): number {
  const { numerator, denominator } = fractionOf(part)
  return roundSum({ numerator: BigInt(points) * numerator, denominator }, 'half-even')
}

function isSame(a: PartBack, b: PartBack): boolean {
  const [one, other] = [fractionOf(a), fractionOf(b)]
  return one.numerator * other.denominator === other.numerator * one.denominator
}

/**
 * A redemption that is still open, that timed out and might be confirmed all the same, or that is only asked for after its order
 * was refunded, is told what it will have to return.
 */
function noteOwed(draft: Draft, { after, by }: Change, redemption: string, part: PartBack): void {
  const { holds, finished, owed } = draft.member
  const open = holds.find((hold) => hold.redemption === redemption) ?? finished[redemption]
  if (open && 'end' in open && open.end !== 'timed-out') return
  const known = owed.find((each) => each.redemption === redemption)
  if (known && known.order !== after.key) return
  if (isSame(part, known?.part ?? NOTHING_BACK)) return
  const isDue = !isSame(part, NOTHING_BACK)
  emit(draft, { type: 'owe', redemption, owed: isDue ? { redemption, order: after.key, part, by } : null })
}

const NOTHING_BACK: PartBack = { most: 1, pays: 1, back: 0, all: 1 }

/** A redemption that was just confirmed gives back at once what its order was refunded meanwhile (REF-4). */
export function returnOwed(draft: Draft, redemption: string): void {
  const owed = draft.member.owed.find((known) => known.redemption === redemption)
  const hold = draft.member.finished[redemption]
  if (!owed || !hold) return
  emit(draft, { type: 'owe', redemption, owed: null })
  const { part, by, order } = owed
  const amount = isReturnable(draft, hold) ? partOf(hold.amount, part) : 0
  if (amount > 0) sayPointsBack(draft, order, [postReturn(draft, order, { hold, amount }, by)])
}

/** Posts returns; points go to the lots they came from (LOT-5), and where they pay again they are burnt. */
export function postReturns(draft: Draft, { after, by }: Change, returns: readonly Return[]): readonly PointsBack[] {
  return returns.map((due) => postReturn(draft, after.key, due, by))
}

interface PointsBack {
  readonly asset: string
  readonly amount: number
}

function postReturn(draft: Draft, order: OrderKey, { hold, amount }: Return, by: 'member' | 'shop'): PointsBack {
  const { asset, redemption, returned } = hold
  if (amount > 0) {
    settleBurned(draft, hold, -amount)
    move(draft, 'return', asset, 'redeemed', 'active', amount)
    pointsBack(draft, hold, returned, amount, { type: 'returned', by })
    // Points that paid an order and come back have bought nothing else: never both (RED-6).
    const unused = openVoucher(draft.member, redemption)
    if (unused) closeVoucher(draft, unused, 'returned')
  } else {
    pointsAgain(draft, hold, -amount)
    settleBurned(draft, hold, -amount)
  }
  const finished = { ...hold, returned: returned + amount, returnsFor: order }
  emit(draft, { type: 'hold-ended', redemption, finished })
  return { asset, amount }
}

function sayPointsBack(draft: Draft, order: OrderKey, points: readonly PointsBack[]): void {
  if (points.length > 0) emit(draft, { money: 0, order, points, storedValue: 0, type: 'refunded' })
}

/** Says what each leg of the payment gets back, below zero where a refund is undone; an edit gives no money back here. */
export function sayRefunded(draft: Draft, { before, was, after, is }: Change, points: readonly PointsBack[]): void {
  if (before.content !== after.content) {
    sayPointsBack(draft, after.key, points)
    return
  }
  const back = allLeftOf(was) - allLeftOf(is)
  const storedValue = paidBack(is, 'stored') - paidBack(was, 'stored')
  const money = back - storedValue - (paidBack(is, 'points') - paidBack(was, 'points'))
  // A full refund returns every leg, also one that paid for no line (REF-6).
  if (back === 0 && points.length === 0) return
  emit(draft, { money, order: after.key, points, storedValue, type: 'refunded' })
}
