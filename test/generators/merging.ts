import { comparePositions, kindOf, type MemberEvent, positionOf, type Timeline, type TimePassed } from '@laurel/engine'
import fc from 'fast-check'
import { steps, tell } from './history.ts'
import { timelines } from './program.ts'
import { livesOfDays, realPeriods } from './scale.ts'
import { stampAt } from './stamp.ts'
import type { Step, StepKind } from './told.ts'

export type Recorded = Exclude<MemberEvent, TimePassed>

/** Two members of one program, each with a history of its own, and when the one goes into the other. */
export interface Pair {
  readonly timeline: Timeline
  /** Whoever goes. What comes after the merge comes for whoever stays. */
  readonly bens: readonly Recorded[]
  /** Whoever stays. */
  readonly adas: readonly Recorded[]
  readonly merged: Extract<MemberEvent, { type: 'member.merged' }>
  /** Which of the facts from before the merge come after it: one in so many. */
  readonly late: (index: number) => boolean
}

/** Nobody is erased or leaves: such members are not merged. */
const without: readonly StepKind[] = ['erase', 'leave', 'leave-and-back', 'rejoin', 'freeze', 'thaw']

export const pairs = (most: number): fc.Arbitrary<Pair> =>
  fc.constantFrom(livesOfDays, livesOfDays, realPeriods).chain((scale) =>
    fc
      .record({
        timeline: timelines(scale),
        start: fc.nat(scale.startsAt.length - 1),
        ben: steps(scale, most),
        ada: steps(scale, most),
        place: fc.double({ min: 0, max: 1, noNaN: true }),
        late: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      })
      .map(({ timeline, start, ben, ada, place, late }): Pair => {
        const told = (history: readonly Step[], self: string) =>
          tell(
            timeline,
            scale,
            start,
            history.filter(({ kind }) => !without.includes(kind)),
          )
            .filter((event) => event.type !== 'time.passed')
            .filter((event) => !isOfOneself(event, self))
            .sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
        const bens = told(ben, 'ben').map((event) => renamed(event) as Recorded)
        const index = Math.floor(place * bens.length)
        const begin = Date.parse(scale.startsAt[start % scale.startsAt.length] ?? '')
        const at = (bens[index]?.stamp.at ?? begin) + 1
        const by = { actor: 'staff-1', reason: 'same-person', source: 'laurel', id: 'merge' }
        const merged = {
          type: 'member.merged',
          ...by,
          stamp: stampAt(timeline, at, null),
          to: 'ada',
          head: '',
        } as const
        return { timeline, bens, adas: told(ada, 'ada'), merged, late: (nth) => late[nth % late.length] === true }
      }),
  )

/** Nobody claims, or is told, to have been sent by themselves: the code of one's own is refused before it gets here. */
const isOfOneself = (event: Recorded, self: string): boolean =>
  (event.type === 'referral.claim' && event.advocate === self) ||
  ((event.type === 'referral.qualified' || event.type === 'referral.reversed') && event.from === self)

/** Sources, orders and redemptions of one program bear different names, whoever's they are. */
function renamed(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (key === 'source') return `ben-${value}`
    if (/^(shop|staff)\//.test(value)) return `ben-${value}`
    return /^r\d+/.test(value) ? `ben-${value}` : value
  }
  if (Array.isArray(value)) return value.map((item) => renamed(item))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, renamed(part, name)]))
}

export const isFact = (event: Recorded): boolean => kindOf(event) === 'fact'
