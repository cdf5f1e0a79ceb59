import type { Goal } from '../program/program.ts'
import type { Tally } from './tally.ts'

/** Whether an amount is enough. */
export function reaches({ comparison, target }: Goal, amount: number): boolean {
  switch (comparison) {
    case 'atLeast':
      return amount >= target
    case 'moreThan':
      return amount > target
  }
}

/** How far a tally has come, in the unit of the goal; towards a single order: how many orders were enough. */
export const progressOf = (goal: Goal, tally: Tally): number =>
  countsValues(goal) ? tally.length : (tally[0]?.[1] ?? 0)

/** A visit is a day on which something happened. */
const countsValues = ({ distinct, measure }: Goal): boolean => distinct !== null || measure.type === 'visits'

/**
 * The least progress that meets the goal so many times, in its unit. Each time begins where the last one ended: more than 100 a
 * second time is more than 200.
 */
export function leastOf({ measure, comparison, target }: Goal, times: number): number {
  if (measure.type === 'order') return times
  switch (comparison) {
    case 'atLeast':
      return target * times
    case 'moreThan':
      return target * times + 1
  }
}

export function timesMet(goal: Goal, progress: number): number {
  const first = leastOf(goal, 1)
  if (progress < first) return 0
  // A target of nothing is met once by whatever happens.
  const each = Math.max(1, leastOf(goal, 2) - first)
  return Math.floor((progress - first) / each) + 1
}
