import { randomUUID } from 'node:crypto'
import type { Context } from '../context.ts'
import { countOf, rowOf, type Transaction } from '../db/transaction.ts'
import {
  deleteCompanyAccounts,
  deletePasskeys,
  deleteSecondFactor,
  endSessionsOfPerson,
  forgetSecondFactor,
  insertPassword,
  insertPerson,
  personByEmail,
  updatePassword,
} from './queries.ts'

export interface NewPerson {
  /** Lower case. */
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  /** Whether it is known that the address is theirs. */
  readonly isProven: boolean
}

/** Somebody who can sign in, and may do nothing yet. Undefined where the address has somebody. */
export async function addPerson(tx: Transaction, context: Context, person: NewPerson): Promise<string | undefined> {
  if ((await rowOf(tx, personByEmail(person.email))) !== undefined) return undefined
  const { email, name, isProven, passwordHash } = person
  const id = context.newId('per')
  const at = new Date(context.wallNow()).toISOString()
  await countOf(tx, insertPerson(id, email, name, isProven, at))
  await countOf(tx, insertPassword(randomUUID(), id, passwordHash, at))
  return id
}

/** From now on this password and nothing else opens: whoever had the other one, or a second factor that is lost, is out. */
export async function setPassword(tx: Transaction, context: Context, person: string, hash: string): Promise<void> {
  const at = new Date(context.wallNow()).toISOString()
  const changed = await countOf(tx, updatePassword(person, hash, at))
  if (changed === 0) await countOf(tx, insertPassword(randomUUID(), person, hash, at))
  await countOf(tx, endSessionsOfPerson(person))
  await countOf(tx, deleteSecondFactor(person))
  await countOf(tx, forgetSecondFactor(person))
  await countOf(tx, deletePasskeys(person))
  await countOf(tx, deleteCompanyAccounts(person))
}
