import { randomUUID } from 'node:crypto'
import {
  type Decision,
  decide,
  type Effect,
  everShares,
  type Grant,
  isToldAgain,
  type Member,
  needsOfRecord,
  ordersLinked,
  type RequestAnswer,
  type TimePassed,
  takenBy,
  voucherOf,
  vouchersAwaiting,
} from '@laurel/engine'
import { type AssetBalances, chainStart, transfersOf } from '@laurel/ledger'
import type { PoolClient } from 'pg'
import type { Context } from '../context.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import { Admission } from './admit.ts'
import type { BatchRows } from './batch-rows.ts'
import type { Pinned, StoredEvent } from './content.ts'
import { clocksOf, type Gathered, gather, keysOf, rowNameOf } from './gather.ts'
import { newcomer } from './history.ts'
import { type MemberCache, type MemberEntry, memberNameOf } from './member-cache.ts'
import { versionsForMember } from './own-versions.ts'
import type { Owner } from './owner.ts'
import type { Rejection } from './reject.ts'
import { SharedRooms } from './shared-rooms.ts'
import { stamped, stampOf } from './stamp.ts'
import type { Answer, Moved } from './submission.ts'
import { asksForWholePast, type EventTask, type Task, type TimeTask } from './task.ts'
import { type EventToWrite, writeDecision } from './write-decision.ts'
import { writeMember } from './write-member.ts'

/** What a batch is decided with, here or as late facts. */
export interface Means {
  readonly context: ProgramContext
  readonly cache: MemberCache
  /** What is to be written. */
  readonly rows: BatchRows
  /** The members are to be locked before they are read, and stay so: enough races were lost. */
  readonly isHeld: boolean
}

/** What one pass over a batch goes by: what was read for it, what it may take of rooms, and where it writes rows down. */
export interface AtHand {
  readonly gathered: Gathered
  readonly rooms: SharedRooms
  readonly rows: BatchRows
  /** The clock of each program that was read for it, read once (`clocksOf`). */
  readonly now: (program: string) => number
}

/** What a batch came to: its rows are made, and none of them is in the database yet. */
export interface Decided {
  /** To be told once the rows are durable. */
  readonly answers: Map<EventTask, Answer | Moved>
  /** Whether anything fired, to be told then, too. */
  readonly fired: Map<TimeTask, boolean>
  /** Late facts, and whatever came after them for the same member: they go the slow road, in this order. */
  readonly deferred: Task[]
  /** Members as they will be, by name; the ones whose rows are written. */
  readonly entries: Map<string, MemberEntry>
  /** Facts beyond what the program accepts: they are kept for a person, unless they are known there. */
  readonly overdue: { readonly task: EventTask; readonly rejection: Rejection }[]
}

/** A member in the middle of a batch. */
interface Working {
  readonly owner: Owner
  readonly entry: MemberEntry | null
  readonly timeline: ProgramTimeline
  /** With the orders and finished holds that the batch has touched. */
  member: Member
  transferCount: number
  hash: string
  recordedAt: number
  /** What the ledger has posted in this batch. */
  readonly movements: AssetBalances[]
  isDeferred: boolean
}

/**
 * Reads what the tasks of a batch need, decides them one by one, in the order in which they came, and writes the rows down. What
 * they ask of what members share is claimed, and all of them are decided again with what there is of it (EARN-5).
 */
export async function decideBatch(client: PoolClient, tasks: readonly Task[], means: Means): Promise<Decided> {
  const { context, cache, rows, isHeld } = means
  const gathered = await gather(client, tasks, cache, context, isHeld)
  const rooms = new SharedRooms()
  const now = clocksOf(gathered, context)
  const pass = () => {
    rows.clear()
    rooms.begin()
    const batch = new Batch(context, { gathered, rooms, rows, now })
    for (const task of tasks) batch.decide(task)
    return batch.close()
  }
  let decided = pass()
  while (rooms.isAsking) {
    await rooms.claim(client)
    decided = pass()
  }
  rooms.writeInto(rows)
  return decided
}

class Batch {
  readonly #context: Context
  readonly #gathered: Gathered
  readonly #rooms: SharedRooms
  readonly #rows: BatchRows
  readonly #now: AtHand['now']
  readonly #working = new Map<string, Working>()
  readonly #admission: Admission
  readonly #answers: Decided['answers'] = new Map()
  readonly #fired: Decided['fired'] = new Map()
  readonly #deferred: Task[] = []
  readonly #overdue: { task: EventTask; rejection: Rejection }[] = []

  constructor(context: Context, { gathered, rooms, rows, now }: AtHand) {
    this.#rooms = rooms
    this.#context = context
    this.#gathered = gathered
    this.#rows = rows
    this.#now = now
    this.#admission = new Admission(gathered, now)
  }

  decide(task: Task): void {
    const working = this.#working.get(memberNameOf(task.program, task.member))
    if (working?.isDeferred === true) {
      this.#deferred.push(task)
      return
    }
    try {
      if (task.kind === 'time') this.#passTime(task)
      else this.#decideEvent(task)
    } catch (error) {
      // One event never fails its neighbours: nothing of it has been written down yet, and rooms are noted after that.
      this.#fail(task, error)
    }
  }

