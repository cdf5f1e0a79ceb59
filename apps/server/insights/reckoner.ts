import { readingWorkersMax } from '../db/connections.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import { decideParts } from '../jobs/decide-parts.ts'
import { LongWork, type Turn } from '../jobs/long-work.ts'
import type { ReadingTask } from '../jobs/reading-worker.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { gatherTallies } from './gather-tallies.ts'
import type { Habits } from './habits.ts'
import { HABITS_MEGABYTES, type HabitsOrder, habitsWorker } from './habits-worker.ts'
import {
  countRunPart,
  deleteRunParts,
  endRun,
  holdRun,
  insertRunPart,
  letAllRunsGo,
  letRunGo,
  noteHabits,
  type RunRow,
  runPartAfter,
  runPartsDone,
  takeRun,
  tallyBuckets,
} from './queries.ts'
import { readLifts } from './read-lifts.ts'
import { SCORE_MEGABYTES, type ScoredPart, type ScoreOrder, scoreWorker } from './score-worker.ts'
import { addSums } from './sums.ts'
import { writeReports } from './write-reports.ts'

/**
 * Works at the runs that are written down: counts what is not counted yet, fits how members buy in a thread of its own, scores members
 * bucket by bucket in threads, and makes the reports of what the parts come to. What is done stays with the run, so that a crash
 * loses the fit, or one part.
 */
export class Reckoner extends LongWork<RunRow> {
  protected override readonly what = 'a reading of what the records tell'
  readonly #context: ProgramContext

  constructor(context: ProgramContext) {
    super(context)
    this.#context = context
  }

  protected override take(holder: string, at: string, until: string) {
    return rowOf(this.#context.database.application, takeRun(holder, at, until))
  }

  protected override async hold({ program, id }: RunRow, holder: string, until: string) {
    return (await countOf(this.#context.database.application, holdRun(program, id, holder, until))) === 1
  }

  protected override letGo({ program, id }: RunRow, holder: string) {
    return countOf(this.#context.database.application, letRunGo(program, id, holder))
  }

  protected override letAllGo() {
    return countOf(this.#context.database.application, letAllRunsGo())
  }

  protected override fail(row: RunRow, message: string) {
    return this.#end(row, 'failed', message)
  }

  protected override async work(row: RunRow, turn: Turn): Promise<void> {
    const { program } = row
    const { interrupted } = turn
    if (!(await gatherTallies(this.#context, program, { interrupted }))) return
    const habits = row.habits === null ? await this.#fit(row, turn) : (JSON.parse(row.habits) as Habits)
    if (habits === null || !(await this.#score(row, habits, turn))) return
    const lifts = await readLifts(this.#context, program, habits.asOf, interrupted)
    if (lifts === null) return
    await writeReports(this.#context, program, { habits, lifts, ...(await this.#partsOf(row)) })
    await this.#end(row, 'done', null)
  }

  /** Null: it was interrupted, or is another's. */
  async #fit(row: RunRow, { holder, interrupted }: Turn): Promise<Habits | null> {
    const { program, id, as_of } = row
    const { application, connection } = this.#context.database
    const task: ReadingTask<HabitsOrder> = { order: { program, asOf: as_of }, connection }
    let fitted: Habits | null = null
    await decideParts<Habits>({
      ...{ file: habitsWorker, heapMegabytes: HABITS_MEGABYTES, task, parts: [0], workers: 1, interrupted },
      onResult: (_, habits) => {
        fitted = habits
      },
    })
    if (fitted === null) return null
    const parts = (await rowsOf(application, tallyBuckets(program))).length
    const noted = await countOf(application, noteHabits(program, id, holder, JSON.stringify(fitted), parts))
    return noted === 0 ? null : fitted
  }

  /** Whether every part is done. */
  async #score(row: RunRow, habits: Habits, { holder, interrupted, lose }: Turn): Promise<boolean> {
    const { program, id } = row
    const { application, connection } = this.#context.database
    const done = new Set((await rowsOf(application, runPartsDone(program, id))).map(({ part }) => part))
    const buckets = (await rowsOf(application, tallyBuckets(program))).map(({ bucket }) => bucket)
    const task: ReadingTask<ScoreOrder> = { order: { program, habits }, connection }
    await decideParts<ScoredPart>({
      ...{ file: scoreWorker, heapMegabytes: SCORE_MEGABYTES, task, workers: readingWorkersMax, interrupted },
      parts: buckets.filter((bucket) => !done.has(bucket)),
      onResult: async (part, result) => {
        if (!(await this.#keep(row, holder, part, result))) lose()
      },
    })
    return !interrupted.aborted
  }

  /** False where it has ended or is another's. */
  #keep({ program, id }: RunRow, holder: string, part: number, result: ScoredPart): Promise<boolean> {
    return transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, countRunPart(program, id, holder))) === 0) return false
      await countOf(tx, insertRunPart(program, id, part, JSON.stringify(result)))
      return true
    })
  }

  async #partsOf({ program, id }: RunRow): Promise<ScoredPart> {
    const { application } = this.#context.database
    const all: ScoredPart = { members: {}, points: {}, lapsing: {} }
    let last = -1
    for (let next = await rowOf(application, runPartAfter(program, id, last)); next; ) {
      const { members, points, lapsing }: ScoredPart = JSON.parse(next.result)
      addSums(all.members, members)
      addSums(all.points, points)
      addSums(all.lapsing, lapsing)
      last = next.part
      next = await rowOf(application, runPartAfter(program, id, last))
    }
    return all
  }

  async #end({ program, id }: RunRow, status: 'done' | 'failed', failure: string | null): Promise<void> {
    const at = new Date(this.#context.now(program)).toISOString()
    await transaction(this.#context.database.application, async (tx) => {
      if ((await countOf(tx, endRun(program, id, status, at, failure))) === 0) return
      await countOf(tx, deleteRunParts(program, id))
    })
  }
}
