import type { AwardText } from '../document/awards.ts'
import type { DocumentText } from '../document/document.ts'

/** Everything the document awards anywhere. */
export function awardsIn(document: DocumentText): readonly AwardText[] {
  const found: AwardText[] = []
  const add = (awards: readonly AwardText[] | null) => {
    if (awards !== null) found.push(...awards)
  }
  for (const rule of document.earn ?? []) if (rule.type === 'award') add(rule.awards)
  for (const ladder of document.tiers ?? []) for (const level of ladder.levels) add(level.entry)
  for (const { value } of document.cards ?? []) add(value.give)
  for (const { value } of document.challenges ?? []) {
    add(value.give)
    for (const milestone of value.milestones ?? []) add(milestone.give)
    if (value.streak !== null) add(value.streak.give)
  }
  for (const { value } of document.leaderboards ?? []) for (const rank of value.ranks) add(rank.give)
  for (const { value } of document.draws ?? []) add(value.give)
  for (const { value } of document.offers ?? []) if (value.type === 'goal') add(value.give)
  for (const { value } of document.memberships ?? []) add(value.entry)
  if (document.referral !== null) {
    add(document.referral.friend)
    add(document.referral.advocate)
  }
  return found
}

/** What members can come by in this program. */
export interface Gifts {
  readonly assets: ReadonlySet<string>
  /** Of those, what orders and activities bring by rules: goals count nothing else (GAME-1). */
  readonly byDoing: ReadonlySet<string>
  readonly rewards: ReadonlySet<string>
  readonly badges: ReadonlySet<string>
}

export function giftsOf(document: DocumentText): Gifts {
  const assets = new Set<string>()
  const rewards = new Set<string>()
  const badges = new Set<string>()
  const byDoing = new Set<string>()
  for (const rule of document.earn ?? []) {
    if (rule.type !== 'give') continue
    assets.add(rule.give.asset)
    if (rule.on.type !== 'occasion') byDoing.add(rule.give.asset)
  }
  for (const { value } of document.rewards ?? []) if (value.type === 'exchange') assets.add(value.gets.asset)
  for (const award of awardsIn(document)) {
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
  return { assets, byDoing, rewards, badges }
}