  close(): Decided {
    const entries = new Map<string, MemberEntry>()
    for (const [name, working] of this.#working) {
      const before = working.entry
      if (working.member.seq === (before?.member.seq ?? 0)) continue
      entries.set(name, writeMember(this.#rows, working))
    }
    const [answers, fired, deferred, overdue] = [this.#answers, this.#fired, this.#deferred, this.#overdue]
    return { answers, fired, deferred, entries, overdue }
  }

  #fail(task: Task, error: unknown): void {
    if (task.kind === 'time') {
      // Nobody asked for it who could be told a reference.
      const { program, member } = task
      this.#context.log.error({ program, member, err: error }, 'time could not be passed for a member')
      this.#fired.set(task, false)
      return
    }
    const reference = randomUUID()
    const { type } = task.submission.event
    const fields = {
      reference,
      program: task.program,
      type,
      error: error instanceof Error ? error.stack : String(error),
    }
    this.#context.log.error(fields, 'an event could not be decided')
    this.#answers.set(task, { status: 'failed', code: 'fault', reference })
  }

  #passTime(task: TimeTask): void {
    const working = this.#workingOf(task)
    if (working === null || working.entry === null) {
      this.#fired.set(task, false)
      return
    }
    const { timeline, latest } = working.timeline
    const now = this.#now(task.program)
    const stamp = stampOf(timeline, latest, now, null, now)
    const { decision } = this.#judge(working.timeline, working.member, { type: 'time.passed', stamp })
    const { effects, member } = decision
    if (effects.length > 0) this.#write(working, { effects, member, event: null })
    this.#rooms.note(working.timeline, effects)
    this.#fired.set(task, effects.length > 0)
  }

  #decideEvent(task: EventTask): void {
    const working = this.#workingOf(task)
    const known = this.#admission.movedTo(task, working?.member ?? null) ?? this.#admission.answerTo(task)
    if (known !== null) {
      this.#answers.set(task, known)
      return
    }
    if (working === null) {
      const detail = `no version of ${task.program} is published`
      this.#answers.set(task, { status: 'rejected', code: 'unknown-program', detail })
      return
    }
    const isThere = working.entry !== null || working.member.seq > 0
    const rejection = this.#admission.rejectionOfTask(task, working.timeline, isThere ? working.member : null)
    if (rejection === null) this.#decideFor(task, working)
    else if (rejection.code === 'overdue') this.#overdue.push({ task, rejection })
    else this.#answers.set(task, { status: 'rejected', ...rejection })
  }

