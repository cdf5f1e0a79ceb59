import { doingOf, type ReplayedDecision } from '../doing.ts'
import type { Effect, Move } from '../effect.ts'
import { isOf, isSaidThroughMerge } from '../effect-families.ts'
import type { MemberEvent, MergeReceived, TimePassed } from '../event.ts'
import { movesBetween } from '../moves-between.ts'
import { roomsBetween } from '../rooms/room.ts'
import { comparePositions, positionOf } from '../tidy-order.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

/** A member's own events, and for each merge those that came later for the one that had gone by then, though they are older. */
export interface Apart {
  readonly own: readonly Recorded[]
  readonly later: ReadonlyMap<Recorded, readonly Recorded[]>
}

/** The events without the merges that were undone, on either side. */
export function withoutUndone(events: readonly Recorded[]): readonly Recorded[] {
  const undone = new Set(events.flatMap((event) => (event.type === 'merge.undone' ? [event.merge] : [])))
  if (undone.size === 0) return events
  return events.filter((event) => {
    if (event.type === 'merge.received') return !undone.has(event.merge)
    return event.type !== 'member.merged' || !undone.has(`${event.source}/${event.id}`)
  })
}

/** What came via a merged member and is older than its merge belongs to that member's own past (MRG-1). */
export function apart(events: readonly Recorded[]): Apart {
  const known = withoutUndone(events)
  const later = new Map<Recorded, readonly Recorded[]>()
  if (!known.some(({ via }) => via !== undefined)) return { own: known, later }
  const tidy = known.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const taken = new Set<Recorded>()
  for (const merge of tidy) {
    if (merge.type !== 'merge.received') continue
    const ids = idsOf(merge)
    const end = positionOf(endIn(merge))
    const found: Recorded[] = []
    for (const event of tidy) {
      if (comparePositions(positionOf(event), end) >= 0) break
      if (event.via === undefined || taken.has(event) || !ids.has(event.via)) continue
      // A merge into the one that has gone was on its way meanwhile: its member came along.
      if (event.type === 'merge.received') for (const id of idsOf(event)) ids.add(id)
      found.push(event)
      taken.add(event)
    }
    if (found.length > 0) later.set(merge, found)
  }
  return { own: known.filter((event) => !taken.has(event)), later }
}

/** With what came later for the one that has gone: to itself it came directly. */
export function withMore(merge: MergeReceived, more: readonly Recorded[]): MergeReceived {
  const own = more.map((event) => {
    if (event.via !== merge.from) return event
    const { via: _via, ...direct } = event
    return direct
  })
  return { ...merge, brought: { ...merge.brought, events: [...merge.brought.events, ...own] } }
}

/**
 * In whose past an event among these is told, by the id of a merged member that it came via and whose end it is older than; null: in
 * that of whoever goes on. The versions that ruled that member judge it (PIL-1).
 */
export function whosePast(events: readonly Recorded[], event: Recorded): string | null {
  for (const [merge, more] of apart(events).later) {
    if (merge.type !== 'merge.received' || !more.includes(event)) continue
    return whosePast(withMore(merge, more).brought.events, event) ?? merge.from
  }
  return null
}

/** The last entry of the one that has gone. */
const endIn = (received: MergeReceived): Recorded =>
  received.brought.events.find(({ source, id }) => `${source}/${id}` === received.merge) ?? received

/** Whoever comes with a merge: the member, and those who had gone into it before. */
function idsOf({ from, brought }: MergeReceived): Set<string> {
  const ids = new Set([from])
  for (const event of withoutUndone(brought.events)) {
    if (event.type === 'merge.received') for (const id of idsOf(event)) ids.add(id)
  }
  return ids
}

/**
 * What facts that came for a merged member change in its past, as decisions of whoever goes on: first what they change of other
 * events, then what each of them does by itself. Of the member who took that past in: nobody writes in a chain that has ended. Nothing
 * of it stays in an account of theirs, for the one who has gone ends with nothing either way.
 */
export function viaMerge(
  before: readonly ReplayedDecision[],
  after: readonly ReplayedDecision[],
  merge: MergeReceived,
  facts: readonly Recorded[],
): ReplayedDecision[] {
  const [was, is] = [before.flatMap(({ effects }) => effects), after.flatMap(({ effects }) => effects)]
  const moves = movesBetween(movesIn(was), movesIn(is))
  const names = new Set(facts.map(({ source, id }) => `${source}/${id}`))
  const own = facts.map((event): ReplayedDecision => {
    const doing = doingOf(event, after).filter(isDoneAgain)
    return { event, effects: [...moves.filter(({ cause }) => cause === `${event.source}/${event.id}`), ...doing] }
  })
  const taken = own.flatMap(({ effects }) => effects)
  const rooms = roomsBetween([...was, ...taken], is)
  return [{ event: merge, effects: [...moves.filter(({ cause }) => !names.has(cause)), ...rooms] }, ...own]
}

const movesIn = (effects: readonly Effect[]): Move[] => effects.filter((effect) => effect.type === 'move')

/** What a fact takes of what members share, and what it says. */
const isDoneAgain = (effect: Effect): boolean =>
  effect.type === 'room' || effect.type === 'wait' || (isOf('remark', effect) && isSaidThroughMerge(effect))
