import type { LocalTime, Stamp, Timeline } from '@laurel/engine'
import { versionJudging } from '../auditor/versions.ts'

/** Stamps as whoever gathers makes them: wall clocks by the zone data of the platform, the version that judges. */

const places: Readonly<Record<string, string>> = { north: 'Europe/Dublin', south: 'America/Santiago' }

/** A wall clock's reading, counted as if its zone were UTC. */
export function localOf(at: number, zone: string): LocalTime {
  if (zone === 'UTC') return at
  return at + Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000
}

/** The first instant at or after which the wall clock of a zone shows `local`. */
export function zonedInstant(local: LocalTime, zone: string): number {
  const asked = `${zone} ${local}`
  const found = instants.get(asked) ?? instantSought(local, zone)
  instants.set(asked, found)
  return found
}
// Histories meet the same midnights again and again.
const instants = new Map<string, number>()

function instantSought(local: LocalTime, zone: string): number {
  const day = 86_400_000
  let [before, at] = [local - day, local + day]
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2)
    if (localOf(middle, zone) >= local) at = middle
    else before = middle
  }
  return at
}

/** `decidedAt`: when it was recorded, which is when it happened unless said. */
export function stampAt(timeline: Timeline, at: number, place: string | null = null, decidedAt = at): Stamp {
  const zone = timeline[0]?.program.zone ?? 'UTC'
  const local = localOf(at, zone)
  const placeZone = place === null ? undefined : places[place]
  return {
    at,
    local,
    placeLocal: placeZone === undefined ? local : localOf(at, placeZone),
    version: versionJudging(timeline, at, decidedAt),
  }
}
