import { Problem, scopes } from '@laurel/contract'
import { addKey } from '../access/create-key.ts'
import { writeAudit } from '../access/write-audit.ts'
import type { Context } from '../context.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { revokeKeysNamed, sandboxById } from './queries.ts'

const name = 'sandbox'
/** But nobody is let in: a sandbox has the staff of its program. */
const granted = scopes.filter((scope) => scope !== 'team:write')

/**
 * A key that may do everything in a sandbox of the program, and nothing anywhere else. Asked again there is another one and the
 * one before ends: after any number of calls one is in force.
 */
export async function issueSandboxKey(context: Context, actor: Actor, sandbox: string) {
  return await transaction(context.database.application, async (tx) => {
    const row = await rowOf(tx, sandboxById(sandbox))
    if (row?.sandbox_of !== actor.program) throw new Problem('unknown-sandbox')
    const by = actor.name
    await countOf(tx, revokeKeysNamed(sandbox, name, new Date(context.wallNow()).toISOString()))
    const made = await addKey(tx, context, by, { program: sandbox, name, scopes: granted, expiresAt: null })
    const detail = { key: made.id }
    const subject = `sandbox/${sandbox}`
    await writeAudit(tx, context, { program: actor.program, actor: by, act: 'sandbox.key-issued', subject, detail })
    return { sandbox, ...made }
  })
}
