import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { DatabaseFailure, messageOf } from '../db/database-failure.ts'

/** A server that says nothing for so long is no more, and another one goes on. */
const heldMs = 60_000
const beatMs = 15_000

/** One turn at a piece of work. */
export interface Turn {
  /** As whom this server holds it. */
  readonly holder: string
  /** The server is to stop, or the work is not ours any more. */
  readonly interrupted: AbortSignal
  /** It was found to be another's, or over. */
  lose(): void
}

/** What reads the clock of a program, if it has one of its own. */
interface Timed extends Context {
  readonly timelines: { of(program: string): Promise<unknown> }
}

/**
 * Works at what is written down, one piece after another. What is done of a piece stays with it, so that a crash loses little;
 * another server goes on when nobody has held it for a while.
 */
export abstract class LongWork<Row extends { readonly program: string }> {
  protected readonly context: Timed
  readonly #holder = randomUUID()
  readonly #stopped = new AbortController()
  #running: Promise<void> | null = null
  #isWoken = false

  constructor(context: Timed) {
    this.context = context
  }

  /** What it is, for the log. */
  protected abstract readonly what: string
  /** The oldest piece that nobody holds, from now on held by us. */
  protected abstract take(holder: string, at: string, until: string): Promise<Row | undefined>
  /** False where it is not ours any more. */
  protected abstract hold(row: Row, holder: string, until: string): Promise<boolean>
  protected abstract letGo(row: Row, holder: string): Promise<unknown>
  protected abstract letAllGo(): Promise<unknown>
  protected abstract work(row: Row, turn: Turn): Promise<void>
  /** Else it would be tried again for ever, and whoever comes after it would wait. */
  protected abstract fail(row: Row, message: string): Promise<unknown>

  /** Goes on with what an earlier server has left. */
  async open(): Promise<void> {
    // Nobody else works on a folder of ours: who held something there is no more.
    if (this.context.database.kind === 'embedded') await this.letAllGo()
    this.wake()
  }

  /** Something may be there to be worked at. */
  wake(): void {
    if (this.#stopped.signal.aborted) return
    this.#isWoken = true
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
      // Who is to stop takes nothing more: it would hold what it never works at. What is written down while the last look is under
      // way is looked for once more.
      while (this.#isWoken && !this.#stopped.signal.aborted) {
        this.#isWoken = false
        const now = this.context.wallNow()
        const [at = '', until = ''] = [now, now + heldMs].map((instant) => new Date(instant).toISOString())
        const row = await this.take(this.#holder, at, until)
        if (row === undefined) continue
        this.#isWoken = true
        await this.#run(row)
      }
    } catch (error) {
      this.context.log.warn({ error: messageOf(error) }, `${this.what} could not be worked at for now`)
    }
  }

  async #run(row: Row): Promise<void> {
    const lost = new AbortController()
    const interrupted = AbortSignal.any([this.#stopped.signal, lost.signal])
    const beat = setInterval(() => {
      const until = new Date(this.context.wallNow() + heldMs).toISOString()
      this.hold(row, this.#holder, until).then(
        (held) => held || lost.abort(),
        () => undefined,
      )
    }, beatMs)
    try {
      // Nobody may have asked this server for anything in a sandbox since it is there, and its end is dated there (SBX-1).
      await this.context.timelines.of(row.program)
      await this.work(row, { holder: this.#holder, interrupted, lose: () => lost.abort() })
    } catch (error) {
      // The database is lost or busy: what is done stays, and the next look goes on from there.
      if (error instanceof DatabaseFailure) throw error
      this.context.log.error({ program: row.program, err: error }, `${this.what} has failed`)
      await this.fail(row, messageOf(error))
    } finally {
      clearInterval(beat)
      await this.letGo(row, this.#holder)
    }
  }
}
