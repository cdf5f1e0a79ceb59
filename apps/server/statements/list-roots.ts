import type { RouteAnswer, Routes } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowsOf } from '../db/transaction.ts'
import { type Page, pageOf, partsOfCursor } from '../http/cursor.ts'
import { rootsBefore } from './queries.ts'

/** Roots of closed days, latest first (LED-7). */
export async function listRoots(
  context: Context,
  program: string,
  { limit, cursor }: Page,
): Promise<RouteAnswer<Routes['listRoots']>> {
  const before = dayIn(partsOfCursor(cursor, 1)?.[0])
  const rows = await rowsOf(context.database.application, rootsBefore(program, before, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ day }) => [day])
  const roots = page.map(({ day, root, members, closed_at }) => ({
    day,
    root: root.toString('hex'),
    members,
    closedAt: closed_at,
  }))
  return { roots, next }
}

/** Another list's cursor begins at the top. */
const dayIn = (part: string | number | undefined): string | null =>
  typeof part === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(part) && !Number.isNaN(Date.parse(part)) ? part : null
