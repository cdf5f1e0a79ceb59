import { createWording, type DraftAnswer, type DraftStepAnswer, type DraftSummary, Problem } from '@laurel/contract'
import { compileProgram, type Language, type ProgramDifference, programDifferences } from '@laurel/engine'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { type Page, pageOf, partsOfCursor } from '../http/cursor.ts'
import { rulingRow } from '../programs/pilots.ts'
import { versionsOfProgram } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { needsApproval, nextVersion, notAccepted } from './add-version.ts'
import { strandedIn } from './check-transitions.ts'
import { type DraftRow, draftById, draftsOfProgram, stepsOfDraft } from './queries.ts'

/** What is being written, in order of ids. */
export async function listDrafts(context: ProgramContext, program: string, { limit, cursor }: Page) {
  const [after = null] = (partsOfCursor(cursor, 1) ?? []).map(String)
  const rows = await rowsOf(context.database.application, draftsOfProgram(program, after, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ id }) => [id])
  return { drafts: page.map(summaryOf), next }
}

/** One draft, as the checker sees it now. */
export async function readDraft(context: ProgramContext, program: string, draft: string): Promise<DraftAnswer> {
  const row = await draftRow(context, program, draft)
  const versions = await rowsOf(context.database.application, versionsOfProgram(program))
  const { program: compiled, findings } = compileProgram(row.document, { version: 0, hash: '' }, { instantOf, localOf })
  const isNext = row.status !== 'published' && compiled !== null
  const stranded = isNext
    ? strandedIn(versions, nextVersion(versions, { document: row.document, program: compiled }, context.now(program)))
    : []
  return {
    ...summaryOf(row),
    document: row.document,
    latest: versions.length,
    needsApproval: needsApproval(versions),
    findings: [...stranded.map(({ finding }) => finding), ...findings].map((finding) => ({ ...finding })),
  }
}

/** Who did what with it, latest first. */
export async function listDraftSteps(context: ProgramContext, program: string, draft: string, { limit, cursor }: Page) {
  await draftRow(context, program, draft)
  const before = partsOfCursor(cursor, 1)?.[0] ?? null
  // A cursor of another list holds a text.
  const rows =
    typeof before === 'string' || (before ?? 0) > 2 ** 31 - 1
      ? []
      : await rowsOf(context.database.application, stepsOfDraft(program, draft, before, limit + 1))
  const { page, next } = pageOf<DraftStepAnswer>(rows, limit, ({ number }) => [number])
  return { steps: page.slice(), next }
}

export interface Comparison {
  /** Absent: the one that is in force now. */
  readonly version?: number | undefined
  readonly language: Language
}

/** What changes from a version to the draft. */
export async function compareDraft(
  context: ProgramContext,
  program: string,
  draft: string,
  { version, language }: Comparison,
): Promise<{ version: number; differences: Difference[] }> {
  const { document } = await draftRow(context, program, draft)
  const versions = await rowsOf(context.database.application, versionsOfProgram(program))
  const before =
    version === undefined ? rulingRow(versions, context.now(program)) : versions.find((row) => row.version === version)
  if (before === undefined) throw new Problem('unknown-version')
  const differences = programDifferences(before.document, document, createWording(language))
  if (differences === null)
    throw notAccepted(compileProgram(document, { version: 0, hash: '' }, { instantOf, localOf }).findings)
  return { version: before.version, differences: differences.map(differenceOf) }
}

type Difference = Omit<ProgramDifference, 'changes'> & { changes: { path: string; [field: string]: unknown }[] }

const differenceOf = (difference: ProgramDifference): Difference => ({
  ...difference,
  changes: difference.changes.map((change) => ({ ...change })),
})

async function draftRow(context: ProgramContext, program: string, draft: string): Promise<DraftRow> {
  const row = await rowOf(context.database.application, draftById(program, draft))
  if (row === undefined) throw new Problem('unknown-draft')
  return row
}

const summaryOf = (row: Omit<DraftRow, 'document'>): DraftSummary => ({
  id: row.id,
  revision: row.revision,
  status: row.status,
  note: row.note,
  basedOn: row.based_on,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
  version: row.version,
})
