import type { Basket, Benefit, Program, Reward, Session, Traits } from '../program/program.ts'
import { DAYS_GIVEN_BACK } from '../vouchers/of-order.ts'
import { spokenCondition } from './conditions.ts'
import { type Part, type Said, toAll, toBusiness, when } from './explanation.ts'
import { exceptPhrases, limited, phrasesOf } from './qualifiers.ts'
import { rewardsGiven } from './rewards-given.ts'
import type { Speaker } from './speaker.ts'

export function benefits(speaker: Speaker, { benefits: all }: Program): Part[] {
  return [...all.values()].map((benefit) => ({
    id: benefit.id,
    name: benefitName(speaker, benefit),
    sentences: benefitSentences(speaker, benefit),
  }))
}

export const benefitNames = (speaker: Speaker, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const benefit = speaker.program.benefits.get(id)
    return benefit === undefined ? [] : [benefitName(speaker, benefit)]
  })

/** Where a benefit has no name of its own, what it is serves as one. */
function benefitName(speaker: Speaker, { id, name, kind }: Benefit): string {
  if (Object.keys(name).length > 0) return speaker.name(name, id)
  return whatItIs(speaker, kind) ?? speaker.name(undefined, id)
}

function whatItIs(speaker: Speaker, kind: Benefit['kind']): string | null {
  switch (kind.type) {
    case 'free-shipping':
      return speaker.say.freeShipping
    case 'percent-off':
      return speaker.say.percentOff({ percent: speaker.percent(kind.percent) })
    case 'access':
      return speaker.say.opensEarlier({ period: speaker.period(kind.earlier) })
    case 'adviser':
      return speaker.say.adviser
    case 'service':
      return null
  }
}

function benefitSentences(speaker: Speaker, benefit: Benefit): Said[] {
  const { say, program } = speaker
  const { name, kind, levels, memberships } = benefit
  const holders = [
    ...levels.map((level) => speaker.level(level)),
    ...memberships.map((id) => speaker.name(program.memberships.get(id)?.name, id)),
  ]
  const basket = 'basket' in kind ? kind.basket : null
  return [
    // What it is, where its name does not say so.
    ...when(Object.keys(name).length === 0 ? null : whatItIs(speaker, kind), (text) => toAll(text)),
    ...basketSentences(speaker, basket),
    ...heldBy(speaker, benefit, holders),
    ...when(benefit.worth, (minor) => toBusiness(say.useWorth({ money: speaker.money(minor) }))),
  ]
}

/** Who holds it must be one of those it is for as well, so both are one sentence. */
function heldBy(speaker: Speaker, benefit: Benefit, holders: readonly string[]): Said[] {
  const { say } = speaker
  if (holders.length > 0) return [toAll(limited(speaker, say.benefitWith({ holders: speaker.any(holders) }), benefit))]
  const phrases = phrasesOf(speaker, benefit)
  return phrases.length === 0 ? [] : [toAll(say.openTo({ whom: phrases.join(speaker.comma) }))]
}

function basketSentences(speaker: Speaker, basket: Basket | null): Said[] {
  if (basket === null) return []
  const { say } = speaker
  const money = basket.least > 0 ? speaker.money(basket.least) : null
  const condition = basket.lines && spokenCondition(speaker, basket.lines)
  // The least is of these goods alone (RED-2): said apart, any goods would seem to fill it.
  if (money !== null && condition !== null) return [toAll(say.basketLeastOf({ money, condition }))]
  if (money !== null) return [toAll(say.basketLeast({ money }))]
  return when(condition, (goods) => toAll(say.basketGoods({ condition: goods })))
}

export function rewards(speaker: Speaker, program: Program): Part[] {
  const given = rewardsGiven(program)
  return [...program.rewards.values()].map((reward) => ({
    id: reward.id,
    name: speaker.reward(reward.id),
    sentences: rewardSentences(speaker, reward, given.has(reward.id)),
  }))
}

function rewardSentences(speaker: Speaker, reward: Reward, isGiven: boolean): Said[] {
  const { say } = speaker
  const { during, cap, ...limiting } = bindingOf(reward)
  const limits = phrasesOf(speaker, { ...limiting, during: during && { ...during, except: new Set() } })
  const isDoor = reward.kind.type === 'access'
  const isLimited = cap !== null || phrasesOf(speaker, isDoor ? limiting : { ...limiting, during }).length > 0
  return [
    ...rewardKind(speaker, reward),
    ...priceSentences(speaker, reward),
    ...(limits.length > 0 ? [toAll(say.rewardFor({ whom: limits.join(speaker.comma) }))] : []),
    ...exceptPhrases(speaker, during?.except ?? new Set()).map(toAll),
    ...when(reward.stock, (count) => toAll(say.stock({ count: speaker.count('items', count) }))),
    ...when(cap, (often) => toAll(say.rewardCap({ cap: speaker.cap(often, null) }))),
    ...(isGiven && isLimited && reward.price !== null ? [toAll(say.givenAllTheSame)] : []),
    ...voucherSentences(speaker, reward),
    ...when(reward.instead, ({ charity, minor }) => {
      const name = speaker.name(speaker.program.charities.get(charity)?.name, charity)
      return toAll(say.insteadCharity({ charity: name, money: speaker.money(minor) }))
    }),
    ...(reward.codes === 'uploaded' ? [toBusiness(say.codesUploaded)] : []),
  ]
}

