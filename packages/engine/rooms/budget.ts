import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import type { Award, Budget, Program } from '../program/program.ts'
import { leftOfRoom } from './grant.ts'
import { takeRoom } from './take.ts'

/** Budgets of offers and challenges (EARN-5). Awards are given whole or not at all, whatever the edge. */

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

/** What awards take of a budget; money by the worth of each asset, rounded up, so that it never overruns. */
function costOf(program: Program, { most }: Budget, awards: readonly Award[]): number {
  if (most.type === 'times') return 1
  const costs = awards.map((item) => {
    if (item.type !== 'amount') return 0
    if (most.type === 'amount') return item.asset === most.asset ? item.amount : 0
    const worth = program.assets.find(({ id }) => id === item.asset)?.worth ?? null
    return worth === null ? 0 : mulDiv(item.amount, worth.minor, worth.amount, 'ceil')
  })
  return costs.reduce((sum, cost) => sum + cost, 0)
}

/**
 * Takes what awards cost of their budget; false, and said, where there is too little. What an event was granted decides. Where a
 * late fact lets another event be the one that reaches it, what was given before is given (EVT-2).
 */
export function fundAwards(
  draft: Draft,
  program: Program,
  budget: Budget | null,
  awards: readonly Award[],
  name: { readonly rule: string; readonly id: string },
): boolean {
  const cost = budget === null ? 0 : costOf(program, budget, awards)
  if (budget === null || cost === 0) return true
  const room = roomOfBudget(budget)
  const { grants, announced } = draft
  const wasAsked = grants === null || grants.has(room)
  const isFunded = wasAsked
    ? leftOfRoom(grants, room, wholeOfBudget(budget)) >= cost
    : (announced?.wasAwarded(name.id) ?? false)
  if (isFunded) takeRoom(draft, room, cost)
  else emit(draft, { cap: `budget:${budget.id}`, rule: name.rule, trimmed: cost, type: 'capped' })
  return isFunded
}

/** They were taken back: so much is there again, for whatever comes afterwards (EARN-4). */
export function refundAwards(draft: Draft, program: Program, budget: Budget | null, awards: readonly Award[]): void {
  if (budget !== null) takeRoom(draft, roomOfBudget(budget), -costOf(program, budget, awards))
}
