import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { type VersionRow, versionsOfProgram } from '../programs/queries.ts'
import { versionAnswerOf } from '../programs/read-versions.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { addVersion, lockVersions, type Publication } from './add-version.ts'
import { lockedDraft, type ReadDraft, requireStatus, writeStep } from './draft-step.ts'
import type { Published } from './publish-program.ts'
import { approverOfDraft, type DraftRow, moveDraft } from './queries.ts'
import { requirePublishable } from './review-draft.ts'

export type PublishedDraft = Published & { readonly draft: string }

/** Publishes a draft as the next version; sent twice, it answers which version that was. */
export async function publishDraft(context: ProgramContext, actor: Actor, read: ReadDraft): Promise<PublishedDraft> {
  const { program } = actor
  const published = await transaction(context.database.application, async (tx) => {
    const draft = await lockedDraft(tx, program, read)
    if (draft.version !== null)
      return { row: await versionOf(tx, program, draft.version), repeated: true, findings: [] }
    requireStatus(draft, ['open', 'submitted', 'approved'])
    const versions = await lockVersions(tx, context, program)
    const next = await requirePublishable(tx, context, program, draft, versions)
    const publication = await publicationOf(tx, program, draft, null)
    const row = await addVersion(tx, context, program, versions, next, publication)
    await countOf(tx, moveDraft(program, draft.id, 'published', row.version))
    await writeStep(tx, context, actor, 'published', read)
    return { row, repeated: false, findings: [...next.remarks, ...next.ready.findings] }
  })
  const { row, repeated, findings } = published
  await context.timelines.upTo(program, row.version)
  return { ...versionAnswerOf(program, row), draft: read.draft, repeated, findings }
}

/** By whom it was written, what was said of it, and who consented. */
export const publicationOf = async (
  tx: Transaction,
  program: string,
  draft: DraftRow,
  trial: Publication['trial'],
): Promise<Publication> => ({
  ...{ author: draft.changed_by, note: draft.note, trial },
  approvedBy: await approverOf(tx, program, draft),
})

async function approverOf(tx: Transaction, program: string, draft: DraftRow): Promise<string | null> {
  if (draft.status !== 'approved') return null
  return (await rowOf(tx, approverOfDraft(program, draft.id, draft.revision)))?.actor ?? null
}

export async function versionOf(tx: Transaction, program: string, version: number): Promise<VersionRow> {
  const row = (await rowsOf(tx, versionsOfProgram(program))).find((each) => each.version === version)
  if (row === undefined) throw new Error(`a draft was published as version ${version}, which is not there`)
  return row
}
