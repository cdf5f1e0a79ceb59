import { missedAward } from '../awards/held.ts'
import { cardOfAward } from '../cards/award-name.ts'
import { type Draft, emit } from '../draft.ts'
import type { Program, Reward, RewardKind, Validity } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { takePiece } from '../rewards/pieces.ts'
import { addToDay, dayOf, endOfUnit, type LocalDay, type LocalTime, startOf } from '../time/local.ts'
import { isBack, openVoucher, type Voucher, type VoucherUse, voucherOf } from './voucher.ts'

/**
 * Puts a voucher for a reward into the member's hand. The same id is the same voucher: one that is there stays as it is, one
 * that was taken back is issued anew, one that was announced keeps the terms that were announced (EVT-2).
 */
export function issueVoucher(
  draft: Draft,
  program: Program,
  reward: Reward,
  named: Pick<Voucher, 'id' | 'from' | 'session'>,
): void {
  const { id } = named
  const known = voucherOf(draft.member, id)
  if (known && known.status !== 'revoked') return
  const announced = known ? undefined : announcedVoucher(draft, id)
  const voucher = announced ?? newVoucher(draft, program, reward, named)
  emit(draft, { type: 'voucher', voucher })
}

function newVoucher(
  { cause, effective: issued, member }: Draft,
  program: Program,
  reward: Reward,
  named: Pick<Voucher, 'id' | 'from' | 'session'>,
): Voucher {
  const waited = missedAward(member, named.id)?.on
  return {
    ...named,
    cause,
    reward: reward.id,
    version: program.version,
    status: 'open',
    issued,
    lastDay: lastDayOf(reward.expiry, dayOf(issued)),
    left: storedValueOf(reward.kind),
    uses: [],
    ...(waited === undefined ? null : { waited }),
  }
}

/** Vouchers that were announced by here and that nothing has given again are honoured (EVT-2). */
export function honour(draft: Draft, announced: Iterable<Voucher>): boolean {
  const before = draft.effects.length
  for (const told of announced) {
    const known = voucherOf(draft.member, told.id)
    // What was taken back before, and came again, was announced again.
    if (known && known.status !== 'revoked') continue
    draft.announced?.noteGiven(told.id)
    takePiece(draft, told, 1)
    emit(draft, { type: 'voucher', voucher: asTold(draft, told) })
  }
  return draft.effects.length > before
}

function announcedVoucher(draft: Draft, id: string): Voucher | undefined {
  const told = draft.announced?.get(id)
  return told && asTold(draft, told)
}

/** As it was when its member was told of it: what became of it since, and of its last day, comes again with what made it so. */
function asTold(draft: Draft, { takenBack: _, lapsed: __, ...told }: Voucher): Voucher {
  const reward = programOf(draft.timeline, told.version).rewards.get(told.reward)
  const lastDay = reward ? lastDayOf(reward.expiry, dayOf(told.issued)) : told.lastDay
  return withUses(draft, { ...told, lastDay }, [])
}

/** As it is, or as it was announced where a late fact has left it out. */
export const voucherOrAnnounced = (draft: Draft, id: string): Voucher | undefined =>
  voucherOf(draft.member, id) ?? announcedVoucher(draft, id)

/**
 * A voucher with other uses. What a gift card holds follows from all of them: where a failed refund takes back what has been
 * spent since, it holds nothing, and what comes back to it first fills that gap. What had lapsed stays so (RED-5), and what was
 * taken back (REF-5), but for what was spent after all.
 */
export function withUses(
  draft: Draft,
  { lapsed: gone = 0, takenBack: taken = 0, ...voucher }: Voucher,
  uses: readonly VoucherUse[],
): Voucher {
  const reward = programOf(draft.timeline, voucher.version).rewards.get(voucher.reward)
  const value = reward ? storedValueOf(reward.kind) : null
  const unspent = Math.max(0, (value ?? 0) - uses.reduce((sum, use) => sum + use.amount - use.returned, 0))
  const lapsed = Math.min(gone, unspent)
  const rest = unspent - lapsed
  // A card gets back what it took for what is taken; of any other award nothing is left to anybody.
  const takenBack = taken > 0 && cardOfAward(voucher.id) === null ? rest : Math.min(taken, rest)
  const left = value === null ? null : rest - takenBack
  const isUsedUp = left === null ? uses.length > 0 : left + takenBack === 0
  const gaps = { ...(lapsed === 0 ? null : { lapsed }), ...(takenBack === 0 ? null : { takenBack }) }
  return { ...voucher, left, status: isUsedUp ? 'used' : 'open', uses, ...gaps }
}

function lastDayOf(validity: Validity, today: LocalDay): LocalDay | null {
  switch (validity.type) {
    case 'never':
      return null
    case 'life': {
      const last = addToDay(today, validity.life)
      return validity.endOf ? endOfUnit(last, validity.endOf) - 1 : last
    }
  }
}

const storedValueOf = (kind: RewardKind): number | null => (kind.type === 'gift-card' ? kind.minor : null)

/** An open voucher ends without having been used up. What a gift card holds as it expires is gone for good. */
export function closeVoucher(
  draft: Draft,
  voucher: Voucher,
  status: 'returned' | 'given' | 'expired' | 'revoked',
): void {
  const { left, lapsed = 0, takenBack } = voucher
  const gone = status === 'expired' && left !== null && left > 0 ? { left: 0, lapsed: lapsed + left } : null
  // What was taken back of it may still come again.
  const isKept = status === 'expired' && takenBack !== undefined
  changeVoucher(draft, voucher, { ...voucher, status: isKept ? 'open' : status, ...gone })
}

/** What it took of stock or seats is there again once it went back without having been used, and was not if it is used after all. */
export function changeVoucher(draft: Draft, before: Voucher, voucher: Voucher): void {
  emit(draft, { type: 'voucher', voucher })
  if (isBack(before) === isBack(voucher)) return
  takePiece(draft, voucher, isBack(voucher) ? -1 : 1)
}

/** Takes an awarded voucher back, of a gift card that was used what is left on it (REF-5). */
export function takeVoucherBack(draft: Draft, id: string): void {
  const voucher = openVoucher(draft.member, id)
  if (!voucher) return
  if (voucher.uses.length === 0) closeVoucher(draft, voucher, 'revoked')
  else if (voucher.left !== null) {
    const takenBack = (voucher.takenBack ?? 0) + voucher.left
    emit(draft, { type: 'voucher', voucher: withUses(draft, { ...voucher, takenBack }, voucher.uses) })
  }
}

/** What was taken back of a gift card is on it again, as good for as long as if it were new. */
export function giveRestAgain(draft: Draft, { takenBack: _, ...voucher }: Voucher, { expiry }: Reward): void {
  const anew = lastDayOf(expiry, dayOf(draft.effective))
  const lastDay = voucher.lastDay === null || anew === null ? null : Math.max(voucher.lastDay, anew)
  emit(draft, { type: 'voucher', voucher: { ...withUses(draft, voucher, voucher.uses), lastDay } })
}

/** When a voucher lapses: the start of the day after its last; null: never, or nothing is left of it. */
export const lapseOfVoucher = ({ lastDay, left, takenBack }: Voucher): LocalTime | null =>
  lastDay === null || (left === 0 && takenBack !== undefined) ? null : startOf(lastDay + 1)
