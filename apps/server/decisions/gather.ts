import { type FinishedHold, needsOfRecord, type OrderRecord, type Voucher, vouchersAwaiting } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import type { PoolClient } from 'pg'
import { int4s, texts, uuids } from '../db/binary-array.ts'
import { exchange, type Outcome, type Statement, type Step, step } from '../db/exchange.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import { memberStateOf } from './history.ts'
import type { IdentityKey } from './identity.ts'
import { type MemberCache, type MemberEntry, memberNameOf } from './member-cache.ts'
import type { Owner } from './owner.ts'
import {
  begin,
  closedVouchers,
  finishedHolds,
  firstDecisions,
  holdMembers,
  identitiesKnown,
  memberStates,
  opening,
  orderDecisions,
  overdueFactsKnown,
  paidElsewhere,
} from './queries.ts'
import { hexIn, recordIn, storedInstant } from './stored.ts'
import type { EventTask, Task } from './task.ts'

/** Everything that the decisions of one batch look at, read in its transaction. */
export interface Gathered {
  /** First of the places in the feed that belong to this transaction. */
  readonly position: number
  readonly timelines: ReadonlyMap<string, ProgramTimeline | null>
  /** By the name of the identity. */
  readonly identities: ReadonlyMap<string, KnownIdentity>
  /** By program and member; absent: there is no such member. */
  readonly members: ReadonlyMap<string, MemberEntry>
  /** The decision that a known identity points to, by the name of the identity. */
  readonly firsts: Map<string, FirstDecision>
  /** Records of known orders, by the name of their identity. */
  readonly orders: Map<string, OrderRecord>
  /** By program, member and redemption. */
  readonly finished: Map<string, FinishedHold>
  /** Closed vouchers, by program, member and voucher. */
  readonly vouchers: Map<string, Voucher>
  /** Redemptions that pay for the order of an event and are named by another, too: by program, member, and content and redemption. */
  readonly elsewhere: Set<string>
}

export interface KnownIdentity {
  readonly member: string
  readonly seq: number
}

export interface FirstDecision {
  readonly content: string
  readonly answer: string
}

/** A transaction's number leaves room for this many decisions. */
export const DECISIONS_MAX = 4096

/** Of a row that belongs to a member. */
export const rowNameOf = (program: string, member: string, id: string): string => `${program}\0${member}\0${id}`

/**
 * Opens the transaction and reads, in one trip. Four more at most, each only where something asks for it: for first answers and
 * orders, for finished holds, for closed vouchers, for other orders that a redemption pays for. `isHeld`: the members are locked
 * first, for whoever has lost races enough.
 */
export async function gather(
  client: PoolClient,
  tasks: readonly Task[],
  cache: MemberCache,
  context: Pick<ProgramContext, 'timelines' | 'noteClock'>,
  isHeld = false,
): Promise<Gathered> {
  const programs = [...new Set(tasks.map((task) => task.program))]
  const identities = identitiesOf(tasks)
  const members = new Map<string, MemberEntry>()
  const unread = membersToRead(tasks, cache, members)
  const first = isHeld ? [step(begin), holding(tasks)] : [step(begin)]
  const steps: Step[] = [...first, step(opening, texts(programs))]
  if (identities.length > 0) {
    steps.push(step(identitiesKnown, int4s(identities.map((id) => id.bucket)), uuids(identities.map((id) => id.name))))
  }
  if (unread.length > 0) {
    steps.push(
      step(
        memberStates,
        int4s(unread.map((task) => task.bucket)),
        texts(unread.map((task) => task.program)),
        texts(unread.map((task) => task.member)),
      ),
    )
  }
  const [opened, ...rest] = (await exchange(client, steps)).slice(first.length)
  const known = identities.length > 0 ? knownIdentities(rest.shift(), identities) : new Map<string, KnownIdentity>()
  for (const row of rest.shift()?.rows ?? []) {
    const task = unread[Number(row[0]) - 1]
    if (task !== undefined) members.set(memberNameOf(task.program, task.member), entryOf(task, row))
  }
  const gathered: Gathered = {
    position: Number(opened?.rows[0]?.[0]) * DECISIONS_MAX,
    timelines: await timelinesOf(programs, opened, context),
    identities: known,
    members,
    firsts: new Map(),
    orders: new Map(),
    finished: new Map(),
    vouchers: new Map(),
    elsewhere: new Set(),
  }
  await readMore(client, tasks, gathered)
  return gathered
}

/** Nobody else decides for these members from here to the end of the transaction. */
const holding = (tasks: readonly Task[]): Step =>
  step(
    holdMembers,
    int4s(tasks.map((task) => task.bucket)),
    texts(tasks.map((task) => task.program)),
    texts(tasks.map((task) => task.member)),
  )

/** The clock of each program, read once for all that is decided together; of one without a version nothing is decided. */
export function clocksOf({ timelines }: Gathered, context: Pick<ProgramContext, 'now'>): (program: string) => number {
  const nowByProgram = new Map(timelines.keys().map((program) => [program, context.now(program)]))
  return (program) => nowByProgram.get(program) ?? context.now(program)
}

