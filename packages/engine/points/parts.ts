import type { LocalDay } from '../time/local.ts'

/** Last day of a lot; 'idle' goes by the member's last activity. */
export type LotEnd = LocalDay | 'never' | 'idle'

/** A part of a burn: what it took of one lot. `uncovered` is the part no lot covered, always last. */
export interface ActivePart {
  readonly priority: number
  readonly lastDay: LotEnd | 'uncovered'
  readonly amount: number
}

export const totalOf = (parts: readonly ActivePart[]): number => parts.reduce((sum, { amount }) => sum + amount, 0)
