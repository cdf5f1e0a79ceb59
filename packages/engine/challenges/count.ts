import { type Draft, emit } from '../draft.ts'
import { isHeldOut } from '../experiments/held-out.ts'
import { type Countable, contributionOf } from '../goals/contribution.ts'
import { NOTHING, type Tally, withTally } from '../goals/tally.ts'
import { type GoalSpan, spanAt } from '../goals/window.ts'
import type { Challenge, Program } from '../program/program.ts'
import { isDuring, isFor } from '../rules/applies.ts'
import { addToDay, dayOf, type LocalTime } from '../time/local.ts'
import { challengesAt } from '../transitions/honoured.ts'
import { type ChallengeState, challengeStateOf, timesDone, windowOf, withWindow } from './challenge-state.ts'

/** Posts to each challenge the difference between what something counted and what it counts now, in the window of its own moment. */
export function countForChallenges(draft: Draft, program: Program, was: Countable | null, is: Countable | null): void {
  const local = (is ?? was)?.local
  if (local === undefined) return
  for (const { value: challenge } of challengesAt(draft.timeline, program, local)) {
    const span = spanAt(challenge.window, local)
    if (!span || isSettled(draft, program, span)) continue
    const change = withTally(countedIn(challenge, is), countedIn(challenge, was), -1)
    if (change.length === 0 || isHeldOut(draft, experimentOf(challenge), challenge.holdout)) continue
    const state = challengeStateOf(draft.member, challenge.id)
    const window = windowOf(state, span.from)
    const changed = withWindow(state, { ...window, tally: withTally(window.tally, change) })
    emit(draft, { type: 'challenge', window: span.from, state: withoutSettled(draft, program, challenge, changed) })
  }
}

const CHALLENGE = 'challenge:'

/** Also what an order says of whoever brought it along and was held out (MRG-1). */
const experimentOf = ({ id }: Pick<Challenge, 'id'>): string => `${CHALLENGE}${id}`
export const isOfChallenge = (experiment: string): boolean => experiment.startsWith(CHALLENGE)

function countedIn(challenge: Challenge, of: Countable | null): Tally {
  if (of === null) return NOTHING
  const { situation, scope } = of
  if (situation.away !== null || situation.heldOut?.includes(experimentOf(challenge))) return NOTHING
  if (!isFor(challenge.audience, situation)) return NOTHING
  if (challenge.during && !isDuring(challenge.during, situation.placeLocal)) return NOTHING
  if (challenge.when && !challenge.when.test(scope)) return NOTHING
  return contributionOf(challenge.goal, of)
}

/** No refund reaches it any more (REF-7): it is known only how often it was met, and that stays. */
const isSettled = (draft: Draft, program: Program, { to }: GoalSpan): boolean =>
  to !== null && addToDay(dayOf(to - 1), program.refunds.accept) < dayOf(draft.effective)

/** What is settled is let go, with how often it was met. */
export function withoutSettled(
  draft: Draft,
  program: Program,
  { window }: Challenge,
  state: ChallengeState,
): ChallengeState {
  const isGone = (from: LocalTime): boolean => {
    const span = spanAt(window, from)
    return span !== null && isSettled(draft, program, span)
  }
  const gone = state.windows.filter(({ from }) => isGone(from))
  if (gone.length === 0) return state
  const { met, given } = state.streak
  return {
    ...state,
    windows: state.windows.filter(({ from }) => !isGone(from)),
    settled: state.settled + gone.reduce((sum, each) => sum + timesDone(each), 0),
    streak: { met, given: given.filter(({ windows }) => !windows.every(isGone)) },
  }
}
