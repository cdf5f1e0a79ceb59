import type { LocalTime } from '../../time/local.ts'
import type { DocumentText } from '../document/document.ts'
import type { RewardText } from '../document/rewards.ts'
import type { Named } from '../list-shape.ts'
import { inOwnWords, worthExample } from '../own-words.ts'
import { type Amount, printMoney } from '../scalar-amount.ts'
import type { Reading } from '../shape.ts'
import { childOf, type MapTree } from '../syntax-tree.ts'
import { checkAudience, disjointTiers } from './audience.ts'
import { checkTimesCap, hasWorth } from './bounds.ts'
import { checkDuring } from './during.ts'
import type { Gifts } from './gifts.ts'
import { isToldToBe, remark } from './remark.ts'

export function checkRewards(
  rewards: readonly Named<RewardText>[],
  document: DocumentText,
  gifts: Gifts | null,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { id, value: reward } of rewards) {
    checkDuring(reward.during, reward.tree, inForceFrom, reading)
    checkAudience(reward.for, reward.tree, reading)
    checkPartners(reward, document, reading)
    if (reward.type === 'pay-with-points') checkChosen(reward, document, reading)
    else {
      checkPrices(reward, reading)
      if (gifts !== null) checkWay(id, reward, gifts, reading)
      if (reward.cap !== null) checkTimesCap(reward.cap, 'A reward', togetherBy(reward), reading)
      checkKind(reward, document, inForceFrom, reading)
    }
  }
}

/** What bounds all members together, and for ever: a cap is each member's. */
const togetherBy =
  ({ type, stock }: Exclude<RewardText, { type: 'pay-with-points' }>) =>
  (times: number): string => {
    if (type === 'experience') return '; the `seats` of its sessions bound all members together'
    if (stock !== null) return '; `stock` bounds all members together'
    return `; for all members together, and in all, add \`stock: ${times} items\``
  }

type Priced = Exclude<RewardText, { type: 'pay-with-points' }>
type Chosen = Extract<RewardText, { type: 'pay-with-points' }>

function checkPrices(reward: Priced, reading: Reading): void {
  const { price, tree, priceFor } = reward
  if (price === null || price.type === 'free') {
    if (priceFor !== null) {
      const message = `There is no price to differ from: \`price\` ${price === null ? 'is not said' : 'is none'}`
      remark(reading, 'error', [tree, 'priceFor'], 'price-for-nothing', message, 'Add `price`, what everyone else pays')
    }
    if (price !== null && reward.cap === null) {
      const message = 'It is free, and nothing says how often: a member could have it without end'
      const instead = 'Say how often, for instance cap: { most: 1 times, each: calendar-month }'
      remark(reading, 'error', [tree, 'price'], 'free-without-cap', message, instead)
    }
    return
  }
  checkSpendable(price, [tree, 'price'], reading)
  for (const other of priceFor ?? []) {
    if (other.price.asset !== price.asset) {
      const message = `The price is in \`${price.asset}\`, and this one in \`${other.price.asset}\``
      remark(reading, 'error', [other.tree, 'price'], 'price-unit', message, `Write it in ${price.asset}`)
    } else checkSpendable(other.price, [other.tree, 'price'], reading)
    if (disjointTiers(other.for, reward.for)) {
      const message = 'The reward is for other levels: nobody pays this price'
      remark(reading, 'error', [other.tree, 'for'], 'audience-never', message, 'Name a level that the reward is for')
    }
  }
}

function checkSpendable(price: Amount, at: readonly [MapTree, ...string[]], reading: Reading): void {
  if (reading.names.assets.get(price.asset)?.kind === 'qualifying') {
    const message = `\`${price.asset}\` is qualifying: members never spend it`
    const spendable = [...reading.names.assets].find(([, asset]) => asset.kind !== 'qualifying')?.[0]
    const instead = spendable === undefined ? 'Declare an asset of kind: spendable' : `Price it in ${spendable}`
    remark(reading, 'error', at, 'price-in-qualifying', message, instead)
  } else if (price.units === 0) {
    const message = 'It costs nothing: every member could have it without end'
    const instead = `Write a price above zero, for instance 1 ${price.asset}, or price: none with a cap`
    remark(reading, 'error', at, 'price-zero', message, instead)
  }
}

