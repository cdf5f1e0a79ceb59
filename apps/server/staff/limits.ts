import type { StaffLimit } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowsOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { deleteLimit, limitsOfProgram, upsertLimit } from './second-person-queries.ts'

export async function listLimits(context: Context, program: string) {
  const rows = await rowsOf(context.database.application, limitsOfProgram(program))
  return {
    limits: rows.map(({ role, asset, most_per_day }): StaffLimit => ({ role, asset, mostPerDay: most_per_day })),
  }
}

/** Says how much people of a role may give and take of an asset in a day without a second person. */
export async function setLimit(context: Context, { program, name }: Actor, limit: StaffLimit): Promise<StaffLimit> {
  const { role, asset, mostPerDay } = limit
  return await transaction(context.database.application, async (tx) => {
    const at = new Date(context.wallNow()).toISOString()
    const set =
      mostPerDay === null ? deleteLimit(program, role, asset) : upsertLimit(program, role, asset, mostPerDay, at, name)
    await countOf(tx, set)
    await writeAudit(tx, context, {
      program,
      actor: name,
      act: 'limit.set',
      subject: `${role}/${asset}`,
      detail: { mostPerDay },
    })
    return limit
  })
}
