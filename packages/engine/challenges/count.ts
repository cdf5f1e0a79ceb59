import { type Draft, emit } from '../draft.ts'
import { isHeldOut } from '../experiments/held-out.ts'
import { type Countable, contributionOf } from '../goals/contribution.ts'
import { NOTHING, type Tally, withTally } from '../goals/tally.ts'
import { type GoalSpan, spanAt } from '../goals/window.ts'
import type { Challenge, Program } from '../program/program.ts'
import { isDuring, isFor } from '../rules/applies.ts'
import type { Found } from '../rules/found.ts'
import { addToDay, dayOf, type LocalTime } from '../time/local.ts'
import { challengesAt } from '../transitions/honoured.ts'
import { type ChallengeState, challengeStateOf, timesDone, windowOf, withWindow } from './challenge-state.ts'

/**
 * What is about to count, and the same with all challenges with a holdout that it has met by now; `met` is null where there is
 * none that it had not met before. The arm is asked for once: what comes of it later, a refund or an edit, goes by what was found,
 * whoever it is of and however they are marked by then (EXP-1), so that nothing is taken off that never counted.
 */
export function meetChallenges(
  draft: Draft,
  program: Program,
  is: Countable | null,
): { readonly is: Countable | null; readonly met: Pick<Found, 'heldOut' | 'treated'> | null } {
  if (is === null) return { is, met: null }
  const heldOut = [...(is.situation.heldOut ?? [])]
  const treated = [...(is.situation.treated ?? [])]
  const known = new Set([...heldOut, ...treated])
  for (const { value: challenge } of challengesAt(draft.timeline, program, is.local)) {
    const experiment = experimentOf(challenge)
    if (challenge.holdout === null || known.has(experiment)) continue
    const span = spanAt(challenge.window, is.local)
    if (!span || isSettled(draft, program, span) || countedIn(challenge, is).length === 0) continue
    const list = isHeldOut(draft, experiment, challenge.holdout) ? heldOut : treated
    list.push(experiment)
  }
  if (heldOut.length + treated.length === known.size) return { is, met: null }
  const met = { ...(heldOut.length > 0 ? { heldOut } : null), ...(treated.length > 0 ? { treated } : null) }
  return { is: { ...is, situation: { ...is.situation, ...met } }, met }
}

/** Posts to each challenge the difference between what something counted and what it counts now, in the window of its own moment. */
export function countForChallenges(draft: Draft, program: Program, was: Countable | null, is: Countable | null): void {
  const local = (is ?? was)?.local
  if (local === undefined) return
  for (const { value: challenge } of challengesAt(draft.timeline, program, local)) {
    const span = spanAt(challenge.window, local)
    if (!span || isSettled(draft, program, span)) continue
    const change = withTally(countedIn(challenge, is), countedIn(challenge, was), -1)
    if (change.length === 0) continue
    const state = challengeStateOf(draft.member, challenge.id)
    const window = windowOf(state, span.from)
    const changed = withWindow(state, { ...window, tally: withTally(window.tally, change) })
    emit(draft, { type: 'challenge', window: span.from, state: withoutSettled(draft, program, challenge, changed) })
  }
}

const experimentOf = ({ id }: Challenge): string => `challenge:${id}`

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
