import type { MemberEvent, Pins, PutRight, TimePassed } from '../event.ts'
import type { Member } from '../member.ts'
import { withoutUndone } from '../merging/told-again.ts'
import type { Timeline, TimelineEntry } from '../program/program.ts'
import { kindOf } from '../tidy-order.ts'
import type { LocalTime } from '../time/local.ts'
import { factsToCorrect } from './facts-to-correct.ts'
import { asPublished, type PutRightChanged, type PutRightState } from './put-right.ts'
import { rightBy } from './repin.ts'

/**
 * A version that corrects is published with a date that is over. Whoever had nothing judged otherwise since then has no act that
 * would say so; once something of that time comes late for them, the version rules their past from the date on, too (COR-2).
 */

type Recorded = Exclude<MemberEvent, TimePassed>

const rightOfVersion = ({ program: { version }, fromAt, fromLocal }: TimelineEntry): PutRight => ({
  ...{ version, fromAt, from: fromLocal },
})

/** What a state holds of versions that rule it from the first: those that acts name, and those that have judged all that came late. */
export function rightOf(timeline: Timeline, events: readonly Recorded[], pins: Pins): PutRightState {
  const named = rightBy(pins).putRight ?? []
  const published = asPublished(timeline)
  const reaching = published.flatMap((entry, index) => {
    if (entry.corrects !== true || isRight(named, entry) || !hasCome(entry, events)) return []
    const { facts } = factsToCorrect(published.slice(0, index + 1), askedOf(entry), events, pins)
    return facts.length === 0 ? [rightOfVersion(entry)] : []
  })
  const putRight = [...reaching, ...named]
  return putRight.length === 0 ? {} : { putRight }
}

const askedOf = ({ program: { version }, fromAt }: TimelineEntry) => ({ version, fromAt })

const isRight = (putRight: readonly PutRight[], { program, fromAt }: TimelineEntry): boolean =>
  putRight.some((right) => right.version === program.version && right.fromAt <= fromAt)

/** A fact that the version judged when it came, though it is older than the version. */
const isLateFor = ({ program, fromAt, publishedAt }: TimelineEntry, event: Recorded): boolean =>
  kindOf(event) === 'fact' &&
  event.stamp.version === program.version &&
  event.stamp.at >= fromAt &&
  event.stamp.at < publishedAt

const hasCome = (entry: TimelineEntry, events: readonly Recorded[]): boolean =>
  withoutUndone(events).some((event) =>
    event.type === 'merge.received' ? hasCome(entry, event.brought.events) : isLateFor(entry, event),
  )

/** The version of this kind that judges an event and does not rule its member yet. */
function reachingBack(timeline: Timeline, member: Member, event: MemberEvent): TimelineEntry | null {
  if (event.type === 'time.passed') return null
  const entry = asPublished(timeline).find((each) => each.corrects === true && isLateFor(each, event))
  return entry === undefined || isRight(member.putRight ?? [], entry) ? null : entry
}

/** Such a version rules a member at once to whom nothing has happened since its date. */
export function rightAtOnce(timeline: Timeline, member: Member, event: MemberEvent): PutRightChanged | null {
  const entry = reachingBack(timeline, member, event)
  if (entry === null || hasLivedSince(member, entry)) return null
  return { type: 'put-right', putRight: [...(member.putRight ?? []), rightOfVersion(entry)] }
}

/** Everybody else's past is told again by it. */
export function isToldByAnother(timeline: Timeline, member: Member, event: MemberEvent): boolean {
  const entry = reachingBack(timeline, member, event)
  return entry !== null && hasLivedSince(member, entry)
}

const hasLivedSince = ({ head, firedAt, firedLocal }: Member, { fromAt, fromLocal }: TimelineEntry): boolean =>
  isSince(head?.[0], fromAt) || isSince(firedAt, fromAt) || isSince(firedLocal, fromLocal)

const isSince = (moment: number | LocalTime | null | undefined, start: number): boolean =>
  moment !== null && moment !== undefined && moment >= start
