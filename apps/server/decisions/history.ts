import {
  type Account,
  checkpointOf,
  comparePositions,
  type Effect,
  evolve,
  type Member,
  newMember,
  nextDue,
  positionOf,
  type ReplayedDecision,
  replay,
  type Stamp,
  type TimePassed,
} from '@laurel/engine'
import { type Correction, chainStart, correctionsOf, type PostedTotal } from '@laurel/ledger'
import type { PoolClient } from 'pg'
import { exchange, step } from '../db/exchange.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import { instantOf as instantIn } from '../programs/zone.ts'
import { Admission } from './admit.ts'
import { answerOf } from './answer.ts'
import type { BatchRows } from './batch-rows.ts'
import { eventOf, type StoredEvent } from './content.ts'
import { type Decided, earliest, identityIn, saidOfQueue, storedEventOf, writeBalances } from './decide-batch.ts'
import { differenceOf, headOf, isSameState, movesAmong } from './difference.ts'
import type { Gathered } from './gather.ts'
import { ENGINE_REVISION, linkHash } from './link.ts'
import { type MemberEntry, memberNameOf } from './member-cache.ts'
import { memberHistory, postedTotals, queueOfMember } from './queries.ts'
import { stamped, stampOf } from './stamp.ts'
import { effectsOf, effectsText, instantOf, wallOf } from './stored.ts'
import type { EventTask, Task } from './task.ts'

/** A member's past as it is stored. */
export interface History {
  readonly events: readonly StoredEvent[]
  /** Effects of each decision, in order of decisions. */
  readonly effects: readonly (readonly Effect[])[]
}

/** A refund in the queue of unmatched ones. */
interface QueueRow {
  readonly name: string
  readonly amount: number
  readonly reason: string
  /** Null: it waits for a person. */
  readonly outcome: string | null
}

/** Requests and acts are answers, judged at the head and never late; everything else is a fact (EVT-2). */
export function isFactTask(task: Task): task is EventTask {
  if (task.kind === 'time') return false
  switch (task.submission.event.type) {
    case 'redemption.reserve':
    case 'redemption.confirm':
    case 'redemption.cancel':
    case 'points.adjusted':
    case 'lots.extended':
    case 'lots.reinstated':
    case 'tier.overridden':
    case 'refund.accepted':
      return false
    default:
      return true
  }
}

/**
 * The slow road (EVT-2): late facts of one member. Everything the member ever did is replayed in tidy order, with the answers
 * that were given; what the ledger says otherwise is posted as corrections (LED-5), and the state moves to the replay's. All
 * of it stands in the decision of the last of these facts; the ones before it only take their place in the chain.
 */
export async function recordLate(
  context: ProgramContext,
  client: PoolClient,
  tasks: readonly EventTask[],
  gathered: Gathered,
  rows: BatchRows,
): Promise<Decided> {
  const decided: Decided = { answers: new Map(), deferred: [], entries: new Map(), tooLate: [] }
  const [first] = tasks
  const timeline = first === undefined ? null : (gathered.timelines.get(first.program) ?? null)
  const entry = first === undefined ? undefined : gathered.members.get(memberNameOf(first.program, first.member))
  if (first === undefined || timeline === null || entry === undefined) {
    throw new Error('a late fact has a member with a past')
  }
  const now = context.now()
  const admission = new Admission(gathered, now)
  const late: Late[] = []
  for (const task of tasks) {
    const known = admission.answerTo(task)
    const refused = known === null ? admission.refusalOf(task, timeline, true) : null
    if (known !== null) decided.answers.set(task, known)
    else if (refused !== null) decided.answers.set(task, { status: 'refused', ...refused })
    else if (
      late.some((earlier) => earlier.task.identity.name === task.identity.name || sharesOrder(earlier.task, task))
    ) {
      // Whether it repeats, edits or contradicts is known once the first one stands.
      decided.deferred.push(task)
    } else late.push({ task, event: stamped(task.submission, task.content, timeline, entry.member, now).event })
  }
  if (late.length === 0) return decided
  const history = await readHistory(client, entry)
  const correction = correct(history, late, timeline, entry, await readTotals(client, entry))
  writeLate(context, rows, gathered, decided, { late, timeline, entry, ...correction })
  await writeQueue(client, rows, entry, correction.replayed, late, context.now())
  return decided
}

interface Late {
  readonly task: EventTask
  readonly event: StoredEvent
}

/** Two that bring the same order: the second may repeat or edit it. */
const sharesOrder = (a: EventTask, b: EventTask): boolean =>
  a.submission.event.type === 'order.paid' &&
  b.submission.event.type === 'order.paid' &&
  a.orders[0]?.key === b.orders[0]?.key

