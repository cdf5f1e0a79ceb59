import { type MemberPart, namedDifference } from '../member-part.ts'
import type { Occasion } from '../program/program.ts'
import type { LocalDay } from '../time/local.ts'

/** What a member's state holds of occasions; absent: none was kept yet. */
export interface OccasionState {
  /** By name, each with the day on which it was kept last. */
  occasions?: readonly KeptOccasion[]
}

export interface KeptOccasion {
  readonly occasion: Occasion
  readonly on: LocalDay
}

export interface OccasionKept {
  readonly type: 'occasion'
  readonly occasion: Occasion
  /** null: it was not kept after all. */
  readonly on: LocalDay | null
}

export const occasionPart: MemberPart<OccasionState, OccasionKept> = {
  apply(state, { occasion, on }) {
    const kept = (state.occasions ?? []).filter((known) => known.occasion !== occasion)
    if (on !== null) kept.push({ occasion, on })
    if (kept.length === 0) delete state.occasions
    else state.occasions = kept.sort((a, b) => (a.occasion < b.occasion ? -1 : 1))
  },

  difference: ({ occasions: before }, { occasions: after }) =>
    namedDifference(
      before,
      after,
      ({ occasion }) => occasion,
      (kept, occasion) => ({
        type: 'occasion',
        occasion,
        on: kept?.on ?? null,
      }),
    ),
}