/** Neither bought nor given: nobody will ever have it. A price that could not be read is a price (one fault, one finding). */
function checkWay(id: string, reward: Priced, gifts: Gifts, reading: Reading): void {
  if (childOf(reward.tree, 'price') !== undefined || gifts.rewards.has(id)) return
  if (isToldToBe('price', reward.tree, reading)) return
  const message = `\`${id}\` has no price, and nothing gives it: nobody can have it`
  const instead = `Add \`price\`, or \`give: { reward: ${id} }\` where it is to be given`
  remark(reading, 'warning', [reward.tree], 'reward-unreachable', message, instead)
}

function checkPartners(reward: RewardText, document: DocumentText, reading: Reading): void {
  const named = reward.type === 'partner-exchange' ? [reward.partner] : (reward.partners ?? [])
  for (const name of named) {
    const partner = document.partners?.find(({ id }) => id === name)?.value
    if (partner === undefined || partner.burn === 'yes') continue
    const key = reward.type === 'partner-exchange' ? 'partner' : 'partners'
    const message = `Members cannot spend at \`${name}\`: it does not say \`burn: yes\``
    remark(reading, 'error', [reward.tree, key], 'partner-closed', message, `Add \`burn: yes\` to the partner`)
  }
}

function checkKind(reward: Priced, document: DocumentText, inForceFrom: LocalTime | null, reading: Reading): void {
  const { tree } = reward
  switch (reward.type) {
    case 'money-off': {
      const least = reward.basket?.least ?? null
      if (least === null || least.minor >= reward.value.minor) break
      const message = `It takes off ${printMoney(reward.value, reading)} of a basket that may be worth less`
      const instead = `Let \`least\` be ${printMoney(reward.value, reading)} or more`
      remark(reading, 'warning', [tree, 'basket', 'least'], 'basket-below-value', message, instead)
      break
    }
    case 'gift-card': {
      if (reward.expires === null) break
      const message = 'The law of many countries forbids that a gift card lapses, or sets a shortest life of years'
      remark(
        reading,
        'warning',
        [tree, 'expires'],
        'gift-card-lapses',
        message,
        'Leave `expires` out: it is good for ever',
      )
      break
    }
    case 'experience':
      checkSessions(reward, inForceFrom, reading)
      break
    case 'access': {
      if (reward.opens !== null || reward.during !== null) break
      const message = 'It does not say when the door is open'
      const instead = 'Add `during`, or `opens`, how long before everyone else, for instance `opens: PT24H`'
      remark(reading, 'error', [tree], 'access-never-opens', message, instead)
      break
    }
    case 'donation':
      checkDonation(reward, reading)
      break
    case 'exchange':
      if (reward.gets.units === 0 || (reward.price?.type === 'amount' && reward.gets.asset === reward.price.asset)) {
        const message =
          reward.gets.units === 0
            ? 'Nothing comes for the price'
            : `It gives \`${reward.gets.asset}\` for \`${reward.gets.asset}\``
        remark(reading, 'error', [tree, 'gets'], 'price-for-nothing', message, 'Let another asset come for the price')
      }
      break
    case 'partner-exchange':
      if (document.partners?.find(({ id }) => id === reward.partner)?.value.settles === null) {
        const message = `\`${reward.partner}\` gives its own points for ours, and \`settles\` does not say what they are paid for it`
        const instead = `Say at the partner what it is paid, for instance ${inOwnWords('settles: { 100 points: 1.00 USD }', reading.names)}`
        remark(reading, 'warning', [tree, 'partner'], 'partner-closed', message, instead)
      }
      break
    case 'percent-off':
    case 'free-shipping':
    case 'product':
    case 'custom':
      break
  }
}

