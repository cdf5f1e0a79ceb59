import type { MemberEvent, MergeReceived, TimePassed, VersionCorrected } from '../event.ts'
import { comparePositions, type Position, positionOf } from '../tidy-order.ts'
import type { Pin, Pins, PutRight } from './events.ts'
import type { PutRightState } from './put-right.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

const NOTHING: Pins = { pinByFact: new Map(), putRight: [] }

/**
 * What corrections say of a past (COR-1), the last word of several. `later`: what was corrected since, in the name of the member
 * that has taken this one in (MRG-1).
 */
export function pinsOf(events: readonly Recorded[], later: Pins = NOTHING): Pins {
  const corrections = events.filter((event) => event.type === 'version.corrected')
  if (corrections.length === 0) return later
  corrections.sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const pinByFact = new Map<string, Pin>()
  for (const { version, facts, granted } of corrections) {
    const grantsByFact = new Map(granted?.map(({ fact, grants }) => [fact, grants]))
    for (const { fact, placeLocal } of facts) {
      const grants = grantsByFact.get(fact)
      pinByFact.set(fact, {
        version,
        ...(placeLocal === undefined ? null : { placeLocal }),
        ...(grants === undefined ? null : { grants }),
      })
    }
  }
  for (const [fact, pin] of later.pinByFact) pinByFact.set(fact, pin)
  const own = corrections.map((event) => ({ ...rightOfAct(event), by: positionOf(event) }))
  return { pinByFact, putRight: [...own, ...later.putRight] }
}

const rightOfAct = ({ version, from }: VersionCorrected): PutRight => ({ version, fromAt: from.at, from: from.local })

/** What is said of a past that had become part of another by then: whatever was put right before that was not its own (MRG-1). */
export const pinsSince = ({ pinByFact, putRight }: Pins, place: Position): Pins => ({
  pinByFact,
  putRight: putRight.filter(({ by }) => comparePositions(by, place) > 0),
})

/** What the state of whoever lives that past holds of it, from the first. */
export function rightBy({ putRight }: Pins): PutRightState {
  return putRight.length === 0 ? {} : { putRight: putRight.map(({ by: _, ...right }) => right) }
}

/** The event as it is judged since; a merge tells the past that it brings so. */
export function repinned(event: Recorded, pins: Pins): Recorded {
  if (pins.pinByFact.size === 0 && pins.putRight.length === 0) return event
  if (event.type === 'merge.received') {
    const since = pinsSince(pins, positionOf(event))
    const isConcerned = since.putRight.length > 0 || brings(event, pins)
    return isConcerned ? { ...event, brought: { ...event.brought, pins: since } } : event
  }
  const pin = pins.pinByFact.get(nameOf(event))
  if (pin === undefined) return event
  const { version, placeLocal = event.stamp.placeLocal, grants = event.grants } = pin
  return {
    ...event,
    stamp: { ...event.stamp, version, placeLocal },
    ...(grants === undefined ? null : { grants }),
  }
}

const nameOf = ({ source, id }: Recorded): string => `${source}/${id}`

/** Whether a merge brings a fact that was corrected since. */
const brings = ({ brought }: MergeReceived, pins: Pins): boolean =>
  brought.events.some((event) =>
    event.type === 'merge.received' ? brings(event, pins) : pins.pinByFact.has(nameOf(event)),
  )

/** As it was before that: what its own chain has posted. */
export function asBrought(merge: MergeReceived): MergeReceived {
  const { pins: _pins, ...brought } = merge.brought
  return { ...merge, brought }
}
