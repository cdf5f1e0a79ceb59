import type { Grant, LocalTime, MergeReceived, Program, Timeline, VersionCorrected } from '@laurel/engine'
import { type Book, balance, inForceAt, post } from './book.ts'
import { note } from './borne.ts'
import { settleAt, standingOf, supported } from './tiers.ts'
import { type Recorded, tidy } from './time.ts'
import { versionJudging } from './versions.ts'

/** COR: what was judged by a wrong version. */

interface Said {
  readonly version: number
  readonly placeLocal: LocalTime | undefined
  readonly grants: readonly Grant[] | undefined
}

/** From when on a version rules. */
interface Right {
  readonly version: number
  readonly from: { readonly local: LocalTime }
}

export interface Corrected {
  /** By the name of a fact what was said of it last. */
  readonly said: ReadonlyMap<string, Said>
  /** All who have said it, one after the other. */
  readonly acts: readonly VersionCorrected[]
  /** Versions that rule without anybody having said so of this life. */
  readonly reaching: readonly Right[]
}

export const nothingCorrected: Corrected = { said: new Map(), acts: [], reaching: [] }

/** `since`: what was said of this past when it had become part of another (MRG-1). */
export function correctedIn(timeline: Timeline, events: readonly Recorded[], since: Corrected): Corrected {
  const told = saidIn(events, since)
  const undone = events.flatMap((event) => (event.type === 'merge.undone' ? [event.merge] : []))
  const standing = events.filter((event) => event.type !== 'merge.received' || !undone.includes(event.merge))
  const reaching = timeline.flatMap((entry): Right[] => {
    const { program, fromAt, fromLocal, publishedAt } = entry
    const isLate = (event: Recorded): boolean =>
      event.type === 'merge.received'
        ? event.brought.events.some(isLate)
        : isFact(event) &&
          event.stamp.version === program.version &&
          event.stamp.at >= fromAt &&
          event.stamp.at < publishedAt
    if (entry.corrects === undefined || !standing.some(isLate)) return []
    const known = timeline.filter((each) => each.program.version <= program.version)
    const wrong = wronglyJudged(known, { version: program.version, fromAt }, events, since)
    return wrong.length === 0 ? [{ version: program.version, from: { local: fromLocal } }] : []
  })
  return { ...told, reaching }
}

function saidIn(events: readonly Recorded[], since: Corrected): Corrected {
  const said = new Map<string, Said>()
  const acts = tidy(events).filter((event) => event.type === 'version.corrected')
  for (const event of tidy(events)) {
    if (event.type !== 'version.corrected') continue
    for (const { fact, placeLocal } of event.facts) {
      const grants = event.granted?.find((each) => each.fact === fact)?.grants
      said.set(fact, { version: event.version, placeLocal, grants })
    }
  }
  return { said: new Map([...said, ...since.said]), acts: [...acts, ...since.acts], reaching: [] }
}

/** Of what was said in a life that which was said after a moment: then it is said of what had come by then, too. */
export const saidAfter = (event: Recorded, { said, acts }: Corrected): Corrected => ({
  said,
  reaching: [],
  acts: acts.filter((act) => tidy([act, event])[0] === event),
})

/**
 * The versions that rule a life for which some were put right (COR-1): from its day on each is in the place of all that were
 * published before it, but for those on trial.
 */
export function versionsPutRight(versions: Timeline, corrected: Corrected): Timeline {
  const [first] = versions
  const rights = rightsIn(corrected)
  if (first === undefined || rights.length === 0) return versions
  const beginning = ({ fromLocal, publishedLocal }: Timeline[number]) => Math.max(fromLocal, publishedLocal)
  const ruling = (local: LocalTime) => {
    const own = versions.findLast((entry) => beginning(entry) <= local) ?? first
    if (isTried(versions, own.program.version)) return own
    const right = rights.flatMap(({ version, from }) => (from.local <= local ? [version] : []))
    const last = Math.max(own.program.version, ...right)
    return versions.find(({ program }) => program.version === last) ?? own
  }
  const moments = [...versions.map(beginning), ...rights.map(({ from }) => from.local)].sort((a, b) => a - b)
  const entries = moments.map((local) => ({ ...ruling(local), fromLocal: local, publishedLocal: local }))
  const isOther = (each: Timeline[number], index: number) => each.program !== entries[index - 1]?.program
  return [first, ...entries.filter(isOther)]
}

