import type { Ladder, MemberEvent, Program } from '@laurel/engine'
import { livesOfDays } from '../generators/scale.ts'
import type { Case } from '../properties/cases.ts'
import { adjusted, dayNumber, on, paid, refund, tick } from '../vectors/history-builder.ts'
import { days, level, points, program, standing, timelineOf } from '../vectors/program-builder.ts'

/** What levels give and take, by hand (TIER-4, TIER-7). */

const gives = (asset: string, amount: number) => ({ entry: [{ type: 'amount', asset, amount }] as const })
const status = points({ id: 'status', kind: 'qualifying' })

const story = (ladders: readonly Ladder[], events: readonly MemberEvent[], more: Partial<Program> = {}): Case => ({
  scale: livesOfDays,
  timeline: timelineOf(program({ onOrder: [], assets: [points(), status], ladders, ...more })),
  events,
})

/** One review awards what another ladder measures, at the moment of the other's own review. */
const awardAtReview = story(
  [
    standing(1, {
      id: 'a',
      measure: { type: 'orders' },
      rise: 'period-end',
      levels: [level('low', 0), level('high', 1, gives('status', 10))],
    }),
    standing(1, {
      id: 'b',
      measure: { type: 'earned', asset: 'status' },
      fall: { to: 'earned', grace: days(30), warn: [] },
      levels: [level('low', 0), level('middle', 5), level('high', 25)],
    }),
    standing(3000, { id: 'c', levels: [level('low', 0), level('high', 3000, gives('status', 25))] }),
  ],
  [paid('o1', on('2026-03-01'), 3000), tick(on('2027-01-01')), tick(on('2027-01-15')), tick(on('2027-02-01'))],
)

/** The year of the level ends with the day of joining, beneath an override. */
const joinedBeneath = story(
  [
    standing(3000, {
      window: { type: 'anniversary', keptThrough: false },
      fall: { to: 'never', grace: null, warn: [] },
      levels: [level('low', 0), level('middle', 3000), level('high', 9000)],
    }),
  ],
  [
    paid('o1', on('2026-03-01'), 3000),
    {
      ...{ type: 'tier.overridden', source: 'staff', id: 'match', stamp: on('2026-03-02'), actor: 'staff-1' },
      ...{ reason: 'match', ladder: 'standing', level: 'high', endsOn: dayNumber('2026-06-01') },
    },
    { type: 'member.joined', source: 'shop', id: 'joined', stamp: on('2026-04-01T09:00') },
    tick(on('2026-07-01')),
  ],
)

/** The year ends beneath a level that staff gave for a while; what was earned has its grace. */
const givenForAWhile = story(
  [
    standing(0, {
      fall: { to: 'earned', grace: days(30), warn: [] },
      levels: [level('low', 0), level('middle', 3000), level('high', 9000)],
    }),
  ],
  [
    paid('o1', on('2026-03-01'), 3000),
    {
      ...{ type: 'tier.overridden', source: 'staff', id: 'goodwill', stamp: on('2026-12-20'), actor: 'staff-1' },
      ...{ reason: 'goodwill', ladder: 'standing', level: 'high', endsOn: dayNumber('2027-01-10') },
    },
    tick(on('2027-01-12')),
  ],
)

/** A level is held for good; staff mistype the end of another, which would be over today. */
const heldAndMistyped = story(
  [standing(3000)],
  (
    [
      ['match', null],
      ['mistyped', dayNumber('2026-03-02')],
    ] as const
  ).map(([id, endsOn]) => ({
    ...{ type: 'tier.overridden', source: 'staff', id, stamp: on('2026-03-02T09:00'), actor: 'staff-1' },
    ...{ reason: id, ladder: 'standing', level: 'gold', endsOn },
  })),
)

/** Nobody falls; what held the level up again is refunded. */
const heldForGood = story(
  [standing(3000, { fall: { to: 'never', grace: null, warn: [] } })],
  [
    paid('o1', on('2026-03-01'), 3000),
    tick(on('2027-01-02')),
    paid('o2', on('2027-03-01'), 3000),
    refund('back', 'o2', on('2027-03-02'), 3000),
  ],
)

const two = [level('low', 0), level('z-first', 1000, gives('points', 20)), level('a-second', 2000, gives('points', 4))]
/** Both levels go with one refund, and there is not enough for what both gave. */
const bothAtOnce = story(
  [standing(1000, { levels: two })],
  [
    paid('o1', on('2026-03-01'), 1900),
    paid('o2', on('2026-03-02'), 100),
    adjusted('less', on('2026-03-03'), -4),
    refund('back', 'o1', on('2026-03-04'), 1900),
  ],
)

/** Time took the second level; a refund of the next year takes the first. */
const lostBefore = story(
  [standing(1000, { levels: two })],
  [
    paid('o1', on('2026-03-01'), 1000),
    paid('o2', on('2026-03-02'), 1000),
    tick(on('2027-01-02')),
    paid('o3', on('2027-03-01'), 1000),
    refund('back', 'o3', on('2027-03-02'), 1000),
  ],
)

export const craftedLevels: readonly Case[] = [
  awardAtReview,
  joinedBeneath,
  givenForAWhile,
  heldAndMistyped,
  heldForGood,
  bothAtOnce,
  lostBefore,
]