function identitiesOf(tasks: readonly Task[]): IdentityKey[] {
  const identities: IdentityKey[] = []
  for (const task of tasks) {
    if (task.kind === 'time') continue
    identities.push(task.identity)
    for (const order of task.orders) identities.push(order.identity)
    if (task.redemption !== null) identities.push(task.redemption)
  }
  return identities
}

function membersToRead(tasks: readonly Task[], cache: MemberCache, members: Map<string, MemberEntry>): Task[] {
  const asked = new Set<string>()
  return tasks.filter((task) => {
    const name = memberNameOf(task.program, task.member)
    if (asked.has(name)) return false
    asked.add(name)
    const entry = cache.get(name)
    if (entry !== undefined) members.set(name, { ...entry, member: memberStateOf(entry, entry.state) })
    return entry === undefined
  })
}

function knownIdentities(found: Outcome | undefined, identities: readonly IdentityKey[]): Map<string, KnownIdentity> {
  const known = new Map<string, KnownIdentity>()
  for (const [n, member, seq] of found?.rows ?? []) {
    const identity = identities[Number(n) - 1]
    if (identity === undefined || member === null || member === undefined) continue
    known.set(identity.name, { member, seq: Number(seq) })
  }
  return known
}

export function entryOf({ bucket, program, member: id }: Owner, row: readonly (string | null)[]): MemberEntry {
  const [, seq, transferCount, stored, hash = '', dueAt, recordedAt = ''] = row
  const state = stored ?? ''
  const member = memberStateOf({ program, id }, state)
  if (member.seq !== Number(seq)) throw new Error(`the checkpoint of a member of ${program} is not of decision ${seq}`)
  return {
    bucket,
    program,
    id,
    member,
    transferCount: Number(transferCount),
    hash: hexIn(hash ?? ''),
    dueAt: dueAt == null ? null : storedInstant(dueAt),
    recordedAt: storedInstant(recordedAt ?? ''),
    state,
  }
}

async function timelinesOf(
  programs: readonly string[],
  opened: Outcome | undefined,
  { timelines, noteClock }: Pick<ProgramContext, 'timelines' | 'noteClock'>,
): Promise<Map<string, ProgramTimeline | null>> {
  for (const [, id, , clock] of opened?.rows ?? []) {
    if (id != null && clock != null) noteClock(id, storedInstant(clock))
  }
  const published = new Map((opened?.rows ?? []).map(([, id, count]) => [id, Number(count)]))
  const byProgram = new Map<string, ProgramTimeline | null>()
  for (const program of programs) {
    const count = published.get(program) ?? 0
    byProgram.set(program, count === 0 ? null : await timelines.upTo(program, count))
  }
  return byProgram
}

/** What only repetitions and events about earlier orders need. */
async function readMore(client: PoolClient, tasks: readonly Task[], gathered: Gathered): Promise<void> {
  const firsts: Pointer[] = []
  const orders: (Pointer & { readonly key: string })[] = []
  const finished: Named[] = []
  const vouchers: Named[] = []
  const paying: Paying[] = []
  for (const task of tasks) {
    if (task.kind === 'time') continue
    const repeated = pointerTo(gathered, task, task.identity)
    if (repeated !== undefined) {
      firsts.push(repeated)
      continue
    }
    const reserved = task.redemption === null ? undefined : pointerTo(gathered, task, task.redemption)
    if (reserved !== undefined) firsts.push(reserved)
    for (const { key, identity } of task.orders) {
      const pointer = pointerTo(gathered, task, identity)
      if (pointer === undefined) continue
      if (isOwn(gathered, task, pointer.owner.member)) orders.push({ ...pointer, owner: task, key })
      if (task.submission.event.type === 'order.paid') firsts.push(pointer)
    }
    for (const id of task.finished) finished.push({ owner: task, id })
    const { event } = task.submission
    if (event.type === 'order.paid' || event.type === 'order.edited') {
      for (const key of keysOf(task)) for (const id of task.finished) paying.push({ owner: task, id, key })
    }
    for (const id of task.vouchers) vouchers.push({ owner: task, id })
    const member = gathered.members.get(memberNameOf(task.program, task.member))?.member
    for (const id of member ? vouchersAwaiting(member, keysOf(task)) : []) vouchers.push({ owner: task, id })
  }
  await readPointers(client, firsts, orders, gathered)
  for (const { owner, identity } of orders) {
    const record = gathered.orders.get(identity.name)
    if (record === undefined) continue
    const needs = needsOfRecord(record)
    for (const id of needs.finished) finished.push({ owner, id })
    for (const id of needs.vouchers) vouchers.push({ owner, id })
  }
  await readRows(client, finishedHolds, finished, gathered.finished)
  await readRows(client, closedVouchers, vouchers, gathered.vouchers)
  await readElsewhere(client, paying, gathered.elsewhere)
}

