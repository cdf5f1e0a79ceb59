import type { RoleName } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import { addPerson, setPassword } from '../sign-in/people.ts'
import { personByEmail } from '../sign-in/queries.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { insertRole } from './queries.ts'

export interface StaffToAdd {
  readonly email: string
  readonly name: string
  readonly role: RoleName
  readonly password: string
}

/** People with a role and a password that somebody else chose, for a program to be tried out; known ones get the password. */
export async function addStaff(
  context: Context,
  signIn: SignIn,
  by: string,
  program: string,
  people: readonly StaffToAdd[],
): Promise<void> {
  for (const { email, name, role, password } of people) {
    const passwordHash = await signIn.hashOf(password)
    await transaction(context.database.application, async (tx) => {
      const known = await rowOf(tx, personByEmail(email))
      if (known !== undefined) await setPassword(tx, context, known.id, passwordHash)
      const person = known?.id ?? (await addPerson(tx, context, { email, name, passwordHash, isProven: true }))
      if (person === undefined) return
      await countOf(tx, insertRole(program, person, role, new Date(context.wallNow()).toISOString(), by))
      await writeAudit(tx, context, {
        program,
        actor: by,
        act: 'role.given',
        subject: `staff/${person}`,
        detail: { role },
      })
    })
  }
}
