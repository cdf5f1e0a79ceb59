import { type KeptLevel, type Member, type Program, pinsOf, replay, type Timeline, toKeep } from '@laurel/engine'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Coverage } from '../generators/coverage.ts'
import { withLevelCalled } from '../generators/giving-up.ts'
import { nothingGivenUp } from '../vectors/program-builder.ts'
import { cases } from './cases.ts'
import { correcting, correction, factsOf, mistakes, namesOf, recordedOf } from './correcting.ts'
import { answered, bornWith } from './living.ts'

/** COR-3: what versions promise of levels, under whatever name, and a correction afterwards. */

const promises = fc.record({
  renames: fc.boolean(),
  /** How much more is asked for each level. */
  times: fc.constantFrom(2, 5, 20),
  lastsDays: fc.constantFrom(null, 3, 400),
  /** Whether the version that is right says it again. */
  repeats: fc.boolean(),
})
type Promised = typeof promises extends fc.Arbitrary<infer Value> ? Value : never

const dayMs = 86_400_000

/** A version that asks more for each level, promises them from its start on, and may call one otherwise. */
function promising(before: Program, starts: number, { renames, times, lastsDays }: Promised): Program {
  const until = lastsDays === null ? null : starts + lastsDays * dayMs
  const nameOf = (level: string) => (renames && level === 'gold' ? 'plus' : level)
  const program = renames ? withLevelCalled(before, 'gold', 'plus') : before
  const levels = before.ladders.flatMap(({ id, levels: all }) =>
    all.slice(1).map(({ id: level }) => {
      const to = nameOf(level) === level ? null : { ladder: id, level: nameOf(level) }
      return [`${id}/${level}`, { to, until }] as const
    }),
  )
  return {
    ...program,
    ladders: program.ladders.map((ladder) => ({
      ...ladder,
      levels: ladder.levels.map((level) => ({ ...level, reach: level.reach * times })),
    })),
    transitions: { ...nothingGivenUp, levels: new Map(levels) },
  }
}

/** How often something was kept, for whoever wonders whether it ever is. */
export const keptPromises = 'kept a promised level'

/** Nobody loses a level that was promised and that the facts held up when it was, and nobody is lifted by a correction's promise. */
export const correctionsKeepPromises = (most: number, coverage: Coverage) =>
  fc.property(cases({ most, least: 3 }), mistakes, promises, (drawn, mistake, promise) => {
    const { chance = null } = drawn
    const last = drawn.timeline.at(-1) ?? raise()
    const isLater = drawn.timeline.length > 1
    const saying = promising(last.program, Math.max(last.publishedLocal, last.fromLocal), promise)
    const wrong: Timeline = isLater ? [...drawn.timeline.slice(0, -1), { ...last, program: saying }] : drawn.timeline
    const recorded = recordedOf(answered(wrong, drawn.events, chance))
    const way = correcting(wrong, recorded, mistake)
    const timeline = way.timeline.map((entry) => {
      if (entry.program.version !== way.asked.version) return entry
      if (!isLater) return { ...entry, program: promising(entry.program, entry.publishedLocal, promise) }
      return promise.repeats ? entry : { ...entry, program: { ...entry.program, transitions: nothingGivenUp } }
    })
    const right = timeline.at(-1)?.program ?? raise()
    const act = correction({ ...way, timeline }, namesOf(factsOf({ ...way, timeline }, recorded)))
    const passed = { type: 'time.passed', stamp: act.stamp } as const
    const told = bornWith(chance)
    const actual = replay(timeline, recorded, passed, told).member
    const pins = { ...pinsOf([act]), putRight: [] }
    const judged = replay(timeline, recorded, passed, told, { pins }).member
    const after = replay(timeline, [...recorded, act], null, told).member
    const kept = toKeep(right, { actual, judged, after }, act.stamp.local)
    if (kept.length > 0) coverage.note(keptPromises)
    const { member } = replay(timeline, [...recorded, { ...act, kept }], null, told)
    for (const ladder of right.ladders) {
      const placeOf = (level: string | undefined) => ladder.levels.findIndex(({ id }) => id === level)
      const rank = (of: Member) => Math.max(0, placeOf(of.ladders.find((state) => state.ladder === ladder.id)?.level))
      const held = Math.min(rank(actual), rank(judged))
      if (rank(member) > rank(after)) expect(rank(member)).toBeLessThanOrEqual(held)
      const promised = floorIn(judged, ladder.id)
      const isSaid = [...right.transitions.levels].some(([name, { to }]) => {
        const { ladder: id, level } = to ?? promised ?? { ladder: '', level: '' }
        return `${id}/${level}` === `${ladder.id}/${promised?.level}` && (to !== null || name === `${id}/${level}`)
      })
      const lasts = promised !== null && (promised.until === null || promised.until > act.stamp.local)
      if (lasts && isSaid && held === placeOf(promised.level)) {
        expect(rank(member)).toBeGreaterThanOrEqual(held)
      }
    }
  })

function floorIn({ ladders }: Member, id: string): KeptLevel | null {
  const floor = ladders.find((state) => state.ladder === id)?.floor
  return floor?.promised === true ? { ladder: id, level: floor.level, until: floor.until } : null
}

function raise(): never {
  throw new Error('a timeline holds at least one version')
}
