import { type KeyMade, Problem, type Scope } from '@laurel/contract'
import type { Context } from '../context.ts'
import { countOf, rowOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { insertProgram, lockProgram } from '../programs/queries.ts'
import { addKey } from './create-key.ts'
import { readKey } from './list-keys.ts'
import { keyOfName } from './queries.ts'

export interface KeyToMake {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expiresAt?: string | null | undefined
}

/**
 * A key through the interface. It is in the hands of whoever makes it (`publishing.approval`), and may nothing that they may not. Its
 * name is the identity of the request: whoever sends it twice gets one key.
 */
export async function makeKey(
  context: Context,
  actor: Actor,
  { name, scopes, expiresAt = null }: KeyToMake,
): Promise<KeyMade> {
  const { program, holder } = actor
  const beyond = scopes.find((scope) => !actor.scopes.has(scope))
  if (beyond !== undefined) throw new Problem('missing-scope', { extensions: { scope: beyond } })
  if (expiresAt !== null && Date.parse(expiresAt) <= context.wallNow()) {
    throw new Problem('invalid-request', { errors: [{ path: '/expiresAt', message: 'is in the past' }] })
  }
  const wanted = { program, name, scopes: [...new Set(scopes)], expiresAt, ...(holder === null ? {} : { holder }) }
  const { id, key } = await transaction(context.database.application, async (tx) => {
    const now = new Date(context.wallNow()).toISOString()
    // Two requests of one name come one after the other, also where nothing is published yet.
    await countOf(tx, insertProgram(program, now))
    await rowOf(tx, lockProgram(program))
    if ((await rowOf(tx, keyOfName(program, name, now))) !== undefined) throw new Problem('key-name-taken')
    return await addKey(tx, context, actor.name, wanted)
  })
  return { ...(await readKey(context, program, id)), key }
}
