import { ownSource } from '@laurel/contract'
import { toldBy } from '@laurel/engine'
import { exchange, step } from '../db/exchange.ts'
import { rowsOf, sql, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { historyIn } from './history.ts'
import { bucketOf, chanceOf } from './identity.ts'
import { memberHistory } from './queries.ts'
import { circleOf } from './remaining.ts'
import type { Answer, RequestInput, Submission } from './submission.ts'

/** What one member has sent another and nobody has delivered yet. */
export interface SentMerge {
  readonly program: string
  /** The sender. */
  readonly member: string
  readonly id: string
  readonly receiver: string
}

type Record = (submission: Submission) => Promise<Answer>

/**
 * Delivers a merge to whoever remains (MRG-1), with all that a replay of the merged member needs. Where nobody is there to take
 * it in, the one that was merged stays. Delivered twice it counts once. Whether it is delivered, one way or the other.
 */
export async function deliverMerge(
  context: ProgramContext,
  record: Record,
  { program, member, id, receiver }: SentMerge,
): Promise<boolean> {
  const circle = await circleOf(context, program, member)
  if (circle?.includes(member)) {
    // Of members that went into each other at once one stays, the same whoever looks: the last by its id.
    const isLast = circle.every((other) => other <= member)
    return isLast && (await undo(record, { program, member, id, receiver }, 'merged-in-a-circle'))
  }
  const event = await mergeOf(context, program, member, receiver, id)
  // The moment is the merge's, however long it was on its way.
  const answer = await record({ program, member: receiver, event, history: true })
  if (isDelivered(answer)) return true
  if (answer.status !== 'rejected') return false
  return await undo(record, { program, member, id, receiver }, 'nobody-there')
}

async function undo(record: Record, { program, member, id }: SentMerge, reason: string): Promise<boolean> {
  const by = { actor: ownSource, reason, source: ownSource, id: `unmerged/${id}` }
  return isDelivered(await record({ program, member, event: { type: 'merge.undone', ...by, merge: id, tell: null } }))
}

const isDelivered = ({ status }: Answer): boolean => status === 'recorded' || status === 'repeated'

async function mergeOf(
  context: ProgramContext,
  program: string,
  from: string,
  into: string,
  merge: string,
): Promise<Extract<RequestInput, { type: 'merge.received' }>> {
  const bucket = bucketOf(program, from)
  const [found] = await transaction(context.database.application, (tx) =>
    exchange(tx, [step(memberHistory, String(bucket), program, from)]),
  )
  const rows = found?.rows ?? []
  const last = rows.findIndex(([, content]) => nameIn(content ?? null) === merge)
  // What came after it was undone is no part of it.
  const { events, effects } = historyIn(rows.slice(0, last + 1))
  const stamp = events.at(-1)?.stamp
  if (last < 0 || stamp === undefined) throw new Error('a merge that was sent is not in the chain of who sent it')
  const brought = { events, told: { ...toldBy(effects.flat()), chance: chanceOf(program, from) } }
  const identity = { source: ownSource, id: `${from}/${merge}` }
  return {
    type: 'merge.received',
    ...identity,
    occurredAt: new Date(stamp.at).toISOString(),
    merge,
    from,
    into,
    brought,
  }
}

/** Our own text, written by the recorder. */
function nameIn(content: string | null): string | null {
  if (content === null) return null
  const { source, id } = JSON.parse(content) as { readonly source: string; readonly id: string }
  return `${source}/${id}`
}

const outgoingOf = sql<SentMerge & { readonly event: string }>(
  'outgoing-of-member',
  `SELECT program, member, id, receiver, event FROM outbox
   WHERE bucket = $1 AND program = $2 AND member = $3 AND receiver = $4`,
)

/**
 * Before anything is recorded for whoever goes on: what the two have told each other of merges has arrived. Else an order of the
 * one would be a stranger's to the other.
 */
export async function bringMerges(
  context: ProgramContext,
  record: Record,
  program: string,
  from: string,
  to: string,
): Promise<void> {
  const rows = await rowsOf(context.database.application, outgoingOf(bucketOf(program, from), program, from, to))
  for (const { event, ...row } of rows) {
    const sent: { readonly type: string } = JSON.parse(event) // our own text, written by the recorder
    if (sent.type === 'merge.received') await deliverMerge(context, record, row)
    else if (sent.type === 'merge.undone') {
      const told = JSON.parse(event) as Extract<RequestInput, { type: 'merge.undone' }>
      const identity = { source: ownSource, id: `${row.member}/${row.id}` }
      await record({ program, member: row.receiver, event: { ...told, ...identity } })
    }
  }
}
