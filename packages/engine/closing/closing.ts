import type { Program, Timeline } from '../program/program.ts'
import { programAt, reignsOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import type { ClosingState } from './ended.ts'

/** Nothing is earned any more. */
export const isEarningOver = ({ closing }: Program, local: LocalTime): boolean =>
  closing !== null && local >= closing.earnsUntil

/** Nothing is spent any more, and nothing stays. */
export const isClosed = ({ closing }: Program, local: LocalTime): boolean =>
  closing !== null && local >= closing.burnsUntil

/** When a program ends, and by which of its versions. */
export interface Closing {
  readonly due: LocalTime
  readonly program: Program
}

const closingsByTimeline = new WeakMap<Timeline, readonly Closing[]>()

/**
 * Every end of the program, in their order: at the moment that the version says which rules then, or at the start of one whose
 * moment is over. A version that comes before that moment and says otherwise has put it off; one that comes after it begins anew.
 */
function closingsOf(timeline: Timeline): readonly Closing[] {
  const known = closingsByTimeline.get(timeline)
  if (known) return known
  const closings: Closing[] = []
  let before: Program | null = null
  for (const { program, from, to } of reignsOf(timeline)) {
    const due = program.closing === null ? null : Math.max(program.closing.burnsUntil, from)
    const isClosedAlready = before !== null && due === from && isClosed(before, from - 1)
    if (due !== null && due < to && !isClosedAlready) closings.push({ due, program })
    before = program
  }
  closingsByTimeline.set(timeline, closings)
  return closings
}

/** How the program ends, as members are told from its notice on; null: there is nothing to tell. */
export function closingTold(timeline: Timeline, now: LocalTime): Program['closing'] {
  const { closing } = programAt(timeline, now)
  return closing !== null && now >= closing.notice ? closing : null
}

/** The next end that a member has to go through. */
export const closingAhead = (timeline: Timeline, { ended }: ClosingState): Closing | null =>
  closingsOf(timeline).find(({ due }) => ended === undefined || due > ended) ?? null
