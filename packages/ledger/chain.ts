import { createHash, hash as hashOf } from 'node:crypto'
import type { Effect } from '@laurel/engine'
import { canonicalBytes, canonicalText } from './canonical.ts'

/** One link of a member's chain: what was decided, about what, when it was written down, and by which engine (LED-6). */
export interface DecisionEntry {
  /** 1, 2, 3 … in the member. */
  readonly seq: number
  /** Null: time passed. `hash` is that of the event's content (EVT-1). */
  readonly event: { readonly source: string; readonly id: string; readonly hash: Hash } | null
  /** Epoch milliseconds. */
  readonly recordedAt: number
  /** The engine's semantic revision. */
  readonly engine: number
  /** Not null: the effects are differences that `source/id`, a late fact, made necessary (LED-5). */
  readonly because: string | null
  readonly effects: readonly Effect[]
}

/** SHA-256, as lower-case hex: what is exported, compared and shown, and as a text a third of what a buffer of its own costs. */
export type Hash = string

/** Where a member's chain begins. It names its owner, so that chains cannot change places. */
export const chainStart = (program: string, member: string): Hash =>
  sha256(canonicalBytes({ chain: 'laurel/1', member, program }))

/** A decision whose effects are written canonically already, because that text is what is stored. */
export interface Link extends Omit<DecisionEntry, 'effects'> {
  readonly effectsText: string
}

/** The hash of a decision: SHA-256 over the 32 bytes of the one before and the decision's canonical bytes (LED-6). */
export const chainHash = (previous: Hash, { effects, ...decision }: DecisionEntry): Hash =>
  linkHash(previous, { ...decision, effectsText: canonicalText(effects) })

export function linkHash(previous: Hash, { seq, event, recordedAt, engine, because, effectsText }: Link): Hash {
  const identity = event === null ? null : { hash: event.hash, id: event.id, source: event.source }
  // Written out, keys in their canonical order: one hash per decision stands on the way of every event.
  const before = `{"because":${canonicalText(because)},"effects":`
  const after =
    `,"engine":${canonicalText(engine)},"event":${canonicalText(identity)},` +
    `"recordedAt":${canonicalText(recordedAt)},"seq":${canonicalText(seq)}}`
  // A code unit never takes more than three bytes.
  const bytesMax = HASH_BYTES + (before.length + effectsText.length + after.length) * 3
  if (scratch.length < bytesMax) scratch = Buffer.allocUnsafe(bytesMax)
  scratch.write(previous, 'hex')
  let end = HASH_BYTES
  for (const part of [before, effectsText, after]) end += scratch.write(part, end)
  return hashOf('sha256', scratch.subarray(0, end), 'hex')
}

const HASH_BYTES = 32
/** To hash in one call, all parts must lie in one piece; grows to the largest decision. */
let scratch = Buffer.allocUnsafe(16 * 1024)

/** The head of a member's chain at the end of a day. Members without a decision have none. */
export interface ChainHead {
  readonly member: string
  readonly seq: number
  readonly hash: Hash
}

/**
 * The root over the chains of one bucket (LED-7): the Merkle tree hash of RFC 6962, section 2.1, whose leaves are the
 * canonical bytes of `[member, seq, hash in hex]` in order of member ids by UTF-16 code unit.
 */
export function bucketRootOf(heads: readonly ChainHead[]): Hash {
  const ordered = [...heads].sort((a, b) => (a.member < b.member ? -1 : a.member > b.member ? 1 : 0))
  return merkleRootOf(ordered.map(headLeaf))
}

export const headLeaf = ({ member, seq, hash }: ChainHead): Uint8Array => canonicalBytes([member, seq, hash])

export interface ClosedDay {
  readonly program: string
  /** `2026-03-31`, in the program's zone. */
  readonly day: string
  /** The first instant after the day, epoch milliseconds: decisions recorded before it are in. */
  readonly cutAt: number
}

/**
 * The root of a program's day (LED-7): the same tree over `[program, day, cutAt, bucket, root in hex]`, in order of buckets.
 * A bucket without a chain is left out.
 */
export function programRootOf(
  { program, day, cutAt }: ClosedDay,
  buckets: readonly { readonly bucket: number; readonly root: Hash }[],
): Hash {
  const ordered = [...buckets].sort((a, b) => a.bucket - b.bucket)
  return merkleRootOf(ordered.map(({ bucket, root }) => canonicalBytes([program, day, cutAt, bucket, root])))
}

function merkleRootOf(leaves: readonly Uint8Array[]): Hash {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/**
 * The tree of RFC 6962 built leaf by leaf. It keeps one hash per complete subtree, so a million chains need twenty hashes.
 * The prefixes 0 and 1 keep a leaf from passing for an inner node.
 */
export class MerkleTree {
  /** Complete subtrees from the left, largest first: the binary digits of the number of leaves. */
  readonly #subtrees: { readonly leaves: number; readonly hash: Buffer }[] = []

  add(leaf: Uint8Array): void {
    let added = { leaves: 1, hash: digestOf(LEAF, leaf) }
    for (let last = this.#subtrees.at(-1); last?.leaves === added.leaves; last = this.#subtrees.at(-1)) {
      this.#subtrees.pop()
      added = { leaves: added.leaves * 2, hash: digestOf(NODE, last.hash, added.hash) }
    }
    this.#subtrees.push(added)
  }

  root(): Hash {
    const hashes = this.#subtrees.map((subtree) => subtree.hash)
    const root = hashes.length === 0 ? digestOf() : hashes.reduceRight((right, left) => digestOf(NODE, left, right))
    return root.toString('hex')
  }
}

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** Over the parts one after the other. */
function digestOf(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const sha256 = (bytes: Uint8Array): Hash => hashOf('sha256', bytes, 'hex')
