/**
 * What one member sends another is named for the event that sends it, as a gift or a merge is, or begins with one of these: it
 * is then one of several that an event sends, or of those that time sends.
 */
const SEND_KINDS = ['enter', 'out', 'pool', 'referral', 'short', 'spend'] as const
export type SendKind = (typeof SEND_KINDS)[number]

/** Unique in the sender. */
export type SendName = `${SendKind}/${string}`

export const isSendKind = (word: string): word is SendKind => (SEND_KINDS as readonly string[]).includes(word)
