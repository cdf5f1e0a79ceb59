import type { BacktestReport } from '@laurel/contract'
import { latestOf, reportOf } from '@laurel/engine'
import { readingWorkersMax } from '../db/connections.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import { decideParts } from '../jobs/decide-parts.ts'
import { LongWork, type Turn } from '../jobs/long-work.ts'
import type { ReadingTask } from '../jobs/reading-worker.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readyDocument } from '../publishing/add-version.ts'
import { monthsWithout } from './months-without.ts'
import {
  type Asked,
  type BacktestRow,
  bucketsWithMembers,
  countPart,
  deleteParts,
  endBacktest,
  holdBacktest,
  insertPart,
  letAllGo,
  letBacktestGo,
  partAfter,
  partsDone,
  setParts,
  takeBacktest,
} from './queries.ts'
import { mergeStored, type StoredOrder, type StoredResult } from './stored-part.ts'
import { storedWorker } from './stored-worker.ts'

/**
 * Works at the backtests that are written down, in threads. What each part comes to is kept with it, so that a crash loses one part
 * at most.
 */
export class Backtester extends LongWork<BacktestRow> {
  protected override readonly what = 'a backtest'
  readonly #context: ProgramContext

  constructor(context: ProgramContext) {
    super(context)
    this.#context = context
  }

  protected override take(holder: string, at: string, until: string) {
    return rowOf(this.#context.database.application, takeBacktest(holder, at, until))
  }

  protected override async hold({ program, id }: BacktestRow, holder: string, until: string) {
    return (await countOf(this.#context.database.application, holdBacktest(program, id, holder, until))) === 1
  }

  protected override letGo({ program, id }: BacktestRow, holder: string) {
    return countOf(this.#context.database.application, letBacktestGo(program, id, holder))
  }

  protected override letAllGo() {
    return countOf(this.#context.database.application, letAllGo())
  }

  protected override fail(row: BacktestRow, message: string) {
    return this.#end(row, 'failed', null, message)
  }

  protected override async work(row: BacktestRow, { holder, interrupted, lose }: Turn): Promise<void> {
    const { program, id } = row
    const { application, connection } = this.#context.database
    const asked: Asked = JSON.parse(row.asked)
    const done = new Set((await rowsOf(application, partsDone(program, id))).map(({ part }) => part))
    const buckets = (await rowsOf(application, bucketsWithMembers(program))).map(({ bucket }) => bucket)
    // Of nobody there is a report, too.
    const parts = (buckets.length === 0 ? [0] : buckets).filter((bucket) => !done.has(bucket))
    await countOf(application, setParts(program, id, done.size + parts.length))
    const task: ReadingTask<StoredOrder> = { order: orderOf(row, asked), connection }
    const onResult = async (part: number, result: StoredResult) => {
      if (!(await this.#keep(row, holder, part, result))) lose()
    }
    await decideParts({ file: storedWorker, task, parts, workers: readingWorkersMax, interrupted, onResult })
    if (!interrupted.aborted) await this.#finish(row, asked)
  }

  /** False where it has ended or is another's. */
  #keep({ program, id }: BacktestRow, holder: string, part: number, result: StoredResult): Promise<boolean> {
    return transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, countPart(program, id, holder))) === 0) return false
      await countOf(tx, insertPart(program, id, part, JSON.stringify(result)))
      return true
    })
  }

  async #finish(row: BacktestRow, asked: Asked): Promise<void> {
    const { program, id } = row
    const { application } = this.#context.database
    let total: StoredResult | null = null
    let last = -1
    for (let next = await rowOf(application, partAfter(program, id, last)); next; ) {
      const result: StoredResult = JSON.parse(next.result)
      total = total === null ? result : mergeStored(total, result)
      last = next.part
      next = await rowOf(application, partAfter(program, id, last))
    }
    if (total === null) throw new Error('invariant: a backtest has a part')
    const report = await this.#reportOf(row, asked, total)
    await this.#end(row, 'done', JSON.stringify(report), null)
  }

  async #end(
    { program, id }: BacktestRow,
    status: 'done' | 'failed',
    report: string | null,
    failure: string | null,
  ): Promise<void> {
    const at = new Date(this.#context.now(program)).toISOString()
    await transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, endBacktest(program, id, status, at, report, failure))) === 0) return
      await countOf(tx, deleteParts(program, id))
    })
  }

  async #reportOf(row: BacktestRow, asked: Asked, total: StoredResult): Promise<BacktestReport> {
    const { program, until, versions } = row
    const found = await this.#context.timelines.upTo(program, versions)
    const ran = latestOf(found?.timeline.slice(0, versions) ?? [])
    if (ran === undefined) throw new Error('invariant: a backtest begins with a version')
    const { assumption, fewPercent, drafts } = asked
    const candidates = [
      { name: program, of: ran },
      ...drafts.map(({ name, document }) => ({ name, of: readyDocument(program, document).program })),
    ]
    return {
      ...{ events: total.events, repeated: 0, rejected: 0, rejections: [], assumption, fewPercent },
      gaps: monthsWithout(total.ordersByMonth),
      until: new Date(until).toISOString(),
      currency: { code: ran.currency.code, exponent: ran.currency.exponent },
      reproduction: total.reproduction,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
      candidates: candidates.flatMap(({ name, of }, index) => {
        const backtested = total.backtested[index]
        return backtested === undefined ? [] : [{ name, program, report: reportOf(of, backtested, fewPercent) }]
      }),
    }
  }
}

const orderOf = (row: BacktestRow, { drafts, assumption }: Asked): StoredOrder => ({
  program: row.program,
  versions: row.versions,
  documents: drafts.map(({ document }) => document),
  assumption,
  until: Date.parse(row.until),
  recordedUntil: row.started_at,
})
