import type { VersionAnswer } from '@laurel/contract'
import type { Finding } from '@laurel/engine'
import { transaction } from '../db/transaction.ts'
import { isForAll } from '../programs/pilots.ts'
import { versionAnswerOf } from '../programs/read-versions.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { addVersion, lockVersions, readyDocument, readyVersion } from './add-version.ts'
import type { VersionFinding } from './compare-versions.ts'

export interface ProgramToPublish {
  /** YAML or JSON. */
  readonly document: string
  readonly note: string
}

export type Published = VersionAnswer & {
  /** The latest version is this very document; nothing was written. */
  readonly repeated: boolean
  /** Warnings and notes: of the checker, and of what the versions before make of it. */
  readonly findings: readonly (Finding | VersionFinding)[]
}

/**
 * Publishes a document as the next version of `program`. Throws a Problem with every finding where it is not accepted: it does
 * not compile, or it changes what members' books are written in; and one where a second person must approve it first.
 */
export async function publishProgram(
  context: ProgramContext,
  author: string,
  program: string,
  { document, note }: ProgramToPublish,
): Promise<Published> {
  const ready = readyDocument(program, document)
  const { row, repeated, remarks } = await transaction(context.database.application, async (tx) => {
    const versions = await lockVersions(tx, context, program)
    const latest = versions.findLast(isForAll)
    if (latest?.hash === ready.hash) return { row: latest, repeated: true, remarks: [] }
    const next = await readyVersion(tx, versions, ready, context.now(program))
    const publication = { author, note, approvedBy: null, trial: null }
    const row = await addVersion(tx, context, program, versions, next, publication)
    return { row, repeated: false, remarks: next.remarks }
  })
  await context.timelines.upTo(program, row.version)
  return { ...versionAnswerOf(program, row), repeated, findings: [...remarks, ...ready.findings] }
}
