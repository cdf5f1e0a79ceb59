import { randomUUID } from 'node:crypto'
import { drawRoundsOf, drawsIn } from '@laurel/engine'
import { DatabaseFailure, messageOf } from '../db/database-failure.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import { RecorderClosed, type RecordingContext } from '../decisions/recorder.ts'
import { keepsOccasions } from '../occasions/keep-occasions.ts'
import { instantOf } from '../programs/zone.ts'
import { fireDue } from './fire-due.ts'
import { isDayStart, nextStop } from './next-stop.ts'
import {
  type AdvanceRow,
  endAdvance,
  holdAdvance,
  letAdvanceGo,
  letAdvancesGo,
  moveClock,
  nextDueOf,
  takeAdvance,
} from './queries.ts'

/** A server that says nothing for so long is no more, and another one goes on. */
const heldMs = 60_000
/** So long one sandbox is worked at before the next has its turn. */
const turnMs = 500
/** So often it is asked whether what a caller waits for has ended. */
const lookMs = 100
/** So long a caller waits before it is told that it goes on: proxies give up after a minute. */
const patienceMs = 30_000

/**
 * Lets time pass in sandboxes (SBX-3). What is due fires at one stop, and only then the clock goes to the next: where it is stands
 * in the clock, so a crash repeats one stop at most, and repeating one does nothing.
 */
export class Advancer {
  readonly #context: RecordingContext
  readonly #deliver: (program: string) => Promise<void>
  readonly #name = randomUUID()
  readonly #walked = new Set<string>()
  #running: Promise<void> | null = null
  #isWoken = false
  #isClosed = false

  constructor(context: RecordingContext, deliver: (program: string) => Promise<void>) {
    this.#context = context
    this.#deliver = deliver
  }

  /** Goes on with what an earlier server has left. */
  async open(): Promise<void> {
    const { application, kind } = this.#context.database
    // Nobody else works on a folder of ours: who held something there is no more.
    if (kind === 'embedded') await countOf(application, letAdvancesGo())
    this.wake()
  }

  /** Something may be there to be worked at. */
  wake(): void {
    if (this.#isClosed) return
    this.#isWoken = true
    this.#running ??= this.#runAll().finally(() => {
      this.#running = null
    })
  }

  /** Resolves when `isEnded` says so, when only other servers have something to work at, or when a caller would lose patience. */
  async work(isEnded: () => Promise<boolean>): Promise<void> {
    const until = performance.now() + patienceMs
    this.wake()
    while (this.#running !== null && performance.now() < until && !(await isEnded())) {
      const look = Promise.withResolvers<void>()
      const timer = setTimeout(look.resolve, lookMs)
      await Promise.race([this.#running, look.promise])
      clearTimeout(timer)
    }
  }

  /** Lets go of what is under way, after the stop at which it is. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#running
  }

  async #runAll(): Promise<void> {
    try {
      // What is written down while the last look is under way is looked for once more.
      while (this.#isWoken && !this.#isClosed) {
        this.#isWoken = false
        for (let row = await this.#next(); row !== undefined; row = this.#isClosed ? undefined : await this.#next()) {
          await this.#takeTurn(row)
        }
      }
    } catch (error) {
      if (error instanceof RecorderClosed) return
      this.#context.log.warn({ error: messageOf(error) }, 'time could not be let pass in a sandbox for now')
    }
  }

  #next(): Promise<AdvanceRow | undefined> {
    const now = this.#context.wallNow()
    const [at, until] = [now, now + heldMs].map((instant) => new Date(instant).toISOString())
    return rowOf(this.#context.database.application, takeAdvance(this.#name, at ?? '', until ?? ''))
  }

  async #takeTurn(row: AdvanceRow): Promise<void> {
    const { program, id } = row
    const { application } = this.#context.database
    const until = performance.now() + turnMs
    try {
      while ((await this.#step(row)) && performance.now() < until && !this.#isClosed);
    } catch (error) {
      // Lost or busy, the database will be there again: the clock stands where it is, and the next look goes on from there.
      if (error instanceof DatabaseFailure || error instanceof RecorderClosed) throw error
      this.#context.log.error({ program, error: messageOf(error) }, 'time could not be let pass in a sandbox')
      // Else it would be tried again for ever.
      await countOf(application, endAdvance(program, id, 'failed', this.#wallText(), messageOf(error)))
    } finally {
      await countOf(application, letAdvanceGo(program, id, this.#name, this.#wallText()))
    }
  }

  /** Fires what is due where the clock is, and moves it to the next stop. False where there is nothing left to do, or it is not ours. */
  async #step({ program, id, to_at }: AdvanceRow): Promise<boolean> {
    const context = this.#context
    const { application } = context.database
    const found = await context.timelines.of(program)
    if (found === null) throw new Error('invariant: a sandbox begins with a version')
    const { zone } = found.latest
    // Read with the versions just now.
    const clock = context.now(program)
    const to = Date.parse(to_at)
    const takesResults = clock >= to || isDayStart(zone, clock)
    const fired = await fireDue(context, program, { walked: this.#walked, deliver: this.#deliver, takesResults })
    const due = await rowOf(application, nextDueOf(program, new Date(clock).toISOString()))
    const dueAt = due?.due_at == null ? null : Date.parse(due.due_at)
    const goesByDays = found.timeline.some(
      ({ program: version }) => version.leaderboards.size > 0 || keepsOccasions(version),
    )
    const moments = [
      ...found.timeline.map(({ fromAt }) => fromAt),
      ...drawsIn(found.timeline).flatMap((draw) =>
        drawRoundsOf(found.timeline, draw).map((round) => instantOf(zone, round.draw.closes)),
      ),
    ]
    return await transaction(application, async (tx) => {
      const until = new Date(context.wallNow() + heldMs).toISOString()
      if ((await countOf(tx, holdAdvance(program, id, this.#name, until, fired))) === 0) return false
      if (clock >= to) {
        await countOf(tx, endAdvance(program, id, 'done', this.#wallText(), null))
        return false
      }
      await countOf(
        tx,
        moveClock(program, new Date(nextStop({ zone, clock, to, goesByDays, dueAt, moments })).toISOString()),
      )
      return true
    })
  }

  #wallText(): string {
    return new Date(this.#context.wallNow()).toISOString()
  }
}
