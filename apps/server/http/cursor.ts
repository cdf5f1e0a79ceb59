import { Problem } from '@laurel/contract'

/** Where a page ended: the sort values of its last entry. Opaque to clients, so that lists may change how they are sorted. */
export type CursorPart = string | number

/** Which part of a list is asked for; without a cursor its top. */
export interface Page {
  readonly limit: number
  readonly cursor?: string | undefined
}

export const cursorOf = (...parts: readonly CursorPart[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

/** A page of a list that was asked for one row more than the page holds, and where the next one begins; null: it is the last. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly CursorPart[],
): { readonly page: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, next: rows.length > limit && last !== undefined ? cursorOf(...placeOf(last)) : null }
}

/** The parts of a cursor that `cursorOf` made of `length` parts; null without one. Throws a Problem for any other text. */
export function partsOfCursor(cursor: string | undefined, length: number): CursorPart[] | null {
  if (cursor === undefined) return null
  const parts = decode(cursor)
  if (parts?.length === length) return parts
  throw noCursor()
}

/** The parts of a list that is sorted by time first; none without a cursor. */
export function placeInTime(cursor: string | undefined, length: number): string[] {
  const parts = (partsOfCursor(cursor, length) ?? []).map(String)
  if (parts[0] !== undefined && Number.isNaN(Date.parse(parts[0]))) throw noCursor()
  return parts
}

const noCursor = () =>
  new Problem('invalid-request', {
    errors: [{ path: 'query/cursor', message: 'is no cursor that an earlier page named' }],
  })

function decode(cursor: string): CursorPart[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parts) && parts.every(isPart) ? parts : undefined
  } catch {
    return undefined
  }
}

// PostgreSQL takes no zero byte in a text, and no number beyond its bigint; anything else finds nothing at worst.
const isPart = (part: unknown): part is CursorPart =>
  typeof part === 'number' ? Number.isSafeInteger(part) : typeof part === 'string' && !part.includes('\0')