export async function readHistory(
  client: PoolClient,
  { bucket, program, id }: Pick<MemberEntry, 'bucket' | 'program' | 'id'>,
): Promise<History> {
  const [found] = await exchange(client, [step(memberHistory, String(bucket), program, id)])
  const events: StoredEvent[] = []
  const effects: Effect[][] = []
  for (const [, content, at, local, placeLocal, version, pinned, stored] of found?.rows ?? []) {
    effects.push(effectsOf(stored ?? '', content ?? null))
    if (content == null) continue
    const stamp: Stamp = {
      at: instantOf(at ?? ''),
      local: wallOf(local ?? ''),
      placeLocal: wallOf(placeLocal ?? ''),
      version: version == null ? null : Number(version),
    }
    events.push(eventOf(JSON.parse(content) as object, stamp, pinned == null ? {} : JSON.parse(pinned)))
  }
  return { events, effects }
}

async function readTotals(client: PoolClient, { bucket, program, id }: MemberEntry): Promise<PostedTotal[]> {
  const [found] = await exchange(client, [step(postedTotals, String(bucket), program, id)])
  return (found?.rows ?? []).map(([cause, rule, asset, from, to, amount, effective, version, revision]) => ({
    cause: cause ?? '',
    rule: rule ?? '',
    asset: asset ?? '',
    from: (from ?? '') as Account,
    to: (to ?? '') as Account,
    amount: Number(amount),
    effective: wallOf(effective ?? ''),
    version: Number(version),
    revision: Number(revision),
  }))
}

interface Corrected {
  readonly before: Member
  readonly after: Member
  readonly correction: Correction
  readonly replayed: readonly ReplayedDecision[]
  /** Of the decision that carries the corrections. */
  readonly effects: readonly Effect[]
}

function correct(
  history: History,
  late: readonly Late[],
  timeline: ProgramTimeline,
  entry: MemberEntry,
  posted: readonly PostedTotal[],
): Corrected {
  const before = history.effects.reduce((member, effects) => evolve(member, effects), newMember())
  if (!isSameState({ ...before, orders: {}, finished: {} }, entry.member)) {
    throw new Error('the fold of the stored effects is not the stored state')
  }
  const passed = passedBy(timeline, before, ...late.map(({ event }) => event.stamp.at))
  const events = [...history.events, ...late.map(({ event }) => event)]
  const { member, decisions, after: passing } = replay(timeline.timeline, events, passed)
  const all = [...decisions.flatMap(({ effects }) => effects), ...passing]
  const because = nameOf(late.at(-1)?.event)
  const correction = correctionsOf(
    posted,
    movesAmong(all),
    { balances: before.assets, sequence: entry.sequence },
    because,
  )
  const effects = [...correction.moves, ...noticesOf(decisions, late), ...differenceOf(before, member, all)]
  const after = evolve(
    late.slice(1).reduce((state) => evolve(state, [headOf(null, state)]), before),
    effects,
  )
  if (!isSameState(after, member)) throw new Error('the corrections of a late fact do not lead to the replay')
  return { before, after, correction, replayed: decisions, effects }
}

/** How far time has been let pass for a member: to its last event or timer, or to what comes beside them. */
export function passedBy(
  { timeline, latest }: ProgramTimeline,
  member: Member,
  ...instants: number[]
): TimePassed | null {
  const { head, firedAt, firedLocal } = member
  if (head !== null) instants.push(head[0])
  if (firedAt !== null) instants.push(firedAt)
  if (firedLocal !== null) instants.push(instantIn(latest.zone, firedLocal))
  if (instants.length === 0) return null
  const at = Math.max(...instants)
  return { type: 'time.passed', stamp: stampOf(timeline, latest, at, null, at) }
}

export const memberStateOf = (state: string): Member => ({ ...JSON.parse(state), orders: {}, finished: {} }) as Member

const nameOf = (event: StoredEvent | undefined): string => (event === undefined ? '' : `${event.source}/${event.id}`)

/** What the late facts themselves have to say; the queue is compared apart. */
function noticesOf(decisions: readonly ReplayedDecision[], late: readonly Late[]): Effect[] {
  const events = new Set(late.map(({ event }) => event))
  return decisions
    .filter(({ event }) => events.has(event))
    .flatMap(({ effects }) =>
      effects.filter(
        ({ type }) => type === 'capped' || type === 'clawed-back' || type === 'refunded' || type === 'not-in-force',
      ),
    )
}

