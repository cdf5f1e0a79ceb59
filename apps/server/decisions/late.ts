import {
  Allowance,
  doingOf,
  everCountsPieces,
  everShares,
  type Grant,
  headOf,
  isLate,
  isOfPieces,
  type ReplayedDecision,
  replay,
  takenBy,
  whosePast,
} from '@laurel/engine'
import type { PoolClient } from 'pg'
import { ownVersions, type ProgramTimeline } from '../programs/timeline.ts'
import { Admission } from './admit.ts'
import type { StoredEvent } from './content.ts'
import { type Corrected, correctAndBear, nameOf } from './correct.ts'
import type { AtHand, Decided } from './decide-batch.ts'
import type { Gathered } from './gather.ts'
import { grantCorrected } from './grant-corrected.ts'
import { drawnBy, passedBy } from './history.ts'
import type { IdentityKey } from './identity.ts'
import { type MemberEntry, memberNameOf } from './member-cache.ts'
import { queueOf } from './queue.ts'
import { type Past, type QueueRow, readPast } from './read-past.ts'
import type { SharedRooms } from './shared-rooms.ts'
import { stamped } from './stamp.ts'
import type { EventTask } from './task.ts'
import { writeWaivers } from './waive-late-debt.ts'
import { writeDecision } from './write-decision.ts'
import { writeMember } from './write-member.ts'

/**
 * The slow road (EVT-2): late facts, the members' own together. Everything a member ever did is replayed in tidy order, with
 * the answers that were given; what the ledger says otherwise is posted as corrections (LED-5), and the state moves to the
 * replay's. All of it stands in the decision of the last of these facts; the ones before it only take their place in the chain.
 */
export async function recordLate(client: PoolClient, tasks: readonly EventTask[], atHand: AtHand): Promise<Decided> {
  const { gathered, rooms, now } = atHand
  const decided: Decided = { answers: new Map(), fired: new Map(), deferred: [], entries: new Map(), overdue: [] }
  const admission = new Admission(gathered, now)
  const byMember = Map.groupBy(tasks, (task) => memberNameOf(task.program, task.member))
  for (const [name, own] of byMember) {
    const versions = gathered.timelines.get(own[0]?.program ?? '') ?? null
    const entry = gathered.members.get(name)
    if (versions === null || entry === undefined) throw new Error('a late fact has a member with a past')
    const timeline = ownVersions(versions, entry.member)
    const at = now(entry.program)
    const heard = admitted(own, admission, decided, timeline, entry, at)
    if (heard.length === 0) continue
    const past = await readPast(client, timeline, entry)
    const late = heard.filter(({ event }) => !hasFactsVia(past, event))
    for (const { task } of heard.filter((each) => !late.includes(each))) {
      const detail = 'what came for the merged member since is recorded here'
      decided.answers.set(task, { status: 'rejected', code: 'merge-not-undoable', detail })
    }
    if (late.length === 0) continue
    const { granted, allowed } = grantAll(past, inTheirPasts(versions, past, late, at), rooms)
    const events = granted.map(({ event }) => event)
    const { late: told, corrected } = correctAndBear(past, events, at, allowed)
    const asTold = granted.map((each, index) => ({ ...each, event: told[index] ?? each.event }))
    writeLate(atHand, decided, past, asTold, corrected)
  }
  return decided
}

/** Undone, a merge would leave them with the wrong one; late ones are no earning of now that the state could know of. */
const hasFactsVia = ({ history }: Past, event: StoredEvent): boolean =>
  event.type === 'merge.undone' && event.tell !== null && history.events.some(({ via }) => via === event.tell)

/** Each by the version that ruled the member in whose past it belongs, as if it had come in time (MRG-1, PIL-1). */
function inTheirPasts(versions: ProgramTimeline, { entry, history }: Past, late: readonly Late[], now: number): Late[] {
  const events = [...history.events, ...late.map(({ event }) => event)]
  return late.map((each) => {
    const id = each.event.via === undefined ? null : whosePast(events, each.event)
    if (id === null) return each
    const timeline = ownVersions(versions, drawnBy({ program: entry.program, id }))
    return { ...each, event: stamped({ ...each.task, timeline, member: entry.member, now }).event }
  })
}

