import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { codeOf, DatabaseFailure } from '../db/database-failure.ts'
import { exchange, isSpoilt, step } from '../db/exchange.ts'
import { explain } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { conflictOf } from './admit.ts'
import { BatchRows } from './batch-rows.ts'
import { type AtHand, type Decided, decideBatch } from './decide-batch.ts'
import { gather, overdueFactsAmong } from './gather.ts'
import { recordLate } from './late.ts'
import { LostRace } from './lost-race.ts'
import { type MemberCache, memberNameOf } from './member-cache.ts'
import { commit, prepareSession, rollback } from './queries.ts'
import { SharedRooms } from './shared-rooms.ts'
import { asksForWholePast, type EventTask, isFactTask, type Task } from './task.ts'
import type { Turns } from './turns.ts'

/**
 * Most tasks of one transaction: enough that its fixed cost vanishes, few enough that whoever waits behind it waits some ten
 * milliseconds.
 */
const BATCH_MAX = 500
/** Each lost race was somebody else's progress; who loses this often meets something that is no race. */
const ATTEMPTS_MAX = 12

/** How tasks are decided: at the member's head, or as late facts. Both gather, write and lose races alike. */
interface Road<Kind extends Task> {
  decide(client: PoolClient, tasks: readonly Kind[], atHand: AtHand): Decided | Promise<Decided>
  /** With what a transaction has left over. */
  goOn(deferred: readonly Task[]): Promise<void>
}

/**
 * One stream of transactions over a share of the buckets. While one batch is on its way, the next fills: under load batches
 * grow by themselves, and at rest nobody waits for company. A member belongs to one lane, so its events are decided one after
 * another (EVT-6).
 */
export class Lane {
  readonly #context: ProgramContext
  readonly #cache: MemberCache
  readonly #turns: Turns
  readonly #rows: BatchRows
  readonly #onSent: () => void
  #queue: Task[] = []
  #running: Promise<void> | null = null
  #client: PoolClient | null = null

  constructor(context: ProgramContext, cache: MemberCache, turns: Turns, onSent: () => void) {
    this.#context = context
    this.#rows = new BatchRows(context.wallNow)
    this.#cache = cache
    this.#turns = turns
    this.#onSent = onSent
  }

  add(task: Task): void {
    this.#queue.push(task)
    this.#turns.look()
    // Whoever arrives in the same turn of the event loop shares the transaction.
    this.#running ??= new Promise((resolve) => setImmediate(() => resolve(this.#drain())))
  }

