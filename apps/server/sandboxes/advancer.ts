import { drawRoundsOf, drawsIn } from '@laurel/engine'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import { RecorderClosed, type RecordingContext } from '../decisions/recorder.ts'
import { LongWork, type Turn } from '../jobs/long-work.ts'
import { keepsOccasions } from '../occasions/keep-occasions.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { instantOf } from '../programs/zone.ts'
import { fireDue } from './fire-due.ts'
import { isDayStart, nextStop } from './next-stop.ts'
import {
  type AdvanceRow,
  countFired,
  endAdvance,
  holdAdvance,
  letAdvanceGo,
  letAdvancesGo,
  moveClock,
  nextDueOf,
  takeAdvance,
} from './queries.ts'

/** So long one sandbox is worked at before the next has its turn. */
const turnMs = 500
/** So often it is asked whether what a caller waits for has ended. */
const lookMs = 100
/** So long a caller waits before it is told that it goes on: proxies give up after a minute. */
const patienceMs = 30_000

/**
 * Lets time pass in sandboxes (SBX-3). What is due fires at one stop, and only then the clock goes to the next: how far it is stands
 * in the clock, so a crash repeats one stop at most, and repeating one does nothing.
 */
export class Advancer extends LongWork<AdvanceRow> {
  readonly #context: RecordingContext
  readonly #deliver: (program: string) => Promise<void>
  readonly #walked = new Set<string>()
  protected override readonly what = 'an advance'

  constructor(context: RecordingContext, deliver: (program: string) => Promise<void>) {
    super(context)
    this.#context = context
    this.#deliver = deliver
  }

  /** Resolves when `isEnded` says so, when only other servers have something to work at, or when a caller would lose patience. */
  async workUntil(isEnded: () => Promise<boolean>): Promise<void> {
    const until = performance.now() + patienceMs
    this.wake()
    let isIdle = false
    while (!(await isEnded()) && !isIdle && performance.now() < until) {
      const look = Promise.withResolvers<boolean>()
      const timer = setTimeout(look.resolve, lookMs, false)
      isIdle = await Promise.race([this.settled().then(() => true), look.promise])
      clearTimeout(timer)
    }
  }

  protected override take(holder: string, at: string, until: string) {
    return rowOf(this.#context.database.application, takeAdvance(holder, at, until))
  }

  protected override async hold({ program, id }: AdvanceRow, holder: string, until: string) {
    return (await countOf(this.#context.database.application, holdAdvance(program, id, holder, until))) === 1
  }

  protected override letGo({ program, id }: AdvanceRow, holder: string) {
    return countOf(this.#context.database.application, letAdvanceGo(program, id, holder, this.#wallText()))
  }

  protected override letAllGo() {
    return countOf(this.#context.database.application, letAdvancesGo())
  }

  protected override fail({ program, id }: AdvanceRow, message: string) {
    const { application } = this.#context.database
    return countOf(application, endAdvance(program, id, 'failed', this.#wallText(), message))
  }

  protected override async work(row: AdvanceRow, { holder, interrupted }: Turn): Promise<void> {
    const until = performance.now() + turnMs
    try {
      while ((await this.#step(row, holder)) && performance.now() < until && !interrupted.aborted);
    } catch (error) {
      // The server is being stopped: the next one goes on from where the clock is.
      if (!(error instanceof RecorderClosed)) throw error
    }
  }

  /** Fires what is due where the clock is, and moves it to the next stop. False where there is nothing left to do, or it is not ours. */
  async #step({ program, id, to_at }: AdvanceRow, holder: string): Promise<boolean> {
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
    const next = nextStop({ zone, clock, to, dueAt, ...knownOf(found) })
    return await transaction(application, async (tx) => {
      if ((await countOf(tx, countFired(program, id, holder, fired))) === 0) return false
      if (clock >= to) {
        await countOf(tx, endAdvance(program, id, 'done', this.#wallText(), null))
        return false
      }
      await countOf(tx, moveClock(program, new Date(next).toISOString()))
      return true
    })
  }

  #wallText(): string {
    return new Date(this.#context.wallNow()).toISOString()
  }
}

/** What its versions say of moments at which something will have to be done. */
function knownOf({ timeline, latest }: ProgramTimeline) {
  const draws = drawsIn(timeline).flatMap((draw) => drawRoundsOf(timeline, draw))
  return {
    goesByDays: timeline.some(({ program }) => program.leaderboards.size > 0 || keepsOccasions(program)),
    moments: [
      ...timeline.map(({ fromAt, pilot }) => pilot?.fromAt ?? fromAt),
      ...draws.map(({ draw: { closes } }) => instantOf(latest.zone, closes)),
    ],
  }
}
