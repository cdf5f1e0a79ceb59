/** Stable codes; what they mean stands in SPEC.md. */
export type DisagreementCode =
  | 'malformed'
  | 'out-of-place'
  | 'cut-off'
  | 'seq'
  | 'time-runs-back'
  | 'content'
  | 'chain'
  | 'posting'
  | 'transfer'
  | 'lots'
  | 'state'
  | 'totals'
  | 'root'

/** Something in the books that disagrees with what the stored effects say. */
export interface Disagreement {
  readonly code: DisagreementCode
  /** Null: the books as a whole. */
  readonly member: string | null
  /** What disagrees: `decision 3`, an effect id, `balance points`, `root 2026-03-31`, `line 7`. */
  readonly entry: string
  readonly message: string
}

/** A disagreement of a member that the reader knows. */
export type MemberDisagreement = Omit<Disagreement, 'member'>

export const disagreement = (code: DisagreementCode, entry: string, message: string): MemberDisagreement => ({
  code,
  entry,
  message,
})
