import type { Ladder, Program } from '@laurel/engine'
import { type Exact, exact, isMore, minus, over, plus, times } from './exact.ts'
import type { Found } from './records.ts'

/** EARN-6: where an order crosses levels, and what is held on the way. */

export interface Stretch {
  readonly tiers: Found['tiers']
  /** Of the whole order. */
  readonly share: Exact
}

/**
 * `count` says what all of the order would come to on a ladder at some levels. Walks from level to level until the order is at
 * its end; `rising` is what counted on each ladder before it.
 */
export function stretchesOf(
  program: Program,
  { tiers, rising }: Pick<Found, 'tiers' | 'rising'>,
  count: (ladder: Ladder, tiers: Found['tiers']) => number,
): Stretch[] {
  const climbed = program.ladders.filter(({ id }) => rising.has(id))
  const walk = (held: Found['tiers'], sums: ReadonlyMap<string, Exact>, left: Exact): Stretch[] => {
    const gates = climbed.flatMap((ladder) => {
      const speed = count(ladder, held)
      const gate = ladder.levels[positionIn(ladder, held) + 1]
      if (gate === undefined || speed <= 0) return []
      const missing = minus(exact(gate.reach), sums.get(ladder.id) ?? exact(0))
      return [isMore(missing, exact(0)) ? over(missing, speed) : exact(0)]
    })
    const nearest = gates.reduce((least, gate) => (isMore(least, gate) ? gate : least), left)
    if (!isMore(left, nearest)) return [{ tiers: held, share: left }]
    const then = new Map(
      climbed.map((ladder) => {
        const before = sums.get(ladder.id) ?? exact(0)
        return [ladder.id, plus(before, times(nearest, exact(count(ladder, held))))] as const
      }),
    )
    const risen = held.map((tier) => {
      const ladder = climbed.find(({ id }) => id === tier.ladder)
      const sum = then.get(tier.ladder)
      if (ladder === undefined || sum === undefined) return tier
      const reached = ladder.levels.findLastIndex(({ reach }) => !isMore(exact(reach), sum))
      return { ladder: ladder.id, level: ladder.levels[Math.max(reached, positionIn(ladder, held))]?.id ?? tier.level }
    })
    return [{ tiers: held, share: nearest }, ...walk(risen, then, minus(left, nearest))]
  }
  return walk(tiers, new Map([...rising].map(([ladder, sum]) => [ladder, exact(sum)])), exact(1))
}

const positionIn = (ladder: Ladder, held: Found['tiers']): number => {
  const level = held.find((tier) => tier.ladder === ladder.id)?.level
  return Math.max(
    0,
    ladder.levels.findIndex(({ id }) => id === level),
  )
}
