import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { listRoots } from './list-roots.ts'
import { readBalance } from './read-balance.ts'
import { readDecisions } from './read-decisions.ts'
import { readStatement } from './read-statement.ts'
import { verifyLedger } from './verify-ledger.ts'

export function bindStatements(context: ProgramContext, bind: Bind): void {
  bind('readBalance', ({ actor, path, query }) => readBalance(context, actor.program, path.member, query))
  bind('readStatement', ({ actor, path, query }) => readStatement(context, actor.program, path.member, query))
  bind('readDecisions', ({ actor, query }) => readDecisions(context, actor.program, query))
  bind('listRoots', ({ actor, query }) => listRoots(context, actor.program, query))
  bind('verifyLedger', async ({ actor }) => {
    const { clean, checked, disagreements, disagreementsLeftOut } = await verifyLedger(context, actor.program)
    return { clean, checked, disagreements: disagreements.map((each) => ({ ...each })), disagreementsLeftOut }
  })
}