interface Late {
  readonly task: EventTask
  readonly event: StoredEvent
}

function admitted(
  tasks: readonly EventTask[],
  admission: Admission,
  decided: Decided,
  timeline: ProgramTimeline,
  entry: MemberEntry,
  now: number,
): Late[] {
  const late: Late[] = []
  for (const task of tasks) {
    const known = admission.movedTo(task, entry.member) ?? admission.answerTo(task)
    const rejection = known === null ? admission.rejectionOfTask(task, timeline, entry.member) : null
    if (known !== null) decided.answers.set(task, known)
    else if (rejection !== null) decided.answers.set(task, { status: 'rejected', ...rejection })
    else if (late.some((earlier) => meets(earlier.task, task))) decided.deferred.push(task)
    else late.push({ task, event: stamped({ ...task, timeline, member: entry.member, now }).event })
  }
  return late
}

/**
 * What they and the awards that come of them may have of rooms that members share (EARN-5). Awards first: what is sold out asks for
 * nothing of a budget or a cap. A correction, which stands alone, says first what its facts may have.
 */
function grantAll(past: Past, late: readonly Late[], rooms: SharedRooms) {
  const isOfCorrection = late.some(({ task }) => isCorrection(task))
  const asked = isOfCorrection ? grantLate(past, late, rooms, null) : late
  const events = asked.map(({ event }) => event)
  const allowed = allowAwards(past, events, rooms)
  return { allowed, granted: isOfCorrection ? asked : grantLate(past, late, rooms, allowed) }
}

/**
 * What late facts may have of rooms that members share (EARN-5), pinned on them. What was granted before stays as it is: a
 * history that is told again asks for nothing twice.
 */
function grantLate(past: Past, late: readonly Late[], rooms: SharedRooms, allowed: readonly Grant[] | null): Late[] {
  const { timeline, history, before } = past
  if (!everShares(timeline.timeline)) return [...late]
  const takenWith = (granted: readonly Late[], event: StoredEvent): readonly Grant[] => {
    const events = [...history.events, ...granted.map((each) => each.event), event]
    const allowance = new Allowance(allowed)
    const { decisions } = replay(timeline.timeline, events, null, before, { allowance })
    const taken = takenBy(doingOf(event, decisions))
    // Of these awards take, whatever event gives them: `allowAwards`.
    return taken.filter(({ room }) => !isOfPieces(room))
  }
  const granted: Late[] = []
  for (const { task, event } of late) {
    if (event.type === 'version.corrected') {
      granted.push({ task, event: grantCorrected(past, event, rooms) })
      continue
    }
    const offer = (grants: readonly Grant[]) => takenWith(granted, { ...event, grants })
    granted.push({ task, event: { ...event, grants: rooms.grant(timeline, takenWith(granted, event), offer) } })
  }
  return granted
}

/** What awards that come of late facts, at whatever moment, may take of stock: what is there for it now (EARN-5). */
function allowAwards(
  { timeline, history, before }: Past,
  late: readonly StoredEvent[],
  rooms: SharedRooms,
): readonly Grant[] | null {
  if (!everCountsPieces(timeline.timeline)) return null
  const asIfEnough = new Allowance(null)
  const passed = passedBy(timeline, before, ...late.map(({ stamp }) => stamp.at))
  const events = [...history.events, ...late]
  replay(timeline.timeline, events, passed, before, { allowance: asIfEnough })
  const { asked } = asIfEnough
  const wantedOf = (room: string) => asked.find((each) => each.room === room)?.amount ?? 0
  const atMost = (offered: readonly Grant[]) =>
    offered.map(({ room, amount }) => ({ room, amount: Math.min(amount, wantedOf(room)) }))
  return rooms.grant(timeline, asked, atMost)
}

