import { isSame } from '../is-same.ts'
import type { MemberPart } from '../member-part.ts'
import type { Program, Timeline, TimelineEntry } from '../program/program.ts'
import { programOf, type Reign, reignsOf, ruledThus } from '../program/timeline.ts'
import type { PutRight } from './events.ts'

/** What a member's state holds of corrections. */
export interface PutRightState {
  /** In the order of the acts that say so; absent: nothing was corrected. */
  putRight?: readonly PutRight[]
}

/** So it stands after a correction, whole. */
export interface PutRightChanged {
  readonly type: 'put-right'
  readonly putRight: readonly PutRight[]
}

export const putRightPart: MemberPart<PutRightState, PutRightChanged> = {
  apply(state, { putRight }) {
    if (putRight.length === 0) delete state.putRight
    else state.putRight = putRight
  },

  difference: ({ putRight: before = [] }, { putRight: after = [] }) =>
    isSame(before, after) ? [] : [{ type: 'put-right', putRight: after }],
}

/** By each timeline made here, the one that it was made of. */
const wrongByRight = new WeakMap<Timeline, Timeline>()
const rightByWrong = new WeakMap<Timeline, Map<string, Timeline>>()

/** The versions as they ruled before anything was corrected. */
export const asPublished = (timeline: Timeline): Timeline => wrongByRight.get(timeline) ?? timeline

/** The versions as they rule a member for whom some were put right. */
export function putRightFor(timeline: Timeline, { putRight = [] }: PutRightState): Timeline {
  if (putRight.length === 0) return timeline
  const made = rightByWrong.get(timeline) ?? new Map<string, Timeline>()
  rightByWrong.set(timeline, made)
  const name = JSON.stringify(putRight)
  const right = made.get(name) ?? ruledThus(timeline.map(entryIn(putRight)), reignsPutRight(timeline, putRight))
  made.set(name, right)
  wrongByRight.set(right, timeline)
  return right
}

/** As if it had been there by then, also for decisions that were made before it came. */
const entryIn =
  (putRight: readonly PutRight[]) =>
  (entry: TimelineEntry): TimelineEntry => {
    const own = putRight.filter(({ version }) => version === entry.program.version)
    if (own.length === 0) return entry
    const [at, local] = [own.map(({ fromAt }) => fromAt), own.map(({ from }) => from)]
    return {
      ...entry,
      fromAt: Math.min(entry.fromAt, ...at),
      fromLocal: Math.min(entry.fromLocal, ...local),
      publishedAt: Math.min(entry.publishedAt, ...at),
      publishedLocal: Math.min(entry.publishedLocal, ...local),
    }
  }

/**
 * From its moment on a version reigns where one does that was published before it, unless that one is on trial: what a pilot gave
 * is its members' (PIL-5).
 */
function reignsPutRight(timeline: Timeline, putRight: readonly PutRight[]): readonly Reign[] {
  const placeOf = ({ version }: Program) => timeline.findIndex(({ program }) => program.version === version)
  const onTrial = new Set(
    timeline.flatMap(({ program, pilot }) => (pilot === undefined || pilot.fallsBack ? [] : [program.version])),
  )
  let reigns = reignsOf(timeline).map((reign) => ({ ...reign, published: reign.program }))
  for (const { version, fromAt, from } of putRight) {
    const program = programOf(timeline, version)
    const place = placeOf(program)
    reigns = reigns.flatMap((reign) => {
      const givesWay = placeOf(reign.program) <= place && !onTrial.has(reign.published.version)
      if (!givesWay || reign.to <= from) return [reign]
      if (reign.from >= from) return [{ ...reign, program }]
      return [
        { ...reign, to: from },
        { ...reign, program, from, fromAt },
      ]
    })
  }
  return reigns.flatMap(({ published: _, ...reign }, index): Reign[] => {
    if (reigns[index - 1]?.program === reign.program) return []
    const next = reigns.slice(index + 1).find(({ program }) => program !== reign.program)
    return [{ ...reign, to: next?.from ?? Number.POSITIVE_INFINITY }]
  })
}

/** Whether a version rules the whole of a past from a moment on already, as far as it would once that is put right. */
export function isPutRight(timeline: Timeline, state: PutRightState, right: PutRight): boolean {
  const { putRight = [] } = state
  const now = reignsOf(putRightFor(timeline, state))
  const then = reignsOf(putRightFor(timeline, { putRight: [...putRight, right] }))
  return isSame(
    now.map(({ program, from }) => [program.version, from]),
    then.map(({ program, from }) => [program.version, from]),
  )
}
