import type { Tally } from '../goals/tally.ts'
import { type MemberPart, namedDifference } from '../member-part.ts'
import type { LocalTime } from '../time/local.ts'

/** What a member's state holds of offers (OFF-1); absent while there is nothing. */
export interface OfferStates {
  /** In the order in which they came. */
  offers?: readonly Receipt[]
}

/** One offer that a member got once, with a window of its own. */
export interface Receipt {
  /** `source/id` of the event that brought it. */
  readonly id: string
  readonly offer: string
  /** Whose terms were promised. */
  readonly version: number
  readonly since: LocalTime
  /** The first moment that no longer counts; null: without end. */
  readonly until: LocalTime | null
  /** Since when it was seen; null: not yet. */
  readonly seen: LocalTime | null
  readonly tally: Tally
  /** When it was completed; null: not, or no longer. */
  readonly completed: LocalTime | null
  /** Completed when its budget was empty: nothing was given for it (EARN-5). */
  readonly unfunded?: true
}

/** A receipt stands like this now; null: it is kept no longer. */
export interface ReceiptChanged {
  readonly type: 'offer'
  readonly id: string
  readonly receipt: Receipt | null
}

/** Said of a receipt to whoever reads on; changes nothing. */
export interface OfferTold {
  readonly type: 'offer-told'
  readonly offer: string
  readonly receipt: string
  readonly what: 'received' | 'completed' | 'undone'
}

export const receiptPart: MemberPart<OfferStates, ReceiptChanged> = {
  apply(states, { id, receipt }) {
    const receipts = (states.offers ?? []).filter((known) => known.id !== id)
    if (receipt !== null) receipts.push(receipt)
    if (receipts.length === 0) delete states.offers
    else states.offers = receipts.sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1))
  },

  difference: ({ offers: before }, { offers: after }) =>
    namedDifference(
      before,
      after,
      ({ id }) => id,
      (receipt, id) => ({ type: 'offer', id, receipt }),
    ),
}

export const receiptOf = ({ offers }: OfferStates, id: string): Receipt | null =>
  offers?.find((known) => known.id === id) ?? null

/** What is kept of a receipt with what counts for it: enough to say later what that counts, whatever became of the receipt. */
export type CountingReceipt = Pick<Receipt, 'id' | 'offer' | 'version'>

/** The same receipt is the same award, in every replay. */
export const awardIdOfReceipt = ({ id, offer }: Pick<Receipt, 'id' | 'offer'>): string => `offer/${offer}/${id}`
