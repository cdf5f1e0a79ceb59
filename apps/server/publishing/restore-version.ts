import { Problem, type VersionAnswer } from '@laurel/contract'
import { type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { isForAll, rulingRow } from '../programs/pilots.ts'
import type { VersionRow } from '../programs/queries.ts'
import { versionAnswerOf } from '../programs/read-versions.ts'
import { type ProgramContext, startIn, waitingIn } from '../programs/timeline.ts'
import { lockVersions, needsApproval, notAccepted, refuseDuringPilot, writeVersion } from './add-version.ts'
import { strandedIn, withConcerns } from './check-transitions.ts'
import { programOfVersion, rewritingsOf } from './compare-versions.ts'
import { consentToTrial } from './review-draft.ts'

export interface ToRestore {
  readonly version: number
  /** The latest version, as whoever asks knows it. */
  readonly after: number
  readonly note: string
}

export interface Restored {
  readonly versions: VersionAnswer[]
  /** Versions that were to begin, and never will because of it. */
  readonly neverBegin: number[]
  readonly repeated: boolean
}

export type RestoredRow = Pick<VersionRow, 'document' | 'hash' | 'in_force_from' | 'restores' | 'withdraws'>

/** Lets the document of an older version count from now on, as the next version. */
export async function rollBack(context: ProgramContext, actor: Actor, asked: ToRestore): Promise<Restored> {
  const { program } = actor
  return await restore(context, actor.name, program, asked, 'program.rolled-back', async (versions, nowText, tx) => {
    const older = versionIn(versions, asked.version)
    const latest = versions.findLast(isForAll) ?? versionIn(versions, asked.after)
    if (older.hash === latest.hash) throw new Problem('same-document')
    // An asset that came since is in members' books.
    const rewritings = rewritingsOf(programOfVersion(latest), nextOf(older, context.now(program)))
    if (rewritings.length > 0) throw notAccepted(rewritings)
    const approvedBy = needsApproval(versions) ? await consentFor(tx, actor, versions, older) : null
    return { rows: [again(older, nowText, null)], approvedBy }
  })
}

/** What was for all was consented to; of what was only on trial, more members are a larger step (PIL-2). */
async function consentFor(
  tx: Transaction,
  actor: Actor,
  versions: readonly VersionRow[],
  { hash, pilot }: VersionRow,
): Promise<string | null> {
  const wasForAll = versions.some((row) => row.hash === hash && isForAll(row))
  return wasForAll || pilot === null ? null : await consentToTrial(tx, actor, pilot)
}

const nextOf = (older: VersionRow, now: number) => ({
  document: older.document,
  hash: older.hash,
  program: programOfVersion(older),
  fromAt: now,
  publishedAt: now,
})

/** Keeps a version from beginning: what is in force is published again, and then whatever else is still to begin. */
export async function withdrawVersion(
  context: ProgramContext,
  author: string,
  program: string,
  asked: ToRestore,
): Promise<Restored> {
  return await restore(context, author, program, asked, 'program.withdrawn', async (versions, nowText) => {
    versionIn(versions, asked.version)
    const now = Date.parse(nowText)
    const waiting = waitingAt(versions, now)
    const ruling = rulingRow(versions, now)
    if (ruling === undefined || !waiting.some(({ version }) => version === asked.version)) {
      throw new Problem('version-not-waiting')
    }
    const others = waiting.filter(({ version }) => version !== asked.version)
    const rows = [
      again(ruling, nowText, asked.version),
      ...others.map((other) => again(other, other.in_force_from, asked.version)),
    ]
    return { rows, approvedBy: null }
  })
}

/** Versions for all that will begin. */
export function waitingAt(versions: readonly VersionRow[], now: number): VersionRow[] {
  const starts = versions.filter(isForAll).map((row) => ({ row, fromAt: startIn(row.in_force_from) }))
  return waitingIn(starts, now).map(({ row }) => row)
}

const forAll = { pilot: null, share: null, holdout: null } as const

export const again = (
  { document, hash, version }: VersionRow,
  from: string | null,
  withdraws: number | null,
): RestoredRow => ({
  document,
  hash,
  in_force_from: from,
  restores: version,
  withdraws,
})

function versionIn(versions: readonly VersionRow[], number: number): VersionRow {
  const found = versions.find(({ version }) => version === number)
  if (found === undefined) throw new Problem('unknown-version')
  return found
}

async function restore(
  context: ProgramContext,
  author: string,
  program: string,
  { version, after, note }: ToRestore,
  act: 'program.rolled-back' | 'program.withdrawn',
  whatToWrite: (
    versions: readonly VersionRow[],
    nowText: string,
    tx: Transaction,
  ) => Promise<{ readonly rows: readonly RestoredRow[]; readonly approvedBy: string | null }>,
): Promise<Restored> {
  const { before, rows, repeated } = await transaction(context.database.application, async (tx) => {
    const versions = await lockVersions(tx, context, program)
    const latest = versions.length
    if (latest !== after) {
      const since = versions.slice(after)
      const isOurs = (row: VersionRow) =>
        act === 'program.withdrawn'
          ? row.withdraws === version
          : row.withdraws === null && row.pilot === null && row.restores === version && since.length === 1
      if (since.length > 0 && since.every(isOurs))
        return { before: versions.slice(0, after), rows: since, repeated: true }
      throw new Problem('versions-moved-on', { extensions: { latest } })
    }
    refuseDuringPilot(versions)
    const nowText = new Date(context.now(program)).toISOString()
    const { rows: toWrite, approvedBy } = await whatToWrite(versions, nowText, tx)
    refuseLifting(versions, toWrite)
    const publication = { published_at: nowText, author, note, approved_by: approvedBy, ...forAll }
    const written = toWrite.map((row, index): VersionRow => ({ ...row, ...publication, version: latest + index + 1 }))
    await refuseStranding(tx, program, versions, written)
    for (const row of written) await writeVersion(tx, context, program, row, act)
    return { before: versions, rows: written, repeated: false }
  })
  await context.timelines.upTo(program, rows.at(-1)?.version ?? after)
  const neverBegin = stoppedBy(before, rows).map((row) => row.version)
  return { versions: rows.map((row) => versionAnswerOf(program, row)), neverBegin, repeated }
}

/** What was to begin, and is not among what begins after it. */
function stoppedBy(before: readonly VersionRow[], rows: readonly VersionRow[]): VersionRow[] {
  const at = Date.parse(rows[0]?.published_at ?? '')
  return waitingAt(before, at).filter(({ version }) => !rows.some(({ restores }) => restores === version))
}

/** What came since, and what waits for what never comes, may be in members' hands. An answer that nothing asks for any more is none. */
async function refuseStranding(
  tx: Transaction,
  program: string,
  versions: readonly VersionRow[],
  written: readonly VersionRow[],
): Promise<void> {
  for (const [index, row] of written.entries()) {
    const next = { ...nextOf(row, Date.parse(row.published_at)), fromAt: startIn(row.in_force_from) }
    const found = strandedIn([...versions, ...written.slice(0, index)], next)
    const stranded = found.filter(({ finding }) => finding.code !== 'transition-unneeded')
    if (stranded.length > 0) throw notAccepted(await withConcerns(tx, program, stranded))
  }
}

/** What was consented to for all once needs no second consent. To lift the demand for it does, also where its version has not begun. */
function refuseLifting(versions: readonly VersionRow[], toWrite: readonly RestoredRow[]): void {
  const last = versions.find(({ version }) => version === toWrite.at(-1)?.restores)
  if (last !== undefined && needsApproval(versions) && !needsApproval([last])) throw new Problem('approval-missing')
}
