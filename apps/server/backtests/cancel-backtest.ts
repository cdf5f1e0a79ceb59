import type { BacktestAnswer } from '@laurel/contract'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { deleteParts, endBacktest } from './queries.ts'
import { readBacktest } from './read-backtests.ts'

/** Ends a backtest that runs, and leaves nothing of it; whoever works at it notices with the next part. */
export async function cancelBacktest(context: ProgramContext, actor: Actor, id: string): Promise<BacktestAnswer> {
  const { program } = actor
  await transaction(context.database.application, async (tx) => {
    const at = new Date(context.now(program)).toISOString()
    if ((await countOf(tx, endBacktest(program, id, 'cancelled', at, null, null))) === 0) return
    await countOf(tx, deleteParts(program, id))
    const subject = `backtest/${id}`
    await writeAudit(tx, context, { program, actor: actor.name, act: 'backtest.cancelled', subject, detail: {} })
  })
  return await readBacktest(context, program, id)
}
