import { isOutOfPlay } from '../footing/bars.ts'
import { leastOf, progressOf } from '../goals/reach.ts'
import type { Member } from '../member.ts'
import type { Timeline } from '../program/program.ts'
import { programAt } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import { isRunning, offerOf } from './terms.ts'

/** How one receipt of an offer stands. Amounts are in the unit of its goal. */
export interface OfferProgress {
  readonly receipt: string
  readonly offer: string
  readonly since: LocalTime
  /** The first moment that no longer counts; null: without end. */
  readonly until: LocalTime | null
  /** Null: the member has not seen it yet. */
  readonly seen: LocalTime | null
  readonly status: 'open' | 'completed' | 'over'
  readonly progress: number
  /** Null: it only informs. */
  readonly target: number | null
  readonly missing: number | null
}

/** Of every receipt that a member has or lately had, in the order in which they came. */
export function offerProgressOf(timeline: Timeline, member: Member, now: LocalTime): OfferProgress[] {
  if (isOutOfPlay(programAt(timeline, now), member, now)) return []
  return (member.offers ?? []).map((each) => {
    const { type } = offerOf(timeline, each)
    const { id: receipt, offer, since, until, seen, completed, unfunded = false } = each
    const status = unfunded ? 'over' : completed !== null ? 'completed' : isRunning(each, now) ? 'open' : 'over'
    const told = { receipt, offer, since, until, seen, status } as const
    if (type.type !== 'goal') return { ...told, progress: 0, target: null, missing: null }
    const progress = progressOf(type.goal, each.tally)
    const target = leastOf(type.goal, 1)
    return { ...told, progress, target, missing: completed === null ? Math.max(0, target - progress) : 0 }
  })
}
