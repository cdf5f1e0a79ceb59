import { refusalOf, refuse } from '../answer.ts'
import { type Draft, emit } from '../draft.ts'
import { isHeldOut } from '../experiments/held-out.ts'
import { barToReceiving } from '../footing/bars.ts'
import { NOTHING } from '../goals/tally.ts'
import type { Offer } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { addToDay, addToTime, dayOf, type LocalTime } from '../time/local.ts'
import type { OfferSeen, OfferSent } from './events.ts'
import type { Receipt } from './receipt.ts'

/** More offers at a time than anybody reads: one that comes on top is not received, so that a member's state stays small. */
const RECEIPTS_MAX = 100

/** The member gets an offer, on the terms of the version of this moment, with a window of its own (OFF-1). */
export function receiveOffer(draft: Draft, event: OfferSent): void {
  const { version, local } = event.stamp
  if (version === null) {
    emit(draft, { type: 'not-in-force' })
    return
  }
  const program = programOf(draft.timeline, version)
  const offer = program.offers.get(event.offer)
  if (!offer) return
  const bar = barToReceiving(program, offer, draft.member, local)
  if (bar !== null) {
    emit(draft, { because: bar, type: 'not-earning' })
    return
  }
  if (isHeldOut(draft, `offer:${offer.id}`, offer.holdout)) return
  for (const receipt of draft.member.offers ?? []) {
    if (isPast(draft, receipt, offer)) emit(draft, { type: 'offer', id: receipt.id, receipt: null })
  }
  if ((draft.member.offers?.length ?? 0) >= RECEIPTS_MAX) {
    refuse(draft, refusalOf('limit-reached'))
    return
  }
  const { cause: id } = draft
  const until = endOf(offer, local)
  const receipt = { id, offer: offer.id, version, since: local, until, seen: null, tally: NOTHING, completed: null }
  emit(draft, { type: 'offer', id, receipt })
  emit(draft, { type: 'offer-told', offer: offer.id, receipt: id, what: 'received' })
}

/** The first moment that no longer counts: a closed window counts its last one, an open one ends before it (OFF-2). */
function endOf({ window }: Offer, since: LocalTime): LocalTime | null {
  if (window === null) return null
  const end = addToTime(since, window.length)
  return window.end === 'closed' ? end + 1 : end
}

/** No refund reaches it any more (REF-7); of what only informs and has no end, the next one of its kind takes the place. */
function isPast(draft: Draft, receipt: Receipt, next: Offer): boolean {
  if (receipt.until === null) return receipt.offer === next.id
  const { refunds } = programOf(draft.timeline, receipt.version)
  return addToDay(dayOf(receipt.until - 1), refunds.accept) < dayOf(draft.effective)
}

/** From the first time it is seen; what was not received by then was not seen. */
export function seeOffer(draft: Draft, { offer, receipt, stamp }: OfferSeen): void {
  for (const known of draft.member.offers ?? []) {
    const isMeant = known.offer === offer && (receipt === null || known.id === receipt)
    if (!isMeant || known.seen !== null) continue
    emit(draft, { type: 'offer', id: known.id, receipt: { ...known, seen: stamp.local } })
  }
}
