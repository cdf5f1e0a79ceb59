import type { AwardText } from '../document/awards.ts'
import type { DocumentText } from '../document/document.ts'
import type { MapTree } from '../syntax-tree.ts'

/** Awards and the map that names them. */
export interface AwardsAt {
  readonly awards: readonly AwardText[]
  readonly tree: MapTree
  readonly key: string
}

/** Every list of awards in the document. */
export function awardsIn(document: DocumentText): AwardsAt[] {
  const found: AwardsAt[] = []
  const add = (awards: readonly AwardText[] | null, tree: MapTree, key = 'give') => {
    if (awards !== null) found.push({ awards, tree, key })
  }
  for (const rule of document.earn ?? []) if (rule.type === 'award') add(rule.awards, rule.tree)
  for (const ladder of document.tiers ?? []) for (const level of ladder.levels) add(level.entry, level.tree, 'entry')
  for (const { value } of document.cards ?? []) add(value.give, value.tree)
  for (const { value } of document.challenges ?? []) {
    add(value.give, value.tree)
    for (const milestone of value.milestones ?? []) add(milestone.give, milestone.tree)
    if (value.streak !== null) add(value.streak.give, value.streak.tree)
  }
  for (const { value } of document.leaderboards ?? []) for (const rank of value.ranks) add(rank.give, rank.tree)
  for (const { value } of document.draws ?? []) add(value.give, value.tree)
  for (const { value } of document.offers ?? []) if (value.type === 'goal') add(value.give, value.tree)
  for (const { value } of document.memberships ?? []) add(value.entry, value.tree, 'entry')
  if (document.referral !== null) {
    add(document.referral.friend, document.referral.tree, 'friend')
    add(document.referral.advocate, document.referral.tree, 'advocate')
  }
  return found
}

/** What members can come by in this program. */
export interface Gifts {
  readonly assets: ReadonlySet<string>
  readonly rewards: ReadonlySet<string>
  readonly badges: ReadonlySet<string>
}

export function giftsOf(document: DocumentText): Gifts {
  const assets = new Set<string>()
  const rewards = new Set<string>()
  const badges = new Set<string>()
  for (const rule of document.earn ?? []) if (rule.type === 'give') assets.add(rule.give.asset)
  for (const { value } of document.rewards ?? []) if (value.type === 'exchange') assets.add(value.gets.asset)
  for (const award of awardsIn(document).flatMap(({ awards }) => awards)) {
    switch (award.type) {
      case 'amount':
        assets.add(award.asset)
        break
      case 'reward':
        rewards.add(award.reward)
        break
      case 'badge':
        badges.add(award.badge)
        break
      case 'tier':
        break
    }
  }
  return { assets, rewards, badges }
}