/** Of the orders that the event names or brings. */
export const keysOf = (task: EventTask): string[] => task.orders.map(({ key }) => key)

interface Pointer {
  /** Whose decision it is. */
  readonly owner: Owner
  readonly identity: IdentityKey
  readonly seq: number
}
/** A row of a member, by its id. */
interface Named {
  readonly owner: Owner
  readonly id: string
}

/** A redemption that an order of a task names. */
interface Paying extends Named {
  readonly owner: EventTask
  readonly key: string
}

async function readElsewhere(client: PoolClient, paying: readonly Paying[], into: Set<string>): Promise<void> {
  if (paying.length === 0) return
  const named = [texts(paying.map(({ id }) => id)), texts(paying.map(({ key }) => key))]
  const [found] = await exchange(client, [step(paidElsewhere, ...wheres(paying), ...named)])
  for (const [n] of found?.rows ?? []) {
    const known = paying[Number(n) - 1]
    if (known === undefined) continue
    const { program, member, content } = known.owner
    into.add(rowNameOf(program, member, `${content.hash}/${known.id}`))
  }
}

function pointerTo(gathered: Gathered, { program }: EventTask, identity: IdentityKey): Pointer | undefined {
  const known = gathered.identities.get(identity.name)
  if (known === undefined) return undefined
  const { member, seq } = known
  return { owner: { bucket: bucketOf(program, member), program, member }, identity, seq }
}

/** What a merged member has brought along is the member's own (MRG-1). */
export const isOwn = ({ members }: Gathered, { program, member }: EventTask, owner: string): boolean =>
  owner === member || members.get(memberNameOf(program, member))?.member.aliases?.includes(owner) === true

const wheres = (pointers: readonly { readonly owner: Owner }[]) => [
  int4s(pointers.map(({ owner }) => owner.bucket)),
  texts(pointers.map(({ owner }) => owner.program)),
  texts(pointers.map(({ owner }) => owner.member)),
]

async function readPointers(
  client: PoolClient,
  firsts: readonly Pointer[],
  orders: readonly (Pointer & { readonly key: string })[],
  gathered: Gathered,
): Promise<void> {
  const steps: Step[] = []
  if (firsts.length > 0) steps.push(step(firstDecisions, ...wheres(firsts), int4s(firsts.map(({ seq }) => seq))))
  if (orders.length > 0) {
    const keys = texts(orders.map(({ key }) => key))
    steps.push(step(orderDecisions, ...wheres(orders), keys, int4s(orders.map(({ seq }) => seq))))
  }
  if (steps.length === 0) return
  const outcomes = await exchange(client, steps)
  if (firsts.length > 0) {
    for (const [n, content, answer] of outcomes.shift()?.rows ?? []) {
      const pointer = firsts[Number(n) - 1]
      if (pointer !== undefined)
        gathered.firsts.set(pointer.identity.name, { content: content ?? '', answer: answer ?? '' })
    }
  }
  for (const [n, content, effects] of outcomes.shift()?.rows ?? []) {
    const pointer = orders[Number(n) - 1]
    if (pointer === undefined) continue
    gathered.orders.set(pointer.identity.name, recordIn(effects ?? '', content ?? null, pointer.key))
  }
}

async function readRows<Row>(
  client: PoolClient,
  statement: Statement,
  named: readonly Named[],
  into: Map<string, Row>,
): Promise<void> {
  if (named.length === 0) return
  const [found] = await exchange(client, [step(statement, ...wheres(named), texts(named.map(({ id }) => id)))])
  for (const [n, record] of found?.rows ?? []) {
    const row = named[Number(n) - 1]
    // Our own text, written by the recorder.
    if (row !== undefined)
      into.set(rowNameOf(row.owner.program, row.owner.member, row.id), JSON.parse(record ?? '') as Row)
  }
}

/** What became of an overdue fact that was sent before. */
export interface KeptFact {
  /** Of what was sent then. */
  readonly hash: string
  /** A person has looked at it, and it is not to be recorded. */
  readonly isDismissed: boolean
}

/** The overdue facts among these that were kept for a person already. */
export async function overdueFactsAmong(
  client: PoolClient,
  tasks: readonly EventTask[],
): Promise<ReadonlyMap<EventTask, KeptFact>> {
  const known = new Map<EventTask, KeptFact>()
  if (tasks.length === 0) return known
  const pointers = tasks.map((owner) => ({ owner }))
  const sources = texts(tasks.map(({ submission }) => submission.event.source))
  const ids = texts(tasks.map(({ submission }) => submission.event.id))
  const [found] = await exchange(client, [step(overdueFactsKnown, ...wheres(pointers), sources, ids)])
  for (const [n, contentHash, dismissed] of found?.rows ?? []) {
    const task = tasks[Number(n) - 1]
    if (task !== undefined) known.set(task, { hash: hexIn(contentHash ?? ''), isDismissed: dismissed === 't' })
  }
  return known
}
