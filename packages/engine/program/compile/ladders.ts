import type { MilestoneText } from '../document/games.ts'
import type { LadderText, LevelText, MeasureText } from '../document/tiers.ts'
import type { Ladder, Level, Measure, Window } from '../program.ts'
import { awardsOf, expiryOf } from './parts.ts'

export function ladderOf(ladder: LadderText): Ladder {
  return {
    id: ladder.ladder,
    measure: measureOf(ladder.measure),
    window: windowOf(ladder.window),
    rise: ladder.rise ?? 'at-once',
    fall: { to: ladder.fall.to, grace: ladder.fall.grace, warn: ladder.fall.warn ?? [] },
    afterRefund: ladder.afterRefund ?? 'keep-to-window-end',
    levels: ladder.levels.map(
      (level): Level => ({
        id: level.id,
        reach: reachOf(level.reach),
        name: level.name ?? {},
        expiry: new Map((level.expires ?? []).map(({ id, value }) => [id, expiryOf(value)])),
        benefits: level.benefits ?? [],
        entry: awardsOf(level.entry),
        hidden: level.hidden === 'yes',
        invitation: level.invitation === 'yes',
      }),
    ),
  }
}

function windowOf(window: LadderText['window']): Window {
  if (!('rollOver' in window)) return window
  const { rollOver, tree: _tree, ...rest } = window
  if (rollOver === null || rollOver.type === 'nothing') return rest
  return { ...rest, rollOver: { most: rollOver.type === 'all' ? null : reachOf(rollOver) } }
}

export function measureOf(measure: MeasureText): Measure {
  switch (measure.type) {
    case 'earned':
      return { type: 'earned', asset: measure.of }
    case 'activities':
      return { type: 'activities', name: measure.of }
    case 'spend':
    case 'orders':
    case 'visits':
    case 'referrals':
      return { type: measure.type }
  }
}

/** In the unit of what is measured; the checks have seen to it that it is that. */
export function reachOf(reach: LevelText['reach'] | MilestoneText['reach']): number {
  switch (reach.type) {
    case 'amount':
      return reach.units
    case 'money':
      return reach.minor
    case 'count':
      return reach.count
  }
}
