import { no, refuse } from '../answer.ts'
import { isClosed } from '../closing/closing.ts'
import { type Draft, emit, move } from '../draft.ts'
import { awayOf, type FinishedHold } from '../member.ts'
import { settleBurned } from '../partners/settle.ts'
import { pointsBack } from '../pools/share.ts'
import { nameOfSession, sessionThrough } from '../program/session.ts'
import { programOf } from '../program/timeline.ts'
import type { RequestAnswer } from '../refusal.ts'
import { countTimes } from '../rewards/redemption.ts'
import type { Stamp } from '../stamp.ts'
import { addToTime } from '../time/local.ts'
import type { VoucherGiveAsked, VoucherReturnAsked, VoucherRevoked } from './events.ts'
import { closeVoucher, voucherOrAnnounced } from './issue.ts'
import { endedAs, unusedVoucher } from './use.ts'
import type { Voucher } from './voucher.ts'

/** An unused voucher goes back for the points that it cost, in one step (RED-6). */
export function returnVoucher(draft: Draft, event: VoucherReturnAsked): RequestAnswer {
  const answer = event.answer ?? judgeReturn(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const voucher = voucherOrAnnounced(draft, event.voucher)
  if (voucher) giveBackPrice(draft, voucher, 'returned', 'member')
  return answer
}

/** What it was bought for, as long as nothing of that has come back; undefined: it was given free of charge, or is paid back. */
export function priceOfVoucher({ member }: Draft, { id, from }: Voucher): FinishedHold | undefined {
  const hold = member.finished[id]
  // What an order's refund has returned is paid back already.
  return from === 'redemption' && hold?.end === 'confirmed' && hold.returned === 0 ? hold : undefined
}

/** It ends, and what was paid for it is back in the same step; `by` whom decides what becomes of what has lapsed since (LOT-5). */
export function giveBackPrice(
  draft: Draft,
  voucher: Voucher,
  status: 'returned' | 'revoked',
  by: 'member' | 'shop',
): void {
  const hold = priceOfVoucher(draft, voucher)
  closeVoucher(draft, voucher, status)
  if (!hold) return
  const { asset, amount, version } = hold
  draft.version = version
  settleBurned(draft, hold, -amount)
  move(draft, 'return', asset, 'redeemed', 'active', amount)
  pointsBack(draft, hold, 0, amount, { type: 'returned', by })
  countTimes(draft, hold, -1)
  // No refund of an order gives the same points back again.
  const finished: FinishedHold = { ...hold, returned: amount, returnsFor: `voucher/${voucher.id}` }
  emit(draft, { type: 'hold-ended', redemption: hold.redemption, finished })
}

function judgeReturn(draft: Draft, event: VoucherReturnAsked): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(draft.member)
  if (away !== null) return no(away)
  // Its price would be gone at once; the voucher itself runs to its own end.
  if (isClosed(programOf(draft.timeline, event.stamp.version), event.stamp.local)) return no('closed')
  const voucher = unusedVoucher(draft, event.voucher)
  if (typeof voucher === 'string') return no(voucher)
  const hold = priceOfVoucher(draft, voucher)
  if (!hold) return no('not-returnable')
  if (isTooLate(draft, hold, event.stamp)) return no('too-late-to-cancel')
  return { granted: true, asset: hold.asset, amount: hold.amount }
}

/**
 * A seat goes back as long as somebody else may still take it (RED-3), and never once the session has begun where it stands now.
 * Where that was moved, or its policy changed, what was told and what is said now both count for the member: the later start, by
 * the milder policy (TRN-6).
 */
function isTooLate(
  { timeline }: Draft,
  { reward, version, session }: FinishedHold,
  { placeLocal, ...stamp }: Stamp,
): boolean {
  if (session === undefined) return false
  const known = sessionThrough(timeline, nameOfSession(reward, session), version, stamp.version ?? version)
  const [told, now] = [known[0], known.at(-1)]
  if (told === undefined || now === undefined || placeLocal >= now.session.starts) return true
  const starts = Math.max(told.session.starts, now.session.starts)
  return [told, now].every(
    ({ cancelBefore }) => cancelBefore === null || placeLocal >= addToTime(starts, cancelBefore, -1),
  )
}

/** An unused voucher goes to the charity instead: its worth moves there, and nobody can use it any more (RED-7). */
export function giveVoucher(draft: Draft, event: VoucherGiveAsked): RequestAnswer {
  const answer = event.answer ?? judgeGive(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const voucher = voucherOrAnnounced(draft, event.voucher)
  const instead = voucher && insteadOf(draft, voucher)
  if (!voucher || !instead) return answer
  const { charity } = instead
  closeVoucher(draft, voucher, 'given')
  draft.version = voucher.version
  move(draft, voucher.reward, answer.asset, 'issued', `charity:${charity}`, answer.amount)
  const { asset, amount } = answer
  emit(draft, { type: 'donated', receipt: voucher.id, charity, asset, amount, worth: amount })
  return answer
}

function judgeGive(draft: Draft, event: VoucherGiveAsked): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(draft.member)
  if (away !== null) return no(away)
  const voucher = unusedVoucher(draft, event.voucher)
  if (typeof voucher === 'string') return no(voucher)
  const instead = insteadOf(draft, voucher)
  if (!instead) return no('not-givable')
  return { granted: true, asset: programOf(draft.timeline, voucher.version).currency.code, amount: instead.minor }
}

const insteadOf = (draft: Draft, { version, reward }: Voucher) =>
  programOf(draft.timeline, version).rewards.get(reward)?.instead ?? null

/** Staff takes a voucher out of use; what was used of it stays used. */
export function revokeVoucher(draft: Draft, event: VoucherRevoked): RequestAnswer {
  const answer = event.answer ?? judgeRevoke(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const voucher = voucherOrAnnounced(draft, event.voucher)
  if (voucher?.status !== 'open') return answer
  if (event.priceBack) giveBackPrice(draft, voucher, 'revoked', 'shop')
  else closeVoucher(draft, voucher, 'revoked')
  return answer
}

function judgeRevoke(draft: Draft, event: VoucherRevoked): RequestAnswer {
  const voucher = voucherOrAnnounced(draft, event.voucher)
  if (!voucher) return no('unknown-voucher')
  if (voucher.status !== 'open') return no(endedAs(voucher.status))
  if (event.priceBack) return judgePriceBack(draft, event, voucher)
  const { code } = programOf(draft.timeline, voucher.version).currency
  return { granted: true, asset: code, amount: voucher.left ?? 0 }
}

/** Whatever the policy says to the member, staff may give the price of an unused one back, as long as points are worth something. */
function judgePriceBack(draft: Draft, { stamp }: VoucherRevoked, voucher: Voucher): RequestAnswer {
  if (stamp.version === null) return no('program-not-started')
  if (isClosed(programOf(draft.timeline, stamp.version), stamp.local)) return no('closed')
  if (voucher.uses.length > 0) return no('already-used')
  const hold = priceOfVoucher(draft, voucher)
  return hold ? { granted: true, asset: hold.asset, amount: hold.amount } : no('not-returnable')
}
