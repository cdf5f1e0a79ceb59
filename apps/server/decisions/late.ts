import { doingsIn, headOf, isLate, type ReplayedDecision, type Steps, whosePast } from '@laurel/engine'
import type { PoolClient } from 'pg'
import { exchange, step } from '../db/exchange.ts'
import type { ProgramTimeline } from '../programs/timeline.ts'
import { Admission } from './admit.ts'
import type { StoredEvent } from './content.ts'
import { type Corrected, correctAndBear, isLessThanGranted, nameOf } from './correct.ts'
import type { AtHand, Decided, Means } from './decide-batch.ts'
import { clocksOf, type Gathered, gather } from './gather.ts'
import { grantLate } from './grant-late.ts'
import type { IdentityKey } from './identity.ts'
import { inSlices } from './in-slices.ts'
import { LostRace } from './lost-race.ts'
import { type MemberEntry, memberNameOf } from './member-cache.ts'
import { versionsForId, versionsForMember } from './own-versions.ts'
import { begin, rollback } from './queries.ts'
import { queueOf } from './queue.ts'
import { type Past, type PastRows, pastIn, type QueueRow, readRows } from './read-past.ts'
import { SharedRooms } from './shared-rooms.ts'
import { stamped } from './stamp.ts'
import type { EventTask } from './task.ts'
import { writeWaivers } from './waive-late-debt.ts'
import { writeDecision } from './write-decision.ts'
import { writeMember } from './write-member.ts'

/**
 * The slow road (EVT-2): late facts, the members' own together. Everything a member ever did is replayed in tidy order, with
 * the answers that were given; what the ledger says otherwise is posted as corrections (LED-5), and the state moves to the
 * replay's. All of it stands in the decision of the last of these facts; the ones before it only take their place in the chain.
 *
 * A long past takes seconds, so it is told with no transaction open and bit by bit. What it is told from is read in one transaction
 * before; the one in which it is written looks whether it is still so, and is lost like any race where it is not. Where enough
 * races were lost, all of it is one transaction that holds the members.
 */
export async function recordLate(client: PoolClient, tasks: readonly EventTask[], means: Means): Promise<Decided> {
  const { context, cache, rows, isHeld } = means
  const read = await gather(client, tasks, cache, context, isHeld)
  const now = clocksOf(read, context)
  const decided: Decided = { answers: new Map(), fired: new Map(), deferred: [], entries: new Map(), overdue: [] }
  const heard = hear(tasks, decided, read, now)
  const stored = new Map<Heard, PastRows>()
  for (const each of heard) stored.set(each, await readRows(client, each.entry))
  if (!isHeld) await exchange(client, [step(rollback)])

  const pasts = await inSlices(pastsOf(stored))
  const rooms = new SharedRooms()
  const tell = () => {
    rooms.begin()
    return inSlices(tellAgain(pasts, rooms, decided))
  }
  let outcomes = await tell()
  while (rooms.isAsking) {
    if (isHeld) await rooms.claim(client)
    else await tryToClaim(client, rooms)
    outcomes = await tell()
  }

  const gathered = isHeld ? read : await gather(client, tasks, cache, context)
  if (!isHeld) {
    requireUnchanged(read, gathered, heard)
    await rooms.claimAgain(client)
  }
  rows.clear()
  for (const each of outcomes) writeLate({ gathered, rooms, rows, now }, decided, each)
  rooms.writeInto(rows)
  return decided
}

/** What there is of the rooms, in a transaction of its own: nobody waits for them while the past is told. */
async function tryToClaim(client: PoolClient, rooms: SharedRooms): Promise<void> {
  await exchange(client, [step(begin)])
  await rooms.claimAgain(client)
  await rooms.claim(client)
  await exchange(client, [step(rollback)])
}

/** Late facts of one member. */
interface Heard {
  readonly late: readonly Late[]
  /** The program's, for whoever is no member of it any more (MRG-1). */
  readonly versions: ProgramTimeline
  /** The member's own. */
  readonly timeline: ProgramTimeline
  readonly entry: MemberEntry
  readonly at: number
}

function hear(tasks: readonly EventTask[], decided: Decided, gathered: Gathered, now: AtHand['now']): Heard[] {
  const admission = new Admission(gathered, now)
  const byMember = Map.groupBy(tasks, (task) => memberNameOf(task.program, task.member))
  return [...byMember].flatMap(([name, own]): Heard[] => {
    const versions = gathered.timelines.get(own[0]?.program ?? '') ?? null
    const entry = gathered.members.get(name)
    if (versions === null || entry === undefined) throw new Error('a late fact has a member with a past')
    const timeline = versionsForMember(versions, entry.member)
    const at = now(entry.program)
    const late = admitted(own, admission, decided, timeline, entry, at)
    return late.length === 0 ? [] : [{ late, versions, timeline, entry, at }]
  })
}