/** Whether the second repeats, edits or contradicts the first is known once the first one stands; a correction stands alone. */
const meets = (a: EventTask, b: EventTask): boolean =>
  a.identity.name === b.identity.name || sharesOrder(a, b) || isCorrection(a) || isCorrection(b)

const isCorrection = ({ submission }: EventTask): boolean => submission.event.type === 'version.corrected'

/** Two that bring the same order: the second may repeat or edit it. */
const sharesOrder = (a: EventTask, b: EventTask): boolean =>
  a.submission.event.type === 'order.paid' &&
  b.submission.event.type === 'order.paid' &&
  a.orders[0]?.key === b.orders[0]?.key

function writeLate(
  { gathered, rooms, rows, now }: AtHand,
  decided: Decided,
  { timeline, entry, before, queue }: Past,
  late: readonly Late[],
  { after, correction, replayed, effects, waivers }: Corrected,
): void {
  const owner = { bucket: entry.bucket, program: entry.program, member: entry.id }
  const recordedAt = Math.max(now(entry.program), entry.recordedAt)
  let { hash } = entry
  let seq = before.seq
  for (const [index, { task, event }] of late.entries()) {
    seq += 1
    const isLast = index === late.length - 1
    const { hash: next, answer } = writeDecision(rows, gathered.position, {
      owner,
      previous: hash,
      seq,
      recordedAt,
      event: {
        event,
        content: task.content,
        pinned: pinnedOf(event),
        identities: [task.identity, ...broughtFirst(task, gathered)],
        // The order's own decision is not the one that holds its record.
        brings: [],
        told: {
          effects: doingOf(event, replayed),
          answer: null,
          isLate: isLate(entry.member, event),
          timeline: timeline.timeline,
          // A history that is told again holds every order.
          elsewhere: [],
        },
        by: '',
      },
      before,
      after,
      ...(isLast
        ? {
            effects,
            because: nameOf(event),
            transfers: correction.transfers,
            queue: queueChanges(queue, replayed),
          }
        : { effects: [headOf(null, before)], because: null, transfers: [] }),
    })
    hash = next
    if (answer !== null) decided.answers.set(task, { status: 'recorded', text: answer })
  }
  const { transferCount, movements } = correction
  const common = { owner, entry, timeline, recordedAt }
  const corrected = { member: after, transferCount, hash, movements }
  const written = { ...common, ...writeWaivers({ gathered, rows, now }, common, waivers, corrected) }
  decided.entries.set(memberNameOf(entry.program, entry.id), writeMember(rows, written))
  rooms.note(timeline, effects)
}

/** The order that it was the first to say paid. */
function broughtFirst({ submission, orders: [order] }: EventTask, { identities }: Gathered): readonly IdentityKey[] {
  if (submission.event.type !== 'order.paid' || order === undefined) return []
  return identities.has(order.identity.name) ? [] : [order.identity]
}

function pinnedOf(event: StoredEvent): string | null {
  const { grants, via } = event
  const { granted, borne } = event.type === 'version.corrected' ? event : {}
  const pinned = { grants, via, granted, borne }
  return Object.values(pinned).every((each) => each === undefined) ? null : JSON.stringify(pinned)
}

/**
 * The queue of unmatched refunds as the replay leaves it: new ones come in, what changed is changed, and what found its order
 * after all is answered, unless a person has answered it already.
 */
function queueChanges(queue: readonly QueueRow[], replayed: readonly ReplayedDecision[]): ReturnType<typeof queueOf> {
  const places = queueOf(replayed.flatMap(({ effects }) => effects))
  for (const { name, amount, reason, isOpen } of queue) {
    const place = places.get(name)
    if (place === undefined && isOpen) places.set(name, 'matched')
    else if (typeof place === 'object' && place.amount === amount && place.reason === reason) places.delete(name)
  }
  return places
}
