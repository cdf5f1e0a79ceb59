import { readingWorkersMax } from '../db/connections.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { AHEAD_MS_MAX } from '../decisions/reject.ts'
import { decideParts } from '../jobs/decide-parts.ts'
import { LongWork, type Turn } from '../jobs/long-work.ts'
import type { ReadingTask } from '../jobs/reading-worker.ts'
import { correctingOf, judgingIn, shownTimeline } from './correction-of-member.ts'
import type { LookOrder, LookResult, Taken } from './look-part.ts'
import { lookWorker } from './look-worker.ts'
import { postCorrection } from './post-correction.ts'
import { givenUpBy, refusalOf } from './promised-assets.ts'
import {
  bucketsSince,
  type CorrectionRow,
  correctionPartAfter,
  correctionPartsDone,
  countCorrectionPart,
  deleteCorrectionMembers,
  deleteCorrectionParts,
  endCorrection,
  holdCorrection,
  insertCorrectionMembers,
  insertCorrectionPart,
  letAllCorrectionsGo,
  letCorrectionGo,
  setCorrectionParts,
  showCorrection,
  takeCorrection,
} from './queries.ts'
import { mergeSummaries, nobody, type Summary } from './summary.ts'

/** What one bucket comes to, as it is kept until all are looked at; one of before has nothing of the second. */
type KeptPart = Summary & { readonly taken?: Taken }

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
    if (row.status === 'looking') {
      await this.#look(row, turn)
      return
    }
    const ending = await postCorrection(this.#context, row, turn)
    if (ending !== null) await this.#end(row, ending.as, ending.failure)
  }

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
    { summary, members, taken }: LookResult,
  ): Promise<boolean> {
    return transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, countCorrectionPart(program, id, holder))) === 0) return false
      await countOf(
        tx,
        insertCorrectionPart(program, id, part, JSON.stringify({ ...summary, taken } satisfies KeptPart)),
      )
      const columns = [
        members.map(({ member }) => member),
        members.map(({ facts }) => facts),
        members.map(({ member: _, facts: __, ...changed }) => JSON.stringify(changed)),
      ]
      if (members.length > 0) await countOf(tx, insertCorrectionMembers(part, program, id, ...columns))
      return true
    })
  }

  async #show(row: CorrectionRow, holder: string): Promise<void> {
    const { program, id, versions, posts_as } = row
    const { application } = this.#context.database
    let summary = nobody
    const taken = new Map<string, number>()
    let last = -1
    for (let next = await rowOf(application, correctionPartAfter(program, id, last)); next; ) {
      const part: KeptPart = JSON.parse(next.result)
      summary = mergeSummaries(summary, part)
      for (const [asset, members] of part.taken ?? []) taken.set(asset, (taken.get(asset) ?? 0) + members)
      last = next.part
      next = await rowOf(application, correctionPartAfter(program, id, last))
    }
    const refusal = taken.size === 0 ? null : await this.#refusalOf(row, taken)
    if (refusal !== null) {
      await this.#end(row, 'failed', refusal)
      return
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

  async #refusalOf(row: CorrectionRow, taken: ReadonlyMap<string, number>): Promise<string | null> {
    const found = await this.#context.timelines.upTo(row.program, row.versions)
    if (found === null) throw new Error('invariant: a correction begins with a version')
    const correcting = correctingOf(row)
    const shown = shownTimeline(found, correcting, row.versions, this.#context.now(row.program))
    return refusalOf(givenUpBy(shown.timeline, judgingIn(shown, correcting)), taken)
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
