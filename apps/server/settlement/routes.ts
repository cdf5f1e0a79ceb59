import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readCharity, readImpact } from './read-impact.ts'
import { settleMonth } from './settle-month.ts'

export function bindSettlement(context: ProgramContext, bind: Bind): void {
  bind('readSettlement', ({ actor, path }) => settleMonth(context, actor, path.month))
  bind('readCharity', ({ actor, path }) => readCharity(context, actor.program, path.charity))
  bind('readImpact', ({ actor, path }) => readImpact(context, actor.program, path.member))
}
