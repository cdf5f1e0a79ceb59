import type { Fraction } from '../amounts/fraction.ts'
import type { MemberPart } from '../member-part.ts'

/** What a member's state holds of experiments (EXP-1). */
export interface ExperimentState {
  /**
   * A number below 2^32 made of program and member alone, by whoever loads the member: it is not stored. Absent: nobody is held
   * out of what nobody was held out of before.
   */
  chance?: number
  /** By experiment, as it was when the member first met it; absent: none was met. */
  arms?: readonly Arm[]
}

export interface Arm {
  /** `offer:…`, `challenge:…`, `rule:…`, `membership:…`. */
  readonly experiment: string
  readonly heldOut: boolean
}

/** The member has met an experiment for the first time: from now on the arm stands, whatever the share becomes. */
export interface Exposed {
  readonly type: 'exposed'
  readonly arm: Arm
}

export const armPart: MemberPart<ExperimentState, Exposed> = {
  apply(state, { arm }) {
    const others = (state.arms ?? []).filter(({ experiment }) => experiment !== arm.experiment)
    state.arms = [...others, arm].sort((a, b) => (a.experiment < b.experiment ? -1 : 1))
  },

  /** What was met once stays met. */
  difference: ({ arms: before = [] }, { arms: after = [] }) =>
    after.flatMap((arm) =>
      before.some(({ experiment }) => experiment === arm.experiment) ? [] : [{ type: 'exposed', arm }],
    ),
}

/** Whether a member is held out, as it was or as it would be met now; null where nobody is. */
export function armOf({ chance, arms }: ExperimentState, experiment: string, share: Fraction | null): Arm | null {
  if (share === null) return null
  const known = arms?.find((arm) => arm.experiment === experiment)
  if (known) return known
  return chance === undefined ? null : { experiment, heldOut: isDrawn(chance, experiment, share) }
}

/**
 * Whether the member's number falls into the share. Each experiment mixes it anew, so that experiments are independent; who
 * falls into a share falls into every larger one, so that a holdout that shrinks lets only new members in.
 */
export const isDrawn = (chance: number, experiment: string, { numerator, denominator }: Fraction): boolean =>
  mixed(chance, experiment) * denominator < numerator * 2 ** 32

/** FNV-1a over the name, begun with the number, then the finalizer of MurmurHash3 (Appleby, 2011): below 2^32. */
function mixed(chance: number, experiment: string): number {
  let state = chance ^ 0x811c9dc5
  for (let index = 0; index < experiment.length; index++) {
    state = Math.imul(state ^ experiment.charCodeAt(index), 0x01000193)
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}
