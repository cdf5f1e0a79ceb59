import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { beginPilot } from './begin-pilot.ts'
import { stopPilot, widenPilot } from './move-pilot.ts'
import { listPilotMembers, listPilots, readPilot } from './read-pilots.ts'

export function bindPilots(context: ProgramContext, bind: Bind): void {
  bind('beginPilot', ({ actor, path, body }) => beginPilot(context, actor, { ...path, ...body }))
  bind('listPilots', ({ actor }) => listPilots(context, actor.program))
  bind('readPilot', ({ actor, path }) => readPilot(context, actor.program, path.pilot))
  bind('widenPilot', ({ actor, path, body }) => widenPilot(context, actor, { ...path, ...body }))
  bind('stopPilot', ({ actor, path, body }) => stopPilot(context, actor, { ...path, ...body }))
  bind('listPilotMembers', ({ actor, path, query }) => listPilotMembers(context, actor.program, path.pilot, query))
}
