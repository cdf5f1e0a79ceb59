import { accessProblems } from './access-problems.ts'
import { longWorkProblems } from './long-work-problems.ts'
import { memberProblems } from './member-problems.ts'
import { programProblems } from './program-problems.ts'
import { requestProblems } from './request-problems.ts'
import { rewardProblems } from './reward-problems.ts'
import { tillProblems } from './till-problems.ts'

/**
 * Every problem that a request can meet. Codes are stable; clients match them and never a text. A refusal of the program is no
 * problem: it is an answer.
 */
export const problems = {
  ...requestProblems,
  ...accessProblems,
  ...programProblems,
  ...memberProblems,
  ...rewardProblems,
  ...longWorkProblems,
  ...tillProblems,
} as const

export type ProblemCode = keyof typeof problems
