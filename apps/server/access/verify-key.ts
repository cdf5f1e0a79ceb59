import { Problem, scopes } from '@laurel/contract'
import type { Context } from '../context.ts'
import { rowOf } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import { isSecretOf, type Key, keyOf } from './key.ts'
import { type KeyRow, keyById } from './queries.ts'

/** A key that was found in force. */
export interface VerifiedKey extends Actor {
  readonly keyId: string
  /** What sessions of pages are signed with: it leaves the server as little as the key itself. */
  readonly secretHash: Buffer
}

export interface KeyVerifier {
  /** The key's owner, or a Problem: the same for every reason, since the reason is worth something to a guesser. */
  verify(authorization: string | undefined): Promise<VerifiedKey>
  /** The same for a key as it was typed into a form. */
  verifyText(text: string): Promise<VerifiedKey>
  /** The key with this id, in force, without proof of the secret: for what was signed with it. */
  find(id: string): Promise<VerifiedKey | undefined>
  /** Reads the key anew when it is next shown: it was revoked here. */
  forget(id: string): void
}

/** So long a revoked key may still work on a server that has just seen it. */
const rememberedMs = 10_000
/** Keys in use at once are a handful; the bound is against ids made up by a stranger. */
const rememberedMax = 1000

interface Remembered {
  readonly row: KeyRow | undefined
  readonly key: VerifiedKey | undefined
  readonly untilMs: number
}

export function createKeyVerifier(context: Context): KeyVerifier {
  const byId = new Map<string, Remembered>()

  const remember = async (id: string): Promise<Remembered> => {
    const known = byId.get(id)
    if (known !== undefined && known.untilMs > context.wallNow()) return known
    const row = await rowOf(context.database.application, keyById(id))
    const key = row === undefined ? undefined : verifiedOf(row)
    const remembered = { row, key, untilMs: context.wallNow() + rememberedMs }
    byId.delete(id)
    if (row?.clock != null) {
      // Whoever comes in to a sandbox is told its time, and another server may have moved it just now.
      context.noteClock(row.program, Date.parse(row.clock))
      return remembered
    }
    if (byId.size >= rememberedMax) byId.delete(byId.keys().next().value ?? '')
    byId.set(id, remembered)
    return remembered
  }

  const prove = async ({ id, secret }: Key): Promise<VerifiedKey> => {
    const { row, key } = await remember(id)
    if (row === undefined || key === undefined || !isInForce(row, context.wallNow()))
      throw new Problem('unauthenticated')
    if (!isSecretOf(secret, row.secret_hash)) throw new Problem('unauthenticated')
    return key
  }

  const verifyText = async (text: string) => {
    const key = keyOf(text)
    if (key === undefined) throw new Problem('unauthenticated')
    return await prove(key)
  }

  return {
    verifyText,
    verify: async (authorization) => {
      if (authorization === undefined || !/^bearer /i.test(authorization)) throw new Problem('unauthenticated')
      return await verifyText(authorization.slice('bearer '.length).trim())
    },
    find: async (id) => {
      const { row, key } = await remember(id)
      return row !== undefined && isInForce(row, context.wallNow()) ? key : undefined
    },
    forget: (id) => {
      byId.delete(id)
    },
  }
}

export const isInForce = (row: Pick<KeyRow, 'expires_at' | 'revoked_at'>, nowMs: number): boolean =>
  row.revoked_at === null && (row.expires_at === null || nowMs < Date.parse(row.expires_at))

const verifiedOf = ({ id, program, scopes: granted, secret_hash, partner, holder }: KeyRow): VerifiedKey => ({
  keyId: id,
  name: `key/${id}`,
  person: null,
  member: null,
  program,
  // A scope that this version does not know any more grants nothing.
  scopes: new Set(scopes.filter((scope) => granted.includes(scope))),
  secretHash: secret_hash,
  partner,
  holder,
})
