import { countForChallenges } from '../challenges/count.ts'
import type { Draft } from '../draft.ts'
import { countForLeaderboards } from '../leaderboards/score.ts'
import { countForOffers } from '../offers/count.ts'
import type { Program } from '../program/program.ts'
import { countForReferral } from '../referral/refer.ts'
import type { Countable } from './contribution.ts'

/**
 * Something counts differently for all that has a goal: it is new (`was` is null), stands otherwise after a refund or an edit, or
 * counts no more (`is` is null). What becomes of it is judged when the event is over.
 */
export function countForGoals(draft: Draft, program: Program, was: Countable | null, is: Countable | null): void {
  countForReferral(draft, was, is)
  countForChallenges(draft, program, was, is)
  countForLeaderboards(draft, program, was, is)
  countForOffers(draft, was, is)
}
