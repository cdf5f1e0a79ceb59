import {
  type Member,
  type MemberEvent,
  nearestWord,
  type OrderContent,
  type Program,
  type Timeline,
} from '@laurel/engine'

/** Something in what was sent that is judged as it stands and was probably meant otherwise, and what to do. Never part of the books. */
export interface Note {
  readonly type: 'undeclared-place' | 'unknown-redemption' | 'cancelled-redemption'
  /** The place or the redemption. */
  readonly about: string
  readonly remedy: string
}

/** What is to be said about an event by the version that judged it; `after` is the member with the rows that the event names. */
export function notesOn(event: MemberEvent, timeline: Timeline, after: Pick<Member, 'holds' | 'finished'>): Note[] {
  if (event.type !== 'order.paid' && event.type !== 'order.edited' && event.type !== 'activity') return []
  const { version } = event.stamp
  const program = timeline.find((entry) => entry.program.version === version)?.program
  // Before the first start nothing looks at places, and nothing can have been redeemed.
  if (program === undefined) return []
  const places = event.place === null ? [] : placeNotes(program, event.place)
  return event.type === 'activity' ? places : [...places, ...redemptionNotes(event.payments, after)]
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

/** It may still come (EVT-2), so that the order is not refused; but nothing is paid with points that nobody has redeemed. */
function redemptionNotes(
  payments: OrderContent['payments'],
  { holds, finished }: Pick<Member, 'holds' | 'finished'>,
): Note[] {
  const named = new Set(payments.flatMap((payment) => (payment.by === 'points' ? [payment.redemption] : [])))
  return [...named].flatMap((redemption): Note[] => {
    const instead = 'or send order.edited with the redemption that paid; until then no points have paid this order'
    if (finished[redemption]?.end === 'cancelled') {
      const remedy = `reserve and confirm another redemption, ${instead}`
      return [{ type: 'cancelled-redemption', about: redemption, remedy }]
    }
    if (redemption in finished || holds.some((hold) => hold.redemption === redemption)) return []
    const remedy = `reserve and confirm the redemption "${redemption}" of this member, ${instead}`
    return [{ type: 'unknown-redemption', about: redemption, remedy }]
  })
}
