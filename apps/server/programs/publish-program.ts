import { hash } from 'node:crypto'
import { Problem, type VersionAnswer } from '@laurel/contract'
import { canonicalProgram, compileProgram, type Finding } from '@laurel/engine'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { type NextVersion, remarksOn, rewritingsOf, type VersionFinding } from './compare-versions.ts'
import {
  countVersion,
  insertProgram,
  insertVersion,
  lockProgram,
  type VersionRow,
  versionsOfProgram,
} from './queries.ts'
import { versionAnswerOf } from './read-versions.ts'
import { entryIn, type ProgramContext } from './timeline.ts'

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
 * not compile, or it changes what members' books are written in.
 */
export async function publishProgram(
  context: ProgramContext,
  author: string,
  program: string,
  { document, note }: ProgramToPublish,
): Promise<Published> {
  const draft = compileProgram(document, { version: 0, hash: '' })
  const canonical = canonicalProgram(document)
  if (draft.program === null || canonical === null) throw notAccepted(draft.findings)
  if (draft.program.id !== program) throw new Problem('other-program', { extensions: { program: draft.program.id } })
  const contentHash = hash('sha256', canonical)
  const published = await transaction(context.database.application, async (tx) => {
    await countOf(tx, insertProgram(program, new Date(context.now()).toISOString()))
    await rowOf(tx, lockProgram(program))
    const versions = await rowsOf(tx, versionsOfProgram(program))
    const latest = versions.at(-1)
    if (latest?.hash === contentHash) return { row: latest, repeated: true, remarks: [] }
    const { row, next } = rowFor(context, document, contentHash, versions.length + 1, author, note)
    const rewritings = latest === undefined ? [] : rewritingsOf(latest, next)
    if (rewritings.length > 0) throw notAccepted([...rewritings, ...draft.findings])
    await write(tx, program, row)
    return { row, repeated: false, remarks: remarksOn(versions, next) }
  })
  await context.timelines.upTo(program, published.row.version)
  const { row, repeated, remarks } = published
  return { ...versionAnswerOf(program, row), repeated, findings: [...remarks, ...draft.findings] }
}

function rowFor(
  context: ProgramContext,
  document: string,
  contentHash: string,
  version: number,
  author: string,
  note: string,
): { readonly row: VersionRow; readonly next: NextVersion } {
  const { program } = compileProgram(document, { version, hash: contentHash })
  if (program === null) throw new Error('a document that compiled as a draft compiles as a version')
  const publishedAt = context.now()
  const { fromAt } = entryIn(program, publishedAt)
  const row = {
    version,
    document,
    hash: contentHash,
    in_force_from: fromAt === Number.NEGATIVE_INFINITY ? null : new Date(fromAt).toISOString(),
    published_at: new Date(publishedAt).toISOString(),
    author,
    note,
  }
  return { row, next: { document, hash: contentHash, program, fromAt, publishedAt } }
}

const notAccepted = (findings: readonly (Finding | VersionFinding)[]) =>
  new Problem('program-not-accepted', { extensions: { findings } })

async function write(tx: Transaction, program: string, row: VersionRow): Promise<void> {
  const { version, document, hash: contentHash, in_force_from, published_at, author, note } = row
  await countOf(tx, insertVersion(program, version, document, contentHash, in_force_from, published_at, author, note))
  await countOf(tx, countVersion(program, version))
}
