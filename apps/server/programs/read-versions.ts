import { Problem, type VersionAnswer } from '@laurel/contract'
import { rowsOf } from '../db/transaction.ts'
import { type VersionRow, versionsOfProgram } from './queries.ts'
import type { ProgramContext } from './timeline.ts'

/** Every published version of a program, oldest first, without its document. */
export async function listVersions(context: ProgramContext, program: string): Promise<{ versions: VersionAnswer[] }> {
  const rows = await rowsOf(context.database.application, versionsOfProgram(program))
  return { versions: rows.map((row) => versionAnswerOf(program, row)) }
}

export async function readVersion(
  context: ProgramContext,
  program: string,
  version: number,
): Promise<VersionAnswer & { document: string }> {
  const rows = await rowsOf(context.database.application, versionsOfProgram(program))
  const row = rows.find((each) => each.version === version)
  if (row === undefined) throw new Problem('unknown-version')
  return { ...versionAnswerOf(program, row), document: row.document }
}

export const versionAnswerOf = (program: string, row: VersionRow): VersionAnswer => ({
  program,
  version: row.version,
  hash: row.hash,
  inForceFrom: row.in_force_from ?? 'always',
  publishedAt: row.published_at,
  author: row.author,
  note: row.note,
  approvedBy: row.approved_by,
  restores: row.restores,
  withdraws: row.withdraws,
  pilot: row.pilot,
  share: row.share,
  holdout: row.holdout,
})
