import type { AuditEntry } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowsOf } from '../db/transaction.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { auditOfProgram } from './queries.ts'

export interface AuditToList extends Page {
  readonly actor?: string | undefined
  readonly act?: string | undefined
}

/** What was done in a program, latest first. */
export async function listAudit(context: Context, program: string, { actor, act, limit, cursor }: AuditToList) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const wanted = auditOfProgram(program, actor ?? null, act ?? null, at, isUuid(id) ? id : null, limit + 1)
  const rows = await rowsOf(context.database.application, wanted)
  const { page, next } = pageOf(rows, limit, (row) => [row.at, row.id])
  return { entries: page.map((row): AuditEntry => ({ ...row })), next }
}

const isUuid = (text: string | null): boolean => text !== null && /^[0-9a-f-]{36}$/.test(text)
