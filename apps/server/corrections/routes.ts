import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { approveCorrection } from './approve-correction.ts'
import { cancelCorrection } from './cancel-correction.ts'
import { listCorrectedMembers, listCorrections, readCorrection } from './read-corrections.ts'
import { startCorrection } from './start-correction.ts'

/** `wake` lets whoever works at corrections look for what is there. */
export function bindCorrections(context: ProgramContext, bind: Bind, wake: () => void): void {
  bind('startCorrection', async ({ actor, body, idempotencyKey }) => {
    const correction = await startCorrection(context, actor, body, idempotencyKey)
    wake()
    return correction
  })
  bind('listCorrections', ({ actor, query }) => listCorrections(context, actor.program, query))
  bind('readCorrection', ({ actor, path }) => readCorrection(context, actor.program, path.correction))
  bind('listCorrectedMembers', ({ actor, path, query }) => {
    return listCorrectedMembers(context, actor.program, path.correction, query)
  })
  bind('approveCorrection', async ({ actor, path }) => {
    const correction = await approveCorrection(context, actor, path.correction)
    wake()
    return correction
  })
  bind('cancelCorrection', ({ actor, path }) => cancelCorrection(context, actor, path.correction))
}
