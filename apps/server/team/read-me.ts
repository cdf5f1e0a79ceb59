import { type Me, scopes } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowOf, rowsOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { personById } from '../sign-in/queries.ts'
import { roleInProgram, rolesOfPerson } from './queries.ts'

/** Who asks, as a page needs it to show what they may do and nothing else. */
export async function readMe(context: Context, actor: Actor): Promise<Me> {
  const { name, program, person } = actor
  const granted = scopes.filter((scope) => actor.scopes.has(scope))
  if (person === null) {
    return { name, person: null, program, role: null, scopes: granted, programs: [{ program, role: null }] }
  }
  const { application } = context.database
  const [known, here, programs] = await Promise.all([
    rowOf(application, personById(person)),
    rowOf(application, roleInProgram(person, program)),
    rowsOf(application, rolesOfPerson(person)),
  ])
  return { name, person: known ?? null, program, role: here?.role ?? null, scopes: granted, programs }
}
