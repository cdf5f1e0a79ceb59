import { choice } from '../choice.ts'
import { listOf } from '../list-shape.ts'
import { record, required } from '../record-shape.ts'
import { amount } from '../scalar-amount.ts'
import { badgeReference, levelReference, rewardReference } from '../scalar-reference.ts'
import { periodOfDays } from '../scalar-time.ts'
import { defined, mapped, type Shape, type ValueOf } from '../shape.ts'

const AWARDS_MAX = 20 // what is given at once is read in one message

const forms = {
  reward: mapped(
    record('an award', {
      reward: required(rewardReference, 'A voucher for this reward, free of charge', 'free-coffee'),
    }),
    ({ reward, tree }) => ({ type: 'reward' as const, reward, tree }),
  ),
  badge: mapped(record('an award', { badge: required(badgeReference, 'A badge', 'explorer') }), ({ badge, tree }) => ({
    type: 'badge' as const,
    badge,
    tree,
  })),
  tier: mapped(
    record('an award', {
      tier: required(levelReference, 'A level, whatever was earned', 'gold'),
      keep: required(periodOfDays, 'How long it is kept', 'P1Y'),
    }),
    ({ tier, keep, tree }) => ({ type: 'tier' as const, level: tier, keep, tree }),
  ),
}
const amountAward = mapped(amount, (value) => ({ type: 'amount' as const, ...value }))
const award = choice('an award', '100 points, or { reward: free-coffee }', { text: amountAward, maps: forms })
export type AwardText = ValueOf<typeof award>

const list = listOf(award, AWARDS_MAX)
const one = mapped(award, (value): readonly AwardText[] => [value])
const oneOrMore = choice('an award', '100 points, or { reward: free-coffee }', {
  text: mapped(amountAward, (value): readonly AwardText[] => [value]),
  list,
  maps: { reward: one, badge: one, tier: one },
})

/** One award or a list of them; a list of one says what the one says. */
const awardsForms: Shape<readonly AwardText[]> = {
  ...oneOrMore,
  // What is given need not be what is counted beside it.
  read: (tree, reading) => oneOrMore.read(tree, { ...reading, asset: null }),
  canonical(tree, reading) {
    const only = tree.type === 'list' && tree.items.length === 1 ? tree.items[0] : undefined
    return only === undefined ? oneOrMore.canonical(tree, reading) : award.canonical(only, reading)
  },
  schema: (definitions) => ({ anyOf: [award.schema(definitions), list.schema(definitions)] }),
}
export const awards = defined('awards', awardsForms)
