import type { ProgramContext } from '../programs/timeline.ts'
import { decideBatch } from './decide-batch.ts'
import { recordLate } from './late.ts'
import { type MemberCache, memberNameOf } from './member-cache.ts'
import { asksForWholePast, type EventTask, isFactTask, type Task } from './task.ts'
import type { Turns } from './turns.ts'
import { Writer } from './writer.ts'

/**
 * Most tasks of one transaction: enough that its fixed cost vanishes, few enough that whoever waits behind it waits some ten
 * milliseconds.
 */
const BATCH_MAX = 500

/**
 * Late facts of one transaction, at least those of one batch: with all that a program may waive of them they fit into its places in
 * the feed.
 */
const LATE_MAX = 1000

/**
 * One stream of transactions over a share of the buckets. While one batch is on its way, the next fills: under load batches
 * grow by themselves, and at rest nobody waits for company. A member belongs to one lane, so its events are decided one after
 * another (EVT-6).
 *
 * Late facts go a road of their own beside it, on a connection of their own: to tell a long past again takes seconds, which the
 * other members of the lane do not wait for. What comes for the same members meanwhile does, and is then decided together.
 */
export class Lane {
  readonly #turns: Turns
  readonly #head: Writer
  readonly #past: Writer
  #queue: Task[] = []
  #running: Promise<void> | null = null
  /** Late facts, of one member after another. */
  #late: { readonly member: string; readonly tasks: readonly EventTask[] }[] = []
  #telling: Promise<void> | null = null
  /** By member: what waits until its late facts are recorded. */
  readonly #waiting = new Map<string, Task[]>()

  constructor(context: ProgramContext, cache: MemberCache, turns: Turns, onSent: () => void) {
    this.#turns = turns
    this.#head = new Writer(context, cache, onSent)
    this.#past = new Writer(context, cache, onSent)
  }

  add(task: Task): void {
    this.#queue.push(task)
    this.#turns.look()
    this.#start()
  }

  /** Settles when everything that was added has been answered; gives the connections back. */
  async close(): Promise<void> {
    while (this.#running !== null || this.#telling !== null) await (this.#running ?? this.#telling)
    this.#head.close()
    this.#past.close()
  }

  #start(): void {
    // Whoever arrives in the same turn of the event loop shares the transaction.
    this.#running ??= new Promise((resolve) => setImmediate(() => resolve(this.#drain())))
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#turns.take(() => this.#queue.length)
      const tasks = this.#next()
      if (tasks.length > 0) {
        await this.#head.travel(tasks, { decide: decideBatch, goOn: (deferred) => this.#defer(deferred) })
      }
      this.#turns.give()
    }
    this.#running = null
  }

  #next(): Task[] {
    const tasks = this.#queue.slice(0, BATCH_MAX)
    this.#queue = this.#queue.slice(BATCH_MAX)
    if (this.#waiting.size === 0) return tasks
    return tasks.filter((task) => {
      const waiting = this.#waiting.get(nameOf(task))
      waiting?.push(task)
      return waiting === undefined
    })
  }

  /** Of each member the late facts up to the next request, in one replay; the rest waits for them. */
  #defer(deferred: readonly Task[]): void {
    for (const [name, tasks] of Map.groupBy(deferred, nameOf)) {
      const [first] = tasks
      const isAlone = first?.kind === 'event' && asksForWholePast(first.submission.event.type)
      const end = isAlone ? 1 : tasks.findIndex((task) => !isFactTask(task))
      const late = (end < 0 ? tasks : tasks.slice(0, end)).filter((task) => task.kind === 'event')
      this.#late.push({ member: name, tasks: late })
      this.#waiting.set(name, end < 0 ? [] : tasks.slice(end))
    }
    this.#telling ??= this.#tell()
  }

  async #tell(): Promise<void> {
    while (this.#late.length > 0) {
      const members: string[] = []
      const tasks: EventTask[] = []
      for (let next = this.#late[0]; next && tasks.length + next.tasks.length <= LATE_MAX; next = this.#late[0]) {
        members.push(next.member)
        tasks.push(...next.tasks)
        this.#late.shift()
      }
      const deferred: Task[] = []
      await this.#past.travel(tasks, { decide: recordLate, goOn: (some) => deferred.push(...some) })
      this.#goOn(members, deferred)
    }
    this.#telling = null
  }

  /** First what the late facts have left over, then what waited for them. */
  #goOn(members: readonly string[], deferred: readonly Task[]): void {
    const waited = members.flatMap((member) => this.#waiting.get(member) ?? [])
    for (const member of members) this.#waiting.delete(member)
    this.#queue = [...deferred, ...waited, ...this.#queue]
    if (this.#queue.length > 0) this.#start()
  }
}

const nameOf = ({ program, member }: Task): string => memberNameOf(program, member)
