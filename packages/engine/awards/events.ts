import type { ByStaff } from '../stamp.ts'
import type { LocalDay } from '../time/local.ts'

/** The program gives what was won. Who won was decided over all members together, and is an answer (GAME-1, GAME-2, EVT-2). */
export interface AwardWon extends ByStaff {
  readonly type: 'award.won'
  readonly won: Won
}

export type Won =
  /** In its first round, by the version of the moment, where nothing else is said. */
  | { readonly draw: string; readonly round?: number; readonly terms?: number }
  /** A rank in the window that began on this day. */
  | { readonly leaderboard: string; readonly window: LocalDay; readonly rank: number }
