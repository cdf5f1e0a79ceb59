import { no, refuse } from '../answer.ts'
import { isClosed } from '../closing/closing.ts'
import { type Draft, emit, move } from '../draft.ts'
import { awayOf, type FinishedHold } from '../member.ts'
import { settleBurned } from '../partners/settle.ts'
import { pointsBack } from '../pools/share.ts'
import { programOf } from '../program/timeline.ts'
import type { RequestAnswer } from '../refusal.ts'
import { countTimes } from '../rewards/redemption.ts'
import { addToTime, type LocalTime } from '../time/local.ts'
import type { VoucherGiveAsked, VoucherReturnAsked, VoucherRevoked } from './events.ts'
import { closeVoucher, voucherOrAnnounced } from './issue.ts'
import { endedAs, unusedVoucher } from './use.ts'
import type { Voucher } from './voucher.ts'

/** An unused voucher goes back for the points that it cost, in one step (RED-6). */
export function returnVoucher(draft: Draft, event: VoucherReturnAsked): RequestAnswer {
  const answer = event.answer ?? judgeReturn(draft, event)
  if (!answer.granted) return refuse(draft, answer.refusal)
  const voucher = voucherOrAnnounced(draft, event.voucher)
  const hold = draft.member.finished[event.voucher]
  if (!voucher || !hold) return answer
  const { asset, amount, version } = hold
  closeVoucher(draft, voucher, 'returned')
  draft.version = version
  settleBurned(draft, hold, -amount)
  move(draft, 'return', asset, 'redeemed', 'active', amount)
  pointsBack(draft, hold, 0, amount, { type: 'returned', by: 'member' })
  countTimes(draft, hold, -1)
  // No refund of an order gives the same points back again.
  const finished: FinishedHold = { ...hold, returned: amount, returnsFor: `voucher/${voucher.id}` }
  emit(draft, { type: 'hold-ended', redemption: hold.redemption, finished })
  return answer
}

function judgeReturn(draft: Draft, event: VoucherReturnAsked): RequestAnswer {
  if (event.stamp.version === null) return no('program-not-started')
  const away = awayOf(draft.member)
  if (away !== null) return no(away)
  // Its price would be gone at once; the voucher itself runs to its own end.
  if (isClosed(programOf(draft.timeline, event.stamp.version), event.stamp.local)) return no('closed')
  const voucher = unusedVoucher(draft, event.voucher)
  if (typeof voucher === 'string') return no(voucher)
  const hold = draft.member.finished[voucher.id]
  // What was given free of charge has no price to go back; what an order's refund has returned is paid back already.
  if (voucher.from !== 'redemption' || hold?.end !== 'confirmed' || hold.returned > 0) return no('not-returnable')
  if (isTooLate(draft, hold, event.stamp.placeLocal)) return no('too-late-to-cancel')
  return { granted: true, asset: hold.asset, amount: hold.amount }
}

/** A seat goes back as long as somebody else may still take it (RED-3). */
function isTooLate({ timeline }: Draft, { reward, version, session }: FinishedHold, now: LocalTime): boolean {
  const kind = session === undefined ? undefined : programOf(timeline, version).rewards.get(reward)?.kind
  if (kind?.type !== 'experience') return false
  const starts = kind.sessions.find(({ id }) => id === session)?.starts
  return kind.cancelBefore === null || starts === undefined || now >= addToTime(starts, kind.cancelBefore, -1)
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
  if (voucher?.status === 'open') closeVoucher(draft, voucher, 'revoked')
  return answer
}

function judgeRevoke(draft: Draft, event: VoucherRevoked): RequestAnswer {
  const voucher = voucherOrAnnounced(draft, event.voucher)
  if (!voucher) return no('unknown-voucher')
  if (voucher.status !== 'open') return no(endedAs(voucher.status))
  const { code } = programOf(draft.timeline, voucher.version).currency
  return { granted: true, asset: code, amount: voucher.left ?? 0 }
}
