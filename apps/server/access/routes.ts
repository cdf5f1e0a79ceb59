import type { Context } from '../context.ts'
import type { Bind } from '../http/bind.ts'
import { revokeKey } from './create-key.ts'
import { listAudit } from './list-audit.ts'
import { listKeys, readKey } from './list-keys.ts'
import { makeKey } from './make-key.ts'
import type { KeyVerifier } from './verify-key.ts'

export function bindAccess(context: Context, bind: Bind, verifier: KeyVerifier): void {
  bind('listAudit', ({ actor, query }) => listAudit(context, actor.program, query))
  bind('listKeys', ({ actor, query }) => listKeys(context, actor.program, query))
  bind('makeKey', ({ actor, body }) => makeKey(context, actor, body))
  bind('revokeKey', async ({ actor, path }) => {
    // Once is enough: asked again, it answers when that was.
    if (await revokeKey(context, actor.name, actor.program, path.key)) verifier.forget(path.key)
    return await readKey(context, actor.program, path.key)
  })
}
