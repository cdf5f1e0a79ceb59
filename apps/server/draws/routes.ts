import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readDraw, readDrawRecord, readEntrant } from './read-draw.ts'

export function bindDraws(context: ProgramContext, bind: Bind): void {
  bind('readDraw', ({ actor, path }) => readDraw(context, actor.program, path.draw))
  bind('readDrawRecord', ({ actor, path }) => readDrawRecord(context, actor.program, path.draw))
  bind('readEntrant', ({ actor, path }) => readEntrant(context, actor.program, path.member, path.draw))
}
