import {
  doingsIn,
  everShares,
  type Grant,
  isOfPieces,
  pinsOf,
  repinned,
  replaying,
  type Steps,
  takenBy,
  type VersionCorrected,
} from '@laurel/engine'
import type { StoredEvent } from './content.ts'
import type { Past } from './read-past.ts'
import type { SharedRooms } from './shared-rooms.ts'

/**
 * What corrected facts may have of rooms that members share, pinned on the correction (EARN-5): what they were granted before stays
 * theirs, and what they ask for beyond that is asked for now, in tidy order. Facts that came with a merge ask for nothing new.
 * `rooms`: null: as if there were enough, for whoever only looks.
 */
export function* grantCorrected(
  { timeline, history, before }: Past,
  correction: StoredEvent & VersionCorrected,
  rooms: SharedRooms | null,
): Steps<StoredEvent & VersionCorrected> {
  if (!everShares(timeline.timeline)) return correction
  const names = new Set(correction.facts.map(({ fact }) => fact))
  const pins = pinsOf(history.events)
  const known = history.events.map((event) => repinned(event, pins))
  const facts = known.filter((event) => names.has(nameOf(event)))
  const asIfEnough = known.map((event) => (names.has(nameOf(event)) ? withoutGrants(event) : event))
  const { decisions } = yield* replaying(timeline.timeline, [...asIfEnough, correction], null, before)
  const doingOf = doingsIn(decisions)
  const asking = facts.map((event) => {
    const wanted = takenBy(doingOf(event)).filter(({ room }) => !isOfPieces(room))
    return { event, more: moreThan(event.grants ?? [], wanted) }
  })
  const total = addedUp(asking.flatMap(({ more }) => more))
  const atMost = (offered: readonly Grant[]) =>
    offered.map(({ room, amount }) => ({ room, amount: Math.min(amount, amountOf(total, room)) }))
  const left = new Map((rooms?.grant(timeline, total, atMost) ?? total).map(({ room, amount }) => [room, amount]))
  const granted = asking.flatMap(({ event, more }) => {
    const given = more.map(({ room, amount }) => {
      const share = Math.min(amount, left.get(room) ?? 0)
      left.set(room, (left.get(room) ?? 0) - share)
      return { room, amount: share }
    })
    // Nothing of what is shared was asked for when it came: it would be judged as if there were enough.
    const isUnasked = event.grants === undefined
    if (!isUnasked && given.every(({ amount }) => amount === 0)) return []
    return [{ fact: nameOf(event), grants: addedUp([...(event.grants ?? []), ...given]) }]
  })
  return { ...correction, granted }
}

const nameOf = ({ source, id }: StoredEvent): string => `${source}/${id}`

function withoutGrants(event: StoredEvent): StoredEvent {
  const { grants: _grants, ...asking } = event
  return asking
}

export const amountOf = (grants: readonly Grant[], room: string): number =>
  grants.find((grant) => grant.room === room)?.amount ?? 0

const moreThan = (had: readonly Grant[], wanted: readonly Grant[]): Grant[] =>
  wanted.map(({ room, amount }) => ({ room, amount: amount - amountOf(had, room) })).filter(({ amount }) => amount > 0)

/** In the order of the rooms' names. */
export function addedUp(grants: readonly Grant[]): Grant[] {
  const sums = new Map<string, number>()
  for (const { room, amount } of grants) if (amount > 0) sums.set(room, (sums.get(room) ?? 0) + amount)
  return [...sums].map(([room, amount]) => ({ room, amount })).sort((a, b) => (a.room < b.room ? -1 : 1))
}
