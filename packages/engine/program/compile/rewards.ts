import { keysBeside } from '../condition-keys.ts'
import type { BenefitText } from '../document/benefits.ts'
import type { RewardText } from '../document/rewards.ts'
import type { Benefit, BenefitKind, LevelOf, Price, Reward, RewardKind } from '../program.ts'
import { audienceOf, basketOf, type Compiling, capOf, conditionOf, duringOf } from './parts.ts'

type Chosen = Extract<RewardText, { type: 'pay-with-points' }>
type Priced = Exclude<RewardText, Chosen>

export function rewardOf(compiling: Compiling, id: string, reward: RewardText): Reward | null {
  const offered = {
    id,
    name: reward.name ?? {},
    audience: audienceOf(reward.for, { partners: reward.partners }),
    when: conditionOf(compiling, reward.when, 'member', keysBeside(reward)),
    during: duringOf(reward.during),
    ...givenOut(compiling, reward),
  }
  if (reward.type === 'pay-with-points') {
    const price = chosenPriceOf(compiling, reward)
    return price === null ? null : { ...offered, kind: { type: 'pay-with-points' }, price, stock: null, cap: null }
  }
  return {
    ...offered,
    kind: kindOf(reward),
    price: priceOf(reward),
    stock: reward.stock,
    cap: reward.cap === null ? null : capOf(`reward:${id}`, reward.cap),
  }
}

/** How its voucher works; kinds that give out none have no words for it. */
function givenOut(
  compiling: Compiling,
  reward: RewardText,
): Pick<Reward, 'expiry' | 'codes' | 'basket' | 'together' | 'instead'> {
  const expires = 'expires' in reward ? reward.expires : null
  const instead = 'instead' in reward ? reward.instead : null
  return {
    expiry: expires === null ? { type: 'never' } : { type: 'life', life: expires.life, endOf: expires.endOf },
    codes: ('codes' in reward ? reward.codes : null) ?? 'made',
    basket: 'basket' in reward ? basketOf(compiling, reward.basket) : null,
    together: 'together' in reward && reward.together === 'yes',
    instead: instead === null ? null : { charity: instead.charity, minor: instead.value.minor },
  }
}

function kindOf(reward: Priced): RewardKind {
  switch (reward.type) {
    case 'money-off':
    case 'gift-card':
      return { type: reward.type, minor: reward.value.minor }
    case 'percent-off':
      return { type: 'percent-off', percent: reward.value, most: reward.most?.minor ?? null }
    case 'product':
      return { type: 'product', sku: reward.sku }
    case 'free-shipping':
    case 'custom':
      return { type: reward.type }
    case 'experience':
      return {
        type: 'experience',
        sessions: reward.sessions.map(({ id, starts, place, seats }) => ({ id, starts: starts.local, place, seats })),
        cancelBefore: reward.cancel?.before ?? null,
        waitingAccept: reward.waiting?.accept ?? null,
      }
    case 'access':
      return { type: 'access', earlier: reward.opens }
    case 'donation':
      return { type: 'donation', charity: reward.charity, minor: reward.value?.minor ?? null }
    case 'exchange':
      return { type: 'exchange', asset: reward.gets.asset, amount: reward.gets.units }
    case 'partner-exchange':
      return { type: 'partner-exchange', partner: reward.partner, count: reward.gets.count, unit: reward.gets.unit }
  }
}

function priceOf({ price, priceFor }: Priced): Price | null {
  if (price === null) return null
  if (price.type === 'free') return { type: 'free' }
  const others = (priceFor ?? []).map((choice) => ({
    audience: audienceOf(choice.for),
    amount: choice.price.units,
  }))
  return {
    type: 'fixed',
    asset: price.asset,
    choices: [...others, { audience: audienceOf(null), amount: price.units }],
  }
}

function chosenPriceOf({ document, reading }: Compiling, reward: Chosen): Price | null {
  const { asset, units } = reward.least
  const stated = reward.worth ?? document.assets?.find((each) => each.id === asset)?.value.worth ?? null
  // Store credit is worth itself, minor unit for minor unit.
  const worth = reading.names.assets.get(asset)?.kind === 'money' ? { units: 1, minor: 1 } : stated
  if (worth === null) return null // reported by the checks
  return {
    type: 'chosen',
    asset,
    least: units,
    most: reward.most?.units ?? null,
    step: reward.step.units,
    worth: { amount: worth.units, minor: worth.minor },
  }
}

export function benefitOf(compiling: Compiling, id: string, benefit: BenefitText): Benefit {
  const { document } = compiling
  const levels = (document.tiers ?? []).flatMap((ladder): LevelOf[] =>
    ladder.levels.flatMap((level) =>
      level.benefits?.includes(id) ? [{ ladder: ladder.ladder, level: level.id }] : [],
    ),
  )
  const plans = (document.memberships ?? []).flatMap((plan) => (plan.value.benefits?.includes(id) ? [plan.id] : []))
  return {
    id,
    name: benefit.name ?? {},
    kind: benefitKindOf(compiling, benefit),
    levels,
    memberships: plans,
    audience: audienceOf(benefit.for),
    when: conditionOf(compiling, benefit.when, 'member', keysBeside(benefit)),
    during: duringOf(benefit.during),
    worth: benefit.worth?.minor ?? null,
  }
}

function benefitKindOf(compiling: Compiling, benefit: BenefitText): BenefitKind {
  switch (benefit.type) {
    case 'free-shipping':
      return { type: 'free-shipping', basket: basketOf(compiling, benefit.basket) }
    case 'percent-off': {
      const lines = conditionOf(compiling, benefit.lines, 'line', keysBeside(benefit))
      return { type: 'percent-off', percent: benefit.value, basket: lines === null ? null : { least: 0, lines } }
    }
    case 'access':
      return { type: 'access', earlier: benefit.opens }
    case 'adviser':
    case 'service':
      return { type: benefit.type }
  }
}
