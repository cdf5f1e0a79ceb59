import { comparePositions, type MemberEvent, positionOf, type Timeline } from '@laurel/engine'
import fc from 'fast-check'
import { startWithin } from '../generators/endings.ts'
import { awardingGiftCards } from '../generators/gift-cards.ts'
import { withGivingUp } from '../generators/giving-up.ts'
import { steps, tell } from '../generators/history.ts'
import { awaiting } from '../generators/parcels.ts'
import { timelines } from '../generators/program.ts'
import { livesOfDays, realPeriods, type Scale } from '../generators/scale.ts'
import type { Step, StepKind } from '../generators/told.ts'

/** A program, and what happened to one of its members, in tidy order; wake-ups stand where they happened. */
export interface Case {
  readonly scale: Scale
  readonly timeline: Timeline
  readonly events: readonly MemberEvent[]
  /** The member's own number (EXP-1); absent or null: it is held out of nothing. Only what asks for experiments takes it. */
  readonly chance?: number | null
}

export interface CaseLimits {
  /** Steps of the longest history. */
  readonly most: number
  /** Steps of the shortest, where one says too little. */
  readonly least?: number
  /** Whether a second version gives up the points that members hold. */
  readonly givingUp?: boolean
  /** Kinds of steps that this property cannot take, by its own terms. */
  readonly without?: readonly StepKind[]
  /** What every third step is instead, where it has to meet the others more often than chance lets it. */
  readonly often?: StepKind
  /** Whether what is awarded is a gift card instead of something custom. */
  readonly giftCards?: boolean
  /** Whether all that members spend waits for a delivery. */
  readonly waits?: boolean
}

/** What lets gift cards be used before what gave them goes back. */
export const partlyUsed = { often: 'card-used-and-back', giftCards: true } as const satisfies Partial<CaseLimits>

const chances = fc.oneof(fc.constant(null), fc.nat(2 ** 32 - 1))

export const cases = ({
  most,
  least = 1,
  givingUp = false,
  without = [],
  often,
  waits = false,
  giftCards = false,
}: CaseLimits): fc.Arbitrary<Case> =>
  fc.constantFrom(livesOfDays, livesOfDays, realPeriods).chain((scale) =>
    fc
      .tuple(
        givingUp ? timelines(scale).chain(withGivingUp) : timelines(scale),
        fc.nat(scale.startsAt.length - 1),
        steps(scale, most, least),
        chances,
      )
      .map(([drawn, start, history, chance]) => {
        const funded = giftCards ? awardingGiftCards(drawn) : drawn
        const timeline = waits ? awaiting(funded) : funded
        const kept: Step[] = history
          .filter((step) => !without.includes(step.kind))
          .map((step, index) => (often !== undefined && index % 3 === 1 ? { ...step, kind: often } : step))
        return {
          scale,
          timeline,
          chance,
          events: inTidyOrder(tell(timeline, scale, startWithin(timeline, scale, start), kept)),
        }
      }),
  )

/** Events in tidy order; a wake-up comes after what its instant brought. */
export function inTidyOrder(events: readonly MemberEvent[]): MemberEvent[] {
  return [...events].sort((a, b) => {
    if (a.stamp.at !== b.stamp.at) return a.stamp.at - b.stamp.at
    if (a.type === 'time.passed') return b.type === 'time.passed' ? 0 : 1
    if (b.type === 'time.passed') return -1
    return comparePositions(positionOf(a), positionOf(b))
  })
}
