import { randomUUIDv7 } from 'node:crypto'
import type { Context } from '../context.ts'
import { countOf, type Transaction } from '../db/transaction.ts'
import { insertAudit } from './queries.ts'

/** What was done, by whom, to what. Ids and codes only: the log outlives an erasure. */
export interface Audit {
  readonly program: string
  readonly actor: string
  readonly act: string
  readonly subject: string
  readonly detail: object
}

/** Written in the transaction of the act itself: neither stands without the other. */
export async function writeAudit(
  tx: Transaction,
  context: Context,
  { program, actor, act, subject, detail }: Audit,
): Promise<void> {
  const at = new Date(context.wallNow()).toISOString()
  await countOf(tx, insertAudit(randomUUIDv7(), program, at, actor, act, subject, JSON.stringify(detail)))
}
