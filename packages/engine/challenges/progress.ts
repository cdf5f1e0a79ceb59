import { armOf } from '../experiments/arms.ts'
import { isOutOfPlay } from '../footing/bars.ts'
import { leastOf, progressOf } from '../goals/reach.ts'
import { spanAt } from '../goals/window.ts'
import type { Member } from '../member.ts'
import type { Challenge, Program, Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { isFor } from '../rules/applies.ts'
import { CapRoom } from '../rules/caps.ts'
import { foundBy, memberFactsOf } from '../rules/found-by.ts'
import type { LocalTime } from '../time/local.ts'
import { challengesAt } from '../transitions/honoured.ts'
import { type ChallengeState, challengeStateOf, timesDone, windowOf } from './challenge-state.ts'
import { runningStreak } from './streak.ts'

/** How far a member is in the running window of a challenge. Amounts are in the unit of its goal. */
export interface ChallengeProgress {
  readonly challenge: string
  readonly from: LocalTime
  /** First moment after the window; null: it does not end. */
  readonly until: LocalTime | null
  readonly progress: number
  /** Where it is met next, and what is missing to get there; null: it cannot be met again in this window. */
  readonly target: number | null
  readonly missing: number | null
  /** How often it was met in this window. */
  readonly met: number
  readonly milestones: readonly { readonly id: string; readonly reach: number; readonly reached: boolean }[]
  /** Windows in a row so far, how many it takes, and how many may yet be missed; null: no streak is counted. */
  readonly streak: { readonly count: number; readonly reach: number; readonly freezesLeft: number } | null
}

/** Of every challenge that is for the member and that runs now. */
export function challengeProgressOf(timeline: Timeline, member: Member, now: LocalTime): ChallengeProgress[] {
  const program = programAt(timeline, now)
  if (isOutOfPlay(program, member, now)) return []
  return challengesAt(timeline, program, now).flatMap(({ program: of, value: challenge }) => {
    const span = spanAt(challenge.window, now)
    if (!span || !isForMember(of, challenge, member, now)) return []
    const state = challengeStateOf(member, challenge.id)
    const window = windowOf(state, span.from)
    const progress = progressOf(challenge.goal, window.tally)
    const met = timesDone(window)
    const target = nextTarget(challenge, state, met)
    const { streak } = challenge
    return {
      challenge: challenge.id,
      from: span.from,
      until: span.to,
      progress,
      target,
      missing: target === null ? null : Math.max(0, target - progress),
      met,
      milestones: challenge.milestones.map(({ id, reach }) => ({
        id,
        reach,
        reached: window.reached.some(({ what }) => what === `milestone/${id}`),
      })),
      streak: streak && { reach: streak.reach, ...runningStreak(challenge.window, streak, state, now) },
    }
  })
}

/** Where and when it counts is asked of what happens, not of the member. */
function isForMember(
  program: Program,
  { id, audience, when, holdout }: Challenge,
  member: Member,
  now: LocalTime,
): boolean {
  if (armOf(member, `challenge:${id}`, holdout)?.heldOut) return false
  const found = foundBy(program, member, CapRoom.asFound(program, []), now)
  const situation = { ...found, place: null, channel: null, placeLocal: now }
  if (!isFor({ ...audience, places: [], channels: [], partners: [] }, situation)) return false
  const facts = memberFactsOf(found, now)
  return when === null || when.test({ order: null, line: null, activity: null, member: facts })
}

function nextTarget({ goal, repeat }: Challenge, { windows, settled }: ChallengeState, met: number): number | null {
  const everMet = windows.reduce((sum, each) => sum + timesDone(each), settled)
  switch (repeat) {
    case 'each-window':
      return met > 0 ? null : leastOf(goal, 1)
    case 'once':
      return everMet > 0 ? null : leastOf(goal, 1)
    case 'always':
      return leastOf(goal, met + 1)
  }
}
