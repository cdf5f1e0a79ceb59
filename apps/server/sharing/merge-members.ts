import { type MergeAnswer, ownSource, Problem } from '@laurel/contract'
import { currentPool, type Member } from '@laurel/engine'
import { rowOf } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import { bucketOf } from '../decisions/identity.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Actor } from '../http/bind.ts'
import { actorOfKey, type ByStaff } from '../rewards/act.ts'
import { requireMember } from '../rewards/require-member.ts'
import { headOfMember } from './queries.ts'

/** One member goes into another (MRG-1): the last entry of the one names the head of the other. Asked again it answers the same. */
export async function mergeMembers(
  context: RecordingContext,
  actor: Actor,
  from: string,
  { into, reason, actor: person }: ByStaff & { readonly into: string },
  idempotencyKey: string,
): Promise<MergeAnswer> {
  const { program } = actor
  if (into === from) throw new Problem('merge-with-oneself')
  const id = `merge/${idempotencyKey}`
  const answer = { member: from, into, merge: `${ownSource}/${id}` }
  const gone = await stateOf(context, program, from)
  if (gone.member.left?.into === into) return { ...answer, repeated: true }
  const there = await stateOf(context, program, into)
  for (const { left } of [gone.member, there.member]) {
    if (left?.erased || left?.into !== undefined) throw new Problem('merged-or-erased')
  }
  // What goes along with who leaves is the pool's to say, and comes before the end (POOL-1).
  if (currentPool(gone.member)) throw new Problem('member-in-pool')
  const head = there.hash.toString('hex')
  const by = { source: ownSource, id, actor: person ?? actorOfKey(actor), reason }
  const { repeated } = await ask(context, program, from, { type: 'member.merged', ...by, to: into, head })
  return { ...answer, repeated }
}

/** As long as the one that remains has neither earned nor spent since, both are again what they would be without it. */
export async function undoMerge(
  context: RecordingContext,
  actor: Actor,
  into: string,
  { from, reason, actor: person }: ByStaff & { readonly from: string },
  idempotencyKey: string,
): Promise<MergeAnswer> {
  const { program } = actor
  const { member } = await stateOf(context, program, into)
  const merge = member.merged?.from === from ? member.merged.merge : ''
  const by = { source: ownSource, id: `unmerge/${idempotencyKey}`, actor: person ?? actorOfKey(actor), reason }
  const { repeated } = await ask(context, program, into, { type: 'merge.undone', ...by, merge, tell: from })
  return { member: from, into, merge, repeated }
}

async function stateOf(
  context: RecordingContext,
  program: string,
  id: string,
): Promise<{ readonly member: Pick<Member, 'left' | 'merged' | 'belongings'>; readonly hash: Buffer }> {
  await requireMember(context, program, id)
  const row = await rowOf(context.database.application, headOfMember(bucketOf(program, id), program, id))
  if (row === undefined) throw new Problem('unknown-member')
  return { member: JSON.parse(row.state), hash: row.hash }
}
