/**
 * What the compiler says about a document. A program with an `error` cannot be published; a `warning` is about something
 * that costs money or surprises members; a `note` names what a silence of the document means.
 */
export interface Finding {
  /** Stable; clients go by it and never by the words. */
  readonly code: FindingCode
  readonly severity: 'error' | 'warning' | 'note'
  /** `earn[2].cap.most`; empty for the document as a whole. */
  readonly path: string
  /** From 1, in the text that was given; inside a condition they point at the word in question. */
  readonly line: number
  readonly column: number
  /** What is wrong, or what the silence means. */
  readonly message: string
  /** What would be right. */
  readonly instead: string
}

export type FindingCode = SyntaxCode | WordCode | ConditionCode | MeaningCode

/** The text is no document: YAML that says one thing and looks like another is refused by name. */
type SyntaxCode =
  | 'document-empty'
  | 'document-too-large'
  | 'document-too-deep'
  | 'second-document'
  | 'yaml-alias'
  | 'yaml-anchor'
  | 'yaml-directive'
  | 'yaml-merge-key'
  | 'yaml-syntax'
  | 'yaml-tag'
  | 'key-not-text'
  | 'duplicate-key'
  | 'unquoted-condition'

/** A key or a value is none of the language's. */
type WordCode =
  | 'bad-amount'
  | 'bad-date'
  | 'bad-hours'
  | 'bad-id'
  | 'bad-language'
  | 'bad-money'
  | 'bad-multiplier'
  | 'bad-percent'
  | 'bad-period'
  | 'bad-quantity'
  | 'bad-smallest'
  | 'bad-text'
  | 'bad-version'
  | 'choice-unclear'
  | 'duplicate-id'
  | 'duplicate-item'
  | 'empty-list'
  | 'empty-value'
  | 'expiry-missing'
  | 'missing-key'
  | 'not-in-this-release'
  | 'too-many'
  | 'unknown-activity'
  | 'unknown-asset'
  | 'unknown-burn-class'
  | 'unknown-currency'
  | 'unknown-event'
  | 'unknown-group'
  | 'unknown-key'
  | 'unknown-level'
  | 'unknown-place'
  | 'unknown-rule'
  | 'unknown-word'
  | 'unknown-zone'
  | 'wrong-currency'
  | 'wrong-shape'

type ConditionCode =
  | 'condition-always'
  | 'condition-empty'
  | 'condition-money'
  | 'condition-never'
  | 'condition-not-offered'
  | 'condition-syntax'
  | 'condition-too-long'
  | 'condition-type'
  | 'condition-unknown-fact'
  | 'condition-unknown-value'

/** Every word is right, and together they mean nothing, or something that nobody would want. */
type MeaningCode =
  | 'activity-unused'
  | 'cap-below-gift'
  | 'cap-span'
  | 'cap-unit'
  | 'cap-zero'
  | 'class-for-qualifying'
  | 'expiry-without-anniversary'
  | 'gift-zero'
  | 'group-mixed'
  | 'group-of-one'
  | 'group-shadowed'
  | 'group-unused'
  | 'levels-overlap'
  | 'levels-start-above-zero'
  | 'life-within-pending'
  | 'limit-for-qualifying'
  | 'limit-without-debt'
  | 'measure-in-spendable'
  | 'multiplier-for-nothing'
  | 'pending-for-qualifying'
  | 'per-missing'
  | 'per-for-activity'
  | 'price-bounds'
  | 'price-for-unreachable'
  | 'price-in-qualifying'
  | 'price-zero'
  | 'reach-unit'
  | 'refunds-outlive-lots'
  | 'refunds-outlive-late'
  | 'reservation-length'
  | 'rule-does-nothing'
  | 'rule-over'
  | 'rule-never'
  | 'silent-in-force'
  | 'silent-late'
  | 'silent-lapsed-returns'
  | 'silent-limit'
  | 'silent-pending'
  | 'silent-refunds'
  | 'silent-stack'
  | 'silent-unknown-members'
  | 'warn-never'
  | 'window-cannot-fall'
