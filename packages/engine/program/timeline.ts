import type { Stamp } from '../stamp.ts'
import type { LocalTime } from '../time/local.ts'
import type { Asset, Program, Timeline, TimelineEntry } from './program.ts'

/** A fault of ours, never a refusal: the state or the program is not what the code before it promised. */
function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}

/** The version with this number. */
export function programOf(timeline: Timeline, version: number): Program {
  for (let i = timeline.length - 1; i >= 0; i--) {
    const entry = timeline[i]
    if (entry && entry.program.version === version) return entry.program
  }
  throw new Error(`invariant: version ${version} is not in the timeline`)
}

/** The version for all that was published last, which need not have begun; undefined: there is none. */
export const latestOf = (timeline: Timeline): Program | undefined =>
  timeline.findLast(({ pilot }) => pilot === undefined)?.program

/**
 * The version that judges what happened at `at` when it is decided at `decidedAt` (EVT-3): of those published by then whose
 * start is not after it, the last published. Null before the first start.
 */
export function versionAt(timeline: Timeline, at: number, decidedAt: number): TimelineEntry | null {
  for (let i = timeline.length - 1; i >= 0; i--) {
    const entry = timeline[i]
    if (entry && entry.publishedAt <= decidedAt && entry.fromAt <= at) return entry
  }
  return null
}

const knownByTimeline = new WeakMap<Timeline, Map<number, Timeline>>()

/**
 * The versions that an event was judged among. One that had begun by the event's own moment, and yet is not what it is pinned to
 * nor comes before that, was published after the event was recorded: it rules nothing of that decision, whenever it is made again
 * (EVT-3).
 */
export function knownTo(timeline: Timeline, { at, version }: Pick<Stamp, 'at' | 'version'>): Timeline {
  let known = timeline.length
  for (let i = timeline.length - 1; i >= 0; i--) {
    const entry = timeline[i]
    if (entry === undefined || entry.program.version === version) break
    if (Math.max(entry.publishedAt, entry.fromAt) <= at) known = i
  }
  return known === timeline.length || version === null ? timeline : without(timeline, known)
}

/** Those from `known` on begin for nobody; they stay in it, since what was corrected may be pinned on them. */
function without(timeline: Timeline, known: number): Timeline {
  const made = knownByTimeline.get(timeline) ?? new Map<number, Timeline>()
  knownByTimeline.set(timeline, made)
  const cut = made.get(known) ?? timeline.map((entry, index) => (index < known ? entry : beginningForNobody(entry)))
  made.set(known, cut)
  return cut
}

/** A version that is there and rules nobody: one on trial for whoever is not in its pilot, or one that came after a decision. */
export const beginningForNobody = (entry: TimelineEntry): TimelineEntry => ({
  ...entry,
  fromAt: Number.POSITIVE_INFINITY,
  fromLocal: Number.POSITIVE_INFINITY,
})

/** Whether a version begins for nobody whom these rule. */
export const hasNoStart = (timeline: Timeline, version: number): boolean =>
  timeline.find(({ program }) => program.version === version)?.fromAt === Number.POSITIVE_INFINITY

/** A stretch of local time under one version, half-open. */
export interface Reign {
  readonly program: Program
  /** The instant of `from`. */
  readonly fromAt: number
  readonly from: LocalTime
  readonly to: LocalTime
}

const reignsByTimeline = new WeakMap<Timeline, readonly Reign[]>()

/** Which version rules when time itself acts: the last published by then that had started; before any, the first (EVT-3). */
export function reignsOf(timeline: Timeline): readonly Reign[] {
  const known = reignsByTimeline.get(timeline)
  if (known) return known
  const first = timeline[0]
  invariant(first, 'a timeline holds at least one version')
  const starts = timeline.map((entry) => Math.max(entry.publishedLocal, entry.fromLocal)).sort((a, b) => a - b)
  const bounds = [Number.NEGATIVE_INFINITY, ...starts.slice(1), Number.POSITIVE_INFINITY]
  const reigns = bounds.slice(0, -1).flatMap((from, index): Reign[] => {
    const to = bounds[index + 1] ?? Number.POSITIVE_INFINITY
    const ruling = timeline.findLast((entry) => entry.publishedLocal <= from && entry.fromLocal <= from) ?? first
    const begins = timeline.find((entry) => Math.max(entry.publishedLocal, entry.fromLocal) === from)
    const fromAt = begins ? Math.max(begins.publishedAt, begins.fromAt) : Number.NEGATIVE_INFINITY
    return from < to ? [{ program: ruling.program, from, fromAt, to }] : []
  })
  reignsByTimeline.set(timeline, reigns)
  return reigns
}

/** The same versions, where others reign than they say themselves. */
export function ruledThus(entries: Timeline, reigns: readonly Reign[]): Timeline {
  const timeline = entries.slice()
  reignsByTimeline.set(timeline, reigns)
  return timeline
}

/** The version under which time passes at a due moment. */
export function programAt(timeline: Timeline, due: LocalTime): Program {
  const reigns = reignsOf(timeline)
  const reign = reigns.findLast(({ from }) => from <= due) ?? reigns[0]
  invariant(reign, 'a timeline rules all time')
  return reign.program
}

/**
 * The asset as the version says that rules at a moment; one that it has given up as the last version before said it, and one that it
 * does not have yet as the next will: a version may begin in the middle of a day that goes by its first moment.
 */
export function assetAt(timeline: Timeline, local: LocalTime, asset: string): Asset {
  const reigns = reignsOf(timeline)
  const ahead = reigns.findIndex(({ from }) => from > local)
  const begun = ahead === -1 ? reigns.length : ahead
  for (const { program } of [...reigns.slice(0, begun).reverse(), ...reigns.slice(begun)]) {
    for (const rule of program.assets) if (rule.id === asset) return rule
  }
  throw new Error(`invariant: no version has an asset ${asset}`)
}

/** The program at a due moment where any has begun by then: before that nothing is given, by time as by events (EVT-3). */
export function programBegunBy(timeline: Timeline, due: LocalTime): Program | null {
  const hasBegun = timeline.some(({ publishedLocal, fromLocal }) => publishedLocal <= due && fromLocal <= due)
  return hasBegun ? programAt(timeline, due) : null
}

export function assetRuleOf(program: Program, asset: string): Asset {
  for (const rule of program.assets) if (rule.id === asset) return rule
  throw new Error(`invariant: version ${program.version} of ${program.id} has no asset ${asset}`)
}
