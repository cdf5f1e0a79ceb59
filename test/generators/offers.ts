import { addToTime, type MemberEvent, type Stamp, type Timeline } from '@laurel/engine'
import { offerNames } from './goals.ts'
import { zonedInstant } from './stamp.ts'

/** An offer that came, as histories know it. */
export interface SentOffer {
  readonly name: string
  readonly offer: string
  readonly since: number
}

/** An offer comes, or one is seen: mostly one of the last, or all of its kind. */
export function sendOrSee(
  sent: SentOffer[],
  {
    kind,
    pick,
    other,
    flag,
  }: { readonly kind: string; readonly pick: number; readonly other: number; readonly flag: boolean },
  common: { readonly source: string; readonly id: string; readonly stamp: Stamp },
): MemberEvent[] {
  const offer = offerNames[pick % 2] ?? 'come-back'
  if (kind === 'send-offer') {
    sent.push({ name: `${common.source}/${common.id}`, offer, since: common.stamp.local })
    return [{ ...common, type: 'offer.sent', offer }]
  }
  return [{ ...common, type: 'offer.seen', offer, receipt: flag ? (sent.at(-1 - (other % 3))?.name ?? null) : null }]
}

/** The instant at which the window of the last offer ends, or the one after; null: none came. */
export function lastMomentOf(timeline: Timeline, sent: readonly SentOffer[], isAfter: boolean): number | null {
  const last = sent.at(-1)
  const program = timeline[0]?.program
  const length = program?.offers.get(last?.offer ?? '')?.window?.length
  if (!last || !program || !length) return null
  return zonedInstant(addToTime(last.since, length) + (isAfter ? 1 : 0), program.zone)
}
