import type { LocalTime } from '../../time/local.ts'
import type { DocumentText } from '../document/document.ts'
import type { RewardText } from '../document/rewards.ts'
import type { Amount } from '../scalar-amount.ts'
import type { Named, Reading } from '../shape.ts'
import type { MapTree } from '../syntax-tree.ts'
import { checkDuring } from './during.ts'
import { disjointTiers } from './earn.ts'
import { remark } from './remark.ts'

export function checkRewards(
  rewards: readonly Named<RewardText>[],
  document: DocumentText,
  inForceFrom: LocalTime | null,
  reading: Reading,
): void {
  for (const { value: reward } of rewards) {
    checkDuring(reward.during, reward.tree, inForceFrom, reading)
    if (reward.type === 'pay-with-points') checkChosen(reward, document, reading)
    else checkPrices(reward, reading)
  }
}

type Priced = Exclude<RewardText, { type: 'pay-with-points' }>
type Chosen = Extract<RewardText, { type: 'pay-with-points' }>

function checkPrices(reward: Priced, reading: Reading): void {
  const { price, tree } = reward
  checkSpendable(price, [tree, 'price'], reading)
  for (const other of reward.priceFor ?? []) {
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
  if (reading.names.assets.get(price.asset)?.qualifying) {
    const message = `\`${price.asset}\` is qualifying: members never spend it`
    const spendable = [...reading.names.assets].find(([, asset]) => !asset.qualifying)?.[0]
    const instead = spendable === undefined ? 'Declare an asset of kind: spendable' : `Price it in ${spendable}`
    remark(reading, 'error', at, 'price-in-qualifying', message, instead)
  } else if (price.units === 0) {
    const message = 'It costs nothing: every member could have it without end'
    remark(reading, 'error', at, 'price-zero', message, `Write a price above zero, for instance 1 ${price.asset}`)
  }
}

function checkChosen(reward: Chosen, document: DocumentText, reading: Reading): void {
  const { tree, least, most, step } = reward
  checkSpendable(least, [tree, 'least'], reading)
  if (step.units === 0) {
    remark(
      reading,
      'error',
      [tree, 'step'],
      'price-zero',
      'Steps of nothing lead nowhere',
      `For instance: 100 ${least.asset}`,
    )
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
  const ofAsset = document.assets?.find(({ id }) => id === least.asset)
  if (reward.worth === null && ofAsset !== undefined && ofAsset.value.worth === null) {
    const message = `What \`${least.asset}\` pay is not said, here or at the asset`
    const code = reading.names.currency?.code ?? 'USD'
    remark(reading, 'error', [tree], 'worth-missing', message, `Add worth: { 100 ${least.asset}: 1.00 ${code} }`)
  }
  if (reward.worth !== null && reward.worth.asset !== least.asset) {
    const message = `\`least\` is in \`${least.asset}\`, and this is the worth of \`${reward.worth.asset}\``
    remark(reading, 'error', [tree, 'worth'], 'price-unit', message, `Write the worth of ${least.asset}`)
  }
}
