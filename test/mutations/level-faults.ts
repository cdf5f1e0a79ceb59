import type { Fault } from './fault.ts'

/** Wrong ways to award levels, and to fill and open cards. */
export const levelFaults: readonly Fault[] = [
  {
    name: 'an award at the moment of a review takes what time takes at once',
    rule: 'TIER-4',
    file: 'tiers/judge.ts',
    find: "happened === 'fact' && before && isReviewed(at, before) ? 'time' : happened",
    replace: 'happened',
  },
  {
    name: 'a new day of joining takes what was earned beneath an override',
    rule: 'TIER-4',
    file: 'tiers/judge.ts',
    find: 'Math.max(supportedUntil(at, before), floor)',
    replace: 'Math.max(supportOf(ladder, before, at.joinedOn, now - 1).index, floor)',
  },
  {
    name: 'an override takes the grace that the facts have',
    rule: 'TIER-4',
    file: 'tiers/judge.ts',
    find: 'if (!state.override) return state\n  const { ladder, now } = at',
    replace: "const { ladder, now } = at\n  if (!state.override || ladder.fall.to !== 'never') return state",
  },
  {
    name: 'what is held for good goes with facts that held up as much again',
    rule: 'TIER-4',
    file: 'tiers/judge.ts',
    find: 'floor !== null && (floor.promised || floor.until === null)',
    replace: 'floor?.promised',
  },
  {
    name: 'a refund takes what levels gave that time had taken',
    rule: 'TIER-7',
    file: 'awards/entry.ts',
    find: 'held < indexOf(ladder, level) && indexOf(ladder, level) <= before',
    replace: 'held < indexOf(ladder, level)',
  },
  {
    name: 'awards of levels are taken back by name',
    rule: 'REF-2',
    file: 'awards/entry.ts',
    find: 'lost.sort((a, b) => indexOf(ladder, a.level) - indexOf(ladder, b.level))',
    replace: 'lost',
  },
  {
    name: 'a level that was held for no time gives its awards',
    rule: 'TIER-7',
    file: 'awards/entry.ts',
    find: '  if (indexOf(ladder, to) > heldIndex(draft, ladder)) return\n',
    replace: '',
  },
  {
    name: 'a card of long ago opens',
    rule: 'REF-7',
    file: 'cards/reopen.ts',
    find: 'card?.asset === asset && !isForgotten(draft, dayOf(each.on))',
    replace: 'card?.asset === asset',
  },
]
