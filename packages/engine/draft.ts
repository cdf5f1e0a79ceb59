import type { Account, Effect } from './effect.ts'
import { apply } from './evolve.ts'
import type { Member } from './member.ts'
import type { Asset, Ladder, Program, Timeline } from './program/program.ts'
import type { Grants } from './rooms/grant.ts'
import type { LocalTime } from './time/local.ts'
import type { Trace } from './trace.ts'
import type { Announced } from './vouchers/announced.ts'

/** A decision in the making: each effect is noted and applied at once, so that what follows sees it. */
export interface Draft {
  readonly timeline: Timeline
  /** Owned by the draft. */
  readonly member: Member
  readonly effects: Effect[]
  readonly trace: Trace | null
  /** What the effects being made are due to. */
  cause: string
  /** When they count. */
  effective: LocalTime
  /** Under which version; 0: none. */
  version: number
  /** How far time has fired, for the head that closes the decision (TIME-4). */
  firedLocal: LocalTime | null
  firedAt: number | null
  /** What the event may take of rooms that members share; null: as if there were enough. */
  readonly grants: Grants | null
  /** In a replay: the vouchers that members have been told of. */
  readonly announced: Announced | null
  /** Levels that have changed and whose entry awards are still to be given or taken back. */
  readonly levelChanges: LevelChange[]
}

export interface LevelChange {
  readonly program: Program
  readonly ladder: Ladder
  readonly from: string
  readonly to: string
  readonly rises: boolean
}

/** Hot effects are written with their keys in code-unit order: the canonical text of a decision is then the plain one. */
export function emit(draft: Draft, effect: Effect): void {
  draft.effects.push(effect)
  apply(draft.member, effect)
}

/** Moves an amount above zero; nothing happens for zero. */
export function move(draft: Draft, rule: string, asset: string, from: Account, to: Account, amount: number): void {
  if (amount === 0) return
  const { cause, effective, version } = draft
  emit(draft, { amount, asset, cause, effective, from, rule, to, type: 'move', version })
}

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

/** A stretch of local time under one version, half-open. */
export interface Reign {
  readonly program: Program
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
    return from < to ? [{ program: ruling.program, from, to }] : []
  })
  reignsByTimeline.set(timeline, reigns)
  return reigns
}

/** The version under which time passes at a due moment. */
export function programAt(timeline: Timeline, due: LocalTime): Program {
  const reigns = reignsOf(timeline)
  const reign = reigns.findLast(({ from }) => from <= due) ?? reigns[0]
  invariant(reign, 'a timeline rules all time')
  return reign.program
}

export function assetRuleOf(program: Program, asset: string): Asset {
  for (const rule of program.assets) if (rule.id === asset) return rule
  throw new Error(`invariant: version ${program.version} of ${program.id} has no asset ${asset}`)
}
