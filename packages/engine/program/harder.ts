import { isSame } from '../is-same.ts'
import type { Card, Challenge, Goal } from './program.ts'

/** Whether whoever has filled a part of the card has more to fill than was told, or filled it in vain. */
export const isCardHarder = (was: Card, is: Card): boolean =>
  is.full > was.full || is.asset !== was.asset || (was.repeat && !is.repeat)

/** Whether whoever is on the way to what a challenge gives has further to go than was told, or went another way. */
export const isChallengeHarder = (was: Challenge, is: Challenge): boolean =>
  !isSame(is.window, was.window) ||
  isGoalHarder(was.goal, is.goal) ||
  was.milestones.some(({ id, reach }) => {
    const kept = is.milestones.find((each) => each.id === id)
    return kept === undefined || kept.reach > reach
  })

function isGoalHarder(was: Goal, is: Goal): boolean {
  const isOther = !isSame([is.measure, is.distinct], [was.measure, was.distinct])
  return (
    isOther ||
    leastTo(is) > leastTo(was) ||
    isNarrower(was.places, is.places) ||
    isNarrower(was.channels, is.channels) ||
    isOtherCondition(was.when, is.when) ||
    isOtherCondition(was.lines, is.lines)
  )
}

const leastTo = ({ comparison, target }: Goal): number => (comparison === 'moreThan' ? target + 1 : target)

/** Of lists that bind where they name anything. */
const isNarrower = (was: readonly string[], is: readonly string[]): boolean =>
  is.length > 0 && (was.length === 0 || was.some((each) => !is.includes(each)))

/** Of two conditions nobody can tell which admits more. */
const isOtherCondition = (was: Goal['when'], is: Goal['when']): boolean => is !== null && is.text !== was?.text