  /** Settles when everything that was added has been answered; gives the connection back. */
  async close(): Promise<void> {
    await this.#running
    this.#release(undefined)
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#turns.take(() => this.#queue.length)
      const tasks = this.#queue.length <= BATCH_MAX ? this.#queue : this.#queue.slice(0, BATCH_MAX)
      this.#queue = this.#queue.length <= BATCH_MAX ? [] : this.#queue.slice(BATCH_MAX)
      await this.#record(tasks)
      this.#turns.give()
    }
    this.#running = null
  }

  #record(tasks: readonly Task[]): Promise<void> {
    return this.#travel(tasks, {
      decide: (_, batch, atHand) => decideBatch(this.#context, batch, atHand),
      goOn: (deferred) => this.#recordDeferred(deferred),
    })
  }

  #recordLate(tasks: readonly EventTask[]): Promise<void> {
    return this.#travel(tasks, {
      decide: recordLate,
      goOn: (deferred) => this.#record(deferred),
    })
  }

  /** Never rejects: whatever happens is told to those who wait. */
  async #travel<Kind extends Task>(tasks: readonly Kind[], road: Road<Kind>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      let deferred: readonly Task[] = []
      try {
        deferred = await this.#attempt(tasks, road)
      } catch (error) {
        await this.#abandon(error, tasks)
        if (error instanceof DatabaseFailure) {
          for (const task of tasks) task.fail(error)
          return
        }
        if (!isRace(error) || attempt >= ATTEMPTS_MAX) {
          await this.#divide(tasks, road, error)
          return
        }
        // Two who met shall not meet again; the first time is usually the last.
        if (attempt > 1) await delay(Math.random() * 2 ** Math.min(attempt, 6))
        continue
      }
      // Outside the try: what goes wrong with these is no reason to do the committed ones again.
      if (deferred.length > 0) await road.goOn(deferred)
      return
    }
  }

  /** One transaction. Answers with the tasks that have to go another road. */
  async #attempt<Kind extends Task>(tasks: readonly Kind[], road: Road<Kind>): Promise<readonly Task[]> {
    const client = await this.#connected()
    const decided = await this.#decide(client, tasks, road)
    if (decided.overdue.length > 0) await this.#keepOverdue(client, decided)
    await this.#commit(client)
    this.#settle(decided)
    return decided.deferred
  }

  /** A function of its own: what was read is garbage when it returns, before the wait for the rows to be written. */
  async #decide<Kind extends Task>(client: PoolClient, tasks: readonly Kind[], road: Road<Kind>): Promise<Decided> {
    const gathered = await gather(client, tasks, this.#cache, this.#context)
    const rooms = new SharedRooms()
    const nowByProgram = new Map(gathered.timelines.keys().map((program) => [program, this.#context.now(program)]))
    const now = (program: string) => nowByProgram.get(program) ?? this.#context.now(program)
    const pass = () => {
      this.#rows.clear()
      rooms.begin()
      return road.decide(client, tasks, { gathered, rooms, rows: this.#rows, now })
    }
    let decided = await pass()
    while (rooms.isAsking) {
      await rooms.claim(client)
      decided = await pass()
    }
    rooms.writeInto(this.#rows)
    return decided
  }

  /** A fact beyond what the program accepts waits for a person (EVT-4), once. */
  async #keepOverdue(client: PoolClient, { overdue, answers }: Decided): Promise<void> {
    const known = await overdueFactsAmong(
      client,
      overdue.map(({ task }) => task),
    )
    for (const { task, rejection } of overdue) {
      const { content, submission, member } = task
      const stored = known.get(task)
      const conflict = stored === undefined ? null : conflictOf(task, member, stored)
      answers.set(task, conflict ?? { status: 'rejected', ...rejection })
      if (stored !== undefined) continue
      const { source, id, occurredAt } = submission.event
      this.#rows.rare.addOverdueFact(task, {
        source,
        id,
        content: content.text,
        hash: content.hash,
        occurredAt: Date.parse(occurredAt ?? ''),
        at: this.#context.now(task.program),
      })
    }
  }

  async #commit(client: PoolClient): Promise<void> {
    const { isSending } = this.#rows.rare
    const writes = this.#rows.takeWrites()
    if (writes.length === 0) {
      await exchange(client, [step(rollback)])
      return
    }
    const outcomes = await exchange(
      client,
      writes.map((write) => write.step),
    )
    for (const [index, { rows, step: written }] of writes.entries()) {
      if (rows !== null && outcomes[index]?.count !== rows) {
        throw new LostRace(`${written.statement.name} wrote ${outcomes[index]?.count} of ${rows} rows`)
      }
    }
    await exchange(client, [step(commit)], true)
    if (isSending) this.#onSent()
  }

  #settle({ answers, fired, entries }: Decided): void {
    for (const [name, entry] of entries) {
      // Who was merged is never decided for, so no guard would find out that another server has undone it.
      if (entry.member.left?.into === undefined) this.#cache.set(name, entry)
      else this.#cache.delete(name)
    }
    for (const [task, answer] of answers) task.settle(answer)
    for (const [task, hasFired] of fired) task.settle(hasFired)
  }

  /** Of each member the late facts up to the next request, in one replay; then the rest as usual. */
  async #recordDeferred(deferred: readonly Task[]): Promise<void> {
    const late: EventTask[] = []
    const rest: Task[] = []
    for (const tasks of Map.groupBy(deferred, (task) => memberNameOf(task.program, task.member)).values()) {
      const [first, ...others] = tasks
      if (first?.kind === 'event' && asksForWholePast(first.submission.event.type)) {
        late.push(first)
        rest.push(...others)
        continue
      }
      const end = tasks.findIndex((task) => !isFactTask(task))
      late.push(...(end < 0 ? tasks : tasks.slice(0, end)).filter(isFactTask))
      if (end >= 0) rest.push(...tasks.slice(end))
    }
    if (late.length > 0) await this.#recordLate(late)
    if (rest.length > 0) await this.#record(rest)
  }

  /** Something in the batch cannot be written down: halves, down to the event at fault, so that its neighbours stand (LED-3). */
  async #divide<Kind extends Task>(tasks: readonly Kind[], road: Road<Kind>, error: unknown): Promise<void> {
    if (tasks.length <= 1) this.#refuseToGuess(tasks, error)
    else for (const half of halvesOf(tasks)) await this.#travel(half, road)
  }

  #refuseToGuess(tasks: readonly Task[], error: unknown): void {
    const reference = randomUUID()
    const said = error instanceof Error ? error.stack : String(error)
    this.#context.log.error({ reference, code: codeOf(error), error: said }, 'an event could not be written down')
    for (const task of tasks) {
      if (task.kind === 'time') task.settle(false)
      else task.settle({ status: 'failed', reference })
    }
  }

  async #connected(): Promise<PoolClient> {
    if (this.#client !== null) return this.#client
    const client = await this.#context.database.application.connect().catch((error) => {
      throw explain(error)
    })
    this.#client = client
    // Lost while nobody used it: the next batch shall not be the one to find out.
    const forget = (error?: Error) => {
      if (this.#client === client) this.#release(error ?? new Error('the connection has ended'))
    }
    client.once('error', forget)
    client.once('end', forget)
    await exchange(
      client,
      prepareSession.map((statement) => step(statement)),
    )
    return client
  }

  /** Back to a clean slate: no open transaction, no cached state that may be stale. */
  async #abandon(error: unknown, tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) this.#cache.delete(memberNameOf(task.program, task.member))
    const client = this.#client
    if (client === null) return
    if (error instanceof DatabaseFailure && error.code === 'database-unavailable') {
      this.#release(error)
      return
    }
    try {
      await exchange(client, [step(rollback)])
      if (isSpoilt(client)) this.#release(new Error('prepared statements of an unknown state'))
    } catch {
      this.#release(new Error('a transaction that could not be rolled back'))
    }
  }

  #release(error: Error | undefined): void {
    const client = this.#client
    this.#client = null
    client?.release(error)
  }
}

/** By members while there are several, so that each one's events stay together and in order; then one by one. */
function halvesOf<Kind extends Task>(tasks: readonly Kind[]): Kind[][] {
  const byMember = [...Map.groupBy(tasks, (task) => memberNameOf(task.program, task.member)).values()]
  if (byMember.length === 1) return tasks.map((task) => [task])
  const half = Math.ceil(byMember.length / 2)
  return [byMember.slice(0, half).flat(), byMember.slice(half).flat()]
}

/**
 * Constraints where two who do the same at the same time meet; any other one says that the rows are wrong. All of a batch is
 * sent before its first answer is read: who lost the race for a member finds the winner's decision already there.
 */
const racingConstraints = new Set(['identity_pkey', 'member_pkey', 'balance_pkey', 'decision_pkey'])
const racingCodes = new Set(['40001', '40P01'])

function isRace(error: unknown): boolean {
  if (error instanceof LostRace) return true
  const code = codeOf(error)
  if (code === undefined) return false
  if (racingCodes.has(code)) return true
  return (
    code === '23505' &&
    typeof error === 'object' &&
    error !== null &&
    'constraint' in error &&
    racingConstraints.has(String(error.constraint))
  )
}
