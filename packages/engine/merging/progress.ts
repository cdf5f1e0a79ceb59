import { type ChallengeState, challengeStateOf, isDone, windowOf } from '../challenges/challenge-state.ts'
import { withoutSettled } from '../challenges/count.ts'
import { type Draft, emit } from '../draft.ts'
import { withTally } from '../goals/tally.ts'
import { type BoardWindow, boardWindowsOf } from '../leaderboards/board-state.ts'
import type { LadderState, Member } from '../member.ts'
import type { Ladder, Program } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import { indexOf, judgeLadder, ladderStateOf, nextReview } from '../tiers/judge.ts'
import { carriedEntries } from '../tiers/kept-entries.ts'
import { dayOf, type LocalDay } from '../time/local.ts'

/**
 * Facts count as dated, and the higher floor stays. A level that is still higher is held as long as it would have been: where staff
 * gave it to its end, where nobody falls for good, else until it would have been looked at next; then the facts of both decide.
 */
export function bringLadder(draft: Draft, brought: LadderState, joinedOn: LocalDay | null): void {
  const program = programAt(draft.timeline, draft.effective)
  const ladder = program.ladders.find(({ id }) => id === brought.ladder)
  if (!ladder) return
  const own = ladderStateOf(draft.member, ladder.id)
  const known = own?.folded ?? { net: 0, highest: 0 }
  const net = known.net + brought.folded.net
  const folded = { net, highest: Math.max(net, known.highest, brought.folded.highest) }
  const now = draft.effective
  const added = carriedEntries(program, { ladder, joinedOn: draft.member.joinedOn ?? dayOf(now), now }, brought.entries)
  const floor = higherOf(ladder, own?.floor ?? null, brought.floor)
  judgeLadder(draft, program, ladder, 'fact', { added, folded, floor })
  const held = ladderStateOf(draft.member, ladder.id)
  if (held && indexOf(ladder, held.level) >= indexOf(ladder, brought.level)) return
  const { level, override } = brought
  if (ladder.fall.to === 'never' && override === null) {
    const forGood = higherOf(ladder, held?.floor ?? null, { level, until: null })
    judgeLadder(draft, program, ladder, 'override', { override: null, floor: forGood })
    return
  }
  const until = override ? override.until : nextReview(ladder, brought, joinedOn ?? dayOf(now))
  judgeLadder(draft, program, ladder, 'override', { override: { level, until } })
}

type Floor = LadderState['floor']

/** Of two at one level the one that lasts longer. */
function higherOf(ladder: Ladder, own: Floor, brought: Floor): Floor {
  if (own === null || brought === null) return own ?? brought
  const above = indexOf(ladder, brought.level) - indexOf(ladder, own.level)
  const lasts = ({ until }: NonNullable<Floor>) => until ?? Number.POSITIVE_INFINITY
  const isMore = lasts(brought) > lasts(own) || (lasts(brought) === lasts(own) && brought.promised === true)
  return above > 0 || (above === 0 && isMore) ? brought : own
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

/** Progress adds up, and every window of both is judged anew: together they may have reached what neither has alone (GAME-1). */
export function bringChallenges(draft: Draft, { challenges = [] }: Member, judging: Program | null): void {
  for (const brought of challenges) {
    const challenge = judging?.challenges.get(brought.challenge)
    const both = merged(challengeStateOf(draft.member, brought.challenge), brought)
    if (!judging || !challenge) {
      emit(draft, { type: 'challenge', window: 0, state: both })
      continue
    }
    const kept = withoutSettled(draft, judging, challenge, both)
    const windows = kept.windows.filter(({ from }) => brought.windows.some((window) => window.from === from))
    // What they have met is met anew, one by one, so that a streak of both is one.
    const met = kept.streak.met.filter((from) => !windows.some((window) => window.from === from && isDone(window)))
    const state = challenge.streak ? { ...kept, streak: { ...kept.streak, met } } : kept
    for (const { from } of windows) emit(draft, { type: 'challenge', window: from, state })
    if (windows.length === 0) emit(draft, { type: 'challenge', window: 0, state })
  }
}

/** Window by window; what either has reached is not awarded again, and each window serves one streak. */
function merged(own: ChallengeState, brought: ChallengeState): ChallengeState {
  const starts = [...new Set([...own.windows, ...brought.windows].map(({ from }) => from))].sort((a, b) => a - b)
  const windows = starts.map((from) => {
    const [ours, theirs] = [windowOf(own, from), windowOf(brought, from)]
    const more = theirs.reached.filter(({ what }) => !ours.reached.some((known) => known.what === what))
    return { from, tally: withTally(ours.tally, theirs.tally), reached: [...ours.reached, ...more] }
  })
  const given = [...own.streak.given, ...brought.streak.given]
  const used = new Set(given.flatMap((streak) => streak.windows))
  const met = [...new Set([...own.streak.met, ...brought.streak.met])].filter((from) => !used.has(from))
  const streak = { met: met.sort((a, b) => a - b), given }
  return { challenge: own.challenge, windows, settled: own.settled + brought.settled, streak }
}
