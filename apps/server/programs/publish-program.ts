import { hash } from 'node:crypto'
import { Problem, type VersionAnswer } from '@laurel/contract'
import { canonicalProgram, compileProgram, type Finding, type Program } from '@laurel/engine'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
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
  /** Warnings and notes of the checker. */
  readonly findings: readonly Finding[]
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
    if (latest?.hash === contentHash) return { row: latest, repeated: true }
    const row = rowFor(context, document, contentHash, versions.length + 1, author, note)
    refuseRewriting(latest, draft.program, draft.findings)
    await write(tx, program, row)
    return { row, repeated: false }
  })
  await context.timelines.upTo(program, published.row.version)
  const { row, repeated } = published
  return { ...versionAnswerOf(program, row), repeated, findings: draft.findings }
}

function rowFor(
  context: ProgramContext,
  document: string,
  contentHash: string,
  version: number,
  author: string,
  note: string,
): VersionRow {
  const { program } = compileProgram(document, { version, hash: contentHash })
  if (program === null) throw new Error('a document that compiled as a draft compiles as a version')
  const publishedAt = context.now()
  const { fromAt } = entryIn(program, publishedAt)
  return {
    version,
    document,
    hash: contentHash,
    in_force_from: fromAt === Number.NEGATIVE_INFINITY ? null : new Date(fromAt).toISOString(),
    published_at: new Date(publishedAt).toISOString(),
    author,
    note,
  }
}

/** What members hold was written down in the zone, the currency and the assets of earlier versions (TIME-1). */
function refuseRewriting(latest: VersionRow | undefined, next: Program | null, findings: readonly Finding[]): void {
  if (latest === undefined || next === null) return
  const { program: last } = compileProgram(latest.document, { version: latest.version, hash: latest.hash })
  if (last === null) throw new Error(`version ${latest.version} no longer compiles`)
  const changed: Rewriting[] = []
  const change = (path: string, message: string, instead: string) =>
    changed.push({ code: 'version-rewrites', severity: 'error', path, line: 1, column: 1, message, instead })
  if (last.zone !== next.zone) change('zone', 'a version may not change the zone', last.zone)
  if (last.currency.code !== next.currency.code) {
    change('currency', 'a version may not change the currency', last.currency.code)
  }
  for (const asset of last.assets) {
    const kept = next.assets.find((candidate) => candidate.id === asset.id)
    const path = `assets.${asset.id}`
    if (kept === undefined) change(path, 'members hold this asset, so it must stay declared', `keep ${asset.id}`)
    else if (kept.scale !== asset.scale)
      change(path, 'a version may not change the decimals of an asset', `${asset.scale}`)
    else if (kept.kind !== asset.kind) change(path, 'a version may not change what an asset is', asset.kind)
  }
  if (changed.length > 0) throw notAccepted([...changed, ...findings])
}

/** A finding that only the versions before make. */
type Rewriting = Omit<Finding, 'code'> & { readonly code: 'version-rewrites' }

const notAccepted = (findings: readonly (Finding | Rewriting)[]) =>
  new Problem('program-not-accepted', { extensions: { findings } })

async function write(tx: Transaction, program: string, row: VersionRow): Promise<void> {
  const { version, document, hash: contentHash, in_force_from, published_at, author, note } = row
  await countOf(tx, insertVersion(program, version, document, contentHash, in_force_from, published_at, author, note))
  await countOf(tx, countVersion(program, version))
}
