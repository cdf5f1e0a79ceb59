import type { Context } from '../context.ts'
import { rowsOf } from '../db/transaction.ts'
import { type Page, pageOf, partsOfCursor } from '../http/cursor.ts'
import { erasuresOfProgram } from './queries.ts'

/** Who is erased, in order of ids: what a restored backup has to be told again. */
export async function listErased(context: Context, program: string, { limit, cursor }: Page) {
  const after = partsOfCursor(cursor, 1)?.[0] ?? null
  const place = [program, after === null ? null : String(after), limit + 1] as const
  const rows = await rowsOf(context.database.application, erasuresOfProgram(...place))
  const { page, next } = pageOf(rows, limit, ({ member }) => [member])
  const members = page.map(({ member, erased_at, swept_at }) => ({
    program,
    member,
    erasedAt: erased_at,
    sweptAt: swept_at,
  }))
  return { members, next }
}
