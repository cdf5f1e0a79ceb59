import { mulDiv } from '../amounts/fraction.ts'
import { type Draft, emit } from '../draft.ts'
import type { Award, Budget, Program } from '../program/program.ts'
import { roomOfBudget, wholeOfBudget } from '../rooms/budget.ts'
import { leftOfRoom } from '../rooms/grant.ts'
import { takeRoom } from '../rooms/take.ts'
import type { AwardName } from './amounts.ts'
import { gaveNothing, givesNothing } from './award.ts'

/** Budgets of offers and challenges (EARN-5). They let awards through whole or not at all, whatever the edge. */

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
 * Takes what awards cost of their budget; false, and said, where there is too little. What an event was granted decides; of what is
 * not named there was enough, and something else was missing. Where all that is awarded is sold out nothing is given, and nothing
 * taken. Where a late fact lets another event be the one that reaches it, what was given before is given (EVT-2).
 */
export function fundAwards(
  draft: Draft,
  program: Program,
  budget: Budget | null,
  awards: readonly Award[],
  name: AwardName,
): boolean {
  const cost = budget === null ? 0 : costOf(program, budget, awards)
  if (budget === null || cost === 0) return true
  const room = roomOfBudget(budget)
  const { grants, announced } = draft
  const wasAsked = grants === null || grants.has(room)
  const isFunded = wasAsked
    ? leftOfRoom(grants, room, wholeOfBudget(budget)) >= cost
    : (announced?.wasAwarded(name.id) ?? false)
  if ((isFunded || !wasAsked) && givesNothing(draft, program, awards, name.id)) return true
  if (isFunded) takeRoom(draft, room, cost)
  else emit(draft, { cap: `budget:${budget.id}`, rule: name.rule, trimmed: cost, type: 'capped' })
  return isFunded
}

/** They were taken back: so much is there again, for whatever comes afterwards (EARN-4). */
export function refundAwards(
  draft: Draft,
  program: Program,
  budget: Budget | null,
  awards: readonly Award[],
  { id }: Pick<AwardName, 'id'>,
): void {
  if (budget === null || gaveNothing(draft, awards, id)) return
  takeRoom(draft, roomOfBudget(budget), -costOf(program, budget, awards))
}
