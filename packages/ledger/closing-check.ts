import { type Hash, hashFromHex, headLeaf, hexOf, MerkleTree, programRootOf } from './chain.ts'
import type { Disagreement } from './disagreement.ts'
import type { Closing, DecisionRecord } from './export.ts'

/** Recomputes the roots of closed days (LED-7) while members pass by in order of bucket and id. */
export interface ClosingCheck {
  openBucket(bucket: number): void
  readDecision(decision: Pick<DecisionRecord, 'seq' | 'hash' | 'recordedAt'>): void
  closeMember(member: string): void
  finish(): Disagreement[]
}

interface Day {
  readonly closing: Closing
  readonly roots: { readonly bucket: number; readonly root: Hash }[]
  /** Of the bucket that is being read; null before its first chain. */
  tree: MerkleTree | null
  /** The chain's last decision before the cut, of the member that is being read. */
  head: { readonly seq: number; readonly hash: string } | null
}

/**
 * Takes the hashes as they are stored: whether they are right is the chains' affair, and a history forged with all its
 * hashes shows here alone.
 */
export function createClosingCheck(program: string, closings: readonly Closing[]): ClosingCheck {
  const days = closings.map((closing): Day => ({ closing, roots: [], tree: null, head: null }))
  let open: number | null = null

  function closeBucket(): void {
    for (const day of days) {
      if (open !== null && day.tree !== null) day.roots.push({ bucket: open, root: day.tree.root() })
      day.tree = null
    }
  }

  return {
    openBucket(bucket) {
      if (bucket !== open) closeBucket()
      open = bucket
      for (const day of days) day.head = null
    },
    readDecision({ seq, hash, recordedAt }) {
      for (const day of days) if (recordedAt < day.closing.cutAt) day.head = { seq, hash }
    },
    closeMember(member) {
      for (const day of days) {
        if (day.head === null) continue
        day.tree ??= new MerkleTree()
        day.tree.add(headLeaf({ member, seq: day.head.seq, hash: hashFromHex(day.head.hash) }))
        day.head = null
      }
    },
    finish() {
      closeBucket()
      return days.flatMap((day) => disagreementsOf(program, day))
    },
  }
}

function disagreementsOf(program: string, { closing, roots }: Day): Disagreement[] {
  const disagreement = (entry: string, message: string): Disagreement => ({
    code: 'root',
    member: null,
    entry,
    message,
  })
  const stated = new Map(closing.buckets.map(({ bucket, root }) => [bucket, root]))
  const found = new Map(roots.map(({ bucket, root }) => [bucket, hexOf(root)]))
  const disagreements: Disagreement[] = []
  for (const bucket of [...new Set([...stated.keys(), ...found.keys()])].sort((a, b) => a - b)) {
    const left = stated.get(bucket) ?? 'absent'
    const right = found.get(bucket) ?? 'absent'
    if (left === right) continue
    disagreements.push(disagreement(`root ${closing.day} bucket ${bucket}`, `is ${left}, by the chains ${right}`))
  }
  const root = hexOf(programRootOf({ program, day: closing.day, cutAt: closing.cutAt }, roots))
  if (root !== closing.root)
    disagreements.push(disagreement(`root ${closing.day}`, `is ${closing.root}, by the chains ${root}`))
  return disagreements
}
