import type { Ladder, Program } from '@laurel/engine'
import type { Pair, Recorded } from '../generators/merging.ts'
import { challenge, goal } from '../vectors/goal-builder.ts'
import { dayNumber, on, paid, refund } from '../vectors/history-builder.ts'
import { days, earning, level, points, program, standing, timelineOf } from '../vectors/program-builder.ts'
import { idlePoints } from './crafted-idle.ts'

/** Two members who become one, by hand, for what chance hardly ever meets (MRG-1). */

const levels = [level('low', 0), level('high', 3000)]
const quarters = { type: 'calendar', unit: 'quarter', keptThrough: false } as const

/** Ben goes at a moment; what is his is all from before, what is hers may be from after. */
const pair = (
  at: string,
  { bens, adas }: Pick<Pair, 'bens' | 'adas'>,
  parts: Partial<Program> & { readonly ladder?: Partial<Ladder> },
): Pair => {
  const { ladder, ...more } = parts
  const ladders = ladder ? [standing(0, { levels, window: quarters, ...ladder })] : []
  return {
    timeline: timelineOf(program({ onOrder: [earning()], assets: [points()], ladders, ...more })),
    bens,
    adas,
    merged: {
      ...{ type: 'member.merged', source: 'laurel', id: 'merge', stamp: on(at), actor: 'staff-1', to: 'ada', head: '' },
      reason: 'same-person',
    },
    late: () => false,
  }
}

const order = (id: string, at: string, total: number): Recorded => ({ ...paid(id, on(at), total), source: id })
/** So that both books look at what time has done since. */
const later = (at: string): Recorded => order('later', at, 100)

/** A grace that outlasts the quarter; nothing that he bought holds the level up any more. */
const graceGoesOn = pair(
  '2026-05-01',
  { bens: [order('b1', '2026-01-10', 3000)], adas: [order('a1', '2026-02-10', 100), later('2026-07-10')] },
  { ladder: { fall: { to: 'earned', grace: days(120), warn: [] } } },
)

/** What staff gave outlasts the quarter. */
const matchGoesOn = pair(
  '2026-05-01',
  {
    bens: [
      order('b1', '2026-04-10', 100),
      {
        ...{ type: 'tier.overridden', source: 'staff', id: 'match', stamp: on('2026-04-20'), actor: 'staff-1' },
        ...{ reason: 'match', ladder: 'standing', level: 'high', endsOn: dayNumber('2026-09-01') },
      },
    ],
    adas: [order('a1', '2026-04-10', 100), later('2026-08-10')],
  },
  { ladder: {} },
)

const twice = challenge('twice', { goal: goal({ target: 2 }), awards: [{ type: 'badge', badge: 'explorer' }] })
/** Together they have met a challenge in the month before the last. */
const metBefore = pair(
  '2026-03-20',
  {
    bens: [order('b1', '2026-02-10', 1000), order('b2', '2026-03-10', 1000)],
    adas: [order('a1', '2026-02-12', 1000)],
  },
  {
    challenges: new Map([['twice', twice]]),
    badges: new Map([['explorer', { id: 'explorer', name: {}, each: 'ever' }]]),
  },
)

/** Both began on one day; his points have lapsed by the merge, and come back after it. */
const idleApart = pair(
  '2026-03-20',
  {
    bens: [order('b1', '2026-03-01', 1000)],
    adas: [
      ...['2026-03-01', '2026-03-09', '2026-03-18'].map((at, index) => order(`a${index}`, at, 1000)),
      { ...refund('back', 'b1', on('2026-03-21'), 1000), source: 'b1', via: 'ben' },
    ],
  },
  { assets: [idlePoints] },
)

export const craftedMerges: readonly Pair[] = [graceGoesOn, matchGoesOn, metBefore, idleApart]
