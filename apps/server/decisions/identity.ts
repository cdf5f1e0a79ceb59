import { hash } from 'node:crypto'
import { BUCKETS, fnvOf } from '@laurel/ledger'

/**
 * The number by which experiments hold members out (EXP-1): the same hash whole, of a text that no bucket is made of. It is never
 * stored, so this function is pinned by a test, too.
 */
export const chanceOf = (program: string, member: string): number => fnvOf(`chance\0${program}\0${member}`) >>> 0

/** What an identity stands for. Events by `source/id`, orders by `source/order id`, redemptions by their own id. */
export type IdentityKind = 'event' | 'order' | 'redemption'

export interface IdentityKey {
  /**
   * First half of a SHA-256, as lower-case hex: 128 bits, so that two ids meet only on purpose, and then nothing worse than a
   * conflict happens.
   */
  readonly name: string
  /** The bucket of the value, whoever the member is (EVT-1). */
  readonly bucket: number
}

export function identityOf(program: string, kind: IdentityKind, id: string): IdentityKey {
  const name = hash('sha256', `${program}\0${kind}\0${id}`).slice(0, 32)
  return { name, bucket: Number.parseInt(name.slice(0, 4), 16) & (BUCKETS - 1) }
}

/** The id of what is written down once under a key, however often it is asked for. */
export const idOfKey = (
  what: 'advance' | 'backtest' | 'correction' | 'insights',
  program: string,
  idempotencyKey: string,
): string => hash('sha256', `${what}\0${program}\0${idempotencyKey}`).slice(0, 32)

/**
 * An effect id as the ledger's table keeps it, 16 bytes: half of it a SHA-256 of the cause, which members and senders choose,
 * half of it two FNV-1a hashes of what the program and the ledger add (rule, accounts, revision). A decision has one cause and
 * many effects, and the short half costs a tenth. The bytes are good until the next key.
 */
export function effectKeyOf(cause: string, effectId: string): Buffer {
  if (cause !== keyCause) {
    key.write(hash('sha256', cause), 'hex')
    keyCause = cause
  }
  let low = 0x811c9dc5
  let high = 0x050c5d1f
  for (let index = cause.length; index < effectId.length; index++) {
    const unit = effectId.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit ^ (low >>> 24), 0x01000193)
  }
  key.writeInt32BE(low, 8)
  key.writeInt32BE(high, 12)
  return key
}

const key = Buffer.alloc(16)
/** Of which the first half is now. */
let keyCause: string | null = null
