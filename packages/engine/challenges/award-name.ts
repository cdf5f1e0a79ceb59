import { spanName } from '../goals/window.ts'
import type { LocalTime } from '../time/local.ts'

/** Each of what is reached in a window is an award of its own, and so is each streak. */
export const awardIdOfReached = (challenge: string, from: LocalTime, what: string): string =>
  `challenge/${challenge}/${spanName(from)}/${what}`
export const awardIdOfStreak = (challenge: string, windows: readonly LocalTime[]): string =>
  `challenge/${challenge}/streak/${spanName(windows[0] ?? 0)}`