function* pastsOf(stored: ReadonlyMap<Heard, PastRows>): Steps<Map<Heard, Past>> {
  const pasts = new Map<Heard, Past>()
  for (const [heard, found] of stored) pasts.set(heard, yield* pastIn(found, heard.timeline, heard.entry))
  return pasts
}

/** What late facts of one member come to. */
interface Outcome {
  readonly past: Past
  readonly late: readonly Late[]
  readonly corrected: Corrected
}

function* tellAgain(pasts: ReadonlyMap<Heard, Past>, rooms: SharedRooms, { answers }: Decided): Steps<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const [heard, past] of pasts) {
    const { versions, at } = heard
    const late = heard.late.filter(({ event }) => !hasFactsVia(past, event))
    for (const { task } of heard.late.filter((each) => !late.includes(each))) {
      const detail = 'what came for the merged member since is recorded here'
      answers.set(task, { status: 'rejected', code: 'merge-not-undoable', detail })
    }
    if (late.length === 0) continue
    const theirs = inTheirPasts(versions, past, late, at).map(({ event }) => event)
    const { granted, allowed } = yield* grantLate(past, theirs, rooms)
    const { late: events, corrected } = yield* correctAndBear(past, granted, at, allowed)
    rooms.note(past.timeline, corrected.effects)
    outcomes.push({
      past,
      late: late.map((each, index) => ({ ...each, event: events[index] ?? each.event })),
      corrected,
    })
  }
  return outcomes
}

/** Whether it would be told from the same. An identity that is known stays known, so their number says enough. */
function requireUnchanged(before: Gathered, after: Gathered, heard: readonly Heard[]): void {
  const isSame =
    before.identities.size === after.identities.size &&
    heard.every(({ entry, versions }) => {
      const { program, id } = entry
      const now = after.members.get(memberNameOf(program, id))
      return now?.hash === entry.hash && after.timelines.get(program)?.versions === versions.versions
    })
  if (!isSame) throw new LostRace('what late facts were told from has changed meanwhile')
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
    const timeline = versionsForId(versions, entry.program, id)
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
  const names = new Set<string>()
  for (const task of tasks) {
    const known = admission.movedTo(task, entry.member) ?? admission.answerTo(task)
    const rejection = known === null ? admission.rejectionOfTask(task, timeline, entry.member) : null
    const own = namesOf(task)
    if (known !== null) decided.answers.set(task, known)
    // It was not, when it came.
    else if (rejection?.code === 'overdue') decided.overdue.push({ task, rejection })
    else if (rejection !== null) decided.answers.set(task, { status: 'rejected', ...rejection })
    else if (own.some((name) => names.has(name)) || standsApart(task, late[0]?.task)) decided.deferred.push(task)
    else {
      late.push({ task, event: stamped({ ...task, timeline, member: entry.member, now }).event })
      for (const name of own) names.add(name)
    }
  }
  return late
}

/** Whether a second of these names repeats, edits or contradicts the first is known once that one stands. */
const namesOf = ({ identity, orders, submission }: EventTask): string[] => [
  identity.name,
  ...(submission.event.type === 'order.paid' ? orders.slice(0, 1).map((order) => order.identity.name) : []),
]

/** A correction stands alone. */
const standsApart = (task: EventTask, first: EventTask | undefined): boolean =>
  first !== undefined && (isCorrection(task) || isCorrection(first))

const isCorrection = ({ submission }: EventTask): boolean => submission.event.type === 'version.corrected'

function writeLate(
  { gathered, rows, now }: AtHand,
  decided: Decided,
  { past: { timeline, entry, before, queue }, late, corrected }: Outcome,
): void {
  const { after, correction, replayed, effects, waivers } = corrected
  const doingOf = doingsIn(replayed)
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
        answered: {
          // What it leaves of an act of staff is no doing of its own (LOT-6).
          effects: isLast ? [...doingOf(event), ...effects.filter(isLessThanGranted)] : doingOf(event),
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
  const posted = { member: after, transferCount, hash, movements }
  const written = { ...common, ...writeWaivers({ gathered, rows, now }, common, waivers, posted) }
  decided.entries.set(memberNameOf(entry.program, entry.id), writeMember(rows, written))
}

/** The order that it was the first to say paid. */
function broughtFirst({ submission, orders: [order] }: EventTask, { identities }: Gathered): readonly IdentityKey[] {
  if (submission.event.type !== 'order.paid' || order === undefined) return []
  return identities.has(order.identity.name) ? [] : [order.identity]
}

function pinnedOf(event: StoredEvent): string | null {
  const { grants, via } = event
  const { granted, claimed, borne, kept } = event.type === 'version.corrected' ? event : {}
  const pinned = { grants, via, granted, claimed, borne, kept }
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
