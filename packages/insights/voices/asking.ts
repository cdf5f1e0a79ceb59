import { normalBeyond } from '../numbers/normal.ts'
import { type Untold, untold } from '../untold.ts'

/**
 * How many answers make an interval no wider than `margin` to each side, of so many members (Cochran, Sampling Techniques, 1977,
 * 4.1 and 4.2). The variance of one answer, in the unit of the margin: at most 0.25 for a share, at most 1 for a net promoter score
 * over 100. Of few members fewer are needed, and never more than there are.
 */
export function answersNeeded(margin: number, variance: number, members: number, error: number): number {
  if (members === 0) return 0
  const many = (normalBeyond(error) ** 2 * variance) / margin ** 2
  // The correction for few members, so written that a margin of nothing asks for all of them.
  return Math.max(0, Math.ceil(1 / (1 / members + (1 - 1 / members) / many) - 1e-9))
}

/** A member who might be asked; days since 1970-01-01. */
export interface Askable {
  readonly member: string
  /** The last day on which anything at all was asked; null: never. */
  readonly askedOn: number | null
  readonly wantsNoQuestions: boolean
}

export interface Asking {
  readonly type: 'told'
  readonly ask: readonly string[]
  /** Members who were asked so lately that they rest. */
  readonly resting: number
  readonly unwilling: number
}

export interface AskingPlan {
  readonly today: number
  /** How long nobody is asked again, whatever it was about and whether or not they answered. */
  readonly restDays: number
  readonly answersWanted: number
  /** The share of those asked who answer, above 0, at most 1. */
  readonly answerRate: number
}

/**
 * Whom to ask: a simple random sample of those who may be asked, no larger than the answers wanted take, so that most members are left
 * in peace and those who are asked stand for all. `numbers` are random, one for each member, 0 to 1: those with the smallest are asked.
 */
export function whomToAsk(
  members: readonly Askable[],
  { today, restDays, answersWanted, answerRate }: AskingPlan,
  numbers: readonly number[],
): Asking | Untold<'nobody-to-ask' | 'no-answer-rate' | 'no-numbers'> {
  if (!(answerRate > 0 && answerRate <= 1)) {
    return untold('no-answer-rate', 'The share of members who answer has to be above none and at most all.')
  }
  if (numbers.length !== members.length || !numbers.every((number) => number >= 0 && number <= 1)) {
    return untold('no-numbers', 'Each member needs one random number between 0 and 1.')
  }
  const willing = members.flatMap((each, index) =>
    each.wantsNoQuestions ? [] : [{ ...each, number: numbers[index] ?? 1 }],
  )
  const rested = willing.filter(({ askedOn }) => askedOn === null || today - askedOn >= restDays)
  if (rested.length === 0) {
    return untold('nobody-to-ask', 'Everybody was asked not long ago, or wants no questions: let them rest.')
  }
  const ask = rested
    .toSorted((a, b) => a.number - b.number)
    .slice(0, Math.ceil(answersWanted / answerRate))
    .map(({ member }) => member)
  return { type: 'told', ask, resting: willing.length - rested.length, unwilling: members.length - willing.length }
}
