import { Problem, type RoleName, type TeamMember } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, rowsOf, type Transaction, transaction } from '../db/transaction.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { deletePerson, lockPerson } from '../sign-in/queries.ts'
import {
  deleteRole,
  lockOwners,
  memberOfTeam,
  rolesOfPerson,
  type TeamRow,
  teamOfProgram,
  updateRole,
} from './queries.ts'

export async function listTeam(context: Context, program: string, { limit, cursor }: Page) {
  const [at = null, person = null] = placeInTime(cursor, 2)
  const rows = await rowsOf(context.database.application, teamOfProgram(program, nowOf(context), at, person, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.given_at, row.person])
  return { team: page.map(memberOf), next }
}

/** Somebody on the team of this program; of whoever is on another one nothing is told. */
export async function requireOnTeam(context: Context, program: string, person: string): Promise<TeamMember> {
  const row = await rowOf(context.database.application, memberOfTeam(program, nowOf(context), person))
  if (row === undefined) throw new Problem('unknown-person')
  return memberOf(row)
}

/** Gives somebody on the team another role; the same once more changes nothing. */
export async function changeRole(
  context: Context,
  by: string,
  program: string,
  person: string,
  role: RoleName,
): Promise<TeamMember> {
  await transaction(context.database.application, async (tx) => {
    const before = (await rowsOf(tx, rolesOfPerson(person))).find((each) => each.program === program)?.role
    if (before === undefined) throw new Problem('unknown-person')
    if (before === role) return
    if (role !== 'owner') await requireAnotherOwner(tx, program, person)
    await countOf(tx, updateRole(program, person, role, by))
    const detail = { before, role }
    await writeAudit(tx, context, { program, actor: by, act: 'role.given', subject: `staff/${person}`, detail })
  })
  return await requireOnTeam(context, program, person)
}

/** Takes somebody off the team. Who is on none any more is forgotten: name, address, password, passkeys and sessions. */
export async function removeFromTeam(context: Context, by: string, program: string, person: string) {
  return await transaction(context.database.application, async (tx) => {
    await requireAnotherOwner(tx, program, person)
    await rowOf(tx, lockPerson(person))
    const removed = (await countOf(tx, deleteRole(program, person))) > 0
    if (!removed) return { person, removed }
    if ((await rowsOf(tx, rolesOfPerson(person))).length === 0) await countOf(tx, deletePerson(person))
    await writeAudit(tx, context, { program, actor: by, act: 'team.left', subject: `staff/${person}`, detail: {} })
    return { person, removed }
  })
}

async function requireAnotherOwner(tx: Transaction, program: string, person: string): Promise<void> {
  const owners = await rowsOf(tx, lockOwners(program))
  if (owners.length === 1 && owners[0]?.person === person) throw new Problem('last-owner')
}

const memberOf = (row: TeamRow): TeamMember => ({
  ...{ person: row.person, name: row.name, email: row.email, role: row.role },
  ...{ since: row.given_at, givenBy: row.given_by, secondFactor: row.second_factor, sessions: row.sessions },
})

const nowOf = (context: Context): string => new Date(context.wallNow()).toISOString()
