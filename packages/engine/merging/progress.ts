import { type ChallengeState, challengeStateOf, windowOf } from '../challenges/challenge-state.ts'
import { type Draft, emit } from '../draft.ts'
import { withTally } from '../goals/tally.ts'
import { type BoardWindow, boardWindowsOf } from '../leaderboards/board-state.ts'
import type { LadderState, Member } from '../member.ts'
import { programAt } from '../program/timeline.ts'
import { carriedEntries, indexOf, judgeLadder, ladderStateOf, nextReview } from '../tiers/judge.ts'
import { dayOf, type LocalDay } from '../time/local.ts'

/** Facts count as dated. A level that was higher is held until it would have been looked at next; then the facts of both decide. */
export function bringLadder(draft: Draft, brought: LadderState, joinedOn: LocalDay | null): void {
  const program = programAt(draft.timeline, draft.effective)
  const ladder = program.ladders.find(({ id }) => id === brought.ladder)
  if (!ladder) return
  const known = ladderStateOf(draft.member, ladder.id)?.folded ?? { net: 0, highest: 0 }
  const net = known.net + brought.folded.net
  const folded = { net, highest: Math.max(net, known.highest, brought.folded.highest) }
  const now = draft.effective
  const added = carriedEntries(program, ladder, brought.entries, draft.member.joinedOn ?? dayOf(now), now)
  judgeLadder(draft, program, ladder, 'fact', { added, folded })
  const held = ladderStateOf(draft.member, ladder.id)
  if (held && indexOf(ladder, held.level) >= indexOf(ladder, brought.level)) return
  const until = nextReview(ladder, brought, joinedOn ?? dayOf(draft.effective))
  judgeLadder(draft, program, ladder, 'override', { override: { level: brought.level, until } })
}

export function bringBoard(draft: Draft, leaderboard: string, brought: readonly BoardWindow[]): void {
  const own = boardWindowsOf(draft.member, leaderboard)
  const windows = [...new Set([...own, ...brought].map(({ from }) => from))]
    .sort((a, b) => a - b)
    .flatMap((from) => {
      const ours = own.find((window) => window.from === from)
      const theirs = brought.find((window) => window.from === from)
      if (!ours || !theirs) return ours ?? theirs ?? []
      return { from, tally: withTally(ours.tally, theirs.tally), since: Math.max(ours.since, theirs.since) }
    })
  emit(draft, { type: 'leaderboard', leaderboard, windows })
}

export function bringChallenges(draft: Draft, { challenges = [] }: Member): void {
  for (const brought of challenges) {
    const state = merged(challengeStateOf(draft.member, brought.challenge), brought)
    emit(draft, { type: 'challenge', window: state.windows.at(-1)?.from ?? 0, state })
  }
}

/** Progress adds up window by window; what either has reached is not awarded again. */
function merged(own: ChallengeState, brought: ChallengeState): ChallengeState {
  const starts = [...new Set([...own.windows, ...brought.windows].map(({ from }) => from))].sort((a, b) => a - b)
  const windows = starts.map((from) => {
    const [ours, theirs] = [windowOf(own, from), windowOf(brought, from)]
    const more = theirs.reached.filter(({ what }) => !ours.reached.some((known) => known.what === what))
    return { from, tally: withTally(ours.tally, theirs.tally), reached: [...ours.reached, ...more] }
  })
  const met = [...new Set([...own.streak.met, ...brought.streak.met])].sort((a, b) => a - b)
  const given = [...own.streak.given, ...brought.streak.given]
  return { challenge: own.challenge, windows, settled: own.settled + brought.settled, streak: { met, given } }
}
