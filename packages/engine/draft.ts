import type { Account, Effect } from './effect.ts'
import type { Stamp } from './event.ts'
import { apply } from './evolve.ts'
import type { Member } from './member.ts'
import type { RuleName } from './movement-name.ts'
import type { Ladder, Program, Timeline } from './program/program.ts'
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

/** What follows has this event as its cause, and counts at this moment. */
export function causedBy(draft: Draft, event: { readonly source: string; readonly id: string }, stamp: Stamp): void {
  draft.cause = `${event.source}/${event.id}`
  draft.effective = stamp.local
  draft.version = stamp.version ?? 0
}

/** Hot effects are written with their keys in code-unit order: the canonical text of a decision is then the plain one. */
export function emit(draft: Draft, effect: Effect): void {
  draft.effects.push(effect)
  apply(draft.member, effect)
}

/** Moves an amount above zero; nothing happens for zero. */
export function move<Name extends string>(
  draft: Draft,
  rule: RuleName<Name>,
  asset: string,
  from: Account,
  to: Account,
  amount: number,
): void {
  if (amount === 0) return
  const { cause, effective, version } = draft
  emit(draft, { amount, asset, cause, effective, from, rule, to, type: 'move', version })
}
