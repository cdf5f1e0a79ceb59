import type { Member } from '@laurel/engine'

/** A member as the database holds it, at one number of decisions. */
export interface StoredMember {
  readonly bucket: number
  readonly program: string
  readonly id: string
  /** The member as JSON, without orders and finished holds: those are rows of their own. */
  readonly state: string
  /** Transfers so far. */
  readonly transferCount: number
  /** Head of the chain. */
  readonly hash: string
  /** Earliest timer, as an instant. */
  readonly dueAt: number | null
  readonly recordedAt: number
}

/** The same, read. Never changed in place. */
export interface MemberEntry extends StoredMember {
  readonly member: Member
}

export const memberNameOf = (program: string, member: string): string => `${program}\0${member}`

/**
 * Members that were decided last, so that the next event of the same member need not ask the database for it. They are kept as text:
 * a text is one piece that is never looked into, where a member's objects, which outlive the young generation of the heap here by
 * their number, would have to be moved and marked, and most are never asked for again. A cache of this kind may be stale (another server may have decided meanwhile): the guard of the next write finds that out, and the member is read anew.
 */
export class MemberCache {
  /** In order of use, the longest unused first: the order in which a Map keeps its keys. */
  readonly #entries = new Map<string, StoredMember>()
  readonly #weightMax: number
  #weight = 0

  constructor(weightMax: number) {
    this.#weightMax = weightMax
  }

  get(name: string): StoredMember | undefined {
    return this.#entries.get(name)
  }

  set(name: string, { member: _, ...stored }: MemberEntry): void {
    this.delete(name)
    // One member who fills the cache alone would drive all others out, and leave it with them.
    if (weightOf(stored) > this.#weightMax) return
    this.#entries.set(name, stored)
    this.#weight += weightOf(stored)
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.#weightMax) break
      this.#entries.delete(oldest)
      this.#weight -= weightOf(entry)
    }
  }

  delete(name: string): void {
    const entry = this.#entries.get(name)
    if (entry === undefined) return
    this.#entries.delete(name)
    this.#weight -= weightOf(entry)
  }
}

/** What an entry weighs beside its state: keys, hash, objects. */
const ENTRY_WEIGHT = 500
const weightOf = (entry: StoredMember): number => entry.state.length + ENTRY_WEIGHT
