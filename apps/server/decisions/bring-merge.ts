import { ownIdentity, ownSource } from '@laurel/contract'
import { bucketOf } from '@laurel/ledger'
import { exchange, step } from '../db/exchange.ts'
import { rowsOf, transaction } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { historyIn, toldOf } from './history.ts'
import { deliveryNameOf, deliveryOf, isDelivered, type OutgoingRow, outgoingTo } from './outgoing.ts'
import { memberHistory } from './queries.ts'
import { circleOf } from './remaining.ts'
import type { Answer, RequestInput, Submission } from './submission.ts'

/** A row of the outbox that says so. */
export type SentMerge = Pick<OutgoingRow, 'program' | 'member' | 'id' | 'receiver'>

type Submit = (submission: Submission) => Promise<Answer>

/**
 * Delivers a merge to whoever remains (MRG-1), with all that a replay of the merged member needs. Where nobody is there to take
 * it in, the one that was merged stays. Delivered twice it counts once. Whether it is delivered, one way or the other.
 */
export async function deliverMerge(
  context: ProgramContext,
  record: Submit,
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

async function undo(record: Submit, { program, member, id }: SentMerge, reason: string): Promise<boolean> {
  const by = { actor: ownSource, reason, ...ownIdentity(`unmerged/${id}`) }
  return isDelivered(await record({ program, member, event: { type: 'merge.undone', ...by, merge: id, tell: null } }))
}

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
  const brought = { events, told: toldOf({ program, id: from }, { effects }) }
  return {
    type: 'merge.received',
    ...deliveryNameOf({ member: from, id: merge }),
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

/**
 * Before anything is recorded for whoever goes on: what the two have told each other of merges has arrived. Else an order of the
 * one would be a stranger's to the other.
 */
export async function bringMerges(
  context: ProgramContext,
  record: Submit,
  program: string,
  from: string,
  to: string,
): Promise<void> {
  const rows = await rowsOf(context.database.application, outgoingTo(bucketOf(program, from), program, from, to))
  for (const row of rows) {
    const event = deliveryOf(row)
    if (event === null) await deliverMerge(context, record, row)
    else if (event.type === 'merge.undone') await record({ program, member: row.receiver, event })
  }
}
