import type { Scope } from '@laurel/contract'
import type { Context } from '../context.ts'
import { countOf, type Transaction, transaction } from '../db/transaction.ts'
import { hashOfSecret, newKeyId, newSecret, textOfKey } from './key.ts'
import { insertKey, revokeKeyById } from './queries.ts'
import { writeAudit } from './write-audit.ts'

export interface KeyToCreate {
  readonly program: string
  /** What it is for: `shop`, `import of 2026`. No person's name. */
  readonly name: string
  readonly scopes: readonly Scope[]
  /** ISO 8601; null: until it is revoked. */
  readonly expiresAt: string | null
  /** Whose key it is: it sees that partner's settlement and nothing else (PART-1). Absent: the program's own. */
  readonly partner?: string
  /** Whose hands it is in: two keys of one holder are one person (`publishing.approval`). Absent: nobody has said. */
  readonly holder?: string
}

export interface CreatedKey {
  readonly id: string
  /** Shown this once: the database keeps a hash only. */
  readonly key: string
}

/** Makes a key that may do what its scopes say in one program. The program need not be published yet. */
export async function createKey(context: Context, actor: string, input: KeyToCreate): Promise<CreatedKey> {
  return await transaction(context.database.application, (tx) => addKey(tx, context, actor, input))
}

export async function addKey(
  tx: Transaction,
  context: Context,
  actor: string,
  input: KeyToCreate,
): Promise<CreatedKey> {
  const id = newKeyId()
  const secret = newSecret()
  const { program, name, expiresAt, partner = null, holder = null } = input
  const scopes = partner === null ? input.scopes : input.scopes.filter((scope) => scope === 'settlements:read')
  const createdAt = new Date(context.wallNow()).toISOString()
  const secretHash = hashOfSecret(secret)
  await countOf(tx, insertKey(id, program, name, secretHash, scopes, createdAt, actor, expiresAt, partner, holder))
  const detail = { name, scopes, expiresAt, ...(partner === null ? {} : { partner }) }
  await writeAudit(tx, context, { program, actor, act: 'key.created', subject: id, detail })
  return { id, key: textOfKey({ id, secret }) }
}

/** Ends a key. False where there was none in force. Other servers notice within the time that they remember keys. */
export async function revokeKey(context: Context, actor: string, program: string, id: string): Promise<boolean> {
  return await transaction(context.database.application, async (tx) => {
    const revoked = await countOf(tx, revokeKeyById(id, program, new Date(context.wallNow()).toISOString()))
    if (revoked === 0) return false
    await writeAudit(tx, context, { program, actor, act: 'key.revoked', subject: id, detail: {} })
    return true
  })
}
