import { type ApiKey, Problem } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { pageOf, placeInTime } from '../http/cursor.ts'
import { keyOfProgram, keysOfProgram, type ListedKeyRow } from './queries.ts'
import { isInForce } from './verify-key.ts'

export interface KeysToList {
  /** Those that are expired or revoked, too. */
  readonly ended: boolean
  readonly limit: number
  readonly cursor?: string | undefined
}

/** The keys of a program, latest first. */
export async function listKeys(context: Context, program: string, { ended, limit, cursor }: KeysToList) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const now = new Date(context.wallNow()).toISOString()
  const rows = await rowsOf(context.database.application, keysOfProgram(program, at, id, ended, now, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.created_at, row.id])
  return { keys: page.map((row) => keyOfRow(row, context.wallNow())), next }
}

/** One key, in force or ended. */
export async function readKey(context: Context, program: string, id: string): Promise<ApiKey> {
  const row = await rowOf(context.database.application, keyOfProgram(program, id))
  if (row === undefined) throw new Problem('unknown-key')
  return keyOfRow(row, context.wallNow())
}

const keyOfRow = (row: ListedKeyRow, nowMs: number): ApiKey => ({
  id: row.id,
  name: row.name,
  holder: row.holder,
  scopes: row.scopes,
  createdAt: row.created_at,
  createdBy: row.created_by,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  inForce: isInForce(row, nowMs),
})
