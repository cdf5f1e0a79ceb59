import { choice } from '../choice.ts'
import { declaring } from '../declaring.ts'
import { idMeant } from '../id-meant.ts'
import { listOf } from '../list-shape.ts'
import { meantWord } from '../nearest.ts'
import { record, required } from '../record-shape.ts'
import { amount } from '../scalar-amount.ts'
import { badgeReference, levelReference, rewardReference } from '../scalar-reference.ts'
import { periodOfDays } from '../scalar-time.ts'
import { defined, mapped, type Reading, type Shape, type ValueOf } from '../shape.ts'
import type { TextTree } from '../syntax-tree.ts'

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

/** A level is given for a time; what is nothing of the kind may be a reward. */
function awardNamed({ text }: TextTree, { names }: Reading): string | null {
  const id = idMeant(text.replace(/^(?:an?|one|1|free) (?=\D)/i, ''))
  if (/\d/.test(text) || id === '' || names.assets.has(text)) return null
  const given = [id, `free-${id}`, idMeant(text)].find((each) => names.ids.rewards.has(each))
  if (given !== undefined) return `Write { reward: ${given} }`
  if (names.ids.badges.has(id)) return `Write { badge: ${id} }`
  if (names.laddersByLevel.has(id)) return `Write { tier: ${id}, keep: P1Y }, or for how long it is kept`
  const near = meantWord(text, names.assets.keys())
  if (near !== null || [...names.assets.keys()].some((each) => text.endsWith(each))) return null
  return `Write { reward: ${id} }, and ${declaring('rewards', id, names)?.told}`
}

/** One award or a list of them; a list of one says what the one says. */
const awardsForms: Shape<readonly AwardText[]> = {
  ...oneOrMore,
  // What is given need not be what is counted beside it.
  read(tree, reading) {
    const inner = { ...reading, asset: null }
    const meant = tree.type === 'text' && !reading.quiet ? awardNamed(tree, inner) : null
    if (meant === null) return oneOrMore.read(tree, inner)
    reading.report(
      tree,
      'wrong-shape',
      `Here stands \`${tree.type === 'text' ? tree.text : ''}\`; an award is expected`,
      meant,
    )
    return undefined
  },
  canonical(tree, reading) {
    const only = tree.type === 'list' && tree.items.length === 1 ? tree.items[0] : undefined
    return only === undefined ? oneOrMore.canonical(tree, reading) : award.canonical(only, reading)
  },
  schema: (definitions) => ({ anyOf: [award.schema(definitions), list.schema(definitions)] }),
}
export const awards = defined('awards', awardsForms)
