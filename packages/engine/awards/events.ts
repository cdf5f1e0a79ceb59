import type { ByStaff } from '../stamp.ts'

/** The program gives what was won. Who won was decided over all members together, and is an answer (GAME-2, EVT-2). */
export interface AwardWon extends ByStaff {
  readonly type: 'award.won'
  readonly draw: string
}
