import type { DocumentText } from '../document/document.ts'
import type { RewardText } from '../document/rewards.ts'
import { inOwnWords } from '../own-words.ts'
import { printAmount } from '../scalar-amount.ts'
import type { Reading } from '../shape.ts'
import { childOf } from '../syntax-tree.ts'
import { awardsIn } from './gifts.ts'
import { remark } from './remark.ts'

/** Rewards that are given, not bought: kinds of which nothing would come, and words that only bind whoever pays (RED-8). */
export function checkAwarded(document: DocumentText, reading: Reading): void {
  const given = new Set<string>()
  const rewardById = new Map((document.rewards ?? []).map(({ id, value }) => [id, value]))
  for (const award of awardsIn(document)) {
    const reward = award.type === 'reward' ? rewardById.get(award.reward) : undefined
    if (award.type !== 'reward' || reward === undefined) continue
    const nothing = nothingOf(award.reward, reward, reading)
    if (nothing === null) given.add(award.reward)
    else remark(reading, 'error', [award.tree, 'reward'], 'award-gives-nothing', nothing.message, nothing.instead)
  }
  for (const id of given) {
    const reward = rewardById.get(id)
    if (reward !== undefined) checkLimits(id, reward, reading)
  }
}

interface Nothing {
  readonly message: string
  readonly instead: string
}

/** Why nothing would come of it; null: something does. */
function nothingOf(id: string, reward: RewardText, reading: Reading): Nothing | null {
  switch (reward.type) {
    case 'pay-with-points': {
      const message = `\`${id}\` is a way to pay: there is nothing of it to give`
      return { message, instead: `Write ${printAmount(reward.least, reading)} in its place: members pay with those` }
    }
    case 'partner-exchange': {
      const message = `\`${id}\` is the partner’s, who is paid out of its price: given, nothing would come of it`
      return { message, instead: boughtInstead(id, reward, reading) }
    }
    case 'experience': {
      const message = `\`${id}\` is a seat that members book themselves: given, it would be of no session`
      return { message, instead: boughtInstead(id, reward, reading) }
    }
    case 'donation': {
      if (reward.value !== null || reward.price?.type === 'amount') return null
      // A price that could not be read is a price (one fault, one finding).
      if (reward.price === null && childOf(reward.tree, 'price') !== undefined) return null
      const message = `What the charity gets for \`${id}\` is not said: given, nothing would come of it`
      const value = inOwnWords('value: 3.00 USD', reading.names)
      return { message, instead: `Add \`value\` to \`${id}\`, what the charity gets each time, for instance ${value}` }
    }
    case 'money-off':
    case 'percent-off':
    case 'free-shipping':
    case 'product':
    case 'custom':
    case 'gift-card':
    case 'access':
    case 'exchange':
      return null
  }
}

function boughtInstead(
  id: string,
  { price }: Extract<RewardText, { type: 'partner-exchange' | 'experience' }>,
  reading: Reading,
): string {
  if (price?.type === 'amount') return `Write ${printAmount(price, reading)} in its place: members take it for those`
  return `Add \`price\` to \`${id}\`, and give in its place what it costs`
}

function checkLimits(id: string, reward: RewardText, reading: Reading): void {
  const { tree } = reward
  const keys = ['for', 'when', 'during', 'cap'].filter((key) => childOf(tree, key) !== undefined && binds(key, reward))
  const [first] = keys
  if (first === undefined) return
  const named = keys
    .map((key) => `\`${key}\``)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1')
  const bind = keys.length === 1 ? 'binds' : 'bind'
  const at = [tree, first] as const
  if (childOf(tree, 'price') === undefined) {
    const message = `${named} ${bind} whoever takes it for its price, and \`${id}\` has none: it is given all the same`
    remark(reading, 'error', at, 'limit-not-of-awards', message, `Say it where \`${id}\` is given, or leave it out`)
    return
  }
  const message = `${named} ${bind} whoever takes it for its price; where \`${id}\` is given it is given all the same`
  const instead = `Say it where \`${id}\` is given as well, or give another reward, without a price`
  remark(reading, 'warning', at, 'limit-not-of-awards', message, instead)
}

/** When a door is open is what it is, however one came by it. */
const binds = (key: string, { type }: RewardText): boolean => key !== 'during' || type !== 'access'