  #decideFor(task: EventTask, working: Working): void {
    const { submission, content } = task
    const { timeline } = working
    const before = this.#withNeeds(task, working.member)
    const now = this.#now(task.program)
    const { event, pinned } = stamped({ submission, content, timeline, member: before, now })
    // What the member's own state connects with other orders has them all at hand on the slow road.
    if (
      isToldAgain(timeline.timeline, working.member, event) ||
      asksForWholePast(event.type) ||
      isMissing(ordersLinked(working.member, event), working.member, task)
    ) {
      working.isDeferred = true
      this.#deferred.push(task)
      return
    }
    const judged = this.#judge(timeline, before, event)
    const { decision, grants } = judged
    const withGrants = grants === null ? pinned : { ...pinned, grants }
    this.#write(working, { ...decision, before, event: judged.event, pinned: withGrants, task })
    this.#rooms.note(timeline, decision.effects)
  }

  /**
   * The engine decides as if there were enough of what members share. Where a version of the program shares something, that only
   * says what the event asks for, and the decision is the one with what it gets, pinned on it (EARN-5).
   */
  #judge<Event extends StoredEvent | TimePassed>(
    { timeline, latest }: ProgramTimeline,
    member: Member,
    event: Event,
  ): { readonly decision: Decision; readonly event: Event; readonly grants: readonly Grant[] | null } {
    const asked = decide(timeline, member, event)
    if (!everShares(timeline)) return { decision: asked, event, grants: null }
    const grants = this.#rooms.grant({ timeline, latest }, takenBy(asked.effects), (offered) =>
      takenBy(decide(timeline, member, { ...event, grants: offered }).effects),
    )
    const granted = { ...event, grants }
    return { decision: decide(timeline, member, granted), event: granted, grants }
  }

  #workingOf({ program, member, bucket }: Task): Working | null {
    const name = memberNameOf(program, member)
    const known = this.#working.get(name)
    if (known !== undefined) return known
    const versions = this.#gathered.timelines.get(program) ?? null
    if (versions === null) return null
    const entry = this.#gathered.members.get(name) ?? null
    const standing = entry?.member ?? newcomer({ program, id: member })
    const working: Working = {
      owner: { bucket, program, member },
      entry,
      timeline: versionsForMember(versions, standing),
      member: standing,
      transferCount: entry?.transferCount ?? 0,
      hash: entry?.hash ?? chainStart(program, member),
      // A clock that was set back never makes a later decision look earlier than the one before.
      recordedAt: Math.max(this.#now(program), entry?.recordedAt ?? 0),
      movements: [],
      isDeferred: false,
    }
    this.#working.set(name, working)
    return working
  }

  /** With the rows that the event names; what this batch has decided already is newer than what was read. */
  #withNeeds(task: EventTask, member: Member): Member {
    const { orders, finished, vouchers } = this.#gathered
    let loaded: Member | null = null
    for (const { key, identity } of task.orders) {
      const record = orders.get(identity.name)
      if (record === undefined || key in member.orders) continue
      loaded ??= { ...member, orders: { ...member.orders }, finished: { ...member.finished } }
      loaded.orders[key] = record
    }
    const records = task.orders.flatMap(({ key }) => (loaded ?? member).orders[key] ?? []).map(needsOfRecord)
    for (const id of [...task.finished, ...records.flatMap((needs) => needs.finished)]) {
      const record = finished.get(rowNameOf(task.program, task.member, id))
      if (record === undefined || id in member.finished) continue
      loaded ??= { ...member, orders: { ...member.orders }, finished: { ...member.finished } }
      loaded.finished[id] = record
    }
    const awaiting = vouchersAwaiting(member, keysOf(task))
    for (const id of [...task.vouchers, ...awaiting, ...records.flatMap((needs) => needs.vouchers)]) {
      const voucher = vouchers.get(rowNameOf(task.program, task.member, id))
      if (voucher === undefined || voucherOf(member, id) !== undefined) continue
      loaded = { ...(loaded ?? member), closed: { ...(loaded ?? member).closed, [id]: voucher } }
    }
    return loaded ?? member
  }

  #write(working: Working, decided: DecidedEvent): void {
    const { owner, recordedAt } = working
    const { effects, event, member, task, before = working.member } = decided
    const posting = transfersOf(effects, { balances: working.member.assets, transferCount: working.transferCount })
    const brought = task === undefined ? [] : this.#broughtFirst(task, effects)
    const { hash, answer } = writeDecision(this.#rows, this.#gathered.position, {
      owner,
      previous: working.hash,
      seq: member.seq,
      recordedAt,
      event:
        event === null || task === undefined
          ? null
          : eventToWrite(working, decided, event, task, brought, this.#elsewhere(task)),
      before,
      after: member,
      effects,
      because: null,
      transfers: posting.transfers,
    })
    working.member = member
    working.transferCount = posting.transferCount
    working.hash = hash
    working.movements.push(...posting.movements)
    if (task === undefined || answer === null) return
    for (const { identity } of brought) this.#admission.noteOrder(identity, task, answer)
    this.#admission.note(task, answer)
    this.#answers.set(task, { status: 'recorded', text: answer })
  }

  /** Redemptions of the event that orders name which this batch has not touched. */
  #elsewhere({ program, member, finished, content }: EventTask): readonly string[] {
    const { elsewhere } = this.#gathered
    if (elsewhere.size === 0) return []
    return finished.filter((id) => elsewhere.has(rowNameOf(program, member, `${content.hash}/${id}`)))
  }

  /** Orders that nothing before this event has recorded. */
  #broughtFirst(task: EventTask, effects: readonly Effect[]): EventTask['orders'] {
    return task.orders.filter(
      ({ key, identity }) =>
        !this.#admission.knowsOrder(identity) &&
        effects.some((effect) => effect.type === 'order' && effect.key === key),
    )
  }
}

interface DecidedEvent {
  /** With the rows that were loaded for it. */
  readonly before?: Member
  readonly effects: readonly Effect[]
  readonly member: Member
  readonly event: StoredEvent | null
  readonly answer?: RequestAnswer | null
  readonly pinned?: Pinned | null
  readonly task?: EventTask
}

function eventToWrite(
  working: Working,
  decided: DecidedEvent,
  event: StoredEvent,
  task: EventTask,
  brought: EventTask['orders'],
  elsewhere: readonly string[],
): EventToWrite {
  const { effects, answer = null } = decided
  const redemption = task.redemption === null ? [] : [task.redemption]
  return {
    event,
    content: task.content,
    pinned: pinnedText(decided),
    identities: [...brought.map(({ identity }) => identity), task.identity, ...redemption],
    brings: brought.map(({ key }) => key),
    answered: { effects, answer, isLate: false, timeline: working.timeline.timeline, elsewhere },
    by: 'actor' in event ? (event.actor ?? '') : '',
  }
}

function pinnedText({ pinned, answer }: Pick<DecidedEvent, 'pinned' | 'answer'>): string | null {
  return pinned == null ? null : JSON.stringify('answer' in pinned ? { ...pinned, answer: answer ?? null } : pinned)
}

const isMissing = (orders: readonly string[], member: Member, task: EventTask): boolean =>
  orders.some((key) => !(key in member.orders) && !task.orders.some((order) => order.key === key))
