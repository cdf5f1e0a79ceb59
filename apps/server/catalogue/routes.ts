import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { listHeldOut, listWaiting } from './list-members.ts'
import { readCatalogue } from './read-catalogue.ts'

export function bindCatalogue(context: ProgramContext, bind: Bind): void {
  bind('readCatalogue', ({ actor }) => readCatalogue(context, actor.program))
  bind('listWaiting', ({ actor, path, query }) => listWaiting(context, actor.program, path, query))
  bind('listHeldOut', ({ actor, query }) => listHeldOut(context, actor.program, query.experiment, query.cursor))
}
