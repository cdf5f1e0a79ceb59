import { randomBytes } from 'node:crypto'
import { Problem } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowOf, transaction } from '../db/transaction.ts'
import { setPassword } from '../sign-in/people.ts'
import { personByEmail } from '../sign-in/queries.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { noteOfPerson } from './sessions.ts'

export interface Recovered {
  readonly person: string
  /** Shown this once. */
  readonly password: string
}

/**
 * Lets somebody in again who lost the password and the second step with it: a new password, nothing else opens, and they are signed
 * out everywhere. Only whoever has the database may; an owner of one program must not get at somebody who works in another.
 */
export async function recoverPerson(context: Context, signIn: SignIn, email: string): Promise<Recovered> {
  const password = randomBytes(15).toString('base64url')
  const passwordHash = await signIn.hashOf(password)
  const person = await transaction(context.database.application, async (tx) => {
    const known = await rowOf(tx, personByEmail(email))
    if (known === undefined) throw new Problem('unknown-person')
    await setPassword(tx, context, known.id, passwordHash)
    return known.id
  })
  await noteOfPerson(context, person, 'person.recovered')
  return { person, password }
}
