import { type DraftAnswer, Problem } from '@laurel/contract'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { isForAll } from '../programs/pilots.ts'
import { type VersionRow, versionsOfProgram } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { needsApproval, notAccepted, type ReadyVersion, readyDocument, readyVersion } from './add-version.ts'
import { lockedDraft, type ReadDraft, requireStatus, writeStep } from './draft-step.ts'
import { type DraftRow, draftOfVersion, moveDraft, writersOfDraft } from './queries.ts'
import { readDraft } from './read-drafts.ts'

/** Asks for approval of a draft that compiles. */
export async function submitDraft(context: ProgramContext, actor: Actor, read: ReadDraft): Promise<DraftAnswer> {
  await transaction(context.database.application, async (tx) => {
    const row = await lockedDraft(tx, actor.program, read)
    if (row.status === 'submitted') return
    requireStatus(row, ['open'])
    await requirePublishable(tx, context, actor.program, row, await rowsOf(tx, versionsOfProgram(actor.program)))
    await move(tx, context, actor, 'submitted', read)
  })
  return await readDraft(context, actor.program, read.draft)
}

export async function approveDraft(context: ProgramContext, actor: Actor, read: ReadDraft): Promise<DraftAnswer> {
  await transaction(context.database.application, async (tx) => {
    const row = await lockedDraft(tx, actor.program, read)
    if (row.status === 'approved') return
    requireStatus(row, ['submitted'])
    const versions = await rowsOf(tx, versionsOfProgram(actor.program))
    await requirePublishable(tx, context, actor.program, row, versions)
    if (needsApproval(versions)) await requireSecondPerson(tx, actor, read.draft)
    await move(tx, context, actor, 'approved', read)
  })
  return await readDraft(context, actor.program, read.draft)
}

/** Back to whoever writes it; an approval is taken back so, too. */
export async function sendDraftBack(context: ProgramContext, actor: Actor, read: ReadDraft): Promise<DraftAnswer> {
  await transaction(context.database.application, async (tx) => {
    const row = await lockedDraft(tx, actor.program, read)
    requireStatus(row, ['submitted', 'approved'])
    await countOf(tx, moveDraft(actor.program, read.draft, 'open', null))
    await writeStep(tx, context, actor, 'sent-back', read)
  })
  return await readDraft(context, actor.program, read.draft)
}

async function move(
  tx: Transaction,
  context: ProgramContext,
  actor: Actor,
  status: 'submitted' | 'approved',
  read: ReadDraft,
): Promise<void> {
  await countOf(tx, moveDraft(actor.program, read.draft, status, null))
  await writeStep(tx, context, actor, status, read)
}

/**
 * What would stop a publication now already stops the steps before it: nobody approves what cannot be published. Only the
 * consent of a second person may be missing still.
 */
export async function requirePublishable(
  tx: Transaction,
  context: ProgramContext,
  program: string,
  draft: DraftRow,
  versions: readonly VersionRow[],
): Promise<ReadyVersion> {
  requireFresh(draft, versions)
  const ready = readyDocument(program, draft.document)
  if (versions.findLast(isForAll)?.hash === ready.hash) throw new Problem('same-document')
  const next = await readyVersion(tx, versions, ready, context.now(program))
  const backwards = next.remarks.filter(({ code }) => code === 'version-since-past')
  // A draft changes what comes, never what was.
  if (backwards.length > 0) throw notAccepted(backwards.map((finding) => ({ ...finding, severity: 'error' })))
  return next
}

/** A draft says what it changes; of a version that it has not seen it would take back what that one changed. */
function requireFresh(row: DraftRow, versions: readonly VersionRow[]): void {
  const latest = versions.length
  if (row.based_on !== latest) throw new Problem('draft-overtaken', { extensions: { basedOn: row.based_on, latest } })
}

/** Whoever consents, or gives more members what was consented to, has not written it. */
async function requireSecondPerson(tx: Transaction, actor: Actor, draft: string): Promise<void> {
  const holders = (await rowsOf(tx, writersOfDraft(actor.program, draft))).map(({ holder }) => holder)
  requireOther(actor, holders, { key: 'a key that wrote the draft', act: 'written part of the draft' })
}

/** Whoever approves is none of those who hold these keys; null: nobody has said who holds one. */
export function requireOther(
  { holder }: Actor,
  holders: readonly (string | null)[],
  named: { readonly key: string; readonly act: string },
): void {
  const refuse = (detail: string) => new Problem('second-person-needed', { detail })
  if (holder === null) throw refuse('Nobody has said who holds the key of whoever approves.')
  if (holders.includes(null)) throw refuse(`Nobody has said who holds ${named.key}.`)
  if (holders.includes(holder)) throw refuse(`Whoever approves has ${named.act}.`)
}

/**
 * More members are a larger step than the one that was consented to when a pilot began: it takes somebody who has not written the
 * document. Answers who that is.
 */
export async function consentToTrial(tx: Transaction, actor: Actor, begun: number): Promise<string> {
  const draft = await rowOf(tx, draftOfVersion(actor.program, begun))
  if (draft === undefined) throw new Error('invariant: a pilot begins with a draft')
  await requireSecondPerson(tx, actor, draft.id)
  return actor.name
}
