import { bucketOf } from '@laurel/ledger'
import { rowOf, sql } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { identityOf } from './identity.ts'

/** Whose an identity is, and which decision answered it first. `key` is the identity's name. */
export const ownerOfIdentity = sql<{ member: string; seq: number }>(
  'owner-of-identity',
  'SELECT member, seq FROM identity WHERE bucket = $1 AND key = $2',
)

export const decisionOfMember = sql<{ content: string | null; answer: string | null }>(
  'decision-of-member',
  'SELECT content, answer FROM decision WHERE bucket = $1 AND program = $2 AND member = $3 AND seq = $4',
)

/** What an event was answered at first, and of whom; null: it is not recorded. `name` is `source/id`. */
export async function firstAnswer(
  { database: { application } }: ProgramContext,
  program: string,
  name: string,
): Promise<{ readonly member: string; readonly content: string; readonly answer: string } | null> {
  const identity = identityOf(program, 'event', name)
  const owner = await rowOf(application, ownerOfIdentity(identity.bucket, identity.name))
  if (owner === undefined) return null
  const { member, seq } = owner
  const row = await rowOf(application, decisionOfMember(bucketOf(program, member), program, member, seq))
  return row?.content == null || row.answer === null ? null : { member, content: row.content, answer: row.answer }
}
