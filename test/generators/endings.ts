import type { Program, Timeline } from '@laurel/engine'
import fc from 'fast-check'
import type { Scale } from './scale.ts'

/** What a program asks of its members, and how it ends; most ask nothing and go on. */

const deeds: fc.Arbitrary<ReadonlySet<'earn' | 'redeem'>> = fc.constantFrom(
  new Set(['redeem'] as const),
  new Set(['earn'] as const),
  new Set(['earn', 'redeem'] as const),
)
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: 5 }, { arbitrary, weight: 1 })

const day = 86_400_000

/** Days after the latest beginning of a history, at midnight or at noon: in no history is the program over before it begins. */
const closing = ({ name, startsAt }: Scale): fc.Arbitrary<NonNullable<Program['closing']>> =>
  fc
    .record({
      earns: fc.integer({ min: 1, max: name === 'days' ? 12 : 400 }),
      burns: fc.integer({ min: 0, max: name === 'days' ? 6 : 200 }),
      noon: fc.boolean(),
      left: fc.constantFrom({ type: 'forfeit' as const }, { type: 'charity' as const, charity: 'green-city' }),
    })
    .map(({ earns, burns, noon, left }) => {
      const start = Math.floor(Math.max(...startsAt.map((each) => Date.parse(each))) / day) * day + (noon ? day / 2 : 0)
      const earnsUntil = start + earns * day
      return { notice: start, earnsUntil, burnsUntil: earnsUntil + burns * day, left }
    })

/** Which beginning a history has: where the program ends, every other one is near enough to that to see it. */
export function startWithin(timeline: Timeline, { startsAt }: Scale, drawn: number): number {
  const latest = Math.max(...startsAt.map((each) => Date.parse(each)))
  const isEnding = timeline.some(({ program }) => program.closing !== null)
  return isEnding && drawn % 2 === 1 ? startsAt.findIndex((each) => Date.parse(each) === latest) : drawn
}

export const endings = (scale: Scale): fc.Arbitrary<Pick<Program, 'terms' | 'minimumAge' | 'staffEarn' | 'closing'>> =>
  fc.record({
    terms: rarely(fc.record({ current: fc.constantFrom('spring', 'autumn'), for: deeds })),
    minimumAge: rarely(fc.record({ years: fc.constantFrom(16, 18), for: deeds })),
    staffEarn: fc.boolean(),
    closing: fc.oneof({ arbitrary: fc.constant(null), weight: 2 }, { arbitrary: closing(scale), weight: 1 }),
  })

/** What is told of a member's footing beside segments and tags. */
export const footingTold = (pick: number, other: number) => ({
  ...(pick % 4 === 0 ? { mark: (['staff', 'none', 'test', 'none'] as const)[other % 4] ?? 'none' } : null),
  ...(pick % 3 !== 0 ? { ageAtLeast: [0, 16, 18, 40][other % 4] ?? 0 } : null),
  ...(pick % 2 === 0 ? { terms: other % 2 === 0 ? 'spring' : 'autumn' } : null),
})
