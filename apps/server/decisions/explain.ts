import {
  comparePositions,
  decide,
  type Effect,
  evolveThrough,
  isOf,
  isToldAgain,
  type Member,
  type MergeReceived,
  type Pins,
  pinsOf,
  pinsSince,
  positionOf,
  repinned,
  replay,
  type Trace,
  type TraceEntry,
} from '@laurel/engine'
import { bucketOf, canonicalText, movesOf } from '@laurel/ledger'
import { rowOf, sql, transaction } from '../db/transaction.ts'
import type { ProgramContext, ProgramTimeline } from '../programs/timeline.ts'
import type { StoredEvent } from './content.ts'
import { ownerOfIdentity } from './first-answer.ts'
import { type History, type HistoryOwner, newcomer, readMemberHistory, toldOf } from './history.ts'
import { identityOf } from './identity.ts'
import { remainingOf } from './remaining.ts'
import type { DecisionAnswer } from './submission.ts'

/** Why an event gave what it gave (EVT-7). */
export interface Explanation {
  readonly member: string
  readonly event: StoredEvent
  /** Number in the chain. */
  readonly decision: number
  readonly recordedAt: string
  /** The engine's semantic revision that decided. */
  readonly engine: number
  readonly hash: string
  readonly answer: DecisionAnswer
  /** What was decided when it came, with the rules' reasons, from the state as it was then. */
  readonly effects: readonly Effect[]
  readonly rules: readonly TraceEntry[]
  /** How it reads with everything that came since, where that is otherwise (late facts, corrections); else null. */
  readonly now: { readonly effects: readonly Effect[]; readonly rules: readonly TraceEntry[] } | null
}

const decisionRow = sql<{ recorded_at: string; engine: number; answer: string; hash: Buffer }>(
  'decision-to-explain',
  `SELECT recorded_at, engine, answer, hash FROM decision
   WHERE bucket = $1 AND program = $2 AND member = $3 AND seq = $4`,
)

/** Null: the member has no such event. */
export async function explainEvent(
  context: ProgramContext,
  program: string,
  id: string,
  name: { readonly source: string; readonly id: string },
): Promise<Explanation | null> {
  const found = await context.timelines.of(program)
  const { application } = context.database
  const { bucket: at, name: key } = identityOf(program, 'event', `${name.source}/${name.id}`)
  const identity = await rowOf(application, ownerOfIdentity(at, key))
  if (found === null || identity === undefined) return null
  // What a merged member did stands in its own chain (MRG-1).
  const { member } = identity
  if (member !== id && (await remainingOf(context, program, member)) !== id) return null
  const bucket = bucketOf(program, member)
  const row = await rowOf(application, decisionRow(bucket, program, member, identity.seq))
  if (row === undefined) return null
  const history = await transaction(application, (tx) => readMemberHistory(tx, { bucket, program, id: member }))
  const event = history.events.find((each) => each.source === name.source && each.id === name.id)
  if (event === undefined) return null
  const stored = history.effects[identity.seq - 1] ?? []
  const before = stateBefore(history, identity.seq, newcomer({ program, id: member }))
  // A late fact was never judged at the head of what was known.
  const then = isToldAgain(found.timeline, before, event) ? null : judged(found, before, event)
  const remains = await remainingOf(context, program, member)
  const since = remains === member ? undefined : await correctedSince(context, program, remains, member)
  const now = judgedNow(found, { program, id: member }, history, event, since)
  const isSame = then !== null && readingOf(then.effects) === readingOf(now.effects)
  return {
    member,
    event,
    decision: identity.seq,
    recordedAt: row.recorded_at,
    engine: row.engine,
    hash: row.hash.toString('hex'),
    // Our own text, written by the recorder.
    answer: JSON.parse(row.answer) as DecisionAnswer,
    effects: stored,
    rules: (then ?? now).rules,
    now: isSame ? null : now,
  }
}

const stateBefore = ({ effects }: History, seq: number, nobody: Member): Member =>
  evolveThrough(nobody, effects.slice(0, seq - 1))

/** What was posted, of which lots, and what was said. */
const readingOf = (effects: readonly Effect[]): string =>
  canonicalText([...movesOf(effects), ...effects.filter((effect) => effect.type === 'lot' || isOf('remark', effect))])

/** Decided again, with reasons; the answers of requests are stored with them and not judged anew. */
function judged({ timeline }: ProgramTimeline, member: Member, event: StoredEvent) {
  const rules: Trace = []
  return { effects: decide(timeline, member, event, rules).effects, rules }
}

/** What whoever has taken a merged member in says of its past (COR-1). */
async function correctedSince(context: ProgramContext, program: string, id: string, gone: string): Promise<Pins> {
  const bucket = bucketOf(program, id)
  const { events } = await transaction(context.database.application, (tx) =>
    readMemberHistory(tx, { bucket, program, id }),
  )
  const merge = events.find((event) => event.type === 'merge.received' && brings(event, gone))
  const pins = pinsOf(events)
  return merge === undefined ? pins : pinsSince(pins, positionOf(merge))
}

/** Also by the way of others. */
const brings = ({ from, brought }: MergeReceived, gone: string): boolean =>
  from === gone || brought.events.some((event) => event.type === 'merge.received' && brings(event, gone))

/** In its place among all events that are known by now (TIME-3), by the version that it was corrected to. */
function judgedNow(
  found: ProgramTimeline,
  owner: Omit<HistoryOwner, 'bucket'>,
  history: History,
  event: StoredEvent,
  since?: Pins,
) {
  const place = positionOf(event)
  const before = history.events.filter((each) => comparePositions(positionOf(each), place) < 0)
  const pins = pinsOf(history.events, since)
  const { member } = replay(found.timeline, before, null, toldOf(owner, history), { pins })
  return judged(found, member, repinned(event, pins))
}
