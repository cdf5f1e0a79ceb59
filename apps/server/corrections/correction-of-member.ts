import { ownIdentity } from '@laurel/contract'
import { factsToCorrect, isPutRight, type Program, pinsOf, rightOf } from '@laurel/engine'
import type { StoredEvent } from '../decisions/content.ts'
import { stampOf } from '../decisions/stamp.ts'
import type { RequestInput } from '../decisions/submission.ts'
import { entryAgain, type ProgramTimeline, waitingIn } from '../programs/timeline.ts'
import type { CorrectionRow } from './queries.ts'

/** What is corrected, for everybody alike: plain data, so that it goes to a worker as it is. */
export interface Correcting {
  readonly program: string
  readonly id: string
  /** The version that was asked for. */
  readonly version: number
  /** The version by which it is posted: the same, or the next, published with the date. */
  readonly postsAs: number
  readonly fromAt: number
  readonly reason: string
  readonly actor: string
}

export const correctingOf = (row: CorrectionRow): Correcting => ({
  program: row.program,
  id: row.id,
  version: row.version,
  postsAs: row.posts_as,
  fromAt: Date.parse(row.from_at),
  reason: row.reason,
  actor: row.approved_by ?? row.started_by,
})

/**
 * The versions by which it is shown: those that there were when it was asked for, and behind them the one that would be published
 * with the date, and what is still to begin. What anybody has published since has no part in it; the approval refuses for that.
 */
export function shownTimeline(
  { timeline, latest }: ProgramTimeline,
  { version, postsAs, fromAt }: Correcting,
  versions: number,
  now: number,
): ProgramTimeline {
  const known = timeline.slice(0, versions)
  if (postsAs <= versions) return { timeline: known, latest, versions }
  const judging = known.find(({ program }) => program.version === version)
  if (judging === undefined) throw new Error('invariant: a correction names a version that is published')
  const program = { ...judging.program, version: postsAs }
  const waiting = waitingIn(known, now).map((entry, index) =>
    entryAgain({ ...entry.program, version: postsAs + 1 + index }, entry.fromAt, now),
  )
  const shown = [...known, entryAgain(program, fromAt, now), ...waiting]
  return { timeline: shown, latest: program, versions: shown.length }
}

/** The versions by which it is posted: those it was shown by, the last of them published by now. */
export function postedTimeline(
  { timeline, latest }: ProgramTimeline,
  { postsAs }: Correcting,
  versions: number,
): ProgramTimeline {
  const { publishedAt } = timeline[postsAs - 1] ?? {}
  const isPublished = postsAs > versions && publishedAt !== undefined
  const waiting = isPublished ? waitingIn(timeline.slice(0, versions), publishedAt).length : 0
  const known = timeline.slice(0, Math.max(versions, postsAs) + waiting)
  return { timeline: known, latest, versions: known.length }
}

/** The version by which it is posted. */
export function judgingIn({ timeline }: ProgramTimeline, { postsAs }: Correcting): Program {
  const judging = timeline.find(({ program }) => program.version === postsAs)
  if (judging === undefined) throw new Error('invariant: a correction is posted by a version that is published')
  return judging.program
}

export interface CorrectionOfMember {
  /** Null: there is nothing to correct. Without facts: another version ruled the time since, whatever that has come to. */
  readonly input: Extract<RequestInput, { type: 'version.corrected' }> | null
  /** Facts that the version knows nothing of. */
  readonly unknown: number
  /** Facts that a version on trial has judged. */
  readonly onTrial: number
  /** Friends who are paid for by another version's terms. */
  readonly referrals: number
}

/** The act by which a member's facts are judged by the version from now on (COR-1); told again, it finds nothing more. */
export function correctionOf(
  { timeline, latest }: ProgramTimeline,
  { id, postsAs, fromAt, reason, actor }: Correcting,
  member: string,
  events: readonly StoredEvent[],
  now: number,
): CorrectionOfMember {
  const { facts, ...left } = factsToCorrect(timeline, { version: postsAs, fromAt }, events)
  const { local } = stampOf(timeline, latest, fromAt, null, now)
  const right = { version: postsAs, fromAt, from: local }
  if (facts.length === 0 && isPutRight(timeline, rightOf(timeline, events, pinsOf(events)), right))
    return { input: null, ...left }
  const corrected = facts.map((event) => {
    const place = 'place' in event ? event.place : null
    const { placeLocal } = stampOf(timeline, latest, event.stamp.at, place, now)
    const fact = `${event.source}/${event.id}`
    return placeLocal === event.stamp.placeLocal ? { fact } : { fact, placeLocal }
  })
  const by = { ...ownIdentity(`correct/${id}/${member}`), actor, reason }
  return {
    input: { type: 'version.corrected', ...by, version: postsAs, from: { at: fromAt, local }, facts: corrected },
    ...left,
  }
}
