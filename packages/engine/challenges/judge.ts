import { award, takeBack } from '../awards/award.ts'
import { fundAwards, refundAwards } from '../awards/fund.ts'
import { type Draft, emit } from '../draft.ts'
import type { ChallengeReached } from '../effect.ts'
import { progressOf, timesMet } from '../goals/reach.ts'
import { spanName } from '../goals/window.ts'
import { awayOf } from '../member.ts'
import type { Award, Challenge, Program } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import { challengesAt } from '../transitions/honoured.ts'
import { awardIdOfReached } from './award-name.ts'
import {
  type ChallengeWindow,
  challengeStateOf,
  isDone,
  type Reached,
  timesDone,
  windowOf,
  withWindow,
} from './challenge-state.ts'
import { judgeStreak } from './streak.ts'

/** How often one event can meet a challenge that repeats: what is over counts with the next event. */
const MET_AT_ONCE_MAX = 1_000

/** Judges the challenges for which the event has changed what counts: awards what is reached, once, and takes back what is not (GAME-1). */
export function settleChallenges(draft: Draft, program: Program): void {
  if (program.challenges.size === 0 && program.transitions.challenges.size === 0) return
  const changed = draft.effects.filter((effect) => effect.type === 'challenge')
  for (const { state, window } of new Map(changed.map((each) => [nameOf(each), each])).values()) {
    const judged = challengesAt(draft.timeline, program, window).find(({ value }) => value.id === state.challenge)
    if (!judged) continue
    judgeWindow(draft, judged.program, judged.value, window)
    judgeStreak(draft, judged.program, judged.value, window)
  }
}

const nameOf = (changed: { readonly state: { readonly challenge: string }; readonly window: LocalTime }): string =>
  `challenge/${changed.state.challenge}/${spanName(changed.window)}`

function judgeWindow(draft: Draft, program: Program, challenge: Challenge, from: LocalTime): void {
  const { tally, reached } = windowOf(challengeStateOf(draft.member, challenge.id), from)
  const due = dueOf(draft, challenge, from, progressOf(challenge.goal, tally), reached)
  if (challenge.afterRefund === 'revoke') {
    for (const each of reached.toReversed()) if (!due.includes(each.what)) revoke(draft, challenge, from, each)
  }
  if (awayOf(draft.member) !== null) return
  for (const what of due) if (!reached.some((each) => each.what === what)) reach(draft, program, challenge, from, what)
}

/** What the progress in a window has reached, in the order in which it is reached. */
function dueOf(
  draft: Draft,
  challenge: Challenge,
  from: LocalTime,
  progress: number,
  reached: readonly Reached[],
): readonly string[] {
  const milestones = challenge.milestones.filter((milestone) => progress >= milestone.reach)
  const most = Math.min(timesMet(challenge.goal, progress), mostTimes(draft, challenge, from, reached.length))
  const times = Array.from({ length: most }, (_, index) => (index === 0 ? 'done' : `done/${index + 1}`))
  return [...milestones.map(({ id }) => `milestone/${id}`), ...times]
}

function mostTimes({ member }: Draft, { id, repeat }: Challenge, from: LocalTime, reached: number): number {
  switch (repeat) {
    case 'each-window':
      return 1
    case 'once': {
      const { windows, settled } = challengeStateOf(member, id)
      // Two who become one may each have met it once: neither award is taken back for the other (MRG-1).
      if (windows.some((each) => each.from === from && isDone(each))) return 1
      return windows.reduce((sum, each) => sum + timesDone(each), settled) > 0 ? 0 : 1
    }
    case 'always':
      return reached + MET_AT_ONCE_MAX
  }
}

function reach(draft: Draft, program: Program, challenge: Challenge, from: LocalTime, what: string): void {
  const awards = awardsOf(challenge, what)
  const named = { rule: ruleOf(challenge), id: awardIdOfReached(challenge.id, from, what) }
  const isFunded = fundAwards(draft, program, challenge.budget, awards, named)
  const now = {
    what,
    on: draft.effective,
    version: program.version,
    ...(isFunded ? null : { unfunded: true as const }),
  }
  change(draft, challenge, from, ({ reached }) => [...reached, now])
  if (!isFunded) return
  emit(draft, remarkOf(challenge, what, true))
  award(draft, program, awards, named)
}

/** What was given goes back by the terms under which it was given; who has used it keeps it, and has reached it (REF-5). */
function revoke(draft: Draft, { id }: Challenge, from: LocalTime, { what, on, version, unfunded }: Reached): void {
  const program = programOf(draft.timeline, version)
  const challenge = program.challenges.get(id)
  if (!challenge) return
  const awards = awardsOf(challenge, what)
  const given = { rule: ruleOf(challenge), id: awardIdOfReached(id, from, what), on }
  if (!unfunded && !takeBack(draft, program, awards, given)) return
  change(draft, challenge, from, ({ reached }) => reached.filter((each) => each.what !== what))
  if (unfunded) return
  refundAwards(draft, program, challenge.budget, awards, given)
  emit(draft, remarkOf(challenge, what, false))
}

function change(
  draft: Draft,
  { id }: Challenge,
  from: LocalTime,
  reachedNow: (window: ChallengeWindow) => readonly Reached[],
): void {
  const state = challengeStateOf(draft.member, id)
  const window = windowOf(state, from)
  emit(draft, { type: 'challenge', window: from, state: withWindow(state, { ...window, reached: reachedNow(window) }) })
}

function awardsOf({ milestones, awards }: Challenge, what: string): readonly Award[] {
  if (!what.startsWith('milestone/')) return awards
  return milestones.find(({ id }) => what === `milestone/${id}`)?.awards ?? []
}

/** Under which the ledger counts what a challenge gives. */
const ruleOf = ({ id }: Challenge): string => `challenge:${id}`

const remarkOf = ({ id }: Challenge, what: string, stands: boolean): ChallengeReached => ({
  type: 'challenge-reached',
  challenge: id,
  what: what.startsWith('milestone/')
    ? { type: 'milestone', milestone: what.slice('milestone/'.length) }
    : { type: 'goal' },
  stands,
})
