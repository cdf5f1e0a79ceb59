import {
  Allowance,
  doingOf,
  doingsIn,
  type Effect,
  everCountsPieces,
  everShares,
  type Grant,
  isOfPieces,
  pinsOf,
  repinned,
  replay,
  replaying,
  type Steps,
  takenBy,
  type VersionCorrected,
} from '@laurel/engine'
import type { StoredEvent } from './content.ts'
import { nameOf } from './correct.ts'
import { passedBy } from './history.ts'
import type { Past } from './read-past.ts'
import type { SharedRooms } from './shared-rooms.ts'

/**
 * What late facts and the awards that come of them may have of rooms that members share (EARN-5). Awards first: what is sold out asks
 * for nothing of a budget or a cap. A correction, which stands alone, says first what its facts may have.
 */
export function* grantLate(
  past: Past,
  late: readonly StoredEvent[],
  rooms: SharedRooms,
): Steps<{ readonly allowed: readonly Grant[] | null; readonly granted: readonly StoredEvent[] }> {
  const [only] = late
  if (only?.type === 'version.corrected') {
    const granted = [yield* grantCorrected(past, only, rooms)]
    return { allowed: yield* allowAwards(past, granted, rooms), granted }
  }
  const allowed = yield* allowAwards(past, late, rooms)
  return { allowed, granted: yield* grantFacts(past, late, rooms, allowed) }
}

/** What awards that come of late facts, at whatever moment, may take of stock: what is there for it now (EARN-5). */
function* allowAwards(
  { timeline, history, before }: Past,
  late: readonly StoredEvent[],
  rooms: SharedRooms,
): Steps<readonly Grant[] | null> {
  if (!everCountsPieces(timeline.timeline)) return null
  const asIfEnough = new Allowance(null)
  const passed = passedBy(timeline, before, ...late.map(({ stamp }) => stamp.at))
  const events = [...history.events, ...late]
  yield* replaying(timeline.timeline, events, passed, before, { allowance: asIfEnough })
  const { asked } = asIfEnough
  return rooms.grant(timeline, asked, (offered) => atMost(asked, offered))
}

/**
 * What late facts may have, pinned on them. What was granted before stays as it is: a history that is told again asks for nothing
 * twice. Where there is enough for all of them, the past is told once.
 */
function* grantFacts(
  past: Past,
  late: readonly StoredEvent[],
  rooms: SharedRooms,
  allowed: readonly Grant[] | null,
): Steps<readonly StoredEvent[]> {
  const { timeline, history, before } = past
  if (!everShares(timeline.timeline)) return late
  const events = [...history.events, ...late]
  const along = { allowance: new Allowance(allowed) }
  const { decisions } = yield* replaying(timeline.timeline, events, null, before, along)
  const doingOf = doingsIn(decisions)
  const asking = late.map((event) => ({ event, wanted: takenByEvent(doingOf(event)) }))
  const total = addedUp(asking.flatMap(({ wanted }) => wanted))
  const given = rooms.grant(timeline, total, (offered) => offered)
  const isEnough = total.every(({ room, amount }) => amountOf(given, room) >= amount)
  return isEnough
    ? asking.map(({ event, wanted }) => ({ ...event, grants: wanted }))
    : grantOneByOne(past, late, rooms, allowed)
}

/** What each takes depends on what those before it have got. */
function grantOneByOne(
  { timeline, history, before }: Past,
  late: readonly StoredEvent[],
  rooms: SharedRooms,
  allowed: readonly Grant[] | null,
): StoredEvent[] {
  const granted: StoredEvent[] = []
  const takenWith = (event: StoredEvent): readonly Grant[] => {
    const events = [...history.events, ...granted, event]
    const allowance = new Allowance(allowed)
    return takenByEvent(doingOf(event, replay(timeline.timeline, events, null, before, { allowance }).decisions))
  }
  for (const event of late) {
    const grants = rooms.grant(timeline, takenWith(event), (offered) => takenWith({ ...event, grants: offered }))
    granted.push({ ...event, grants })
  }
  return granted
}

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
  const asking = facts.map((event) => ({ event, more: moreThan(event.grants ?? [], takenByEvent(doingOf(event))) }))
  const total = addedUp(asking.flatMap(({ more }) => more))
  const given = rooms?.grant(timeline, total, (offered) => atMost(total, offered)) ?? total
  const left = new Map(given.map(({ room, amount }) => [room, amount]))
  const granted = asking.flatMap(({ event, more }) => {
    const shares = more.map(({ room, amount }) => {
      const share = Math.min(amount, left.get(room) ?? 0)
      left.set(room, (left.get(room) ?? 0) - share)
      return { room, amount: share }
    })
    // Nothing of what is shared was asked for when it came: it would be judged as if there were enough.
    const isUnasked = event.grants === undefined
    if (!isUnasked && shares.every(({ amount }) => amount === 0)) return []
    return [{ fact: nameOf(event), grants: addedUp([...(event.grants ?? []), ...shares]) }]
  })
  return { ...correction, granted }
}

/** Of pieces awards take, whatever event gives them: `allowAwards`. */
const takenByEvent = (effects: readonly Effect[]): readonly Grant[] =>
  takenBy(effects).filter(({ room }) => !isOfPieces(room))

function withoutGrants(event: StoredEvent): StoredEvent {
  const { grants: _grants, ...asking } = event
  return asking
}

const amountOf = (grants: readonly Grant[], room: string): number =>
  grants.find((grant) => grant.room === room)?.amount ?? 0

const atMost = (wanted: readonly Grant[], offered: readonly Grant[]): Grant[] =>
  offered.map(({ room, amount }) => ({ room, amount: Math.min(amount, amountOf(wanted, room)) }))

const moreThan = (had: readonly Grant[], wanted: readonly Grant[]): Grant[] =>
  wanted.map(({ room, amount }) => ({ room, amount: amount - amountOf(had, room) })).filter(({ amount }) => amount > 0)

/** In the order of the rooms' names. */
function addedUp(grants: readonly Grant[]): Grant[] {
  const sums = new Map<string, number>()
  for (const { room, amount } of grants) if (amount > 0) sums.set(room, (sums.get(room) ?? 0) + amount)
  return [...sums].map(([room, amount]) => ({ room, amount })).sort((a, b) => (a.room < b.room ? -1 : 1))
}
