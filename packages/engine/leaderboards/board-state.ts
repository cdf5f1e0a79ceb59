import type { Tally } from '../goals/tally.ts'
import { type MemberPart, namedDifference } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of leaderboards (GAME-1); absent while there is nothing. */
export interface BoardStates {
  /** By leaderboard. */
  boards?: readonly { readonly leaderboard: string; readonly windows: readonly BoardWindow[] }[]
}

export interface BoardWindow {
  readonly from: LocalTime
  readonly tally: Tally
  /** When it last changed: of equal scores the older one was there first. */
  readonly since: LocalTime
}

/** The windows of a leaderboard stand like this now. */
export interface BoardChanged {
  readonly type: 'leaderboard'
  readonly leaderboard: string
  readonly windows: readonly BoardWindow[]
}

export const boardPart: MemberPart<BoardStates, BoardChanged> = {
  apply(states, { leaderboard, windows }) {
    const others = (states.boards ?? []).filter((known) => known.leaderboard !== leaderboard)
    if (windows.length > 0) others.push({ leaderboard, windows })
    if (others.length === 0) delete states.boards
    else states.boards = others.sort((a, b) => (a.leaderboard < b.leaderboard ? -1 : 1))
  },

  difference: ({ boards: before }, { boards: after }) =>
    namedDifference(
      before,
      after,
      ({ leaderboard }) => leaderboard,
      (board, leaderboard) => ({
        type: 'leaderboard',
        leaderboard,
        windows: board?.windows ?? [],
      }),
    ),
}

export const boardWindowsOf = ({ boards }: BoardStates, leaderboard: string): readonly BoardWindow[] =>
  boards?.find((known) => known.leaderboard === leaderboard)?.windows ?? []
