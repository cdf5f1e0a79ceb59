/** Why each rule gave or did not: made only when asked for (EVT-7). */
export type Trace = TraceEntry[]

export interface TraceEntry {
  readonly rule: string
  readonly outcome:
    | 'gave'
    | 'multiplied'
    | 'not-for-member'
    | 'not-now'
    | 'held-out'
    | 'condition-false'
    | 'no-line'
    | 'group-lost'
    | 'rounded-to-zero'
    | 'capped'
    | 'cap-refused'
    /** Of an order that is judged again (REF-1): nothing of it is left. */
    | 'nothing-left'
    /** And: what it would be due beyond what it was due at first, which no refund brings; `amount` is that. */
    | 'not-above-first'
  /** The condition, cap or group that decided, as the program says it. */
  readonly because: string | null
  /** In whose smallest units `amount` stands; null: the rule awards something that is no amount. */
  readonly asset: string | null
  /** Smallest units given by the rule alone; for a cap, what it took away. */
  readonly amount: number
  /** Before rounding, as an exact fraction `numerator/denominator`, where there was one. */
  readonly exact: string | null
  /** Spread over the order's lines (EARN-3 step 7). */
  readonly perLine: readonly number[] | null
}
