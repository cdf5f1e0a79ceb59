import { type MergeAnswer, ownIdentity, Problem } from '@laurel/contract'
import { currentPool, type Member } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { actingAs } from '../access/acting-as.ts'
import { rowOf } from '../db/transaction.ts'
import { requireRecorded } from '../decisions/answer-events.ts'
import { ask } from '../decisions/ask.ts'
import { ownerOfIdentity } from '../decisions/first-answer.ts'
import { memberStateOf } from '../decisions/history.ts'
import { identityOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import type { Actor } from '../http/bind.ts'
import { requireMember } from '../members/require-member.ts'
import type { ByStaff } from '../staff/act.ts'
import { headOfMember } from './queries.ts'

/**
 * One member goes into another (MRG-1): the last entry of the one names the head of the other. Merged into one that was merged
 * itself, it goes into whoever remains. Asked again it answers the same.
 */
export async function mergeMembers(
  context: RecordingContext,
  actor: Actor,
  from: string,
  { into: named, reason, actor: person }: ByStaff & { readonly into: string },
  idempotencyKey: string,
): Promise<MergeAnswer> {
  const { program } = actor
  const into = await requireMember(context, program, named)
  if (named === from) throw new Problem('merge-with-oneself')
  const gone = await stateOf(context, program, from)
  if (gone.member.left?.into !== undefined) {
    const remains = await remainingOf(context, program, from)
    if (remains !== into) throw new Problem('merged-already', { extensions: { into: remains } })
    return { member: from, into, repeated: true }
  }
  if (into === from) throw new Problem('merge-with-oneself')
  const there = await stateOf(context, program, into)
  for (const { left, frozen } of [gone.member, there.member]) {
    if (left?.erased) throw new Problem('unknown-member')
    if (left !== null || frozen) throw new Problem('member-away')
  }
  // What goes along with who leaves is the pool's to say, and comes before the end (POOL-1).
  if (currentPool(gone.member)) throw new Problem('member-in-pool')
  const head = there.hash.toString('hex')
  const by = { ...ownIdentity(`merge/${idempotencyKey}`), actor: actingAs(actor, person), reason }
  const { repeated } = await ask(context, program, from, { type: 'member.merged', ...by, to: into, head })
  return { member: from, into, repeated }
}

/** As long as the one that remains has neither earned nor spent since, both are again what they would be without it. */
export async function undoMerge(
  context: RecordingContext,
  actor: Actor,
  from: string,
  { reason, actor: person }: ByStaff,
  idempotencyKey: string,
): Promise<MergeAnswer> {
  const { program } = actor
  const gone = await stateOf(context, program, from)
  const identity = ownIdentity(`unmerge/${from}/${idempotencyKey}`)
  const { bucket, name } = identityOf(program, 'event', `${identity.source}/${identity.id}`)
  const known = await rowOf(context.database.application, ownerOfIdentity(bucket, name))
  const into = known?.member ?? gone.member.left?.into
  if (into === undefined) throw new Problem('merge-not-undoable')
  if (known !== undefined) return { member: from, into, repeated: true }
  const { member } = await stateOf(context, program, into)
  const merge = member.merged?.from === from ? member.merged.merge : ''
  const by = { ...identity, actor: actingAs(actor, person), reason }
  const event = { type: 'merge.undone', ...by, merge, tell: from } as const
  const answer = await context.recorder.record({ program, member: into, event })
  if (answer.status === 'rejected' && answer.code === 'merge-not-undoable') throw new Problem('merge-not-undoable')
  requireRecorded(answer)
  return { member: from, into, repeated: answer.status === 'repeated' }
}

async function stateOf(
  context: RecordingContext,
  program: string,
  id: string,
): Promise<{ readonly member: Member; readonly hash: Buffer }> {
  const row = await rowOf(context.database.application, headOfMember(bucketOf(program, id), program, id))
  if (row === undefined) throw new Problem('unknown-member')
  return { member: memberStateOf({ program, id }, row.state), hash: row.hash }
}
