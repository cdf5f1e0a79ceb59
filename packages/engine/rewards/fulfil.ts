import { mulDiv } from '../amounts/fraction.ts'
import { type AwardName, type GivenAward, giveAmount, takeAmount } from '../awards/amounts.ts'
import { hasMissed } from '../awards/held.ts'
import { type Draft, emit, move } from '../draft.ts'
import type { Account } from '../effect.ts'
import type { Hold } from '../member.ts'
import type { Program, Reward, RewardKind } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { giveRestAgain, issueVoucher, takeVoucherBack } from '../vouchers/issue.ts'
import { openVoucher, voucherOf } from '../vouchers/voucher.ts'
import { takeForAward } from './pieces.ts'

/** Kinds that put nothing into the member's hand: all is done when they are paid for. */
type SettledKind = Extract<RewardKind, { type: 'donation' | 'exchange' | 'partner-exchange' | 'pay-with-points' }>

function isSettled(kind: RewardKind): kind is SettledKind {
  switch (kind.type) {
    case 'donation':
    case 'exchange':
    case 'partner-exchange':
    case 'pay-with-points':
      return true
    case 'money-off':
    case 'percent-off':
    case 'free-shipping':
    case 'product':
    case 'custom':
    case 'gift-card':
    case 'experience':
    case 'access':
      return false
  }
}

/** Where the price of a reward goes when it is paid. */
export function payeeOf({ kind }: Reward): Account {
  if (kind.type === 'donation') return `charity:${kind.charity}`
  return kind.type === 'partner-exchange' ? `partner:${kind.partner}` : 'redeemed'
}

/** The reward that points are or were held for, and the version that says what it is. */
export function rewardOf(
  draft: Draft,
  { version, reward: id }: Hold,
): { readonly program: Program; readonly reward: Reward } {
  const program = programOf(draft.timeline, version)
  const reward = program.rewards.get(id)
  if (!reward) throw new Error(`invariant: version ${version} has no reward ${id}`)
  return { program, reward }
}

/** What the member gets for a price that was paid. */
export function fulfilRedemption(
  draft: Draft,
  program: Program,
  reward: Reward,
  paid: Pick<Hold, 'redemption' | 'asset' | 'amount' | 'session'>,
): void {
  const { kind, id: rule } = reward
  const { redemption: id, asset, amount } = paid
  if (!isSettled(kind)) {
    const { session } = paid
    issueVoucher(draft, program, reward, { id, from: 'redemption', ...(session === undefined ? null : { session }) })
    return
  }
  switch (kind.type) {
    case 'donation':
      noteDonation(draft, program, id, kind.charity, asset, amount)
      return
    case 'exchange':
      giveAmount(draft, program, kind.asset, kind.amount, { rule, id: `redemption/${id}` })
      return
    case 'pay-with-points':
    case 'partner-exchange':
      return
  }
}

/** The same free of charge. A payment and a partner's units have to be paid for; check refuses to award them (RED-8). */
export function fulfilAward(draft: Draft, program: Program, reward: Reward, name: AwardName): void {
  const { kind } = reward
  if (!isSettled(kind)) {
    const known = voucherOf(draft.member, name.id)
    if (known?.status === 'open' && known.takenBack !== undefined) {
      giveRestAgain(draft, known, reward)
      return
    }
    const isThere = known !== undefined && known.status !== 'revoked'
    if (!isThere && takeForAward(draft, { reward: reward.id, version: program.version }, name)) {
      issueVoucher(draft, program, reward, { id: name.id, from: 'award' })
    }
    return
  }
  switch (kind.type) {
    case 'donation': {
      const given = donatedBy(program, reward)
      if (!given) return
      move(draft, name.rule, given.asset, 'issued', `charity:${kind.charity}`, given.amount)
      noteDonation(draft, program, name.id, kind.charity, given.asset, given.amount)
      return
    }
    case 'exchange':
      giveAmount(draft, program, kind.asset, kind.amount, name)
      return
    case 'pay-with-points':
    case 'partner-exchange':
      return
  }
}

/** Undoes `fulfilAward`, as far as it is not gone. */
export function takeRewardBack(draft: Draft, program: Program, reward: Reward, given: GivenAward): void {
  const { kind } = reward
  if (!isSettled(kind)) {
    takeVoucherBack(draft, given.id)
    return
  }
  switch (kind.type) {
    case 'donation': {
      const donated = donatedBy(program, reward)
      if (donated) move(draft, given.rule, donated.asset, `charity:${kind.charity}`, 'issued', donated.amount)
      return
    }
    case 'exchange':
      takeAmount(draft, program, kind.asset, kind.amount, given)
      return
    case 'pay-with-points':
    case 'partner-exchange':
      return
  }
}

/**
 * Whether nothing can be taken back of an awarded voucher: used, given on, lapsed or taken out of use; a gift card when nothing is
 * left on it. One that was never given is not gone: what else the award gave can be taken back.
 */
export function isGone(draft: Draft, { kind }: Reward, id: string): boolean {
  if (isSettled(kind) || hasMissed(draft.member, id)) return false
  const voucher = openVoucher(draft.member, id)
  return !voucher || (voucher.left === null ? voucher.uses.length > 0 : voucher.left === 0)
}

function noteDonation(
  draft: Draft,
  program: Program,
  receipt: string,
  charity: string,
  asset: string,
  amount: number,
): void {
  const worth = program.assets.find(({ id }) => id === asset)?.worth
  const minor = worth ? mulDiv(amount, worth.minor, worth.amount, 'half-even') : null
  emit(draft, {
    type: 'donated',
    receipt,
    charity,
    asset,
    amount,
    worth: asset === program.currency.code ? amount : minor,
  })
}

/** What a charity gets that nobody has paid for: what is stated, else what everybody pays, since the last choice asks nothing. */
function donatedBy(
  { currency }: Program,
  { kind, price }: Reward,
): { readonly asset: string; readonly amount: number } | null {
  if (kind.type === 'donation' && kind.minor !== null) return { asset: currency.code, amount: kind.minor }
  if (price?.type !== 'fixed') return null
  const choice = price.choices.at(-1)
  return choice ? { asset: price.asset, amount: choice.amount } : null
}