/** Without a price it is given to whomever it is given to, whenever and however often; a door is open when it is open (RED-8). */
function bindingOf({ price, kind, audience, when: condition, during, cap }: Reward) {
  if (price !== null) return { audience, when: condition, during, cap }
  const open = { ...audience, ...nobody, not: nobody }
  return { audience: open, when: null, during: kind.type === 'access' ? during : null, cap: null }
}

const nobody: Traits = { tiers: [], segments: [], tags: [], memberships: [], badges: [] }

function rewardKind(speaker: Speaker, { kind }: Reward): Said[] {
  const { say, program } = speaker
  switch (kind.type) {
    case 'money-off':
      return [toAll(say.moneyOff({ money: speaker.money(kind.minor) }))]
    case 'percent-off': {
      const percent = speaker.percent(kind.percent)
      if (kind.most === null) return [toAll(say.percentOff({ percent }))]
      return [toAll(say.percentOffUpTo({ percent, money: speaker.money(kind.most) }))]
    }
    case 'free-shipping':
      return [toAll(say.freeShipping)]
    case 'product':
      return [toAll(say.product)]
    case 'pay-with-points':
      return [toAll(say.payWithPoints)]
    case 'custom':
      return [toAll(say.custom)]
    case 'gift-card':
      return [toAll(say.giftCard({ money: speaker.money(kind.minor) }))]
    case 'experience':
      return [
        ...kind.sessions.map((session) => toAll(sessionSentence(speaker, session))),
        toAll(
          kind.cancelBefore === null
            ? say.cancelNever
            : say.cancelBefore({ period: speaker.period(kind.cancelBefore) }),
        ),
        ...when(kind.waitingAccept, (period) => toAll(say.waitingList({ period: speaker.period(period) }))),
      ]
    case 'access':
      return [
        toAll(kind.earlier === null ? say.accessWindow : say.opensEarlier({ period: speaker.period(kind.earlier) })),
      ]
    case 'donation':
      return [toAll(donationSentence(speaker, kind))]
    case 'exchange':
      return speaker.tells(kind.asset) ? [toAll(say.exchange({ amount: speaker.amount(kind.asset, kind.amount) }))] : []
    case 'partner-exchange': {
      const amount = `${speaker.wording.number(kind.count, 0)} ${speaker.wording.isolate(kind.unit)}`
      const partner = speaker.name(program.partners.get(kind.partner)?.name, kind.partner)
      return [toAll(say.exchangeAt({ amount, partner }))]
    }
  }
}

function donationSentence(
  speaker: Speaker,
  { charity: id, minor }: Extract<Reward['kind'], { type: 'donation' }>,
): string {
  const charity = speaker.name(speaker.program.charities.get(id)?.name, id)
  return minor === null
    ? speaker.say.donation({ charity })
    : speaker.say.donationOf({ charity, money: speaker.money(minor) })
}

function sessionSentence(speaker: Speaker, { starts, place, seats }: Session): string {
  const said = { when: speaker.moment(starts), seats: speaker.count('seats', seats) }
  if (place === null) return speaker.say.session(said)
  const name = speaker.name(speaker.program.places.get(place)?.name, place)
  return speaker.say.sessionAt({ ...said, place: name })
}

function priceSentences(speaker: Speaker, { price }: Reward): Said[] {
  const { say } = speaker
  if (price === null) return [toAll(say.priceNone)]
  switch (price.type) {
    case 'free':
      return [toAll(say.priceFree)]
    case 'fixed': {
      const own = price.choices.map(({ audience, amount }) => ({
        amount: speaker.amount(price.asset, amount),
        whom: phrasesOf(speaker, { audience }).join(speaker.comma),
      }))
      const special = own.filter(({ whom }) => whom !== '')
      return [
        ...own.filter(({ whom }) => whom === '').map(({ amount }) => toAll(say.price({ amount }))),
        ...special.map((each) => toAll(say.priceFor(each))),
        ...(special.length > 1 ? [toAll(say.firstPrice)] : []),
      ]
    }
    case 'chosen': {
      const amount = (units: number): string => speaker.amount(price.asset, units)
      return [
        toAll(say.priceChosen({ least: amount(price.least), step: amount(price.step) })),
        ...when(price.most, (most) => toAll(say.priceMost({ most: amount(most) }))),
        ...(isMoney(speaker, price.asset)
          ? []
          : [toAll(say.worth({ amount: amount(price.worth.amount), money: speaker.money(price.worth.minor) }))]),
      ]
    }
  }
}

const isMoney = ({ program }: Speaker, asset: string): boolean =>
  program.assets.find(({ id }) => id === asset)?.kind === 'money'

/** Of rewards that are vouchers. */
function voucherSentences(speaker: Speaker, { kind, expiry, basket, together }: Reward): Said[] {
  const { say } = speaker
  const isDiscount = kind.type === 'money-off' || kind.type === 'percent-off' || kind.type === 'free-shipping'
  const isVoucher = isDiscount || kind.type === 'product' || kind.type === 'gift-card' || kind.type === 'custom'
  if (!isVoucher) return []
  const period = expiry.type === 'never' ? '' : speaker.period(expiry.life)
  const backFor = speaker.period({ months: 0, days: DAYS_GIVEN_BACK, ms: 0 })
  const valid =
    expiry.type === 'never'
      ? say.validAlways
      : expiry.endOf === null
        ? say.validFor({ period })
        : say.validToEndOf[expiry.endOf]({ period })
  return [
    toAll(valid),
    ...(kind.type === 'gift-card' && expiry.type !== 'never' ? [toAll(say.cardGivenBack({ period: backFor }))] : []),
    ...basketSentences(speaker, basket),
    ...(isDiscount ? [toAll(together ? say.together : say.notTogether)] : []),
  ]
}
