import { ownIdentity } from '@laurel/contract'
import { type Program, toldBy } from '@laurel/engine'
import { readingWorkersMax } from '../db/connections.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { ownerOfIdentity } from '../decisions/first-answer.ts'
import { type HistoryOwner, readMemberHistory } from '../decisions/history.ts'
import { identityOf } from '../decisions/identity.ts'
import { versionsForId } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { AHEAD_MS_MAX } from '../decisions/reject.ts'
import type { DecisionAnswer } from '../decisions/submission.ts'
import { decideParts } from '../jobs/decide-parts.ts'
import { LongWork, type Turn } from '../jobs/long-work.ts'
import type { ReadingTask } from '../jobs/reading-worker.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { isNothing, nothingElse, type OtherChanges, otherChanges } from './changes.ts'
import { type Correcting, correctionOf, judgingIn, postedTimeline } from './correction-of-member.ts'
import type { LookOrder, LookResult } from './look-part.ts'
import { lookWorker } from './look-worker.ts'
import {
  bucketsSince,
  type CorrectionMemberRow,
  type CorrectionRow,
  changesPosted,
  correctionPartAfter,
  correctionPartsDone,
  countCorrectionPart,
  countPosted,
  deleteCorrectionMembers,
  deleteCorrectionParts,
  endCorrection,
  holdCorrection,
  insertCorrectionMembers,
  insertCorrectionPart,
  letAllCorrectionsGo,
  letCorrectionGo,
  lockCorrection,
  membersFailed,
  membersMissed,
  membersToPost,
  noteOutcome,
  setCorrectionParts,
  showCorrection,
  takeCorrection,
} from './queries.ts'
import { mergeSummaries, nobody, type Summary, summaryOf } from './summary.ts'

/** Posted at one time: enough to share transactions, few enough that whoever cancels waits a moment. */
const membersTogether = 20
/** Names read at one time of whom something was recorded since the look. */
const readTogether = 200

/**
 * Works at the corrections that are written down. Looking is done in threads, bucket by bucket; posting goes through the recorder,
 * member by member, as everything does that happens to members. Either goes on where it was left.
 */
export class Corrector extends LongWork<CorrectionRow> {
  protected override readonly what = 'a correction'
  readonly #context: RecordingContext

  constructor(context: RecordingContext) {
    super(context)
    this.#context = context
  }

