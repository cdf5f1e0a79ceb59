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

/** Every code, by what is wrong. */
export const FINDING_CODES = [
  // The text is no document: YAML that says one thing and looks like another is refused by name.
  'document-empty',
  'document-too-large',
  'document-too-deep',
  'second-document',
  'yaml-alias',
  'yaml-anchor',
  'yaml-directive',
  'yaml-merge-key',
  'yaml-syntax',
  'yaml-tag',
  'key-not-text',
  'duplicate-key',
  'unquoted-condition',
  // A key or a value is none of the language's.
  'bad-amount',
  'bad-date',
  'bad-hours',
  'bad-id',
  'bad-language',
  'bad-money',
  'bad-multiplier',
  'bad-percent',
  'bad-period',
  'bad-quantity',
  'bad-smallest',
  'bad-text',
  'bad-version',
  'choice-unclear',
  'duplicate-id',
  'duplicate-item',
  'empty-list',
  'empty-value',
  'expiry-missing',
  'missing-key',
  'not-in-this-release',
  'too-many',
  'unknown-activity',
  'unknown-asset',
  'unknown-burn-class',
  'unknown-currency',
  'unknown-event',
  'unknown-group',
  'unknown-key',
  'unknown-level',
  'unknown-place',
  'unknown-rule',
  'unknown-word',
  'unknown-zone',
  'wrong-currency',
  'wrong-shape',
  // A condition cannot be, or is no condition.
  'condition-always',
  'condition-empty',
  'condition-money',
  'condition-never',
  'condition-not-offered',
  'condition-syntax',
  'condition-too-long',
  'condition-type',
  'condition-unknown-fact',
  'condition-unknown-value',
  // Every word is right, and together they mean nothing, something that nobody would want, or more than was said.
  'activity-unused',
  'asset-never-earned',
  'audience-never',
  'cap-below-gift',
  'cap-never-reached',
  'cap-span',
  'cap-unit',
  'cap-zero',
  'during-empty',
  'during-over',
  'exclusive-without-group',
  'fall-never',
  'gift-zero',
  'group-mixed',
  'group-of-one',
  'group-unused',
  'include-without-spend',
  'levels-overlap',
  'levels-start-above-zero',
  'life-within-pending',
  'limit-without-debt',
  'multiplies-by-one',
  'not-for-activities',
  'per-missing',
  'price-bounds',
  'price-in-qualifying',
  'price-unit',
  'price-zero',
  'qualifying-not-spent',
  'reach-unit',
  'refunds-outlive-lots',
  'rise-without-period',
  'rule-shadowed',
  'silent-in-force',
  'silent-lapsed-returns',
  'silent-late',
  'silent-leaving',
  'silent-limit',
  'silent-pending',
  'silent-refunds',
  'silent-stack',
  'silent-unknown-members',
  'worth-missing',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]
