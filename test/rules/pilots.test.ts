import {
  linesOf,
  type MemberEvent,
  type MergeReceived,
  newMember,
  nextDue,
  ownTimeline,
  pilotArmOf,
  replay,
  type Timeline,
  versionAt,
} from '@laurel/engine'
import { describe, expect, test } from 'vitest'
import { on, paid } from '../vectors/history-builder.ts'
import { days, earning, points, program, timelineOf } from '../vectors/program-builder.ts'
import { balanceOf } from '../vectors/reading.ts'

const share = (percent: number) => ({ numerator: percent, denominator: 100 })
/** Numbers as a good hash makes them. */
const chances = Array.from({ length: 20_000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0)
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** A version for some, as it is published: it begins for nobody by itself. */
function onTrial(entry: Timeline[number] | undefined, begun: number, percent: number): Timeline[number] {
  if (entry === undefined) throw new Error('there is no such version')
  const { fromAt, fromLocal } = entry
  const never = Number.POSITIVE_INFINITY
  return { ...entry, fromAt: never, fromLocal: never, pilot: { begun, share: share(percent), fromAt, fromLocal } }
}

const plain = program({ assets: [points()] })
const thrice = program({ version: 2, assets: [points()], onOrder: [earning({ give: 3 })] })
const [always, trial] = timelineOf(plain, [at('2026-03-10'), thrice])
if (always === undefined) throw new Error('there is a first version')
/** Version 2 for a tenth from 10 March, for half from 20 March, and version 1 again for them from 30 March. */
const timeline: Timeline = [
  always,
  onTrial(trial, 2, 10),
  onTrial(timelineOf(plain, [at('2026-03-20'), { ...thrice, version: 3 }])[1], 2, 50),
  onTrial(timelineOf(plain, [at('2026-03-30'), { ...plain, version: 4 }])[1], 2, 50),
]
const drawnBy = (percent: number) => (chance: number) =>
  pilotArmOf(chance, { begun: 2, share: share(percent), holdout: share(20) })
const early = chances.find((chance) => drawnBy(10)(chance) === 'pilot') ?? 0
const late = chances.find((chance) => drawnBy(10)(chance) !== 'pilot' && drawnBy(50)(chance) === 'pilot') ?? 0
const never = chances.find((chance) => drawnBy(50)(chance) === 'holdout') ?? 0

const versionFor = (chance: number | undefined, day: string) =>
  versionAt(ownTimeline(timeline, chance === undefined ? {} : { chance }), at(day), at('2026-12-31'))?.program.version

describe('PIL-2 who is in which arm', () => {
  test('the shares that are stated, each member in one arm', () => {
    for (const [percent, holdout] of [
      [1, 1],
      [10, 30],
      [70, 30],
      [99, 0],
    ] as const) {
      const arms = Map.groupBy(chances, (chance) =>
        pilotArmOf(chance, { begun: 5, share: share(percent), holdout: share(holdout) }),
      )
      const part = (arm: 'pilot' | 'holdout' | 'rest') => (100 * (arms.get(arm)?.length ?? 0)) / chances.length
      // Five standard deviations of 20,000 fair draws are below two percent.
      expect(Math.abs(part('pilot') - percent)).toBeLessThan(2)
      expect(Math.abs(part('holdout') - holdout)).toBeLessThan(2)
    }
  })

  test('nobody leaves a pilot that is widened, and the holdout is what it was', () => {
    const [before, after] = [drawnBy(10), drawnBy(50)]
    expect(chances.every((chance) => before(chance) !== 'pilot' || after(chance) === 'pilot')).toBe(true)
    expect(chances.every((chance) => (before(chance) === 'holdout') === (after(chance) === 'holdout'))).toBe(true)
  })

  test('another pilot draws others', () => {
    const both = chances.filter((chance) =>
      [2, 7].every((begun) => pilotArmOf(chance, { begun, share: share(50), holdout: share(0) }) === 'pilot'),
    )
    expect(Math.abs(both.length / chances.length - 0.25)).toBeLessThan(0.02)
  })
})

describe('PIL-1 which version judges', () => {
  test.each([
    ['in it from the beginning', early, [1, 2, 3, 4]],
    ['let in later', late, [1, 1, 3, 4]],
    ['in the holdout', never, [1, 1, 1, 1]],
    ['without a number', undefined, [1, 1, 1, 1]],
  ])('PIL-5 a member %s', (_who, chance, versions) => {
    const days = ['2026-03-09', '2026-03-10', '2026-03-20', '2026-03-30']
    expect(days.map((day) => versionFor(chance, day))).toEqual(versions)
  })

  test('time passes by it, too: who is in it keeps points as it says', () => {
    const brief = program({ version: 2, assets: [points({ expiry: { type: 'life', life: days(30), endOf: null } })] })
    const [first, shorter] = timelineOf(plain, [at('2026-03-10'), brief])
    const tried: Timeline = first === undefined ? [] : [first, onTrial(shorter, 2, 10)]
    const lapses = (chance: number) => {
      const stamp = on(
        '2026-03-11',
        versionAt(ownTimeline(tried, { chance }), at('2026-03-11'), at('2026-03-11'))?.program.version,
      )
      const { member } = replay(tried, [paid('1', stamp, 1_000)], null, { ...newMember(), chance })
      return nextDue(tried, member).local
    }
    expect([lapses(early), lapses(never)]).toEqual([at('2026-04-11'), null])
  })

  test('MRG-1 the past of a member in it is told by it, also by one who is not', () => {
    const idleAfter = (count: number) =>
      points({ expiry: { type: 'inactive', idle: days(count), moves: new Set(['order.paid']) } })
    const [first, shorter] = timelineOf(program({ assets: [idleAfter(300)] }), [
      at('2026-03-10'),
      program({ version: 2, assets: [idleAfter(10)] }),
    ])
    const tried: Timeline = first === undefined ? [] : [first, onTrial(shorter, 2, 10)]
    // By the pilot they are gone on 23 March; by the version for all, in the next year.
    const bens = [paid('b', on('2026-03-12', 2), 1_000)]
    const merged: MemberEvent = {
      ...{ type: 'member.merged', source: 'laurel', id: 'merge', actor: 'staff', reason: 'same', to: 'ada' },
      ...{ head: '00', stamp: on('2026-03-25', 2) },
    }
    const received = (chance: number): MergeReceived => ({
      ...{ type: 'merge.received', source: 'laurel', id: 'ben/merge', stamp: on('2026-03-25'), merge: 'laurel/merge' },
      ...{ from: 'ben', into: 'ada', brought: { events: [...bens, merged], told: { chance } } },
    })
    const own = paid('a', on('2026-03-12'), 500)
    const after = (chance: number) =>
      balanceOf(replay(tried, [own, received(chance)], null, { ...newMember(), chance: never }).member).active
    expect([after(early), after(never)]).toEqual([5, 15])
  })

  test('the versions as they rule one member are made once, and of them again those of another', () => {
    const own = (chance: number, from = timeline) => ownTimeline(from, { chance })
    expect(own(early)).toBe(own(early))
    expect(own(never, own(early))).toBe(own(never))
    expect(ownTimeline(own(early), {})).toBe(own(early))
    const alone = timelineOf(plain)
    expect(ownTimeline(alone, { chance: early })).toBe(alone)
    expect(linesOf(alone)).toEqual([alone])
    const versionsOn = (line: Timeline) => versionAt(line, at('2026-03-25'), at('2026-12-31'))?.program.version
    expect(linesOf(timeline).map(versionsOn)).toEqual([1, 3])
  })
})
