import { createHash } from 'node:crypto'

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
  return createHash('sha256')
    .update(previous)
    .update(
      `{"because":${reason},"effects":${effects},"engine":${ENGINE_REVISION},"event":${named},"recordedAt":${recordedAt},"seq":${seq}}`,
    )
    .digest()
}
