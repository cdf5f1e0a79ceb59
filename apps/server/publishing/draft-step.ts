import { Problem } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, type Transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { type DraftRow, insertStep, lockDraft, type StepRow } from './queries.ts'

/** A draft that somebody has read under a revision, and means to take a step further. */
export interface ReadDraft {
  readonly draft: string
  readonly revision: number
  readonly comment: string
}

/** The draft, which nobody else changes until the transaction is over. Throws a Problem where it is not the one that was read. */
export async function lockedDraft(
  tx: Transaction,
  program: string,
  { draft, revision }: Pick<ReadDraft, 'draft' | 'revision'>,
): Promise<DraftRow> {
  const row = await rowOf(tx, lockDraft(program, draft))
  if (row === undefined) throw new Problem('unknown-draft')
  if (row.revision !== revision) throw draftChanged(row)
  return row
}

export const draftChanged = ({ revision, changed_at, changed_by }: DraftRow): Problem =>
  new Problem('draft-changed', { extensions: { revision, changedAt: changed_at, changedBy: changed_by } })

/** Throws a Problem where the draft is in another state than these. */
export function requireStatus({ status }: DraftRow, allowed: readonly DraftRow['status'][]): void {
  if (!allowed.includes(status)) throw new Problem('draft-status', { extensions: { state: status } })
}

/** Written in the transaction of the step itself; the comment stands with the draft, not in the log that outlives everything. */
export async function writeStep(
  tx: Transaction,
  context: Context,
  actor: Actor,
  act: StepRow['act'],
  { draft, revision, comment }: ReadDraft,
): Promise<void> {
  const { program } = actor
  const at = new Date(context.now(program)).toISOString()
  await countOf(tx, insertStep(program, draft, revision, act, actor.name, comment, at))
  const detail = { revision }
  await writeAudit(tx, context, {
    program,
    actor: actor.name,
    act: `draft.${act}`,
    subject: `draft/${draft}`,
    detail,
  })
}
