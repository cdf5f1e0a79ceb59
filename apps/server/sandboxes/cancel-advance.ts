import type { AdvanceAnswer } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { endAdvance } from './queries.ts'
import { readAdvance } from './read-sandboxes.ts'

/** Stops an advance where it is; whoever works at it moves the clock no further. */
export async function cancelAdvance(context: ProgramContext, actor: Actor, id: string): Promise<AdvanceAnswer> {
  const { program } = actor
  await transaction(context.database.application, async (tx) => {
    const at = new Date(context.wallNow()).toISOString()
    if ((await countOf(tx, endAdvance(program, id, 'cancelled', at, null))) === 0) return
    const subject = `advance/${id}`
    await writeAudit(tx, context, { program, actor: actor.name, act: 'advance.cancelled', subject, detail: {} })
  })
  return await readAdvance(context, program, id)
}
