import { readingWorkersMax } from '../db/connections.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { AHEAD_MS_MAX } from '../decisions/reject.ts'
import { decideParts } from '../jobs/decide-parts.ts'
import { LongWork, type Turn } from '../jobs/long-work.ts'
import type { ReadingTask } from '../jobs/reading-worker.ts'
import { correctingOf } from './correction-of-member.ts'
import type { LookOrder, LookResult } from './look-part.ts'
import { lookWorker } from './look-worker.ts'
import { postCorrection } from './post-correction.ts'
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

  async #end({ program, id, status }: CorrectionRow, as: 'done' | 'failed', failure: string | null): Promise<void> {
    const at = new Date(this.#context.now(program)).toISOString()
    await transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, endCorrection(program, id, as, at, failure))) === 0 || status !== 'looking') return
      await countOf(tx, deleteCorrectionParts(program, id))
      await countOf(tx, deleteCorrectionMembers(program, id))
    })
  }
}
