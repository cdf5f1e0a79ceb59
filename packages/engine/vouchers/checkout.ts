import { mulDiv } from '../amounts/fraction.ts'
import { refusalOf } from '../answer.ts'
import { entitlementsOf } from '../benefits/entitlements.ts'
import type { Member } from '../member.ts'
import type { OrderContent } from '../orders/content.ts'
import { assetOf } from '../points/asset-state.ts'
import type { Program, Reward, Timeline } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { Refusal } from '../refusal.ts'
import { worthOf } from '../rewards/redemption.ts'
import type { Stamp } from '../stamp.ts'
import { type Cart, cartOf, isOff, lessOff, type Off, offBy, offOf, payableOf } from './basket.ts'
import { endedAs } from './use.ts'
import { type Voucher, voucherOf } from './voucher.ts'

/** What applies to an order that is about to be paid: what a checkout should take off, what can pay it, and what does not go. */
export interface Checkout {
  /** In the order in which they come off. */
  readonly benefits: readonly (Off & { readonly benefit: string })[]
  readonly vouchers: readonly (Off & { readonly voucher: string; readonly reward: string })[]
  /** Vouchers and benefits that do not go with this order, and why. */
  readonly lost: readonly Lost[]
  readonly giftCards: readonly { readonly voucher: string; readonly reward: string; readonly pays: number }[]
  /** What points could pay of the rest, by each reward that lets them. */
  readonly points: readonly PointsOption[]
  /** Minor units that are left to be paid with money, before points. */
  readonly payable: number
}

export type Lost =
  | { readonly voucher: string; readonly reward: string; readonly refusal: Refusal }
  | { readonly benefit: string; readonly refusal: Refusal }

export interface PointsOption {
  readonly reward: string
  readonly asset: string
  readonly least: number
  /** The most that the member has and the order can take; nothing of it is paid for nothing. */
  readonly most: number
  readonly step: number
  /** Minor units that `most` pays. */
  readonly worth: number
}

/**
 * Benefits come off first, then vouchers: all that go together, or the one that takes off more alone; then gift cards pay.
 * `wished`: vouchers that the member has picked; null: all that are open. Time must have been let pass up to the stamp.
 */
export function checkoutOf(
  timeline: Timeline,
  member: Member,
  content: OrderContent,
  stamp: Stamp,
  wished: readonly string[] | null,
): Checkout {
  const program = programOf(timeline, stamp.version ?? 0)
  const whole = cartOf(program, member, content, stamp.local)
  const lost: Lost[] = []
  const benefits = benefitsFor(timeline, program, member, whole, stamp, lost)
  const afterBenefits = benefits.reduce(lessOff, whole)
  const candidates = candidatesOf(timeline, member, wished, lost)
  const cards = candidates.filter(({ voucher }) => voucher.left !== null)
  const offered = candidates.filter(({ reward, voucher }) => voucher.left === null && takesOff(reward))
  const vouchers = best(goingAlone(offered, afterBenefits, lost), afterBenefits, lost)
  const rest = vouchers.reduce(lessOff, afterBenefits)
  const giftCards = paidByCards(cards, payableOf(rest), lost)
  const payable = giftCards.reduce((sum, { pays }) => sum - pays, payableOf(rest))
  return { benefits, vouchers, lost, giftCards, points: pointsOptions(program, member, payable), payable }
}

function benefitsFor(
  timeline: Timeline,
  program: Program,
  member: Member,
  cart: Cart,
  { local, placeLocal }: Stamp,
  lost: Lost[],
): (Off & { benefit: string })[] {
  let left = cart
  const question = { benefit: null, local, placeLocal, total: null, opens: null }
  return entitlementsOf(timeline, member, question).flatMap(({ benefit: id, entitled }) => {
    const benefit = program.benefits.get(id)
    if (!entitled || !benefit || !('basket' in benefit.kind)) return []
    const off = offBy(benefit.kind, benefit.kind.basket, left)
    if (isOff(off)) {
      left = lessOff(left, off)
      return [{ benefit: id, ...off }]
    }
    lost.push({ benefit: id, refusal: off })
    return []
  })
}

interface Candidate {
  readonly voucher: Voucher
  readonly reward: Reward
}

/** Open vouchers on the terms of their version, those that lapse first at the front, then those that were issued first. */
function candidatesOf(timeline: Timeline, member: Member, wished: readonly string[] | null, lost: Lost[]): Candidate[] {
  const ids = wished ?? (member.vouchers ?? []).map(({ id }) => id)
  const found = ids.flatMap((id): Candidate[] => {
    const voucher = voucherOf(member, id)
    const reward = voucher && programOf(timeline, voucher.version).rewards.get(voucher.reward)
    if (voucher?.status === 'open' && reward) return [{ voucher, reward }]
    const code = voucher && voucher.status !== 'open' ? endedAs(voucher.status) : 'unknown-voucher'
    lost.push({ voucher: id, reward: voucher?.reward ?? '', refusal: refusalOf(code) })
    return []
  })
  return found.sort((a, b) => lastDayOf(a) - lastDayOf(b) || a.voucher.issued - b.voucher.issued)
}

