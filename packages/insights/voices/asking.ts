import { ERROR, wrongError } from '../estimate.ts'
import { normalBeyond } from '../numbers/normal.ts'
import { type Untold, untold } from '../untold.ts'

/**
 * How many answers make an interval no wider than `margin` to each side, of so many members (Cochran, Sampling Techniques, 1977,
 * 4.1 and 4.2). The variance of one answer, in the unit of the margin: at most 0.25 for a share, at most 1 for a net promoter score
 * over 100. Of few members fewer are needed, and never more than there are.
 */
export function answersNeeded(
  margin: number,
  variance: number,
  members: number,
  error = ERROR,
): { readonly type: 'told'; readonly answers: number } | Untold<'no-error' | 'no-margin' | 'no-members'> {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  if (!(margin >= 0 && variance >= 0) || !Number.isFinite(variance)) {
    return untold(
      'no-margin',
      'Say how wide the interval may be to each side, and how much answers differ: both are 0 or more.',
    )
  }
  if (!Number.isSafeInteger(members) || members < 0) {
    return untold('no-members', 'How many members there are has to be a whole number, 0 or more.')
  }
  // A margin of nothing asks for all of them.
  if (margin === 0 || members === 0) return { type: 'told', answers: members }
  const many = Math.min(Number.MAX_VALUE, ((normalBeyond(error) * Math.sqrt(variance)) / margin) ** 2)
  const answers = many === 0 ? 0 : members * (many / (many + (members - 1)))
  return { type: 'told', answers: Math.max(0, Math.ceil(answers - 1e-9)) }
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
): Asking | Untold<'no-whole-figures' | 'no-answer-rate' | 'no-numbers' | 'nobody-to-ask'> {
  const days = members.flatMap(({ askedOn }) => askedOn ?? [])
  if (![today, restDays, answersWanted, ...days].every(Number.isSafeInteger) || restDays < 0 || answersWanted < 0) {
    return untold(
      'no-whole-figures',
      'Days and the answers wanted have to be whole numbers; neither the rest nor the answers below zero.',
    )
  }
  if (!(answerRate > 0 && answerRate <= 1)) {
    return untold('no-answer-rate', 'The share of members who answer has to be above 0 and at most 1.')
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