function checkDonation(reward: Extract<RewardText, { type: 'donation' }>, reading: Reading): void {
  const { tree, price, value } = reward
  if (value?.minor === 0) {
    const instead = 'Write more than nothing, or leave it out'
    remark(reading, 'error', [tree, 'value'], 'gift-zero', 'The charity would get nothing', instead)
  }
  if (price !== null && value !== null) {
    const message = 'The charity gets what the price is worth, be it bought or given, and `value` says another worth'
    remark(reading, 'error', [tree, 'value'], 'donation-worth-twice', message, 'Leave it out, or leave `price` out')
  } else if (price?.type === 'free') {
    const message = 'What the charity gets is the worth of the price, and there is none: it would get nothing'
    const instead = 'Write what it costs, or leave `price` out and give it, with `value`'
    remark(reading, 'error', [tree, 'price'], 'charity-without-worth', message, instead)
  } else if (price !== null && !hasWorth(price.asset, reading)) {
    const { asset } = price
    const message = `What the charity gets is the worth of the price, and what \`${asset}\` are worth is not said`
    const instead = `Say what they are worth at the asset, for instance ${worthExample(asset, reading.names)}`
    remark(reading, 'error', [tree, 'price'], 'charity-without-worth', message, instead)
  }
}

function checkSessions(
  reward: Extract<RewardText, { type: 'experience' }>,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const session of reward.sessions) {
    if (inForceFrom === null || session.starts.local >= inForceFrom) continue
    const message = `\`${session.id}\` is over before the program is in force: nobody can book it`
    remark(reading, 'error', [session.tree, 'starts'], 'session-over', message, 'Take it out, or let it begin later')
  }
}

function checkChosen(reward: Chosen, document: DocumentText, reading: Reading): void {
  const { tree, least, most, step } = reward
  checkSpendable(least, [tree, 'least'], reading)
  if (step.units === 0) {
    const instead = `Write an amount above zero, for instance 100 ${least.asset}`
    remark(reading, 'error', [tree, 'step'], 'price-zero', 'Steps of nothing lead nowhere', instead)
    return
  }
  for (const [key, amount] of [
    ['most', most],
    ['step', step],
  ] as const) {
    if (amount === null || amount.asset === least.asset) continue
    const message = `\`least\` is in \`${least.asset}\`, and this in \`${amount.asset}\``
    remark(reading, 'error', [tree, key], 'price-unit', message, `Write it in ${least.asset}`)
    return
  }
  if (least.units % step.units !== 0) {
    const message = '`least` is no multiple of `step`: it could not be spent'
    remark(reading, 'error', [tree, 'least'], 'price-bounds', message, 'Let it be once or several times the step')
  }
  if (most !== null && most.units < least.units) {
    const message = '`most` is below `least`: nothing could be spent'
    remark(reading, 'error', [tree, 'most'], 'price-bounds', message, 'Let it be as much or more')
  }
  const declared = document.assets?.some(({ id }) => id === least.asset) ?? false
  if (reward.worth === null && declared && !hasWorth(least.asset, reading)) {
    const message = `What \`${least.asset}\` pay is not said, here or at the asset`
    const instead = `Say what they are worth, for instance ${worthExample(least.asset, reading.names)}`
    remark(reading, 'error', [tree], 'worth-missing', message, instead)
  }
  if (reward.worth === null) return
  if (reward.worth.asset !== least.asset) {
    const message = `\`least\` is in \`${least.asset}\`, and this is the worth of \`${reward.worth.asset}\``
    remark(reading, 'error', [tree, 'worth'], 'price-unit', message, `Write the worth of ${least.asset}`)
  } else if (reading.names.assets.get(least.asset)?.kind === 'money') {
    const message = `\`${least.asset}\` is money: it pays what it says`
    remark(reading, 'error', [tree, 'worth'], 'money-worth', message, 'Leave `worth` out')
  }
}
