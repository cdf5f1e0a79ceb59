import { walletOf } from '@laurel/engine'
import type { RecordingContext } from '../decisions/recorder.ts'
import type { Bind } from '../http/bind.ts'
import { readStatement } from '../statements/read-statement.ts'
import { closePool, leavePool, letIn, poolIdOf } from './ask-pool.ts'
import { readPool, requireWallet } from './read-pool.ts'

export function bindPools(context: RecordingContext, bind: Bind): void {
  bind('foundPool', ({ actor: { program }, body, idempotencyKey }) => {
    const { id = poolIdOf(program, idempotencyKey), plan, founder } = body
    return letIn(context, program, id, { type: 'found', plan, member: founder }, idempotencyKey)
  })
  bind('joinPool', ({ actor, path, body, idempotencyKey }) =>
    letIn(context, actor.program, path.pool, { type: 'join', member: body.member }, idempotencyKey),
  )
  bind('leavePool', ({ actor, path, idempotencyKey }) => leavePool(context, actor.program, path, idempotencyKey))
  bind('closePool', ({ actor, path, idempotencyKey }) => closePool(context, actor.program, path.pool, idempotencyKey))
  bind('readPool', ({ actor, path }) => readPool(context, actor.program, path.pool))
  bind('readPoolStatement', async ({ actor, path, query }) => {
    await requireWallet(context, actor.program, path.pool)
    return await readStatement(context, actor.program, walletOf(path.pool), query)
  })
}