function writeLate(
  context: ProgramContext,
  rows: BatchRows,
  gathered: Gathered,
  decided: Decided,
  { late, timeline, entry, before, after, correction, replayed, effects }: Corrected & LateOf,
): void {
  const owner = { bucket: entry.bucket, program: entry.program, member: entry.id }
  const recordedAt = Math.max(context.now(), entry.recordedAt)
  const byEvent = new Map(replayed.map((decision) => [decision.event, decision.effects]))
  let hash = entry.hash.length > 0 ? entry.hash : chainStart(entry.program, entry.id)
  let seq = before.seq
  for (const [index, { task, event }] of late.entries()) {
    seq += 1
    const isLast = index === late.length - 1
    const own = isLast ? effects : [headOf(null, before)]
    const because = isLast ? nameOf(event) : null
    const stored = effectsText(own, event)
    const link = { seq, recordedAt, because, effects: stored }
    hash = linkHash(hash, { ...link, event: { source: event.source, id: event.id, hash: task.content.hash } })
    const summed = {
      member: entry.id,
      event,
      seq,
      effects: byEvent.get(event) ?? [],
      answer: null,
      isLate: true,
      after,
    }
    const text = JSON.stringify(answerOf(summed))
    const row = {
      ...link,
      engine: ENGINE_REVISION,
      event: storedEventOf(task.content, event.stamp, null),
      answer: text,
      hash,
    }
    rows.addDecision(owner, row, gathered.position + rows.decisions)
    rows.addIdentity(owner, task.identity, seq, task.content.hash)
    decided.answers.set(task, { status: 'recorded', text })
    const [order] = task.orders
    if (
      task.submission.event.type === 'order.paid' &&
      order !== undefined &&
      !gathered.identities.has(order.identity.name)
    ) {
      rows.addIdentity(owner, order.identity, seq, null)
    }
  }
  for (const transfer of correction.transfers) rows.addTransfer(owner, transfer, seq, recordedAt)
  for (const effect of effects) {
    // The order's own decision is not the one that holds its record.
    if (effect.type === 'order') rows.addOrder(owner, effect.key, seq)
    else if (effect.type === 'hold-ended') rows.addFinishedHold(owner, effect)
  }
  const state = JSON.stringify(checkpointOf(after))
  const due = nextDue(timeline.timeline, after)
  const moved: MemberEntry = {
    ...entry,
    member: { ...after, orders: {}, finished: {} },
    sequence: correction.sequence,
    hash,
    dueAt: earliest(due.at, due.local === null ? null : instantIn(timeline.latest.zone, due.local)),
    recordedAt,
    weight: state.length,
  }
  rows.addMovedMember(moved, state, entry.member.seq)
  writeBalances(rows, owner, before, after)
  decided.entries.set(memberNameOf(entry.program, entry.id), moved)
}

interface LateOf {
  readonly late: readonly Late[]
  readonly timeline: ProgramTimeline
  readonly entry: MemberEntry
}

/**
 * The queue of unmatched refunds as the replay leaves it: new ones come in, what changed is changed, and what found its order
 * after all is answered, unless a person has answered it already.
 */
async function writeQueue(
  client: PoolClient,
  rows: BatchRows,
  entry: MemberEntry,
  replayed: readonly ReplayedDecision[],
  late: readonly Late[],
  at: number,
): Promise<void> {
  const owner = { bucket: entry.bucket, program: entry.program, member: entry.id }
  const [found] = await exchange(client, [step(queueOfMember, String(entry.bucket), entry.program, entry.id)])
  const stood = (found?.rows ?? []).map(
    ([source, id, amount, reason, outcome]): QueueRow => ({
      name: `${source}/${id}`,
      amount: Number(amount),
      reason: reason ?? '',
      outcome: outcome ?? null,
    }),
  )
  const said = saidOfQueue(replayed.flatMap(({ effects }) => effects))
  const seq = entry.member.seq + late.length
  for (const [name, effect] of said) {
    if (effect.type !== 'queued') continue
    const { refund, amount, reason } = effect
    const known = stood.find((row) => row.name === name)
    const stands = known?.amount === amount && known.reason === reason && known.outcome !== 'matched'
    if (stands) continue
    const { source, id, order } = refund
    rows.addQueued(owner, { source, id, order, amount, reason, seq, at })
  }
  for (const { name, outcome } of stood) {
    if (outcome !== null || said.get(name)?.type === 'queued') continue
    rows.addQueueAnswer(owner, { ...identityIn(name), outcome: 'matched', at, by: '' })
  }
}

/** Tidy order, for whoever explains (TIME-3). */
export const tidyOf = (events: readonly StoredEvent[]): StoredEvent[] =>
  events.toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)))
