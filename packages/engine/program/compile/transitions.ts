import type { AssetTransitionText, LevelTransitionText, TransitionsText } from '../document/transitions.ts'
import type { Named } from '../list-shape.ts'
import type { AssetTransition, Honoured, LevelTransition, Transitions } from '../program.ts'
import { endOf } from './parts.ts'

export function transitionsOf(text: TransitionsText | null): Transitions {
  return {
    assets: mapped(text?.assets, assetTransitionOf),
    levels: mapped(text?.tiers, levelTransitionOf),
    rewards: mapped(text?.rewards, honouredOf),
    cards: mapped(text?.cards, honouredOf),
    challenges: mapped(text?.challenges, honouredOf),
    memberships: mapped(text?.memberships, honouredOf),
    pools: mapped(text?.pools, honouredOf),
    sessions: mapped(text?.sessions, (word) => word),
    draws: mapped(text?.draws, (word) => word),
  }
}

const mapped = <Text, Value>(
  list: readonly Named<Text>[] | null | undefined,
  of: (text: Text) => Value,
): ReadonlyMap<string, Value> => new Map((list ?? []).map(({ id, value }) => [id, of(value)]))

const honouredOf = (text: 'keep' | { readonly through: Parameters<typeof endOf>[0] }): Honoured => ({
  until: text === 'keep' ? null : endOf(text.through),
})

function assetTransitionOf(text: AssetTransitionText): AssetTransition {
  if (text === 'keep' || 'through' in text) return { type: 'honour', ...honouredOf(text) }
  const { give, per, round } = text
  return { type: 'convert', to: give.asset, give: give.units, per: per.amount, round: round ?? 'ceil' }
}

function levelTransitionOf(text: LevelTransitionText): LevelTransition {
  const to = text === 'keep' ? null : text.to
  const [ladder = '', level = ''] = to?.split('/') ?? []
  return { to: to === null ? null : { ladder, level }, ...honouredOf(text) }
}
