import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { type CashierAnswer, Problem } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import {
  type CashierRow,
  cashierOfProgram,
  cashiersOfProgram,
  clearTries,
  countCashiers,
  endCashierById,
  insertCashier,
  setPinOf,
  tryPin,
} from './queries.ts'

/** As many as a chain has hands; a till shows them all. */
export const cashiersMax = 500
/** Five tries in a quarter of an hour, at an enrolled device alone: ten thousand PINs take three weeks of standing there. */
const lockMs = 900_000

const hashBy = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
/** Some 30 ms each: nothing to a cashier, and two minutes for all PINs of four digits to whoever has stolen the table and its salts. */
const hashOfPin = (pin: string, salt: Buffer): Promise<Buffer> => hashBy(pin, salt, 32, { N: 16_384, r: 8, p: 1 })

async function sealed(pin: string): Promise<readonly [salt: Buffer, hash: Buffer]> {
  const salt = randomBytes(16)
  return [salt, await hashOfPin(pin, salt)]
}

export async function addCashier(
  context: Context,
  { program, name: by }: Actor,
  { name, pin }: { readonly name: string; readonly pin: string },
): Promise<CashierAnswer> {
  const id = context.newId('csh')
  const [salt, hash] = await sealed(pin)
  return await transaction(context.database.application, async (tx) => {
    const working = await rowOf(tx, countCashiers(program))
    if ((working?.count ?? 0) >= cashiersMax) {
      throw new Problem('too-many-cashiers', { extensions: { most: cashiersMax } })
    }
    const at = new Date(context.wallNow()).toISOString()
    if ((await countOf(tx, insertCashier(id, program, name, salt, hash, at, by))) === 0) {
      throw new Problem('cashier-name-taken')
    }
    await writeAudit(tx, context, { program, actor: by, act: 'cashier.added', subject: id, detail: {} })
    return await answerIn(tx, program, id)
  })
}

export async function setPin(
  context: Context,
  { program, name: by }: Actor,
  id: string,
  pin: string,
): Promise<CashierAnswer> {
  const [salt, hash] = await sealed(pin)
  return await transaction(context.database.application, async (tx) => {
    if ((await countOf(tx, setPinOf(program, id, salt, hash))) === 0) throw new Problem('unknown-cashier')
    await writeAudit(tx, context, { program, actor: by, act: 'cashier.pin-set', subject: id, detail: {} })
    return await answerIn(tx, program, id)
  })
}

/** Once is enough: asked again, it answers when that was. */
export async function endCashier(context: Context, { program, name: by }: Actor, id: string): Promise<CashierAnswer> {
  return await transaction(context.database.application, async (tx) => {
    const at = new Date(context.wallNow()).toISOString()
    if ((await countOf(tx, endCashierById(program, id, at))) > 0) {
      await writeAudit(tx, context, { program, actor: by, act: 'cashier.ended', subject: id, detail: {} })
    }
    return await answerIn(tx, program, id)
  })
}

export async function listCashiers(context: Context, program: string, { limit, cursor }: Page) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, cashiersOfProgram(program, at, id, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.added_at, row.id])
  return { cashiers: page.map(cashierOfRow), next }
}

/** Who it is, if the PIN is theirs. */
export async function provePin(
  context: Context,
  { program, name: by }: Actor,
  id: string,
  pin: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const { application } = context.database
  const now = context.wallNow()
  const [at, lockedUntil] = [new Date(now).toISOString(), new Date(now + lockMs).toISOString()]
  const tried = await rowOf(application, tryPin(program, id, at, lockedUntil))
  if (tried === undefined) {
    const known = await rowOf(application, cashierOfProgram(program, id))
    if (known === undefined || known.ended_at !== null) throw new Problem('unknown-cashier')
    throw new Problem('pin-locked', { extensions: { lockedUntil: known.locked_until } })
  }
  if (timingSafeEqual(await hashOfPin(pin, tried.pin_salt), tried.pin_hash)) {
    await countOf(application, clearTries(id))
    return { id, name: tried.name }
  }
  if (tried.locked_until === null) throw new Problem('wrong-pin')
  await transaction(application, async (tx) => {
    await writeAudit(tx, context, { program, actor: by, act: 'cashier.locked', subject: id, detail: { lockedUntil } })
  })
  throw new Problem('pin-locked', { extensions: { lockedUntil } })
}

async function answerIn(tx: Transaction, program: string, id: string): Promise<CashierAnswer> {
  const row = await rowOf(tx, cashierOfProgram(program, id))
  if (row === undefined) throw new Problem('unknown-cashier')
  return cashierOfRow(row)
}

const cashierOfRow = ({ id, name, added_at, ended_at, locked_until }: CashierRow): CashierAnswer => ({
  ...{ id, name, addedAt: added_at, endedAt: ended_at, lockedUntil: locked_until },
})
