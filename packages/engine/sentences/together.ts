import type { MembershipPlan, Offer, PoolPlan, Program, Referral } from '../program/program.ts'
import { budgetSentence } from './earning.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import { goalPhrase } from './games.ts'
import { limited, phrasesOf } from './qualifiers.ts'
import { benefitNames } from './rewards.ts'
import type { Speaker } from './speaker.ts'

/** What passes between the business and one member, between members, and between the business and others. */

export function offers(speaker: Speaker, { offers: all }: Program): Part[] {
  return [...all.values()].map((offer) => ({
    id: offer.id,
    name: Object.keys(offer.name).length === 0 ? null : speaker.name(offer.name, offer.id),
    sentences: offerSentences(speaker, offer),
  }))
}

function offerSentences(speaker: Speaker, offer: Offer): Said[] {
  const { say } = speaker
  const { type, window, sendTo } = offer
  const whom = sendTo === null ? [] : phrasesOf(speaker, sendTo)
  return [
    ...(type.type === 'informs'
      ? [toAll(say.offerInforms({ text: speaker.name(type.text, offer.id) }))]
      : [
          toAll([goalPhrase(speaker, type.goal), ...windowOf(speaker, window)].join(speaker.comma)),
          toAll(say.brings({ awards: speaker.awards(type.awards) })),
          ...(type.exclusive ? [toAll(say.offerExclusive)] : []),
          ...budgetSentence(speaker, type.budget),
        ]),
    ...(offer.seen === 'required' ? [toAll(say.offerSeen)] : []),
    ...(window?.end === 'closed' ? [toAll(say.offerClosed)] : []),
    toBusiness(whom.length === 0 ? say.offerSentByHand : say.offerSentTo({ whom: whom.join(speaker.comma) })),
    ...when(offer.holdout, (share) => toBusiness(say.heldOut({ percent: speaker.percent(share) }))),
  ]
}

const windowOf = (speaker: Speaker, window: Offer['window']): string[] =>
  window === null ? [] : [speaker.say.windowOfOffer({ period: speaker.period(window.length) })]

export function referral(speaker: Speaker, { referral: own }: Program): Part[] {
  return own === null ? [] : [{ id: null, name: null, sentences: referralSentences(speaker, own) }]
}

function referralSentences(speaker: Speaker, own: Referral): Said[] {
  const { say } = speaker
  const { review } = own
  const signals = [
    ...(review.sameDevice ? [say.signals.device] : []),
    ...(review.sameAddress ? [say.signals.address] : []),
    ...(review.samePayment ? [say.signals.payment] : []),
  ]
  const { most, within } = review.velocity
  return [
    toAll(say.referFriend({ awards: speaker.awards(own.friend) })),
    toAll(say.referAdvocate({ awards: speaker.awards(own.advocate) })),
    toAll(say.referQualifies({ goal: goalPhrase(speaker, own.qualifies) })),
    toAll(say.referHold({ period: speaker.period(own.hold) })),
    ...when(own.cap, (cap) => toAll(say.referCap({ cap: speaker.cap(cap, null) }))),
    ...(signals.length > 0 ? [toBusiness(say.referReview({ signals: speaker.any(signals) }))] : []),
    toBusiness(say.referVelocity({ times: speaker.count('times', most), period: speaker.period(within) })),
  ]
}

export function memberships(speaker: Speaker, { memberships: all }: Program): Part[] {
  return [...all.values()].map((plan) => ({
    id: plan.id,
    name: speaker.name(plan.name, plan.id),
    sentences: planSentences(speaker, plan),
  }))
}

function planSentences(speaker: Speaker, plan: MembershipPlan): Said[] {
  const { say } = speaker
  const benefits = benefitNames(speaker, plan.benefits)
  const fee = say.fee({ money: speaker.money(plan.fee), period: speaker.period(plan.every) })
  return [
    toAll(limited(speaker, fee, { audience: plan.audience })),
    ...when(plan.trial, (period) => toAll(say.trial({ period: speaker.period(period) }))),
    ...(benefits.length > 0 ? [toAll(say.membershipBenefits({ benefits: speaker.all(benefits) }))] : []),
    ...(plan.entry.length > 0 ? [toAll(say.membershipEntry({ awards: speaker.awards(plan.entry) }))] : []),
    toAll(plan.grace === null ? say.feeNoGrace : say.feeGrace({ period: speaker.period(plan.grace) })),
    toAll(plan.cancel === 'at-once' ? say.cancelAtOnce : say.cancelAtPeriodEnd),
    ...when(plan.holdout, (share) => toBusiness(say.heldOut({ percent: speaker.percent(share) }))),
  ]
}

export function pools(speaker: Speaker, { pools: all }: Program): Part[] {
  return [...all.values()].map((pool) => ({
    id: pool.id,
    name: speaker.name(pool.name, pool.id),
    sentences: poolSentences(speaker, pool),
  }))
}

function poolSentences(speaker: Speaker, pool: PoolPlan): Said[] {
  const { say } = speaker
  return [
    toAll(say.poolShare({ percent: speaker.percent(pool.share), asset: speaker.asset(pool.asset) })),
    toAll(pool.burn === 'everyone' ? say.poolEveryone : say.poolFounder),
    toAll(say.poolMembers({ members: speaker.count('members', pool.membersMax) })),
    toAll(pool.leaving === 'keep-in-pool' ? say.poolKeeps : say.poolTakes),
  ]
}

export function partners(speaker: Speaker, { partners: all }: Program): Part[] {
  const { say } = speaker
  return [...all.values()].map((partner) => ({
    id: partner.id,
    name: speaker.name(partner.name, partner.id),
    sentences: [
      ...(partner.earn ? [toAll(say.partnerEarn)] : []),
      ...(partner.burn ? [toAll(say.partnerBurn)] : []),
      ...when(partner.settles, ({ asset, amount, minor }) =>
        toBusiness(say.partnerSettles({ amount: speaker.amount(asset, amount), money: speaker.money(minor) })),
      ),
    ],
  }))
}

export function charities(speaker: Speaker, { charities: all }: Program): Part[] {
  return [...all.values()].map((charity) => ({
    id: charity.id,
    name: speaker.name(charity.name, charity.id),
    sentences: when(charity.impact, ({ per, of }) => {
      const amount = per.type === 'amount' ? speaker.amount(per.asset, per.amount) : speaker.money(per.minor)
      return toAll(speaker.say.impact({ amount, of: speaker.name(of, charity.id) }))
    }),
  }))
}
