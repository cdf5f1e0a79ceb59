import type { Offer, OfferType, Timeline } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import type { LocalTime } from '../time/local.ts'
import type { CountingReceipt, OfferStates, Receipt } from './receipt.ts'

/** The offer by the terms that were promised. */
export function offerOf(timeline: Timeline, { version, offer: id }: CountingReceipt): Offer {
  const offer = programOf(timeline, version).offers.get(id)
  if (!offer) throw new Error(`invariant: version ${version} has no offer ${id}`)
  return offer
}

export type GoalOffer = Extract<OfferType, { type: 'goal' }>

export const isRunning = ({ since, until }: Receipt, local: LocalTime): boolean =>
  since <= local && (until === null || local < until)

/**
 * Receipts for which something that happens now counts, in the order in which they came (OFF-3): their window runs, and they
 * were seen where that is asked. One that is completed goes on counting, so that an order given back does not undo what the
 * others hold; of an exclusive offer it has done its duty, and leaves what comes to the others.
 */
export function receiptsFound(
  timeline: Timeline,
  { offers }: OfferStates,
  local: LocalTime,
): { readonly receipts: readonly CountingReceipt[] } | null {
  if (offers === undefined) return null
  const receipts = offers.flatMap((receipt): CountingReceipt[] => {
    const { type, seen } = offerOf(timeline, receipt)
    if (type.type !== 'goal' || !isRunning(receipt, local)) return []
    if (seen === 'required' && receipt.seen === null) return []
    const { id, offer, version } = receipt
    return type.exclusive && receipt.completed !== null ? [] : [{ id, offer, version }]
  })
  return receipts.length > 0 ? { receipts } : null
}
