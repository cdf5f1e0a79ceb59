import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { codeOf, DatabaseFailure } from '../db/database-failure.ts'
import { exchange, isSpoilt, step } from '../db/exchange.ts'
import { unreachable } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { conflictOf } from './admit.ts'
import { BatchRows } from './batch-rows.ts'
import type { Decided, Means } from './decide-batch.ts'
import { type KeptFact, overdueFactsAmong } from './gather.ts'
import { LostRace } from './lost-race.ts'
import { type MemberCache, memberNameOf } from './member-cache.ts'
import { commit, prepareSession, rollback } from './queries.ts'
import type { Task } from './task.ts'

/** Each lost race was somebody else's progress; who loses this often meets something that is no race. */
const ATTEMPTS_MAX = 12

/**
 * After so many, the members are held: whoever tells a long past again while another server goes on would lose every one. Not
 * before, since whoever holds a member keeps everybody else's batch with it waiting.
 */
const LOSSES_MAX = 4

/** How tasks are decided: at the member's head, or as late facts. Both are written, and lose races, alike. */
export interface Road<Kind extends Task> {
  /** Leaves the transaction open in which the rows are to be written. */
  decide(client: PoolClient, tasks: readonly Kind[], means: Means): Promise<Decided>
  /** With what a transaction has left over. */
  goOn(deferred: readonly Task[]): void
}

/** One connection, on which one transaction after another is decided, written and answered. */
export class Writer {
  readonly #means: Omit<Means, 'isHeld'>
  readonly #onSent: () => void
  #client: PoolClient | null = null
  /** How the last connection ended, if it did. */
  #ended: unknown = null

  constructor(context: ProgramContext, cache: MemberCache, onSent: () => void) {
    this.#means = { context, cache, rows: new BatchRows(context.wallNow) }
    this.#onSent = onSent
  }

  /** Gives the connection back. */
  close(): void {
    this.#release(undefined)
  }

  /** Never rejects: whatever happens is told to those who wait. */
  async travel<Kind extends Task>(tasks: readonly Kind[], road: Road<Kind>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      let deferred: readonly Task[] = []
      try {
        deferred = await this.#attempt(tasks, road, attempt > LOSSES_MAX)
      } catch (error) {
        const wasTooLong = this.#wasTooLong(error)
        await this.#abandon(error, tasks)
        if (wasTooLong) {
          await this.#divide(tasks, road, new TookTooLong())
          return
        }
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
      if (deferred.length > 0) road.goOn(deferred)
      return
    }
  }

  /** One transaction. Answers with the tasks that have to go another road. */
  async #attempt<Kind extends Task>(
    tasks: readonly Kind[],
    road: Road<Kind>,
    isHeld: boolean,
  ): Promise<readonly Task[]> {
    const client = await this.#connected()
    const decided = await road.decide(client, tasks, { ...this.#means, isHeld })
    if (decided.overdue.length > 0) await this.#keepOverdue(client, decided)
    await this.#commit(client)
    this.#settle(decided)
    return decided.deferred
  }

  /** A fact beyond what the program accepts waits for a person (EVT-4), once. */
  async #keepOverdue(client: PoolClient, { overdue, answers }: Decided): Promise<void> {
    const known = await overdueFactsAmong(
      client,
      overdue.map(({ task }) => task),
    )
    // What is sent twice at once is in no table yet.
    const kept = new Map<string, KeptFact>()
    for (const { task, rejection } of overdue) {
      const { content, submission, member } = task
      const name = `${memberNameOf(task.program, member)}\0${task.identity.name}`
      const before = known.get(task) ?? kept.get(name)
      const conflict = before === undefined ? null : conflictOf(task, member, before.hash)
      const became = before?.isDismissed === true ? 'a person has dismissed it' : 'it is kept for a person'
      answers.set(task, conflict ?? { status: 'rejected', ...rejection, detail: `${rejection.detail}; ${became}` })
      if (before !== undefined) continue
      kept.set(name, { hash: content.hash, isDismissed: false })
      const { source, id, occurredAt } = submission.event
      this.#means.rows.rare.addOverdueFact(task, {
        source,
        id,
        content: content.text,
        hash: content.hash,
        occurredAt: Date.parse(occurredAt ?? ''),
        at: this.#means.context.now(task.program),
      })
    }
  }

  async #commit(client: PoolClient): Promise<void> {
    const { isSending } = this.#means.rows.rare
    const writes = this.#means.rows.takeWrites()
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
      if (entry.member.left?.into === undefined) this.#means.cache.set(name, entry)
      else this.#means.cache.delete(name)
    }
    for (const [task, answer] of answers) task.settle(answer)
    for (const [task, hasFired] of fired) task.settle(hasFired)
  }

  /** Something in the batch cannot be written down: halves, down to the event at fault, so that its neighbours stand (LED-3). */
  async #divide<Kind extends Task>(tasks: readonly Kind[], road: Road<Kind>, error: unknown): Promise<void> {
    if (tasks.length <= 1) this.#refuseToGuess(tasks, error)
    else for (const half of halvesOf(tasks)) await this.travel(half, road)
  }

  #refuseToGuess(tasks: readonly Task[], error: unknown): void {
    const code = error instanceof TookTooLong ? 'took-too-long' : 'fault'
    const reference = randomUUID()
    const said = error instanceof Error ? error.stack : String(error)
    const { log } = this.#means.context
    log.error({ reference, code: codeOf(error), error: said, ...whomOf(tasks) }, 'an event could not be written down')
    for (const task of tasks) {
      if (task.kind === 'time') task.settle(false)
      else task.settle({ status: 'failed', code, reference })
    }
  }

  async #connected(): Promise<PoolClient> {
    if (this.#client !== null) return this.#client
    this.#ended = null
    const client = await this.#means.context.database.application.connect().catch((error) => {
      throw unreachable(error)
    })
    this.#client = client
    // Lost while nobody used it: the next batch shall not be the one to find out.
    const forget = (error?: Error) => {
      this.#ended ??= error ?? null
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

  /** The database is there: it has ended a session in which nothing was heard of us for as long as it waits. */
  #wasTooLong(error: unknown): boolean {
    return (
      codeOf(error) === IDLE_TOO_LONG || (error instanceof DatabaseFailure && codeOf(this.#ended) === IDLE_TOO_LONG)
    )
  }

  /** Back to a clean slate: no open transaction, no cached state that may be stale. */
  async #abandon(error: unknown, tasks: readonly Task[]): Promise<void> {
    for (const task of tasks) this.#means.cache.delete(memberNameOf(task.program, task.member))
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

/** PostgreSQL's `idle_in_transaction_session_timeout`. */
const IDLE_TOO_LONG = '25P03'

/** One event kept us computing for longer than the database waits for the next word of a transaction. */
class TookTooLong extends Error {
  override readonly name = 'TookTooLong'

  constructor() {
    super('to decide it took longer than the database waits')
  }
}

/** Of an event whoever sent it is told the reference; where time passes nobody is. */
const whomOf = ([task]: readonly Task[]) =>
  task?.kind === 'time' ? { program: task.program, member: task.member } : { program: task?.program }

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
