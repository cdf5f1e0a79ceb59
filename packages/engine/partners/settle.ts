import { type Draft, emit, move } from '../draft.ts'
import type { OrderContent } from '../event.ts'
import type { FinishedHold, Hold } from '../member.ts'
import type { Earned } from '../points/pending.ts'
import type { Program, Reward } from '../program/program.ts'
import { payeeOf, rewardOf } from '../rewards/fulfil.ts'
import { addToDay, dayOf } from '../time/local.ts'

type Amounts = readonly Pick<Earned, 'asset' | 'amount'>[]

/** The partner whose place it is and who pays, or is paid, for this asset; null: nobody, or the program for itself (PART-1). */
function payerAt(program: Program, place: string | null, asset: string, what: 'earn' | 'burn'): string | null {
  if (program.partners.size === 0 || place === null) return null
  const partner = program.places.get(place)?.partner ?? null
  return partner !== null && settlesWith(program, partner, asset, what) ? partner : null
}

const settlesWith = ({ partners }: Program, id: string, asset: string, what: 'earn' | 'burn'): boolean => {
  const partner = partners.get(id)
  return partner?.[what] === true && partner.settles?.asset === asset
}

/**
 * What is earned at a partner's place is paid for by the partner, and by the program again where it is taken back. The member's
 * own side is that of all that is earned: this is what the two owe each other for it.
 */
export function settleEarned(
  draft: Draft,
  program: Program,
  was: { readonly place: string | null; readonly given: Amounts },
  is: { readonly place: string | null; readonly given: Amounts },
): void {
  if (program.partners.size === 0) return
  const owed = new Map<string, number>()
  const add = ({ place, given }: typeof was, sign: 1 | -1) => {
    for (const { asset, amount } of given) {
      const partner = payerAt(program, place, asset, 'earn')
      const name = `${partner}/${asset}`
      if (partner !== null) owed.set(name, (owed.get(name) ?? 0) + sign * amount)
    }
  }
  add(was, -1)
  add(is, 1)
  for (const [name, amount] of owed) {
    const [partner = '', asset = ''] = name.split('/')
    if (amount > 0) move(draft, PARTNER_EARNED, asset, `partner:${partner}`, 'issued', amount)
    else move(draft, PARTNER_EARNED, asset, 'issued', `partner:${partner}`, -amount)
  }
}

export const PARTNER_EARNED = 'partner-earned'
const BURNED = 'partner-burned'

/** Points that pay an order at a partner's place are the partner's as soon as they are burned. */
export function settlePayments(draft: Draft, program: Program, { place, payments }: OrderContent): void {
  if (program.partners.size === 0) return
  for (const payment of payments) {
    if (payment.by !== 'points') continue
    const open = draft.member.holds.find(({ redemption }) => redemption === payment.redemption)
    const ended = draft.member.finished[payment.redemption]
    const known = open ?? ended
    if (known === undefined) {
      const partner = program.places.get(place ?? '')?.partner ?? null
      if (partner !== null) noteAhead(draft, program, payment.redemption, partner)
      continue
    }
    remarkUnsettled(draft, program, place, known)
    const partner = payerAt(program, place, known.asset, 'burn')
    if (partner === null || known.partner !== undefined || !isBurned(draft, known)) continue
    if (open) emit(draft, { type: 'hold', hold: { ...open, partner } })
    else if (ended && ended.returnsFor === null) {
      const finished = { ...ended, partner }
      if (ended.end === 'confirmed') move(draft, BURNED, ended.asset, 'redeemed', `partner:${partner}`, ended.amount)
      emit(draft, { type: 'hold-ended', redemption: ended.redemption, finished })
    }
  }
}

/** Where a partner takes no points the member's are burned all the same, and a person must see that nobody pays for them. */
function remarkUnsettled(draft: Draft, program: Program, place: string | null, known: Hold): void {
  const partner = program.places.get(place ?? '')?.partner ?? null
  if (partner === null || program.partners.get(partner)?.burn !== false || known.partner !== undefined) return
  if (!isBurned(draft, known)) return
  const { redemption, asset, amount } = known
  emit(draft, { type: 'not-settled', redemption, partner, asset, amount })
}

/** What goes to a charity, or to another partner, is not this one's as well. */
const isBurned = (draft: Draft, hold: Hold): boolean =>
  hold.version !== 0 && payeeOf(rewardOf(draft, hold).reward) === 'redeemed'

/** Clocks of tills do not run ahead by more than a late fact may lag behind: what is older nobody will ask for. */
function noteAhead(draft: Draft, { late }: Program, redemption: string, partner: string): void {
  const today = dayOf(draft.effective)
  for (const old of draft.member.paidAhead ?? []) {
    if (addToDay(old.on, late.accept) < today) emit(draft, { ...old, partner: null, type: 'paid-ahead' })
  }
  emit(draft, { on: today, partner, redemption, type: 'paid-ahead' })
}

/** Of a redemption that is asked for only now: whose place it has paid at before. */
export function partnerAhead(
  draft: Draft,
  program: Program,
  redemption: string,
  { asset, reward }: { readonly asset: string; readonly reward: string },
): { partner?: string } {
  const ahead = draft.member.paidAhead?.find((known) => known.redemption === redemption)
  if (!ahead) return {}
  emit(draft, { on: ahead.on, partner: null, redemption, type: 'paid-ahead' })
  const bought = program.rewards.get(reward)
  const isOurs = bought !== undefined && payeeOf(bought) === 'redeemed'
  return isOurs && settlesWith(program, ahead.partner, asset, 'burn') ? { partner: ahead.partner } : {}
}

/** To whom a redemption goes: where it pays, or the one partner whose reward it is. */
export function partnerOfHold(program: Program, reward: Reward, { partner, asset }: Hold): string | null {
  if (partner !== undefined) return partner
  const [only, another] = reward.audience.partners
  return only !== undefined && another === undefined && settlesWith(program, only, asset, 'burn') ? only : null
}

/** A redemption was confirmed, or `amount` of it comes back; below zero it is burned again. */
export function settleBurned(
  draft: Draft,
  { partner, asset }: Pick<FinishedHold, 'partner' | 'asset'>,
  amount: number,
) {
  if (partner === undefined) return
  if (amount > 0) move(draft, BURNED, asset, 'redeemed', `partner:${partner}`, amount)
  else move(draft, BURNED, asset, `partner:${partner}`, 'redeemed', -amount)
}