  protected override take(holder: string, at: string, until: string) {
    return rowOf(this.#context.database.application, takeCorrection(holder, at, until))
  }

  protected override async hold({ program, id }: CorrectionRow, holder: string, until: string) {
    return (await countOf(this.#context.database.application, holdCorrection(program, id, holder, until))) === 1
  }

  protected override letGo({ program, id }: CorrectionRow, holder: string) {
    return countOf(this.#context.database.application, letCorrectionGo(program, id, holder))
  }

  protected override letAllGo() {
    return countOf(this.#context.database.application, letAllCorrectionsGo())
  }

  protected override fail(row: CorrectionRow, message: string) {
    return this.#end(row, 'failed', message)
  }

  protected override async work(row: CorrectionRow, turn: Turn): Promise<void> {
    if (row.status === 'looking') await this.#look(row, turn)
    else await this.#post(row, turn)
  }

  // ---- looking -------------------------------------------------------------------------------------------------------------

  async #look(row: CorrectionRow, { holder, interrupted, lose }: Turn): Promise<void> {
    const { program, id, versions } = row
    const { application, connection } = this.#context.database
    const correcting = correctingOf(row)
    const recordedSince = new Date(correcting.fromAt - AHEAD_MS_MAX).toISOString()
    const done = new Set((await rowsOf(application, correctionPartsDone(program, id))).map(({ part }) => part))
    const buckets = (await rowsOf(application, bucketsSince(program, recordedSince))).map(({ bucket }) => bucket)
    const parts = buckets.filter((bucket) => !done.has(bucket))
    await countOf(application, setCorrectionParts(program, id, done.size + parts.length))
    const order = { correcting, versions, recordedSince, now: this.#context.now(program) }
    const task: ReadingTask<LookOrder> = { order, connection }
    const onResult = async (part: number, result: LookResult) => {
      if (!(await this.#keep(row, holder, part, result))) lose()
    }
    await decideParts({ file: lookWorker, task, parts, workers: readingWorkersMax, interrupted, onResult })
    if (!interrupted.aborted) await this.#show(row, holder)
  }

  /** False where it has ended or is another's. */
  #keep(
    { program, id }: CorrectionRow,
    holder: string,
    part: number,
    { summary, members }: LookResult,
  ): Promise<boolean> {
    return transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, countCorrectionPart(program, id, holder))) === 0) return false
      await countOf(tx, insertCorrectionPart(program, id, part, JSON.stringify(summary)))
      const columns = [
        members.map(({ member }) => member),
        members.map(({ facts }) => facts),
        members.map(({ member: _, facts: __, ...changed }) => JSON.stringify(changed)),
      ]
      if (members.length > 0) await countOf(tx, insertCorrectionMembers(part, program, id, ...columns))
      return true
    })
  }

  async #show({ program, id, versions, posts_as }: CorrectionRow, holder: string): Promise<void> {
    const { application } = this.#context.database
    let summary = nobody
    let last = -1
    for (let next = await rowOf(application, correctionPartAfter(program, id, last)); next; ) {
      const part: Summary = JSON.parse(next.result)
      summary = mergeSummaries(summary, part)
      last = next.part
      next = await rowOf(application, correctionPartAfter(program, id, last))
    }
    // Where it has to be published with the date it is, for whatever comes late of that time.
    const changesNobody = summary.members === 0 && posts_as <= versions
    const endedAt = changesNobody ? new Date(this.#context.now(program)).toISOString() : null
    await transaction(application, async (tx) => {
      const status = changesNobody ? 'nothing' : 'shown'
      const text = JSON.stringify(summary)
      if ((await countOf(tx, showCorrection(program, id, holder, status, text, endedAt))) === 0) return
      await countOf(tx, deleteCorrectionParts(program, id))
    })
  }

  // ---- posting -------------------------------------------------------------------------------------------------------------

  async #post(row: CorrectionRow, { holder, interrupted }: Turn): Promise<void> {
    const { program, id, versions, posts_as } = row
    const { application } = this.#context.database
    const found = await this.#context.timelines.upTo(program, Math.max(versions, posts_as))
    if (found === null) throw new Error('invariant: a correction begins with a version')
    const correcting = correctingOf(row)
    const timeline = postedTimeline(found, correcting, versions)
    while (!interrupted.aborted) {
      const page = await rowsOf(application, membersToPost(program, id, membersTogether))
      if (page.length === 0) {
        if (await this.#addMissed(timeline, row, interrupted)) continue
        if (!interrupted.aborted) await this.#finish(row)
        return
      }
      // What time does by itself is none of the correction, and stands in a decision of its own.
      await this.#context.recorder.passTime(page.map(({ member }) => ({ program, member })))
      const outcomes = await Promise.all(page.map((each) => this.#postTo(timeline, correcting, each)))
      const stands = await transaction(application, (tx) => note(tx, row, page, outcomes))
      // Cancelled, or another's by now.
      if (stands?.status !== 'posting' || stands.held_by !== holder) return
    }
  }

  /**
   * Whoever first had a fact of that time recorded after their part was looked at is corrected with the others. Nobody can come
   * after that: what arrives since the approval is judged by the version. True where there was somebody.
   */
  async #addMissed(timeline: ProgramTimeline, row: CorrectionRow, interrupted: AbortSignal): Promise<boolean> {
    const { program, id, started_at } = row
    const { application } = this.#context.database
    const since = new Date(Date.parse(started_at) - AHEAD_MS_MAX).toISOString()
    let added = 0
    for (const { bucket } of await rowsOf(application, bucketsSince(program, since))) {
      for (let after: string | undefined = ''; after !== undefined && !interrupted.aborted; ) {
        const page: readonly { readonly id: string }[] = await rowsOf(
          application,
          membersMissed(bucket, program, after, since, readTogether, id),
        )
        for (const { id: member } of page) {
          const input = await this.#inputFor(timeline, correctingOf(row), bucket, member)
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

  async #inputFor(timeline: ProgramTimeline, correcting: Correcting, bucket: number, member: string) {
    const { program } = correcting
    const name = { bucket, program, id: member }
    const { events } = await transaction(this.#context.database.application, (tx) => readMemberHistory(tx, name))
    // Whoever is forgotten has nothing that could change (LED-9).
    if (events.some(({ type }) => type === 'member.erased')) return null
    const own = versionsForId(timeline, program, member)
    return correctionOf(own, correcting, member, events, this.#context.now(program)).input
  }

  async #postTo(
    timeline: ProgramTimeline,
    correcting: Correcting,
    { bucket, member, facts: planned }: CorrectionMemberRow,
  ): Promise<Outcome> {
    const { program } = correcting
    const input = await this.#inputFor(timeline, correcting, bucket, member)
    if (input === null) return await this.#postedBefore(timeline, correcting, { bucket, member, facts: planned })
    const facts = input.facts.length
    const answer = await this.#context.recorder.record({ program, member, event: input })
    switch (answer.status) {
      case 'recorded':
      case 'repeated': {
        // Our own text, written by the recorder.
        const { decision }: DecisionAnswer = JSON.parse(answer.text)
        const others = await this.#changesIn(judgingIn(timeline, correcting), { bucket, program, id: member }, decision)
        return { outcome: 'posted', seq: decision, facts, others }
      }
      case 'rejected':
        // Erased meanwhile.
        return nothingLeft
      case 'conflict':
      case 'failed':
        this.#context.log.error({ program, member, correction: correcting.id }, 'a member could not be corrected')
        return failed
    }
  }

  /** A crash came between what is posted and its note. */
  async #postedBefore(
    timeline: ProgramTimeline,
    correcting: Correcting,
    { bucket, member, facts }: Pick<CorrectionMemberRow, 'bucket' | 'member' | 'facts'>,
  ): Promise<Outcome> {
    const { program, id } = correcting
    const { source, id: name } = ownIdentity(`correct/${id}/${member}`)
    const identity = identityOf(program, 'event', `${source}/${name}`)
    const known = await rowOf(this.#context.database.application, ownerOfIdentity(identity.bucket, identity.name))
    if (known === undefined) return nothingLeft
    return {
      outcome: 'posted',
      seq: known.seq,
      facts,
      others: await this.#changesIn(judgingIn(timeline, correcting), { bucket, program, id: member }, known.seq),
    }
  }

  /** Beside amounts, as the decision says. */
  async #changesIn(judging: Program, name: HistoryOwner, seq: number): Promise<OtherChanges> {
    const { application } = this.#context.database
    const { events, effects } = await transaction(application, (tx) => readMemberHistory(tx, name))
    const act = events.findLast((event) => event.type === 'version.corrected')
    return otherChanges(toldBy(effects.slice(0, seq - 1).flat()), effects[seq - 1] ?? [], act?.kept ?? [], judging)
  }

  async #finish(row: CorrectionRow): Promise<void> {
    const found = await rowOf(this.#context.database.application, membersFailed(row.program, row.id))
    if (found === undefined || found.members === 0) await this.#end(row, 'done', null)
    else await this.#end(row, 'failed', `${found.members} of them could not be corrected, the first is ${found.first}`)
  }

  async #end({ program, id, status }: CorrectionRow, as: 'done' | 'failed', failure: string | null): Promise<void> {
    const at = new Date(this.#context.now(program)).toISOString()
    await transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, endCorrection(program, id, as, at, failure))) === 0 || status !== 'looking') return
      await countOf(tx, deleteCorrectionParts(program, id))
      await countOf(tx, deleteCorrectionMembers(program, id))
    })
  }
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

const correctingOf = (row: CorrectionRow): Correcting => ({
  program: row.program,
  id: row.id,
  version: row.version,
  postsAs: row.posts_as,
  fromAt: Date.parse(row.from_at),
  reason: row.reason,
  actor: row.approved_by ?? row.started_by,
})
