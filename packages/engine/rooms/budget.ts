import type { Budget } from '../program/program.ts'

/** The room of a budget that has no rule. */
export const roomOfBudget = ({ id }: Budget): string => `budget:${id}/ever`

/** How much there is of it: smallest units, minor units, or times. */
export function wholeOfBudget({ most }: Budget): number {
  switch (most.type) {
    case 'amount':
      return most.amount
    case 'worth':
      return most.minor
    case 'times':
      return most.times
  }
}
