import type { MemberEvent, MergeReceived, TimePassed } from '../event.ts'
import { comparePositions, positionOf } from '../tidy-order.ts'
import type { Pin, Pins } from './events.ts'

type Recorded = Exclude<MemberEvent, TimePassed>

const NOTHING: Pins = new Map()

/**
 * What corrections say of a past (COR-1), the last word of several. `later`: what was corrected since, in the name of the member
 * that has taken this one in (MRG-1).
 */
export function pinsOf(events: readonly Recorded[], later: Pins = NOTHING): Pins {
  const corrections = events.filter((event) => event.type === 'version.corrected')
  if (corrections.length === 0) return later
  corrections.sort((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const pins = new Map<string, Pin>()
  for (const { version, facts, granted } of corrections) {
    const grantsByFact = new Map(granted?.map(({ fact, grants }) => [fact, grants]))
    for (const { fact, placeLocal } of facts) {
      const grants = grantsByFact.get(fact)
      pins.set(fact, {
        version,
        ...(placeLocal === undefined ? null : { placeLocal }),
        ...(grants === undefined ? null : { grants }),
      })
    }
  }
  for (const [fact, pin] of later) pins.set(fact, pin)
  return pins
}

/** The event as it is judged since; a merge tells the past that it brings so. */
export function repinned(event: Recorded, pins: Pins): Recorded {
  if (pins.size === 0) return event
  if (event.type === 'merge.received') {
    return brings(event, pins) ? { ...event, brought: { ...event.brought, pins } } : event
  }
  const pin = pins.get(nameOf(event))
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
  brought.events.some((event) => (event.type === 'merge.received' ? brings(event, pins) : pins.has(nameOf(event))))

/** As it was before that: what its own chain has posted. */
export function asBrought(merge: MergeReceived): MergeReceived {
  const { pins: _pins, ...brought } = merge.brought
  return { ...merge, brought }
}
