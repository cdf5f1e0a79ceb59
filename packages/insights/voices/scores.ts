import { around, ERROR, type Estimate, momentsOf, shareEstimate, wrongError } from '../estimate.ts'
import { normalBeyond } from '../numbers/normal.ts'
import { studentBeyond } from '../numbers/student.ts'
import { counted, type Untold, untold } from '../untold.ts'

export interface SurveyScore {
  readonly type: 'told'
  readonly score: Estimate
  readonly answers: number
}

export type NoScore = Untold<'no-error' | 'nobody-answered' | 'too-few-answers' | 'not-on-the-scale' | 'all-alike'>

// With fewer a single answer moves any of the scores by more than anybody should act on.
const ANSWERS_MIN = 10

/**
 * Net promoter score, -100 to 100: "how likely are you to recommend us", 0 to 10, the share of 9 and 10 less that of 0 to 6
 * (Reichheld, Harvard Business Review, December 2003). The interval is the adjusted one of Rocks ("Interval estimation for the net
 * promoter score", The American Statistician 70, 2016): three answers are added, half of them passive, since the plain one is far
 * too narrow where nearly all are promoters.
 */
export function netPromoterScore(answers: readonly number[], error = ERROR): SurveyScore | NoScore {
  const cannot = wrongError(error) ?? reasonNotTo(answers, 0, 10)
  if (cannot !== null) return cannot
  const promoters = answers.filter((answer) => answer >= 9).length
  const detractors = answers.filter((answer) => answer <= 6).length
  const count = answers.length + 3
  const [up, down] = [(promoters + 0.75) / count, (detractors + 0.75) / count]
  const middle = up - down
  const { low, high } = around(middle, normalBeyond(error) * Math.sqrt((up + down - middle ** 2) / count))
  const score = {
    value: (100 * (promoters - detractors)) / answers.length,
    low: Math.max(-100, 100 * low),
    high: Math.min(100, 100 * high),
  }
  return { type: 'told', score, answers: answers.length }
}

/** Customer satisfaction, 0 to 1: the share of 4 and 5 on a scale from 1 to 5, with Wilson's interval (1927). */
export function satisfaction(answers: readonly number[], error = ERROR): SurveyScore | NoScore {
  const cannot = wrongError(error) ?? reasonNotTo(answers, 1, 5)
  if (cannot !== null) return cannot
  const satisfied = answers.filter((answer) => answer >= 4).length
  return { type: 'told', score: shareEstimate(satisfied, answers.length, error), answers: answers.length }
}

/**
 * Customer effort score, 1 to 7: the mean agreement with "it was made easy for me" (Dixon, Freeman & Toman, Harvard Business Review,
 * July 2010, in the wording of 2013, in which more is better), with Student's interval.
 */
export function effortScore(answers: readonly number[], error = ERROR): SurveyScore | NoScore {
  const cannot = wrongError(error) ?? reasonNotTo(answers, 1, 7)
  if (cannot !== null) return cannot
  const { count, mean, variance } = momentsOf(answers)
  if (variance === 0) {
    return untold('all-alike', `All gave ${mean}: nobody can say yet how much answers differ.`)
  }
  const { value, low, high } = around(mean, studentBeyond(error, count - 1) * Math.sqrt(variance / count))
  return { type: 'told', score: { value, low: Math.max(1, low), high: Math.min(7, high) }, answers: count }
}

function reasonNotTo(answers: readonly number[], lowest: number, highest: number): NoScore | null {
  if (answers.length === 0) return untold('nobody-answered', 'Nobody has answered yet.')
  const off = answers.filter((answer) => !Number.isInteger(answer) || answer < lowest || answer > highest).length
  if (off > 0) {
    return untold(
      'not-on-the-scale',
      `${counted(off, 'answer is', 'answers are')} not on the scale from ${lowest} to ${highest}: another question was asked, or they were read wrongly.`,
    )
  }
  if (answers.length < ANSWERS_MIN) {
    return untold(
      'too-few-answers',
      `${counted(answers.length, 'member has', 'members have')} answered; ${ANSWERS_MIN} are the least from which a score is told.`,
    )
  }
  return null
}
