import type { AssetTransition, Timeline } from '../program/program.ts'
import { reignsOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'

/** What a version says becomes of an asset, while no later one says otherwise. Half-open. */
export interface Statement {
  readonly asset: string
  readonly transition: AssetTransition
  /** The version still declares the asset: it is about inactivity. */
  readonly isDeclared: boolean
  readonly version: number
  readonly from: LocalTime
  readonly to: LocalTime
}

const statementsByTimeline = new WeakMap<Timeline, readonly Statement[]>()

/** In the order in which they begin. */
export function statementsOf(timeline: Timeline): readonly Statement[] {
  const known = statementsByTimeline.get(timeline)
  if (known) return known
  const reigns = reignsOf(timeline)
  const statements = reigns.flatMap(({ program, from }, index) =>
    [...program.transitions.assets].map(([asset, transition]): Statement => {
      const next = reigns.slice(index + 1).find((reign) => reign.program.transitions.assets.has(asset))
      const isDeclared = program.assets.some(({ id }) => id === asset)
      return {
        asset,
        transition,
        isDeclared,
        version: program.version,
        from,
        to: next?.from ?? Number.POSITIVE_INFINITY,
      }
    }),
  )
  statementsByTimeline.set(timeline, statements)
  return statements
}

/**
 * When a lot lapses that would at `own`: later, where a version promises that inactivity takes nothing before a day (LOT-2); sooner,
 * where it honours an asset that it has given up until a day.
 */
export function honouredLapse(timeline: Timeline, asset: string, own: LocalTime | null): LocalTime | null {
  let lapse = own
  for (const { transition, isDeclared, from, to, ...statement } of statementsOf(timeline)) {
    if (statement.asset !== asset || transition.type === 'convert' || transition.until === null) continue
    const { until } = transition
    if (isDeclared) {
      if (lapse !== null && lapse >= from && lapse < until) lapse = until
    } else {
      const end = Math.max(until, from)
      if (end < to && (lapse === null || end < lapse)) lapse = end
    }
  }
  return lapse
}
