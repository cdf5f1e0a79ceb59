import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readBalance } from './read-balance.ts'
import { readStatement } from './read-statement.ts'

export function bindStatements(context: ProgramContext, bind: Bind): void {
  bind('readBalance', ({ actor, path, query }) => readBalance(context, actor.program, path.member, query))
  bind('readStatement', ({ actor, path, query }) => readStatement(context, actor.program, path.member, query))
}
