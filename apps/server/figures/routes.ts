import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { createFigureReader } from './read-figures.ts'

export function bindFigures(context: ProgramContext, bind: Bind): void {
  const readFigures = createFigureReader(context)
  bind('readFigures', ({ actor }) => readFigures(actor.program))
}
