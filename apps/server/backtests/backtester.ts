import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { BacktestReport } from '@laurel/contract'
import { latestOf, reportOf } from '@laurel/engine'
import { DatabaseFailure, messageOf } from '../db/database-failure.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readyDocument } from '../publishing/add-version.ts'
import { decideParts, WorkerDied } from './decide-parts.ts'
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
import { type StoredTask, storedWorker } from './stored-worker.ts'

/** A server that says nothing for so long is no more, and another one goes on. */
const heldMs = 60_000
const beatMs = 15_000

/** Members are served first: one core stays theirs, and four threads are as many as a database likes beside them. */
const workersMax = Math.max(1, Math.min(4, availableParallelism() - 1))

/**
 * Works at the backtests that are written down, one after another, in threads. What each part comes to is kept with it, so that
 * a crash loses one part at most; another server goes on when nobody has held it for a while.
 */
export class Backtester {
  readonly #context: ProgramContext
  readonly #name = randomUUID()
  readonly #stopped = new AbortController()
  #running: Promise<void> | null = null

  constructor(context: ProgramContext) {
    this.#context = context
  }

  /** Goes on with what an earlier server has left. */
  async open(): Promise<void> {
    const { application, kind } = this.#context.database
    // Nobody else works on a folder of ours: who held something there is no more.
    if (kind === 'embedded') await countOf(application, letAllGo())
    this.wake()
  }

  /** Something may be there to be worked at. */
  wake(): void {
    if (this.#stopped.signal.aborted) return
    this.#running ??= this.#runAll().finally(() => {
      this.#running = null
    })
  }

  /** Resolves when nothing is left that could be worked at. */
  async settled(): Promise<void> {
    await this.#running
  }

  /** Lets go of what is under way; what is done of it stays. */
  async close(): Promise<void> {
    this.#stopped.abort()
    await this.#running
  }

  async #runAll(): Promise<void> {
    try {
      // Who is to stop takes nothing more: it would hold what it never works at.
      while (!this.#stopped.signal.aborted) {
        const row = await this.#next()
        if (row === undefined) return
        await this.#run(row)
      }
    } catch (error) {
      this.#context.log.warn({ error: messageOf(error) }, 'a backtest could not be worked at for now')
    }
  }

  #next(): Promise<BacktestRow | undefined> {
    const now = this.#context.wallNow()
    const [at, until] = [now, now + heldMs].map((instant) => new Date(instant).toISOString())
    return rowOf(this.#context.database.application, takeBacktest(this.#name, at ?? '', until ?? ''))
  }

  async #run(row: BacktestRow): Promise<void> {
    const { program, id } = row
    const { application } = this.#context.database
    // Cancelled, or taken by another server: either way it is not ours any more.
    const lost = new AbortController()
    const interrupted = AbortSignal.any([this.#stopped.signal, lost.signal])
    const beat = setInterval(() => {
      const until = new Date(this.#context.wallNow() + heldMs).toISOString()
      countOf(application, holdBacktest(program, id, this.#name, until)).then(
        (held) => held === 1 || lost.abort(),
        () => undefined,
      )
    }, beatMs)
    try {
      const asked: Asked = JSON.parse(row.asked)
      const done = new Set((await rowsOf(application, partsDone(program, id))).map(({ part }) => part))
      const buckets = (await rowsOf(application, bucketsWithMembers(program))).map(({ bucket }) => bucket)
      // Of nobody there is a report, too.
      const parts = (buckets.length === 0 ? [0] : buckets).filter((bucket) => !done.has(bucket))
      await countOf(application, setParts(program, id, done.size + parts.length))
      const task: StoredTask = { order: orderOf(row, asked), connection: this.#context.database.connection }
      const onResult = async (part: number, result: StoredResult) => {
        if (!(await this.#keep(row, part, result))) lost.abort()
      }
      await decideParts({ file: storedWorker, task, parts, workers: workersMax, interrupted, onResult })
      if (!interrupted.aborted) await this.#finish(row, asked)
    } catch (error) {
      // The database is lost or busy: what is done stays, and the next look goes on from there.
      if (error instanceof DatabaseFailure) throw error
      if (!(error instanceof WorkerDied)) this.#context.log.error({ error: messageOf(error) }, 'a backtest has failed')
      // Else it would be tried again for ever, and whoever comes after it would wait.
      await this.#end(row, 'failed', null, messageOf(error))
    } finally {
      clearInterval(beat)
      await countOf(application, letBacktestGo(program, id, this.#name))
    }
  }

  /** False where it has ended or is another's. */
  #keep({ program, id }: BacktestRow, part: number, result: StoredResult): Promise<boolean> {
    return transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, countPart(program, id, this.#name))) === 0) return false
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