export const rightsIn = ({ acts, reaching }: Corrected): readonly Right[] => [...acts, ...reaching]

/** The event as it should have been judged. */
export function asCorrected(event: Recorded, corrected: Corrected): Recorded {
  const said = corrected.said.get(`${event.source}/${event.id}`)
  if (said === undefined) return event
  const { version, placeLocal = event.stamp.placeLocal, grants = event.grants } = said
  const again = { ...event, stamp: { ...event.stamp, version, placeLocal } }
  return grants === undefined ? again : { ...again, grants }
}

/** Whether anything that a merge brings was corrected when it had come. */
export const isCorrectedIn = (merge: MergeReceived, corrected: Corrected): boolean =>
  saidAfter(merge, corrected).acts.length > 0 ||
  merge.brought.events.some((event) =>
    event.type === 'merge.received'
      ? isCorrectedIn(event, corrected)
      : corrected.said.has(`${event.source}/${event.id}`),
  )

/** Who was on a level until then, and to whom the version promises it, is on it from now on (COR-3). */
export function keep(book: Book, { kept, stamp }: VersionCorrected): void {
  for (const { ladder: id, level, until } of kept ?? []) {
    const ladder = inForceAt(book, stamp.local)?.ladders.find((each) => each.id === id)
    if (ladder === undefined) continue
    const standing = standingOf(book, ladder)
    const placeOf = (name: string | undefined) => ladder.levels.findIndex((each) => each.id === name)
    if (standing.floor !== null && placeOf(standing.floor.level) > placeOf(level)) continue
    standing.floor = { level, until, promised: true }
    settleAt(ladder, standing, supported(book, ladder, stamp.local))
  }
}

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
    note(book, { asset, rule: 'shortfall-waived', known: null, left: whole, isOwn: () => false })
  }
}

/** What happened, whoever likes it; all else was asked, or done by somebody, and is answered. */
const happenings: ReadonlySet<Recorded['type']> = new Set<Recorded['type']>([
  ...(['order.placed', 'order.paid', 'order.edited', 'order.delivered', 'order.cancelled'] as const),
  ...(['refund.made', 'refund.failed', 'payment.disputed', 'activity', 'benefit.used'] as const),
  ...(['member.joined', 'member.changed', 'member.birthday', 'member.anniversary'] as const),
  ...(['member.frozen', 'member.left', 'offer.sent', 'offer.seen'] as const),
  ...(['membership.started', 'membership.renewed', 'membership.failed', 'membership.cancelled'] as const),
])

export const isFact = ({ type }: Recorded): boolean => happenings.has(type)

/** COR-1: the names of what a version would judge, were it told now, and has not judged. */
export function wronglyJudged(
  timeline: Timeline,
  asked: { readonly version: number; readonly fromAt: number },
  events: readonly Recorded[],
  since: Corrected = nothingCorrected,
): string[] {
  const corrected = saidIn(events, since)
  const undone = events.flatMap((event) => (event.type === 'merge.undone' ? [event.merge] : []))
  const program = timeline.find((entry) => entry.program.version === asked.version)?.program
  return events.flatMap((event): string[] => {
    if (event.type === 'merge.received') {
      if (undone.includes(event.merge)) return []
      return wronglyJudged(timeline, asked, event.brought.events, corrected)
    }
    const { at, version } = asCorrected(event, corrected).stamp
    if (version !== null && !timeline.some((entry) => entry.program.version === version)) return []
    const isOurs = at >= asked.fromAt && versionJudging(timeline, at, Number.POSITIVE_INFINITY) === asked.version
    const isConcerned = isFact(event) && isOurs && version !== asked.version && !isTried(timeline, version)
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
