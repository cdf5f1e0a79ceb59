import type { Profile } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowsOf } from '../db/transaction.ts'
import { pageOf, partsOfCursor } from '../http/cursor.ts'
import { membersAfter, membersMatching } from './queries.ts'

export interface MemberSearch {
  readonly q?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

export interface MemberPage {
  readonly members: { id: string; profile: Profile }[]
  readonly next: string | null
}

/**
 * Members in order of their ids: all, or those whose id is `q` or whose name, last name, e-mail or phone begins with it. Who
 * was merged is found as whoever remains (MRG-1).
 */
export async function searchMembers(context: Context, program: string, search: MemberSearch): Promise<MemberPage> {
  const { q, limit, cursor } = search
  const after = partsOfCursor(cursor, 1)?.[0] ?? null
  const place = [program, after === null ? null : String(after), limit + 1] as const
  const query =
    q === undefined || q.trim() === ''
      ? membersAfter(...place)
      : membersMatching(
          ...place,
          q.trim(),
          beginningWith(q.trim().toLowerCase()),
          beginningWith(q.replaceAll(/[^\d+]/g, '')),
        )
  const rows = await rowsOf(context.database.application, query)
  const { page, next } = pageOf(rows, limit, ({ id }) => [id])
  return { members: page.map(({ id, ...profile }) => ({ id, profile })), next }
}

/** A pattern for LIKE. Nothing begins with nothing: an e-mail address has no digits to look for among phones. */
const beginningWith = (text: string): string | null =>
  text === '' ? null : `${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
