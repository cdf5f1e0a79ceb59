import { type DraftAnswer, Problem } from '@laurel/contract'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { versionsPublished } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { draftChanged, requireStatus, writeStep } from './draft-step.ts'
import { type DraftRow, insertDraft, lockDraft, saveDraftRow } from './queries.ts'
import { readDraft } from './read-drafts.ts'

export interface DraftToSave {
  readonly draft: string
  /** The revision that was read; 0: a new draft. */
  readonly revision: number
  readonly document: string
  readonly note: string
  /** The version that it takes the place of; absent: as it was, the latest for a new one. */
  readonly basedOn?: number | undefined
}

/** Writes a draft. Of two who have read the same revision the second is refused, and has both texts at hand. */
export async function saveDraft(context: ProgramContext, actor: Actor, input: DraftToSave): Promise<DraftAnswer> {
  const { program } = actor
  const { draft, revision, document, note } = input
  await transaction(context.database.application, async (tx) => {
    const latest = (await rowOf(tx, versionsPublished(program)))?.versions ?? 0
    if (input.basedOn !== undefined && input.basedOn > latest) throw new Problem('unknown-version')
    const at = new Date(context.now(program)).toISOString()
    const saved = { draft, revision: revision + 1, comment: note }
    if (revision === 0) {
      const basedOn = input.basedOn ?? latest
      const inserted = await countOf(tx, insertDraft(program, draft, document, note, basedOn, at, actor.name))
      if (inserted === 1) return await writeStep(tx, context, actor, 'saved', saved)
    }
    const row = await rowOf(tx, lockDraft(program, draft))
    if (row === undefined) throw new Problem('unknown-draft')
    if (isThisSaving(row, actor, input)) return
    if (row.revision !== revision) throw draftChanged(row)
    requireStatus(row, ['open', 'submitted', 'approved'])
    const basedOn = input.basedOn ?? row.based_on
    await countOf(tx, saveDraftRow(program, draft, document, note, basedOn, at, actor.name))
    await writeStep(tx, context, actor, 'saved', saved)
  })
  return await readDraft(context, program, draft)
}

/** Sent twice, since the first answer was lost. */
const isThisSaving = (row: DraftRow, actor: Actor, { revision, document, note, basedOn }: DraftToSave): boolean =>
  row.revision === revision + 1 &&
  row.document === document &&
  row.note === note &&
  (basedOn === undefined || row.based_on === basedOn) &&
  row.changed_by === actor.name
