/** Stable codes; what they mean stands in SPEC.md. */
export type BooksFaultCode =
  | 'malformed'
  | 'out-of-place'
  | 'cut-off'
  | 'sequence'
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
export interface BooksFault {
  readonly code: BooksFaultCode
  /** Null: the books as a whole. */
  readonly member: string | null
  /** What disagrees: `decision 3`, an effect id, `balance points`, `root 2026-03-31`, `line 7`. */
  readonly entry: string
  readonly message: string
}

/** A fault of a member that the reader knows. */
export type Disagreement = Omit<BooksFault, 'member'>

export const disagreement = (code: BooksFaultCode, entry: string, message: string): Disagreement => ({
  code,
  entry,
  message,
})
