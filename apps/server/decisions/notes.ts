import type { NoteType } from '@laurel/contract'
import {
  type Member,
  type MemberEvent,
  nearestWord,
  type OrderEdited,
  type OrderPaid,
  orderKeyOf,
  type Program,
  type Timeline,
} from '@laurel/engine'
import { differingWorth } from './payment-worth.ts'

/** Something in what was sent that is judged as it stands and was probably meant otherwise, and what to do. Never part of the books. */
export interface Note {
  readonly type: NoteType
  /** The place or the redemption. */
  readonly about: string
  readonly remedy: string
}

/** The member with the rows that the event names. */
export type Noted = Pick<Member, 'holds' | 'finished' | 'orders'>

/** What is to be said about an event by the version that judged it; `elsewhere` are redemptions that other orders name. */
export function notesOn(event: MemberEvent, timeline: Timeline, after: Noted, elsewhere: readonly string[]): Note[] {
  if (event.type !== 'order.paid' && event.type !== 'order.edited' && event.type !== 'activity') return []
  const { version } = event.stamp
  const program = timeline.find((entry) => entry.program.version === version)?.program
  // Before the first start nothing looks at places, and nothing can have been redeemed.
  if (program === undefined) return []
  const places = event.place === null ? [] : placeNotes(program, event.place)
  if (event.type === 'activity') return places
  const named = new Set(event.payments.flatMap((payment) => (payment.by === 'points' ? [payment.redemption] : [])))
  const notes = [...named].flatMap(
    (redemption) =>
      redemptionNote(redemption, event, after, elsewhere) ?? worthNote(redemption, event, timeline, after) ?? [],
  )
  return [...places, ...notes]
}

/** A program without places looks at none, so that any label will do. */
function placeNotes({ places, version }: Program, place: string): Note[] {
  if (places.size === 0 || places.has(place)) return []
  const meant = nearestWord(place, places.keys())
  const guess = meant === null ? '' : ` (did you mean "${meant}"?)`
  const remedy =
    `send a place that version ${version} declares${guess}, or declare "${place}" under places: ` +
    'until then it has the zone of the program, and no rule for places holds there'
  return [{ type: 'undeclared-place', about: place, remedy }]
}

/** It may still come (EVT-2), so that the order is not refused; but a redemption pays for one order, once it is there (REF-4). */
function redemptionNote(
  redemption: string,
  event: OrderPaid | OrderEdited,
  { holds, finished, orders }: Noted,
  elsewhere: readonly string[],
): Note | null {
  const say = (type: NoteType, remedy: string): Note => ({ type, about: redemption, remedy })
  const another = 'reserve and confirm another redemption'
  const instead = 'or send order.edited with the redemption that paid; until then no points have paid this order'
  const ended = finished[redemption]
  if (ended?.end === 'cancelled') return say('cancelled-redemption', `${another}, ${instead}`)
  if (ended === undefined && !holds.some((hold) => hold.redemption === redemption)) {
    return say('unknown-redemption', `reserve and confirm the redemption "${redemption}" of this member, ${instead}`)
  }
  const key = orderKeyOf(event.source, event.order)
  const returnsFor = ended?.returnsFor ?? null
  const isForAnother = returnsFor !== null && returnsFor !== key
  if (isForAnother && ended?.returned === ended?.amount) {
    return say('redemption-returned', `its points have come back to the member: ${another}, ${instead}`)
  }
  const isNamed = Object.values(orders).some(
    (order) => order.key !== key && order.legs.some((leg) => leg.redemption === redemption),
  )
  if (!isForAnother && !isNamed && !elsewhere.includes(redemption)) return null
  return say('redemption-pays-another-order', `a redemption pays for one order: ${another}, ${instead}`)
}

/** The payment is the shop's word, and is taken as sent. */
function worthNote(redemption: string, event: OrderPaid | OrderEdited, timeline: Timeline, after: Noted): Note | null {
  const differing = differingWorth(redemption, event, timeline, after)
  if (differing === null) return null
  const remedy =
    `the order says that it paid ${differing.paid} in minor units, and it is worth ${differing.worth}: ` +
    'send order.edited with what it paid, or redeem what the payment takes; until then the payment counts as it was sent'
  return { type: 'worth-differs', about: redemption, remedy }
}
