import { ownIdentity } from '@laurel/contract'
import { type Program, toldBy } from '@laurel/engine'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { ownerOfIdentity } from '../decisions/first-answer.ts'
import { type HistoryOwner, readMemberHistory } from '../decisions/history.ts'
import { identityOf } from '../decisions/identity.ts'
import { versionsForId } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { AHEAD_MS_MAX } from '../decisions/reject.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'
import type { Turn } from '../jobs/long-work.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { isNothing, nothingElse, type OtherChanges, otherChanges } from './changes.ts'
import { type Correcting, correctingOf, correctionOf, judgingIn, postedTimeline } from './correction-of-member.ts'
import { lookAtMember } from './look-part.ts'
import { givenUpBy } from './promised-assets.ts'
import {
  bucketsSince,
  type CorrectionMemberRow,
  type CorrectionRow,
  changesPosted,
  countPosted,
  insertCorrectionMembers,
  lockCorrection,
  membersFailed,
  membersMissed,
  membersToPost,
  noteOutcome,
} from './queries.ts'
import { mergeSummaries, nobody, type Summary, summaryOf } from './summary.ts'

/** Posted at one time: enough to share transactions, few enough that whoever cancels waits a moment. */
const membersTogether = 20
/** Names read at one time of whom something was recorded since the look. */
const readTogether = 200

/** How the posting has ended. */
export type Ending =
  | { readonly as: 'done'; readonly failure: null }
  | { readonly as: 'failed'; readonly failure: string }

/**
 * Posts what has been approved through the recorder, member by member, as everything is done that happens to members. It goes on
 * where it was left. Null: it is not over, or not ours any more.
 */
export async function postCorrection(
  context: RecordingContext,
  row: CorrectionRow,
  { holder, interrupted }: Turn,
): Promise<Ending | null> {
  const { program, id, versions, posts_as } = row
  const { application } = context.database
  const found = await context.timelines.upTo(program, Math.max(versions, posts_as))
  if (found === null) throw new Error('invariant: a correction begins with a version')
  const correcting = correctingOf(row)
  const timeline = postedTimeline(found, correcting, versions)
  while (!interrupted.aborted) {
    const page = await rowsOf(application, membersToPost(program, id, membersTogether))
    if (page.length === 0) {
      if (await addMissed(context, timeline, row, interrupted)) continue
      return interrupted.aborted ? null : await endingOf(context, row)
    }
    // What time does by itself is none of the correction, and stands in a decision of its own.
    await context.recorder.passTime(page.map(({ member }) => ({ program, member })))
    const outcomes = await Promise.all(page.map((each) => postTo(context, timeline, correcting, each)))
    const stands = await transaction(application, (tx) => note(tx, row, page, outcomes))
    // Cancelled, or another's by now.
    if (stands?.status !== 'posting' || stands.held_by !== holder) return null
  }
  return null
}

/**
 * Whoever first had a fact of that time recorded after their part was looked at is corrected with the others. Nobody can come
 * after that: what arrives since the approval is judged by the version. True where there was somebody.
 */
async function addMissed(
  context: RecordingContext,
  timeline: ProgramTimeline,
  row: CorrectionRow,
  interrupted: AbortSignal,
): Promise<boolean> {
  const { program, id, started_at } = row
  const { application } = context.database
  const since = new Date(Date.parse(started_at) - AHEAD_MS_MAX).toISOString()
  let added = 0
  for (const { bucket } of await rowsOf(application, bucketsSince(program, since))) {
    for (let after: string | undefined = ''; after !== undefined && !interrupted.aborted; ) {
      const page: readonly { readonly id: string }[] = await rowsOf(
        application,
        membersMissed(bucket, program, after, since, readTogether, id),
      )
      for (const { id: member } of page) {
        const input = await inputFor(context, timeline, correctingOf(row), bucket, member)
        // Whoever had nothing to correct when it was looked at has not by what came since.
        if (input === null || input.facts.length === 0) continue
        const columns = [[member], [input.facts.length], [unchanged]]
        added += await countOf(application, insertCorrectionMembers(bucket, program, id, ...columns))
      }
      after = page.at(-1)?.id
    }
  }
  return added > 0
}

async function inputFor(
  context: RecordingContext,
  timeline: ProgramTimeline,
  correcting: Correcting,
  bucket: number,
  member: string,
) {
  const { program } = correcting
  const name = { bucket, program, id: member }
  const { events } = await transaction(context.database.application, (tx) => readMemberHistory(tx, name))
  // Whoever is forgotten has nothing that could change (LED-9).
  if (events.some(({ type }) => type === 'member.erased')) return null
  const own = versionsForId(timeline, program, member)
  return correctionOf(own, correcting, member, events, context.now(program)).input
}