const lastDayOf = ({ voucher }: Candidate): number => voucher.lastDay ?? Number.MAX_SAFE_INTEGER

/** What is handed over or let in has nothing to do with an order. */
function takesOff({ kind }: Reward): boolean {
  switch (kind.type) {
    case 'money-off':
    case 'percent-off':
    case 'free-shipping':
    case 'product':
      return true
    case 'custom':
    case 'access':
    case 'experience':
    case 'gift-card':
    case 'pay-with-points':
    case 'donation':
    case 'exchange':
    case 'partner-exchange':
      return false
  }
}

/** Those that would take something off if they were the only one; of one reward the one that lapses first. */
function goingAlone(candidates: readonly Candidate[], cart: Cart, lost: Lost[]): Candidate[] {
  const rewards = new Set<string>()
  return candidates.filter((candidate) => {
    const { voucher, reward } = candidate
    const off = offBy(reward.kind, reward.basket, cart)
    const refusal = !isOff(off) ? off : rewards.has(reward.id) ? refusalOf('one-per-order') : null
    if (refusal) lost.push({ voucher: voucher.id, reward: reward.id, refusal })
    else rewards.add(reward.id)
    return refusal === null
  })
}

type Applied = Off & { readonly voucher: string; readonly reward: string }

/** All that go together one after another, or the single one that takes off more than they do. */
function best(candidates: readonly Candidate[], cart: Cart, lost: Lost[]): Applied[] {
  const together = candidates.filter(({ reward }) => reward.together)
  const combinations = [together, ...candidates.filter(({ reward }) => !reward.together).map((one) => [one])]
  const tried = combinations.map((vouchers) => ({ vouchers, applied: appliedTo(cart, vouchers) }))
  const [first, ...others] = tried
  const won = others.reduce((a, b) => (sum(b.applied) > sum(a.applied) ? b : a), first ?? { vouchers: [], applied: [] })
  for (const candidate of candidates) {
    const { voucher, reward } = candidate
    if (won.applied.some((applied) => applied.voucher === voucher.id)) continue
    // One of the winners that came too late finds nothing to take off; the others do not go with the winners.
    const refusal = refusalOf(won.vouchers.includes(candidate) ? 'nothing-left' : 'not-together')
    lost.push({ voucher: voucher.id, reward: reward.id, refusal })
  }
  return won.applied
}

function appliedTo(cart: Cart, vouchers: readonly Candidate[]): Applied[] {
  let left = cart
  return vouchers.flatMap(({ voucher, reward }): Applied[] => {
    const off = offBy(reward.kind, reward.basket, left)
    if (!isOff(off)) return []
    left = lessOff(left, off)
    return [{ voucher: voucher.id, reward: reward.id, ...off }]
  })
}

const sum = (applied: readonly Off[]): number => applied.reduce((total, off) => total + offOf(off), 0)

function paidByCards(cards: readonly Candidate[], payable: number, lost: Lost[]): Checkout['giftCards'] {
  let left = payable
  return cards.flatMap(({ voucher, reward }) => {
    const pays = Math.min(voucher.left ?? 0, left)
    left -= pays
    if (pays > 0) return [{ voucher: voucher.id, reward: reward.id, pays }]
    lost.push({ voucher: voucher.id, reward: reward.id, refusal: refusalOf('nothing-left') })
    return []
  })
}

/** Of each reward the largest number of steps that the order can take and the member has (RED-4). */
function pointsOptions(program: Program, member: Member, payable: number): PointsOption[] {
  return [...program.rewards.values()].flatMap(({ id, price, kind }): PointsOption[] => {
    if (kind.type !== 'pay-with-points' || price?.type !== 'chosen' || payable === 0) return []
    const { asset, least, step, worth } = price
    // The most whose worth, rounded down, is not above what is payable; then as little of it as pays the same.
    const fits = mulDiv(payable + 1, worth.amount, worth.minor, 'ceil') - 1
    const bound = Math.min(fits, price.most ?? fits, assetOf(member, asset).active)
    const inSteps = bound - (bound % step)
    const pays = worthOf(price, inSteps, payable)
    const needed = mulDiv(pays, worth.amount, worth.minor, 'ceil')
    const most = Math.min(inSteps, mulDiv(needed, 1, step, 'ceil') * step)
    return most < least || pays === 0 ? [] : [{ reward: id, asset, least, most, step, worth: pays }]
  })
}
