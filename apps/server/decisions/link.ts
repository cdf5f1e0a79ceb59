import { hash } from 'node:crypto'

/**
 * Semantic revision of the engine that decides. It grows by one with every change after which some stored event would be
 * decided otherwise; a verifier then reports such differences apart (LED-6).
 */
export const ENGINE_REVISION = 1

export interface Link {
  readonly seq: number
  /** Null: time passed. */
  readonly event: { readonly source: string; readonly id: string; readonly hash: Buffer } | null
  readonly recordedAt: number
  readonly because: string | null
  /** Canonical JSON. */
  readonly effects: string
}

/**
 * The next hash of a member's chain: the same as `chainHash` of the ledger, over the same bytes, made from effects that are
 * written canonically already. A test compares the two.
 */
export function linkHash(previous: Uint8Array, { seq, event, recordedAt, because, effects }: Link): Buffer {
  const named =
    event === null
      ? 'null'
      : `{"hash":"${event.hash.toString('hex')}","id":${JSON.stringify(event.id)},"source":${JSON.stringify(event.source)}}`
  const reason = because === null ? 'null' : JSON.stringify(because)
  const text = `{"because":${reason},"effects":${effects},"engine":${ENGINE_REVISION},"event":${named},"recordedAt":${recordedAt},"seq":${seq}}`
  // A code unit never takes more than three bytes.
  if (scratch.length < HASH_BYTES + text.length * 3) scratch = Buffer.allocUnsafe(HASH_BYTES + text.length * 3)
  scratch.set(previous)
  const bytes = scratch.write(text, HASH_BYTES)
  return hash('sha256', scratch.subarray(0, HASH_BYTES + bytes), 'buffer')
}

const HASH_BYTES = 32
/** Hashing in one call needs both parts in one piece; grows to the largest decision. */
let scratch = Buffer.allocUnsafe(16 * 1024)
