import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readDraw, readDrawRecord, readEntrant } from './read-draw.ts'

export function bindDraws(context: ProgramContext, bind: Bind): void {
  bind('readDraw', ({ actor, path, query }) => readDraw(context, actor.program, { ...path, ...query }))
  bind('readDrawRecord', ({ actor, path, query }) => readDrawRecord(context, actor.program, { ...path, ...query }))
  bind('readEntrant', ({ actor, path, query }) =>
    readEntrant(context, actor.program, path.member, { draw: path.draw, ...query }),
  )
}
