import type { Tally } from '../goals/tally.ts'
import { type MemberPart, namedDifference } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of challenges (GAME-1); absent while there is nothing. */
export interface ChallengeStates {
  /** By challenge. */
  challenges?: readonly ChallengeState[]
}

export interface ChallengeState {
  readonly challenge: string
  /** Ascending: those that a refund can still reach, and the running one. */
  readonly windows: readonly ChallengeWindow[]
  /** How often it was met in windows that are no longer kept. */
  readonly settled: number
  readonly streak: StreakState
}

export interface ChallengeWindow {
  readonly from: LocalTime
  readonly tally: Tally
  /** What was reached in it and awarded, in this order. */
  readonly reached: readonly Reached[]
}

export interface Reached {
  /** `milestone/second`, `done`, and where it repeats within a window `done/2`, `done/3` … */
  readonly what: string
  readonly on: LocalTime
  readonly version: number
  /** Its budget was empty: nothing was given for it (EARN-5). */
  readonly unfunded?: true
}

export interface StreakState {
  /** Windows in which the goal was met and that no streak has used, ascending. */
  readonly met: readonly LocalTime[]
  readonly given: readonly GivenStreak[]
}

export interface GivenStreak {
  readonly windows: readonly LocalTime[]
  readonly on: LocalTime
  readonly version: number
  readonly unfunded?: true
}

const NO_STREAK: StreakState = { met: [], given: [] }

/** A challenge stands like this now; `window` is the one that has changed. */
export interface ChallengeChanged {
  readonly type: 'challenge'
  readonly window: LocalTime
  readonly state: ChallengeState
}

export const challengePart: MemberPart<ChallengeStates, ChallengeChanged> = {
  apply(states, { state }) {
    const others = (states.challenges ?? []).filter((known) => known.challenge !== state.challenge)
    const { windows, settled, streak } = state
    if (windows.length > 0 || settled > 0 || streak.met.length > 0 || streak.given.length > 0) others.push(state)
    if (others.length === 0) delete states.challenges
    else states.challenges = others.sort((a, b) => (a.challenge < b.challenge ? -1 : 1))
  },

  difference: ({ challenges: before }, { challenges: after }) =>
    namedDifference(
      before,
      after,
      ({ challenge }) => challenge,
      (known, challenge) => {
        const state = known ?? notBegun(challenge)
        return { type: 'challenge', window: state.windows.at(-1)?.from ?? 0, state }
      },
    ),
}

export const challengeStateOf = (states: ChallengeStates, challenge: string): ChallengeState =>
  states.challenges?.find((known) => known.challenge === challenge) ?? notBegun(challenge)

const notBegun = (challenge: string): ChallengeState => ({ challenge, windows: [], settled: 0, streak: NO_STREAK })

export const windowOf = ({ windows }: ChallengeState, from: LocalTime): ChallengeWindow =>
  windows.find((window) => window.from === from) ?? { from, tally: [], reached: [] }

/** The state with this window in its place; one in which nothing is left goes. */
export function withWindow(state: ChallengeState, window: ChallengeWindow): ChallengeState {
  const others = state.windows.filter(({ from }) => from !== window.from)
  if (window.tally.length > 0 || window.reached.length > 0) others.push(window)
  return { ...state, windows: others.sort((a, b) => a.from - b.from) }
}

/** Met at all: the first time, where it repeats. */
export const isDone = ({ reached }: ChallengeWindow): boolean => reached.some(({ what }) => what === 'done')

export const timesDone = ({ reached }: ChallengeWindow): number =>
  reached.filter(({ what }) => what === 'done' || what.startsWith('done/')).length
