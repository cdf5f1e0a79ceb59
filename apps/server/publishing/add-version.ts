import { hash } from 'node:crypto'
import { Problem } from '@laurel/contract'
import { canonicalProgram, compileProgram, type Finding, type Program } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, type Transaction } from '../db/transaction.ts'
import { isForAll, runningPilot } from '../programs/pilots.ts'
import {
  countVersion,
  insertProgram,
  insertVersion,
  lockProgram,
  type VersionRow,
  versionsOfProgram,
} from '../programs/queries.ts'
import { entryIn, type ProgramContext } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { strandedIn, withConcerns } from './check-transitions.ts'
import { programOfVersion, remarksOn, rewritingsOf, type VersionFinding } from './compare-versions.ts'

/** A document that compiles, and belongs to the program. */
export interface ReadyDocument {
  readonly document: string
  /** Of the canonical text: two spellings of one program have one. */
  readonly hash: string
  readonly program: Program
  /** Warnings and notes of the checker. */
  readonly findings: readonly Finding[]
}

/** Throws a Problem with every finding where the document does not compile, or names another program. */
export function readyDocument(program: string, document: string): ReadyDocument {
  const { program: compiled, findings } = compileProgram(document, { version: 0, hash: '' }, { instantOf, localOf })
  const canonical = canonicalProgram(document)
  if (compiled === null || canonical === null) throw notAccepted(findings)
  if (compiled.id !== program) throw new Problem('other-program', { extensions: { program: compiled.id } })
  return { document, hash: hash('sha256', canonical), program: compiled, findings }
}

export const notAccepted = (findings: readonly (Finding | VersionFinding)[]): Problem =>
  new Problem('program-not-accepted', { extensions: { findings } })

/** Every version so far, oldest first; nobody adds another before the transaction is over. */
export async function lockVersions(tx: Transaction, context: ProgramContext, program: string): Promise<VersionRow[]> {
  await countOf(tx, insertProgram(program, new Date(context.now(program)).toISOString()))
  await rowOf(tx, lockProgram(program))
  return await rowsOf(tx, versionsOfProgram(program))
}

export interface Publication {
  readonly author: string
  readonly note: string
  /** Who consented as a second person. */
  readonly approvedBy: string | null
  /** Percent of members; null: it is for all. */
  readonly trial: { readonly share: number; readonly holdout: number } | null
}

/** Whether the next version needs the consent of a second person: the latest one says so, lest a draft lift the demand itself. */
export const needsApproval = (versions: readonly VersionRow[]): boolean =>
  latestOnes(versions).some((latest) => programOfVersion(latest).publishingNeedsApproval)

/** The one published last, and where that is of a pilot also the last one for all. */
function latestOnes(versions: readonly VersionRow[]): readonly VersionRow[] {
  const [latest, forAll] = [versions.at(-1), versions.findLast(isForAll)]
  return [...new Set([forAll, latest])].flatMap((row) => row ?? [])
}

/** A document as the version after those that are there. */
export interface ReadyVersion {
  readonly ready: ReadyDocument
  readonly fromAt: number
  readonly publishedAt: number
  /** What the versions before make of it. */
  readonly remarks: readonly VersionFinding[]
}

/** A document as it would be the next version. */
export const nextVersion = <Ready extends Pick<ReadyDocument, 'document' | 'program'>>(
  versions: readonly VersionRow[],
  ready: Ready,
  publishedAt: number,
) => {
  const { fromAt } = entryIn({ ...ready.program, version: versions.length + 1 }, publishedAt)
  return { ...ready, fromAt, publishedAt }
}

/** Throws a Problem where it would change what members' books are written in, or strand what they hold (TRN-1). */
export async function readyVersion(
  tx: Transaction,
  versions: readonly VersionRow[],
  ready: ReadyDocument,
  publishedAt: number,
): Promise<ReadyVersion> {
  const next = nextVersion(versions, ready, publishedAt)
  const { fromAt } = next
  const latest = versions.findLast(isForAll)
  // What a pilot declares is what the version for all declares (PIL-4).
  const rewritings = latest === undefined ? [] : rewritingsOf(programOfVersion(latest), next)
  const stranded = await withConcerns(tx, ready.program.id, strandedIn(versions, next))
  const unlawful = [...rewritings, ...stranded]
  if (unlawful.length > 0) throw notAccepted([...unlawful, ...ready.findings])
  return { ready, fromAt, publishedAt, remarks: remarksOn(versions.filter(isForAll), next) }
}

/**
 * Adds the next version after `versions`. Throws a Problem where it lacks the consent of a second person, and while a pilot runs:
 * one that is for all would end it unsaid (PIL-3).
 */
export async function addVersion(
  tx: Transaction,
  context: ProgramContext,
  program: string,
  versions: readonly VersionRow[],
  { ready, fromAt, publishedAt }: ReadyVersion,
  publication: Publication,
): Promise<VersionRow> {
  refuseDuringPilot(versions)
  if (needsApproval(versions) && publication.approvedBy === null) throw new Problem('approval-missing')
  const version = versions.length + 1
  const { trial } = publication
  const row = {
    version,
    document: ready.document,
    hash: ready.hash,
    in_force_from: Number.isFinite(fromAt) ? new Date(fromAt).toISOString() : null,
    published_at: new Date(publishedAt).toISOString(),
    author: publication.author,
    note: publication.note,
    approved_by: publication.approvedBy,
    restores: null,
    withdraws: null,
    pilot: trial === null ? null : version,
    share: trial?.share ?? null,
    holdout: trial?.holdout ?? null,
  }
  await writeVersion(tx, context, program, row, trial === null ? 'program.published' : 'pilot.begun')
  return row
}

export function refuseDuringPilot(versions: readonly VersionRow[]): void {
  const running = runningPilot(versions)
  if (running !== undefined) throw new Problem('pilot-running', { extensions: { pilot: running.begun.version } })
}

type VersionAct =
  | 'program.published'
  | 'program.rolled-back'
  | 'program.withdrawn'
  | 'program.corrected'
  | 'pilot.begun'
  | 'pilot.widened'
  | 'pilot.for-all'
  | 'pilot.stopped'

/** The row of a version, the count by which servers notice it, and who did it. */
export async function writeVersion(
  tx: Transaction,
  context: ProgramContext,
  program: string,
  row: VersionRow,
  act: VersionAct,
): Promise<void> {
  const { version, document, in_force_from, published_at, author, note, approved_by, restores, withdraws } = row
  const { pilot, share, holdout } = row
  const dates = [in_force_from, published_at] as const
  const why = [author, note, approved_by, restores, withdraws] as const
  await countOf(tx, insertVersion(program, version, document, row.hash, ...dates, ...why, pilot, share, holdout))
  await countOf(tx, countVersion(program, version))
  const detail = {
    hash: row.hash,
    inForceFrom: in_force_from,
    approvedBy: approved_by,
    restores,
    withdraws,
    pilot,
    share,
    holdout,
  }
  await writeAudit(tx, context, { program, actor: author, act, subject: `version/${version}`, detail })
}
