import { type CorrectionAnswer, Problem } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { deleteCorrectionMembers, deleteCorrectionParts, endCorrection, lockCorrection } from './queries.ts'
import { readCorrection } from './read-corrections.ts'

/** Ends a correction that is open. What is posted stays; of one that was not approved nothing is left but that it was asked for. */
export async function cancelCorrection(context: ProgramContext, actor: Actor, id: string): Promise<CorrectionAnswer> {
  const { program } = actor
  await transaction(context.database.application, async (tx) => {
    const row = await rowOf(tx, lockCorrection(program, id))
    if (row === undefined) throw new Problem('unknown-correction')
    const at = new Date(context.now(program)).toISOString()
    if ((await countOf(tx, endCorrection(program, id, 'cancelled', at, null))) === 0) return
    if (row.approved_at === null) {
      await countOf(tx, deleteCorrectionParts(program, id))
      await countOf(tx, deleteCorrectionMembers(program, id))
    }
    const detail = { status: row.status, posted: row.members_posted }
    const subject = `correction/${id}`
    await writeAudit(tx, context, { program, actor: actor.name, act: 'correction.cancelled', subject, detail })
  })
  return await readCorrection(context, program, id)
}
