import { hash, randomInt } from 'node:crypto'
import { Problem, type TillAnswer, type TillCode, type TillItem } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import {
  countTills,
  insertTill,
  itemsOfProgram,
  putItems,
  renewCode,
  revokeTillById,
  type TillRow,
  tillOfProgram,
  tillsOfProgram,
} from './queries.ts'

/** A chain of a thousand shops has a few thousand; beyond it somebody is making them by a program. */
const tillsMax = 10_000
/** From the office to the counter, and once to the cellar for the right cable. */
const codeMs = 3_600_000

/** Nothing that is taken for something else when it is read aloud through a shop. */
const letters = 'ACDEFGHJKMNPRTVWXY34679'
/** 23^10 is 2^45; with twenty tries in two minutes from one address nobody guesses one in its hour. */
const codeLetters = 10

function newCode(): { readonly code: string; readonly codeHash: Buffer } {
  const bare = Array.from({ length: codeLetters }, () => letters[randomInt(letters.length)] ?? '').join('')
  return { code: `${bare.slice(0, 5)}-${bare.slice(5)}`, codeHash: hashOfCode(bare) }
}

/** As it was parsed: in capitals, without hyphens. */
export const hashOfCode = (bare: string): Buffer => hash('sha256', bare, 'buffer')

/** Adds a till. Its name is the identity of the request: two of one name never stand there. */
export async function addTill(
  context: Context,
  { program, name: by }: Actor,
  { name, place }: { readonly name: string; readonly place: string | null },
): Promise<TillCode> {
  const id = context.newId('til')
  const { code, codeHash } = newCode()
  const [at, codeOverAt] = timesOf(context)
  return await transaction(context.database.application, async (tx) => {
    const standing = await rowOf(tx, countTills(program))
    if ((standing?.count ?? 0) >= tillsMax) throw new Problem('too-many-tills', { extensions: { most: tillsMax } })
    const added = await countOf(tx, insertTill(id, program, name, place, at, by, codeHash, codeOverAt))
    if (added === 0) throw new Problem('till-name-taken')
    await writeAudit(tx, context, { program, actor: by, act: 'till.added', subject: id, detail: { place } })
    return { ...(await answerIn(tx, program, id)), code, codeOverAt }
  })
}

export async function renewTillCode(context: Context, { program, name: by }: Actor, id: string): Promise<TillCode> {
  const { code, codeHash } = newCode()
  const [, codeOverAt] = timesOf(context)
  return await transaction(context.database.application, async (tx) => {
    const till = await answerIn(tx, program, id)
    if ((await countOf(tx, renewCode(program, id, codeHash, codeOverAt))) === 0) throw new Problem('till-enrolled')
    await writeAudit(tx, context, { program, actor: by, act: 'till.code-renewed', subject: id, detail: {} })
    return { ...till, code, codeOverAt }
  })
}

/** Once is enough: asked again, it answers when that was. Its device is read with each request, so it is out at once. */
export async function revokeTill(context: Context, { program, name: by }: Actor, id: string): Promise<TillAnswer> {
  return await transaction(context.database.application, async (tx) => {
    const [at] = timesOf(context)
    if ((await countOf(tx, revokeTillById(program, id, at))) > 0) {
      await writeAudit(tx, context, { program, actor: by, act: 'till.revoked', subject: id, detail: {} })
    }
    return await answerIn(tx, program, id)
  })
}

export async function listTills(context: Context, program: string, { limit, cursor }: Page) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, tillsOfProgram(program, at, id, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.added_at, row.id])
  return { tills: page.map(tillOfRow), next }
}

export interface Items {
  readonly items: TillItem[]
  readonly offlineMost: number
}

export async function readItems(context: Context, program: string): Promise<Items> {
  const row = await rowOf(context.database.application, itemsOfProgram(program))
  // Our own text, parsed by the contract before it was written.
  return row === undefined
    ? { items: [], offlineMost: 0 }
    : { items: JSON.parse(row.items), offlineMost: row.offline_most }
}

export async function setItems(context: Context, { program, name: by }: Actor, said: Items): Promise<Items> {
  const { items, offlineMost } = said
  await transaction(context.database.application, async (tx) => {
    const [at] = timesOf(context)
    await countOf(tx, putItems(program, JSON.stringify(items), at, by, offlineMost))
    const detail = { items: items.length, offlineMost }
    await writeAudit(tx, context, { program, actor: by, act: 'till-items.set', subject: program, detail })
  })
  return said
}

function timesOf(context: Context): readonly [at: string, codeOverAt: string] {
  const now = context.wallNow()
  return [new Date(now).toISOString(), new Date(now + codeMs).toISOString()]
}

async function answerIn(tx: Transaction, program: string, id: string): Promise<TillAnswer> {
  const row = await rowOf(tx, tillOfProgram(program, id))
  if (row === undefined) throw new Problem('unknown-till')
  return tillOfRow(row)
}

const tillOfRow = (row: TillRow): TillAnswer => ({
  id: row.id,
  name: row.name,
  place: row.place,
  status: row.revoked_at !== null ? 'revoked' : row.enrolled_at === null ? 'waiting' : 'in-use',
  addedAt: row.added_at,
  addedBy: row.added_by,
  enrolledAt: row.enrolled_at,
  revokedAt: row.revoked_at,
  cashier: row.cashier,
})
