import type { Bind } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { cancelAdvance } from './cancel-advance.ts'
import { createSandbox } from './create-sandbox.ts'
import { issueSandboxKey } from './issue-key.ts'
import { listAdvances, listSandboxes, readAdvance, readSandbox } from './read-sandboxes.ts'
import { startAdvance } from './start-advance.ts'

/** `work` works at what is there until it is done, or until a caller would lose patience. */
export function bindSandboxes(
  context: ProgramContext,
  bind: Bind,
  work: (isEnded: () => Promise<boolean>) => Promise<void>,
): void {
  bind('createSandbox', ({ actor, body }) => createSandbox(context, actor, body))
  bind('listSandboxes', ({ actor, query }) => listSandboxes(context, actor.program, query))
  bind('issueSandboxKey', ({ actor, path }) => issueSandboxKey(context, actor, path.sandbox))
  bind('readSandbox', ({ actor }) => readSandbox(context, actor.program))
  bind('advanceSandbox', async ({ actor, body, idempotencyKey }) => {
    const id = await startAdvance(context, actor, body, idempotencyKey)
    const read = () => readAdvance(context, actor.program, id)
    await work(async () => (await read()).status !== 'running')
    return await read()
  })
  bind('listAdvances', ({ actor, query }) => listAdvances(context, actor.program, query))
  bind('readAdvance', ({ actor, path }) => readAdvance(context, actor.program, path.advance))
  bind('cancelAdvance', ({ actor, path }) => cancelAdvance(context, actor, path.advance))
}
