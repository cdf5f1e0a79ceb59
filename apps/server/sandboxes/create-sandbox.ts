import { Problem, type SandboxAnswer } from '@laurel/contract'
import { renamedProgram } from '@laurel/engine'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { isForAll } from '../programs/pilots.ts'
import { insertProgram, versionsOfProgram } from '../programs/queries.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import {
  addVersion,
  lockVersions,
  notAccepted,
  type ReadyDocument,
  readyDocument,
  readyVersion,
} from '../publishing/add-version.ts'
import { insertSandbox, sandboxById } from './queries.ts'
import { readSandbox } from './read-sandboxes.ts'

export interface SandboxToCreate {
  readonly id: string
  readonly document?: string | undefined
  /** Of the program; absent beside a document, else the latest. */
  readonly version?: number | undefined
  /** Absent: now. */
  readonly startsAt?: string | undefined
}

export type SandboxCreated = SandboxAnswer & { readonly repeated: boolean }

/** Begins a program with a clock of its own (SBX-1), of the one that the key is for. */
export async function createSandbox(
  context: ProgramContext,
  actor: Actor,
  input: SandboxToCreate,
): Promise<SandboxCreated> {
  const { program: of } = actor
  const { id } = input
  const author = actor.name
  const repeated = await transaction(context.database.application, async (tx) => {
    // The sandbox points to its program, which need not be published yet.
    await countOf(tx, insertProgram(of, new Date(context.wallNow()).toISOString()))
    if ((await rowOf(tx, sandboxById(of))) !== undefined) throw new Problem('sandbox-of-sandbox')
    const ready = readyDocument(id, await documentFor(tx, of, input))
    const startsAt = input.startsAt ?? new Date(context.wallNow()).toISOString()
    const now = new Date(context.wallNow()).toISOString()
    if ((await countOf(tx, insertSandbox(id, now, startsAt, of))) === 0) {
      if (await isThisOne(tx, of, input, ready)) return true
      throw new Problem('sandbox-id-taken')
    }
    const versions = await lockVersions(tx, context, id)
    const next = await readyVersion(tx, versions, ready, Date.parse(startsAt))
    await addVersion(tx, context, id, versions, next, {
      author,
      note: `sandbox of ${of}`,
      approvedBy: null,
      trial: null,
    })
    const detail = { hash: ready.hash, startsAt }
    await writeAudit(tx, context, {
      program: of,
      actor: author,
      act: 'sandbox.created',
      subject: `sandbox/${id}`,
      detail,
    })
    return false
  })
  return { ...(await readSandbox(context, id)), repeated }
}

async function documentFor(tx: Transaction, of: string, { id, document, version }: SandboxToCreate): Promise<string> {
  const text = document ?? (await versionOf(tx, of, version))
  const renamed = renamedProgram(text, id)
  // A document that is none is told with everything that is wrong with it; in one that is, only the id can be.
  if (renamed !== null) return renamed
  readyDocument(id, text)
  throw notAccepted([])
}

async function versionOf(tx: Transaction, of: string, version: number | undefined): Promise<string> {
  const versions = await rowsOf(tx, versionsOfProgram(of))
  if (versions.length === 0) throw new Problem('no-program')
  const row = version === undefined ? versions.findLast(isForAll) : versions.find((each) => each.version === version)
  if (row === undefined) throw new Problem('unknown-version')
  return row.document
}

/** Whether what is there was begun by the very same request. */
async function isThisOne(
  tx: Transaction,
  of: string,
  { id, startsAt }: SandboxToCreate,
  { hash }: ReadyDocument,
): Promise<boolean> {
  const [first] = await rowsOf(tx, versionsOfProgram(id))
  const there = await rowOf(tx, sandboxById(id))
  if (there?.sandbox_of !== of || first?.hash !== hash) return false
  return startsAt === undefined || Date.parse(startsAt) === Date.parse(first.published_at)
}
