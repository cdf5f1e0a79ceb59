import type { Grant, LocalTime, MergeReceived, Program, Timeline, VersionCorrected } from '@laurel/engine'
import { type Book, balance, post } from './book.ts'
import { type Recorded, tidy } from './time.ts'
import { versionJudging } from './versions.ts'

/** COR: what was judged by a wrong version. */

interface Said {
  readonly version: number
  readonly placeLocal: LocalTime | undefined
  readonly grants: readonly Grant[] | undefined
}

/** By the name of a fact what was said of it last. */
export type Corrected = ReadonlyMap<string, Said>

/** `since`: what was said of this past when it had become part of another (MRG-1). */
export function correctedIn(events: readonly Recorded[], since: Corrected): Corrected {
  const said = new Map<string, Said>()
  for (const event of tidy(events)) {
    if (event.type !== 'version.corrected') continue
    for (const { fact, placeLocal } of event.facts) {
      const grants = event.granted?.find((each) => each.fact === fact)?.grants
      said.set(fact, { version: event.version, placeLocal, grants })
    }
  }
  return new Map([...said, ...since])
}

/** The event as it should have been judged. */
export function asCorrected(event: Recorded, corrected: Corrected): Recorded {
  const said = corrected.get(`${event.source}/${event.id}`)
  if (said === undefined) return event
  const { version, placeLocal = event.stamp.placeLocal, grants = event.grants } = said
  const again = { ...event, stamp: { ...event.stamp, version, placeLocal } }
  return grants === undefined ? again : { ...again, grants }
}

/** Whether anything that a merge brings was corrected when it had come. */
export const isCorrectedIn = ({ brought }: MergeReceived, corrected: Corrected): boolean =>
  brought.events.some((event) =>
    event.type === 'merge.received' ? isCorrectedIn(event, corrected) : corrected.has(`${event.source}/${event.id}`),
  )

/** What the program bears is nobody's debt any more (COR-3). */
export function bear(book: Book, { source, id, borne }: VersionCorrected): void {
  for (const { asset, amount } of borne ?? []) {
    const whole = Math.min(amount, balance(book, asset, 'debt'))
    post(book, {
      cause: `${source}/${id}`,
      rule: 'shortfall-waived',
      asset,
      from: 'adjusted',
      to: 'debt',
      amount: whole,
    })
  }
}

/** What happened, whoever likes it; all else was asked, or done by somebody, and is answered. */
const facts: ReadonlySet<Recorded['type']> = new Set<Recorded['type']>([
  ...(['order.placed', 'order.paid', 'order.edited', 'order.delivered', 'order.cancelled'] as const),
  ...(['refund.made', 'refund.failed', 'payment.disputed', 'activity', 'benefit.used'] as const),
  ...(['member.joined', 'member.changed', 'member.birthday', 'member.anniversary'] as const),
  ...(['member.frozen', 'member.left', 'offer.sent', 'offer.seen'] as const),
  ...(['membership.started', 'membership.renewed', 'membership.failed', 'membership.cancelled'] as const),
])

/** COR-1: the names of what a version would judge, were it told now, and has not judged. */
export function wronglyJudged(
  timeline: Timeline,
  asked: { readonly version: number; readonly fromAt: number },
  events: readonly Recorded[],
  since: Corrected = new Map(),
): string[] {
  const corrected = correctedIn(events, since)
  const undone = events.flatMap((event) => (event.type === 'merge.undone' ? [event.merge] : []))
  const program = timeline.find((entry) => entry.program.version === asked.version)?.program
  return events.flatMap((event): string[] => {
    if (event.type === 'merge.received') {
      if (undone.includes(event.merge)) return []
      return wronglyJudged(timeline, asked, event.brought.events, corrected)
    }
    const { at, version } = asCorrected(event, corrected).stamp
    const isOurs = at >= asked.fromAt && versionJudging(timeline, at, Number.POSITIVE_INFINITY) === asked.version
    const isConcerned = facts.has(event.type) && isOurs && version !== asked.version && !isTried(timeline, version)
    return isConcerned && program !== undefined && knows(program, event) ? [`${event.source}/${event.id}`] : []
  })
}

/** What was given on trial is theirs; what they fell back to is the version for all. */
function isTried(timeline: Timeline, version: number | null): boolean {
  const judged = timeline.find((entry) => entry.program.version === version)
  return judged?.pilot !== undefined && judged.pilot.fallsBack === undefined
}

function knows(program: Program, event: Recorded): boolean {
  switch (event.type) {
    case 'activity': {
      const declared = program.activities.get(event.name)
      const kindOf = (value: unknown) =>
        typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'yes-no' : ''
      const fits = ([fact, kind]: readonly [string, string]) => {
        const value = event.facts[fact]
        return value !== undefined && kindOf(value) === (kind === 'text' || kind === 'yes-no' ? kind : '')
      }
      return declared !== undefined && [...declared].every(fits)
    }
    case 'benefit.used':
      return program.benefits.has(event.benefit)
    case 'offer.sent':
    case 'offer.seen':
      return program.offers.has(event.offer)
    case 'membership.started':
    case 'membership.renewed':
    case 'membership.failed':
    case 'membership.cancelled':
      return program.memberships.has(event.plan)
    default:
      return true
  }
}
