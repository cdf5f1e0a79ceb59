/**
 * Instants and the wall clocks of zones, both as epoch-like milliseconds: a `LocalTime` counts as if its zone were UTC (TIME-1).
 * Temporal knows the zones; asked for each event it would cost more than the decision, so each zone keeps the stretches of
 * time over which its offset does not change.
 */

interface Stretch {
  /** First instant, and the first after the end. */
  readonly from: number
  readonly to: number
  readonly offsetMs: number
}

/** A zone has two stretches a year; events of eighty years still fit, and a search over them takes some ten steps at most. */
const stretchesMax = 200

const stretchesByZone = new Map<string, Stretch[]>()

/** Is it a zone that this machine's zone data knows? */
export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** What the wall clock shows. */
export const localOf = (zone: string, at: number): number => at + stretchAt(zone, at).offsetMs

/**
 * The instant at which the wall clock shows `local`: the first of two where the clock is set back, and as far behind the gap
 * as `local` lies in it where it is set forward.
 */
export function instantOf(zone: string, local: number): number {
  const stretch = stretchAt(zone, local - stretchAt(zone, local).offsetMs)
  const at = local - stretch.offsetMs
  // Within a day of a change there may be two answers or none; Temporal decides.
  if (at - stretch.from > dayMs && stretch.to - at > dayMs) return at
  const wall = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime()
  return wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** Whether the wall clock shows `local` twice: the clock was set back over it. */
export function isReadTwice(zone: string, local: number): boolean {
  const first = instantOf(zone, local)
  const { to, offsetMs } = stretchAt(zone, first)
  if (to - first > dayMs) return false
  const setBackMs = offsetMs - stretchAt(zone, to).offsetMs
  return to - first <= setBackMs
}

const dayMs = 86_400_000

function stretchAt(zone: string, at: number): Stretch {
  let stretches = stretchesByZone.get(zone)
  if (stretches === undefined) {
    stretches = []
    stretchesByZone.set(zone, stretches)
  }
  // The latest asked for comes first: events of one stream lie close together.
  for (let index = 0; index < stretches.length; index++) {
    const stretch = stretches[index]
    if (stretch === undefined || at < stretch.from || at >= stretch.to) continue
    if (index > 0) {
      stretches.splice(index, 1)
      stretches.unshift(stretch)
    }
    return stretch
  }
  const stretch = readStretch(zone, at)
  stretches.unshift(stretch)
  if (stretches.length > stretchesMax) stretches.pop()
  return stretch
}

function readStretch(zone: string, at: number): Stretch {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  // `previous` is strictly before, and a moment may be the change itself.
  const previous = Temporal.Instant.fromEpochMilliseconds(at + 1)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition('previous')
  const next = moment.getTimeZoneTransition('next')
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: Math.round(moment.offsetNanoseconds / 1_000_000),
  }
}
