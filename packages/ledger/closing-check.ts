import { type Hash, headLeaf, MerkleTree, programRootOf } from './chain.ts'
import type { Disagreement } from './disagreement.ts'
import type { Closing, DecisionRecord, PublishedRoot } from './export.ts'

/** Recomputes the roots of closed days (LED-7) while members pass by in order of bucket and id. */
export interface ClosingCheck {
  openBucket(bucket: number): void
  readDecision(decision: Pick<DecisionRecord, 'seq' | 'hash' | 'recordedAt'>): void
  closeMember(member: string): void
  finish(): Disagreement[]
}

interface Day {
  /** What is said of the day: by the books, or by what was published. */
  readonly stated: Pick<Closing, 'day' | 'cutAt' | 'root'> & { readonly buckets: Closing['buckets'] | null }
  readonly roots: { readonly bucket: number; readonly root: Hash }[]
  /** Of the bucket that is being read; null before its first chain. */
  tree: MerkleTree | null
}

type Head = Pick<DecisionRecord, 'seq' | 'hash' | 'recordedAt'>

/**
 * Takes the hashes as they are stored: whether they are right is the chains' affair, and a history forged with all its
 * hashes shows here alone. Of a day that was published nothing but its root is known.
 */
export function createClosingCheck(
  program: string,
  closings: readonly Closing[],
  published: readonly PublishedRoot[],
): ClosingCheck {
  const stated = [...closings, ...published.map(({ day, cutAt, root }) => ({ day, cutAt, root, buckets: null }))]
  const days = stated.map((each): Day => ({ stated: each, roots: [], tree: null }))
  const byCut = days.toSorted((a, b) => a.stated.cutAt - b.stated.cutAt)
  let open: number | null = null
  /** Of the member that is being read. */
  let heads: Head[] = []

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
      heads = []
    },
    readDecision({ seq, hash, recordedAt }) {
      heads.push({ seq, hash, recordedAt })
    },
    closeMember(member) {
      let next = 0
      let leaf: Uint8Array | null = null
      for (const day of byCut) {
        for (let head = heads[next]; head !== undefined && head.recordedAt < day.stated.cutAt; head = heads[next]) {
          next += 1
          leaf = null
        }
        const last = heads[next - 1]
        if (last === undefined) continue
        leaf ??= headLeaf({ member, seq: last.seq, hash: last.hash })
        day.tree ??= new MerkleTree()
        day.tree.add(leaf)
      }
      heads = []
    },
    finish() {
      closeBucket()
      return days.flatMap((day) => disagreementsOf(program, day))
    },
  }
}

function disagreementsOf(program: string, { stated, roots }: Day): Disagreement[] {
  const disagreement = (entry: string, message: string): Disagreement => ({
    code: 'root',
    member: null,
    entry,
    message,
  })
  const { day, cutAt, buckets } = stated
  const disagreements =
    buckets === null
      ? []
      : bucketsOf(buckets, roots).map(([bucket, message]) => disagreement(`root ${day} bucket ${bucket}`, message))
  const root = programRootOf({ program, day, cutAt }, roots)
  if (root !== stated.root) {
    const entry = buckets === null ? `published root ${day}` : `root ${day}`
    disagreements.push(disagreement(entry, `is ${stated.root}, by the chains ${root}`))
  }
  return disagreements
}

/** The buckets whose stated root is not what their chains have. */
function bucketsOf(buckets: Closing['buckets'], roots: Day['roots']): [bucket: number, message: string][] {
  const stated = new Map(buckets.map(({ bucket, root }) => [bucket, root]))
  const found = new Map(roots.map(({ bucket, root }) => [bucket, root]))
  const all = [...new Set([...stated.keys(), ...found.keys()])].sort((a, b) => a - b)
  return all.flatMap((bucket): [number, string][] => {
    const left = stated.get(bucket) ?? 'absent'
    const right = found.get(bucket) ?? 'absent'
    return left === right ? [] : [[bucket, `is ${left}, by the chains ${right}`]]
  })
}
