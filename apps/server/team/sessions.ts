import type { StaffSession } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowsOf, transaction } from '../db/transaction.ts'
import { type Page, pageOf, placeInTime } from '../http/cursor.ts'
import { endSession, endSessionsOfPerson, sessionsOfPerson } from '../sign-in/queries.ts'
import { rolesOfPerson } from './queries.ts'

/** Where somebody is signed in, latest first. `current`: the session that asks, where it is one of them. */
export async function listSessions(context: Context, person: string, current: string | null, { limit, cursor }: Page) {
  const [at = null, id = null] = placeInTime(cursor, 2)
  const now = new Date(context.wallNow()).toISOString()
  const rows = await rowsOf(context.database.application, sessionsOfPerson(person, now, at, id, limit + 1))
  const { page, next } = pageOf(rows, limit, (row) => [row.started_at, row.id])
  const sessions = page.map((row): StaffSession => {
    const { id, person, address, browser, started_at: startedAt, expires_at: expiresAt } = row
    return { id, person, startedAt, expiresAt, address, browser, current: id === current }
  })
  return { sessions, next }
}

/** Ends one session of somebody, or all of them. It is over with the next request, on every server. */
export async function endSessions(context: Context, by: string, program: string, person: string, session?: string) {
  return await transaction(context.database.application, async (tx) => {
    const end = session === undefined ? endSessionsOfPerson(person) : endSession(person, session)
    const ended = await countOf(tx, end)
    const subject = `staff/${person}`
    if (ended > 0)
      await writeAudit(tx, context, { program, actor: by, act: 'session.ended', subject, detail: { ended } })
    return { ended }
  })
}

/** Writes something a person did with their own sign-in down in each program they are on the team of. */
export async function noteOfPerson(context: Context, person: string, act: string, detail: object = {}): Promise<void> {
  const actor = `staff/${person}`
  await transaction(context.database.application, async (tx) => {
    for (const { program } of await rowsOf(tx, rolesOfPerson(person))) {
      await writeAudit(tx, context, { program, actor, act, subject: actor, detail })
    }
  })
}
