import { isSame } from '../is-same.ts'
import type { MemberPart } from '../member-part.ts'
/** On what footing a member is with the program (END-1); absent while nothing of it was told. */
export interface FootingState {
  footing?: Footing
}

export interface Footing {
  /** Of the firm, or no person at all; null: a customer. */
  readonly mark: Mark | null
  /** Years that the member is known to have reached; 0: nothing is known. An outcome, never a date of birth (LED-9). */
  readonly ageAtLeast: number
  /** Versions of the terms that were accepted, the latest last. */
  readonly terms: readonly string[]
}

export type Mark = 'staff' | 'test'

/** What is told of a footing; null: of that nothing is said. */
export interface FootingTold {
  readonly mark: Mark | 'none' | null
  readonly ageAtLeast: number | null
  readonly terms: string | null
}

/** The footing stands like this now. */
export interface FootingChanged {
  readonly type: 'footing'
  readonly footing: Footing
}

export const UNKNOWN_FOOTING: Footing = { ageAtLeast: 0, mark: null, terms: [] }

export const footingOf = ({ footing }: FootingState): Footing => footing ?? UNKNOWN_FOOTING

/** Somebody of the firm, or no person at all: measured nowhere. */
export const isMarked = (state: FootingState): boolean => footingOf(state).mark !== null

/** A program asks for one version of its terms; of older ones few are ever asked for again, by orders that come late. */
export const TERMS_KEPT = 10

export function toldFooting(footing: Footing, { mark, ageAtLeast, terms }: FootingTold): Footing {
  const accepted = terms === null ? footing.terms : [...footing.terms.filter((each) => each !== terms), terms]
  return {
    ageAtLeast: ageAtLeast ?? footing.ageAtLeast,
    mark: mark === null ? footing.mark : mark === 'none' ? null : mark,
    terms: accepted.slice(-TERMS_KEPT),
  }
}

export const footingPart: MemberPart<FootingState, FootingChanged> = {
  apply(state, { footing }) {
    if (footing.mark === null && footing.ageAtLeast === 0 && footing.terms.length === 0) delete state.footing
    else state.footing = footing
  },

  difference(before, after) {
    const footing = footingOf(after)
    return isSame(footingOf(before), footing) ? [] : [{ type: 'footing', footing }]
  },
}
