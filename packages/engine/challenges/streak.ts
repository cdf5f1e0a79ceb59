import { award, takeBack } from '../awards/award.ts'
import { fundAwards, refundAwards } from '../awards/fund.ts'
import { type Draft, emit } from '../draft.ts'
import { spanAt } from '../goals/window.ts'
import { awayOf } from '../member.ts'
import type { Challenge, GoalWindow, Program, Streak } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import { awardIdOfStreak } from './award-name.ts'
import {
  type ChallengeState,
  challengeStateOf,
  type GivenStreak,
  isDone,
  type StreakState,
  windowOf,
} from './challenge-state.ts'

/** A window was met, or is met no more: a streak may be complete, or one that was given falls apart (GAME-1). */
export function judgeStreak(draft: Draft, program: Program, challenge: Challenge, from: LocalTime): void {
  if (!challenge.streak) return
  const state = challengeStateOf(draft.member, challenge.id)
  const { met, given } = state.streak
  const broken = given.find(({ windows }) => windows.includes(from))
  const isMet = isDone(windowOf(state, from))
  if (isMet === (met.includes(from) || broken !== undefined)) return
  if (isMet) noteStreak(draft, challenge, from, { met: ascending([...met, from]), given })
  else if (broken) breakApart(draft, challenge, from, broken)
  else noteStreak(draft, challenge, from, { met: met.filter((each) => each !== from), given })
  if (awayOf(draft.member) === null) giveStreak(draft, program, challenge, challenge.streak, from)
}

const ascending = (windows: readonly LocalTime[]): readonly LocalTime[] => windows.toSorted((a, b) => a - b)

function noteStreak(draft: Draft, { id }: Challenge, window: LocalTime, streak: StreakState): void {
  emit(draft, { type: 'challenge', window, state: { ...challengeStateOf(draft.member, id), streak } })
}

/** Gives the award of a streak back, and its other windows to the next; what was used of it stays, and the streak with it. */
function breakApart(draft: Draft, { id }: Challenge, from: LocalTime, broken: GivenStreak): void {
  const program = programOf(draft.timeline, broken.version)
  const challenge = program.challenges.get(id)
  if (!challenge?.streak) return
  const { awards } = challenge.streak
  const { unfunded = false } = broken
  if (!unfunded && !takeBack(draft, program, awards, { ...nameOf(id, broken.windows), on: broken.on })) return
  if (!unfunded) refundAwards(draft, program, challenge.budget, awards, nameOf(id, broken.windows))
  const { met, given } = challengeStateOf(draft.member, id).streak
  noteStreak(draft, challenge, from, {
    met: ascending([...met, ...broken.windows.filter((each) => each !== from)]),
    given: given.filter((each) => each !== broken),
  })
  if (unfunded) return
  emit(draft, { type: 'challenge-reached', challenge: id, what: { type: 'streak' }, stands: false })
}

/** The first stretch of windows that is long enough; the next streak begins after it. */
function giveStreak(draft: Draft, program: Program, challenge: Challenge, streak: Streak, from: LocalTime): void {
  const state = challengeStateOf(draft.member, challenge.id)
  const { met, given } = state.streak
  for (const end of met) {
    const run = runUpTo(challenge.window, met, end, streak.freeze)
    if (run.length < streak.reach) continue
    const windows = run.slice(-streak.reach)
    const name = nameOf(challenge.id, windows)
    const isFunded = fundAwards(draft, program, challenge.budget, streak.awards, name)
    const why = isFunded ? null : { unfunded: true as const }
    const now = { windows, on: draft.effective, version: program.version, ...why }
    noteStreak(draft, challenge, from, { met: met.filter((each) => each > end), given: [...given, now] })
    if (!isFunded) return
    emit(draft, { type: 'challenge-reached', challenge: challenge.id, what: { type: 'streak' }, stands: true })
    award(draft, program, streak.awards, name)
    return
  }
  const last = met.at(-1)
  if (last === undefined) return
  const run = runUpTo(challenge.window, met, last, streak.freeze)
  const kept = met.filter((each) => run.includes(each) || state.windows.some((window) => window.from === each))
  if (kept.length < met.length) noteStreak(draft, challenge, from, { met: kept, given })
}

const nameOf = (challenge: string, windows: readonly LocalTime[]) => ({
  rule: `challenge:${challenge}`,
  id: awardIdOfStreak(challenge, windows),
})

/** The windows in a row that end with this one, with as many missed between them as are forgiven. */
function runUpTo(window: GoalWindow, met: readonly LocalTime[], end: LocalTime, freeze: number): readonly LocalTime[] {
  const run = [end]
  let missed = 0
  for (const before of met.toReversed()) {
    const first = run[0]
    if (first === undefined || before >= first) continue
    missed += missedBetween(window, before, first, freeze)
    if (missed > freeze) break
    run.unshift(before)
  }
  return run
}

/** How many windows lie between two; more than `most` are not counted on. */
function missedBetween(window: GoalWindow, before: LocalTime, after: LocalTime, most: number): number {
  let missed = 0
  for (
    let span = spanAt(window, before);
    span?.to && span.to < after && missed <= most;
    span = spanAt(window, span.to)
  ) {
    missed += 1
  }
  return missed
}

/** How long the streak is that may still go on in the window that is running, and how many windows it may yet miss. */
export function runningStreak(
  window: GoalWindow,
  { freeze }: Streak,
  { streak: { met } }: ChallengeState,
  now: LocalTime,
): { readonly count: number; readonly freezesLeft: number } {
  const last = met.at(-1)
  const current = spanAt(window, now)
  if (last === undefined || !current) return { count: 0, freezesLeft: freeze }
  const run = runUpTo(window, met, last, freeze)
  const gaps = run.map((from, index) => missedBetween(window, from, run[index + 1] ?? current.from, freeze))
  const missed = gaps.reduce((sum, gap) => sum + gap, 0)
  return missed > freeze ? { count: 0, freezesLeft: freeze } : { count: run.length, freezesLeft: freeze - missed }
}
