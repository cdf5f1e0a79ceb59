import { compileAccepted, differenceOf, finished } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import type { Pool } from 'pg'
import { rowsOf, transaction } from '../db/transaction.ts'
import { contentOf } from '../decisions/content.ts'
import { correctAndBear, pastUntil } from '../decisions/correct.ts'
import { grantCorrected } from '../decisions/grant-late.ts'
import { LostRace } from '../decisions/lost-race.ts'
import { type Past, readPastOf } from '../decisions/read-past.ts'
import { stamped } from '../decisions/stamp.ts'
import { createTimelines, type ProgramTimeline } from '../programs/timeline.ts'
import { changesBetween, otherChanges } from './changes.ts'
import { type Correcting, correctionOf, judgingIn, shownTimeline } from './correction-of-member.ts'
import { givenUpBy, takenOf } from './promised-assets.ts'
import { membersSince } from './queries.ts'
import { type MemberChange, mergeSummaries, nobody, type Summary, summaryOf } from './summary.ts'

/** What every worker is started with: plain data. */
export interface LookOrder {
  readonly correcting: Correcting
  /** So many versions there are. */
  readonly versions: number
  /** Nobody else has had anything recorded of the time that is corrected. */
  readonly recordedSince: string
  readonly now: number
}

/** What one bucket comes to. */
export interface LookResult {
  readonly summary: Summary
  readonly members: readonly MemberChange[]
  readonly taken: Taken
}

/** By asset that was given up: from how many members it would take what was promised for it. */
export type Taken = readonly (readonly [asset: string, members: number])[]

/** Asked for together; each is then read by itself. */
const membersTogether = 200
/** A member for whom something is recorded is read again; this often, and it is no coincidence. */
const attemptsMax = 20

/** A worker's own way to the versions, which it compiles once. */
export async function openLooking(pool: Pool, order: LookOrder) {
  const timelines = createTimelines({ database: { application: pool }, noteClock: () => undefined }, compileAccepted)
  const found = await timelines.upTo(order.correcting.program, order.versions)
  if (found === null) throw new Error('invariant: a correction begins with a version')
  const timeline = shownTimeline(found, order.correcting, order.versions, order.now)
  return (bucket: number) => lookAtBucket(pool, order, timeline, bucket)
}

async function lookAtBucket(
  pool: Pool,
  order: LookOrder,
  timeline: ProgramTimeline,
  bucket: number,
): Promise<LookResult> {
  const { program } = order.correcting
  let summary = nobody
  const members: MemberChange[] = []
  const taken = new Map<string, number>()
  let after = ''
  for (;;) {
    const page = membersSince(bucket, program, after, order.recordedSince, membersTogether)
    const ids = (await rowsOf(pool, page)).map(({ id }) => id)
    for (const member of ids) {
      const found = await lookAtMember(pool, order, timeline, member)
      summary = mergeSummaries(summary, found.summary)
      if (found.changed !== null) members.push(found.changed)
      for (const asset of found.taken) taken.set(asset, (taken.get(asset) ?? 0) + 1)
    }
    if (ids.length < membersTogether) return { summary, members, taken: [...taken] }
    after = ids.at(-1) ?? after
  }
}

/** A member alone, as their history stands. */
export async function lookAtMember(
  pool: Pool,
  order: Pick<LookOrder, 'correcting' | 'now'>,
  timeline: ProgramTimeline,
  member: string,
) {
  return whatItDoes(order, member, await pastOf(pool, timeline, order.correcting.program, member))
}

async function pastOf(pool: Pool, timeline: ProgramTimeline, program: string, member: string): Promise<Past | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const owner = { bucket: bucketOf(program, member), program, member }
      return await transaction(pool, (tx) => readPastOf(tx, timeline, owner))
    } catch (error) {
      if (!(error instanceof LostRace) || attempt >= attemptsMax) throw error
    }
  }
}

const unconcerned = { changed: null, taken: [] }

/** What would be posted to a member, decided as it will be, but for rooms that members share: as if there were enough of them. */
function whatItDoes(
  { correcting, now }: Pick<LookOrder, 'correcting' | 'now'>,
  member: string,
  stored: Past | null,
): { readonly summary: Summary; readonly changed: MemberChange | null; readonly taken: readonly string[] } {
  // Whoever is forgotten has nothing that could change (LED-9); a pool is nobody's, and members claim from it what they put in.
  if (stored === null || stored.before.left?.erased === true || stored.before.wallet !== undefined)
    return { ...unconcerned, summary: nobody }
  // Before it is posted, time passes in a decision of its own.
  const past = pastUntil(stored, now)
  const { timeline } = past
  const { input, ...left } = correctionOf(timeline, correcting, member, past.history.events, now)
  if (input === null) return { ...unconcerned, summary: { ...nobody, ...left } }
  const { program } = correcting
  const submission = { program, member, event: input }
  const { event } = stamped({ submission, content: contentOf(input), timeline, member: past.before, now })
  if (event.type !== 'version.corrected') throw new Error('invariant: what corrects a version is stamped as such')
  const correction = finished(grantCorrected(past, event, null))
  const { late, corrected } = finished(correctAndBear(past, [correction], now, null))
  const act = late.find((each) => each.type === 'version.corrected')
  const meanwhile = past.before
  const differences = differenceOf(meanwhile, corrected.after, [])
  // Nothing but which version ruled.
  if (input.facts.length === 0 && differences.every(({ type }) => type === 'put-right' || type === 'head')) {
    return { ...unconcerned, summary: { ...nobody, ...left } }
  }
  const changes = changesBetween(meanwhile, corrected.after, act ?? {})
  const judging = judgingIn(timeline, correcting)
  const others = otherChanges(meanwhile, differences, act?.kept ?? [], judging)
  const givenUp = givenUpBy(timeline.timeline, judging)
  const taken = takenOf(givenUp, correcting.version, meanwhile, corrected.after)
  const changed = { member, facts: input.facts.length, changes, ...others }
  const asksMore = correction.granted?.some(({ grants }) => grants.length > 0) ?? false
  const more = { ...left, transfers: corrected.correction.transfers.length, sharing: asksMore ? 1 : 0 }
  return { summary: summaryOf(changed, more), changed, taken }
}
