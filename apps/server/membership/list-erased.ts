import type { Context } from '../context.ts'
import { rowsOf } from '../db/transaction.ts'
import { cursorOf, partsOfCursor } from '../http/cursor.ts'
import { erasuresOfProgram } from './queries.ts'

/** Who is erased, in order of ids: what a restored backup has to be told again. */
export async function listErased(
  context: Context,
  program: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const after = partsOfCursor(cursor, 1)?.[0] ?? null
  const place = [program, after === null ? null : String(after), limit + 1] as const
  const rows = await rowsOf(context.database.application, erasuresOfProgram(...place))
  const members = rows
    .slice(0, limit)
    .map(({ member, erased_at, swept_at }) => ({ program, member, erasedAt: erased_at, sweptAt: swept_at }))
  const last = members.at(-1)
  return { members, next: rows.length > limit && last !== undefined ? cursorOf(last.member) : null }
}