async function postTo(
  context: RecordingContext,
  timeline: ProgramTimeline,
  correcting: Correcting,
  { bucket, member, facts: planned }: CorrectionMemberRow,
): Promise<Outcome> {
  const { program } = correcting
  const input = await inputFor(context, timeline, correcting, bucket, member)
  if (input === null) return await postedBefore(context, timeline, correcting, { bucket, member, facts: planned })
  const facts = input.facts.length
  if (await takesPromised(context, timeline, correcting, member)) {
    context.log.error({ program, member, correction: correcting.id }, 'a correction would take what was promised')
    return failed
  }
  const answer = await context.recorder.record({ program, member, event: input })
  switch (answer.status) {
    case 'recorded':
    case 'repeated': {
      // Our own text, written by the recorder.
      const { decision }: DecisionAnswer = JSON.parse(answer.text)
      const others = await changesIn(
        context,
        judgingIn(timeline, correcting),
        { bucket, program, id: member },
        decision,
      )
      return { outcome: 'posted', seq: decision, facts, others }
    }
    case 'rejected':
      // Erased meanwhile.
      return nothingLeft
    case 'conflict':
    case 'failed':
      context.log.error({ program, member, correction: correcting.id }, 'a member could not be corrected')
      return failed
  }
}

/** As the look refuses it: a fact may have come since. */
async function takesPromised(
  context: RecordingContext,
  timeline: ProgramTimeline,
  correcting: Correcting,
  member: string,
): Promise<boolean> {
  if (givenUpBy(timeline.timeline, judgingIn(timeline, correcting)).length === 0) return false
  const order = { correcting, now: context.now(correcting.program) }
  return (await lookAtMember(context.database.application, order, timeline, member)).taken.length > 0
}

/** A crash came between what is posted and its note. */
async function postedBefore(
  context: RecordingContext,
  timeline: ProgramTimeline,
  correcting: Correcting,
  { bucket, member, facts }: Pick<CorrectionMemberRow, 'bucket' | 'member' | 'facts'>,
): Promise<Outcome> {
  const { program, id } = correcting
  const { source, id: name } = ownIdentity(`correct/${id}/${member}`)
  const identity = identityOf(program, 'event', `${source}/${name}`)
  const known = await rowOf(context.database.application, ownerOfIdentity(identity.bucket, identity.name))
  if (known === undefined) return nothingLeft
  return {
    outcome: 'posted',
    seq: known.seq,
    facts,
    others: await changesIn(context, judgingIn(timeline, correcting), { bucket, program, id: member }, known.seq),
  }
}

/** Beside amounts, as the decision says. */
async function changesIn(
  context: RecordingContext,
  judging: Program,
  name: HistoryOwner,
  seq: number,
): Promise<OtherChanges> {
  const { application } = context.database
  const { events, effects } = await transaction(application, (tx) => readMemberHistory(tx, name))
  const act = events.findLast((event) => event.type === 'version.corrected')
  return otherChanges(toldBy(effects.slice(0, seq - 1).flat()), effects[seq - 1] ?? [], act?.kept ?? [], judging)
}

async function endingOf(context: RecordingContext, { program, id }: CorrectionRow): Promise<Ending> {
  const found = await rowOf(context.database.application, membersFailed(program, id))
  if (found === undefined || found.members === 0) return { as: 'done', failure: null }
  return { as: 'failed', failure: `${found.members} of them could not be corrected, the first is ${found.first}` }
}

type Outcome =
  | { readonly outcome: 'posted'; readonly seq: number; readonly facts: number; readonly others: OtherChanges }
  | { readonly outcome: 'failed' | 'nothing-left' }

const failed: Outcome = { outcome: 'failed' }
const nothingLeft: Outcome = { outcome: 'nothing-left' }
const unchanged = JSON.stringify({ changes: [], ...nothingElse })

/** What has come of some members, as it stands in their books: that may be other than what was shown. */
async function note(
  tx: Transaction,
  { program, id }: CorrectionRow,
  page: readonly CorrectionMemberRow[],
  outcomes: readonly Outcome[],
) {
  const stands = await rowOf(tx, lockCorrection(program, id))
  let summary: Summary = stands?.posted == null ? nobody : JSON.parse(stands.posted)
  let noted = 0
  for (const [index, { bucket, member, facts, changes }] of page.entries()) {
    const found = outcomes[index] ?? failed
    const owner = [bucket, program, id, member] as const
    if (found.outcome !== 'posted') {
      const left = found.outcome === 'nothing-left' ? unchanged : changes
      noted += await countOf(tx, noteOutcome(...owner, found.outcome, null, facts, left))
      continue
    }
    const posted = await rowsOf(tx, changesPosted(bucket, program, member, found.seq))
    const moved = posted
      .map(({ asset, change, debt, borne, pooled }) => ({ asset, change, debt, borne, pooled }))
      .filter((each) => !isNothing(each))
    const changed = { changes: moved, ...found.others }
    const written = noteOutcome(...owner, 'posted', found.seq, found.facts, JSON.stringify(changed))
    // Another server has noted it already.
    if ((await countOf(tx, written)) === 0) continue
    noted += 1
    const transfers = posted.reduce((total, { lines }) => total + lines, 0)
    const each = summaryOf(
      { member, facts: found.facts, ...changed },
      { unknown: 0, onTrial: 0, referrals: 0, transfers, sharing: 0 },
    )
    summary = mergeSummaries(summary, each)
  }
  return await rowOf(tx, countPosted(program, id, noted, JSON.stringify(summary)))
}
