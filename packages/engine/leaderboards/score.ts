import { type Draft, emit } from '../draft.ts'
import { isMarked } from '../footing/footing.ts'
import { type Countable, contributionOf } from '../goals/contribution.ts'
import { progressOf } from '../goals/reach.ts'
import { NOTHING, type Tally, withTally } from '../goals/tally.ts'
import { type GoalSpan, spanAt } from '../goals/window.ts'
import { awayOf, type Member } from '../member.ts'
import type { Goal, Leaderboard, Program } from '../program/program.ts'
import { isFor } from '../rules/applies.ts'
import type { LocalTime } from '../time/local.ts'
import { type BoardWindow, boardWindowsOf } from './board-state.ts'

/** Results are taken as soon as a window has ended: a few before the running one are enough. */
const WINDOWS_KEPT = 3

/** Posts to each leaderboard the difference between what something counted and what it counts now (GAME-1). */
export function countForLeaderboards(
  draft: Draft,
  program: Program,
  was: Countable | null,
  is: Countable | null,
): void {
  const local = (is ?? was)?.local
  if (local === undefined) return
  for (const board of program.leaderboards.values()) {
    const span = spanAt(board.window, local)
    const change = withTally(countedOn(board, is), countedOn(board, was), -1)
    // A result that was taken long ago is what it is.
    const oldest = boardSpans(board, draft.effective).ended.at(-1)?.from ?? Number.NEGATIVE_INFINITY
    if (!span || change.length === 0 || span.from < oldest) continue
    const windows = boardWindowsOf(draft.member, board.id)
    const tally = withTally(windows.find(({ from }) => from === span.from)?.tally ?? NOTHING, change)
    const others = windows.filter(({ from }) => from !== span.from)
    const changed: BoardWindow[] = [...others, { from: span.from, tally, since: draft.effective }]
    const kept = changed.filter(({ from }) => from >= oldest).sort((a, b) => a.from - b.from)
    emit(draft, { type: 'leaderboard', leaderboard: board.id, windows: kept.filter((each) => each.tally.length > 0) })
  }
}

function countedOn(board: Leaderboard, of: Countable | null): Tally {
  if (of === null || of.situation.away !== null || !isFor(board.audience, of.situation)) return NOTHING
  return contributionOf(goalOf(board), of)
}

/** A leaderboard counts as a goal does that asks for nothing beside. */
function goalOf({ measure }: Leaderboard): Goal {
  const nothing = { when: null, lines: null, places: [], channels: [], distinct: null } as const
  return { measure, comparison: 'atLeast', target: 1, ...nothing }
}

/** What a member has in one window, and since when; null: nothing, or the member has no place on a board. */
export function scoreOf(
  member: Member,
  board: Leaderboard,
  from: LocalTime,
): { readonly score: number; readonly since: LocalTime } | null {
  const window = boardWindowsOf(member, board.id).find((each) => each.from === from)
  const score = window ? progressOf(goalOf(board), window.tally) : 0
  const isOff = awayOf(member) !== null || isMarked(member)
  return window === undefined || score <= 0 || isOff ? null : { score, since: window.since }
}

/** The window that is running, and those that ended before it, the latest first. */
export function boardSpans(board: Leaderboard, now: LocalTime): { running: GoalSpan | null; ended: GoalSpan[] } {
  const { window } = board
  switch (window.type) {
    case 'dates': {
      const span = { from: window.from, to: window.through }
      return { running: spanAt(window, now), ended: now >= window.through ? [span] : [] }
    }
    case 'calendar': {
      const ended: GoalSpan[] = []
      const running = spanAt(window, now)
      let before = running === null ? null : spanAt(window, running.from - 1)
      while (before && ended.length < WINDOWS_KEPT - 1) {
        ended.push(before)
        before = spanAt(window, before.from - 1)
      }
      return { running, ended }
    }
  }
}
