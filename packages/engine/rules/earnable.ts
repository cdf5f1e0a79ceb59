import type { ExactSum } from '../amounts/fraction.ts'
import type { LineFacts, Scope } from '../program/condition.ts'
import type { GivingRule } from '../program/program.ts'
import type { Situation } from './applies.ts'

/** What earning looks at: one order as it stands, or one activity. */
export interface Earnable {
  readonly scope: Scope
  readonly lines: readonly LineFacts[]
  /** Weight of each line for a rule: eligible minor units or items; `extra` is what has no line (shipping, tip). */
  spendOf(rule: GivingRule): { readonly lines: readonly number[]; readonly extra: number }
  readonly items: readonly number[]
  /** Eligible minor units of each line by the default exclusions (EARN-2). */
  readonly eligible: readonly number[]
}

/** A part of an order through which the member's levels stay what they are (EARN-6). */
export interface Stretch {
  readonly share: ExactSum
  /** The whole order as it looks at these levels. */
  readonly earnable: Earnable
  readonly situation: Situation
}
