import type { Member } from '@laurel/engine'

/** A member as the database holds it, at one number of decisions. Never changed in place. */
export interface MemberEntry {
  readonly bucket: number
  readonly program: string
  readonly id: string
  /** Without orders and finished holds: those are rows of their own. */
  readonly member: Member
  /** Transfers so far. */
  readonly transferCount: number
  /** Head of the chain. */
  readonly hash: string
  /** Earliest timer, as an instant. */
  readonly dueAt: number | null
  readonly recordedAt: number
  /** Characters of the stored state: what the entry roughly weighs. */
  readonly weight: number
}

export const memberNameOf = (program: string, member: string): string => `${program}\0${member}`

/**
 * Members that were decided last, so that the next event of the same member is not read and parsed again. A cache of this
 * kind may be stale (another server may have decided meanwhile): the guard of the next write finds that out, and the member
 * is read anew.
 */
export class MemberCache {
  /** In order of use, the longest unused first: the order in which a Map keeps its keys. */
  readonly #entries = new Map<string, MemberEntry>()
  readonly #weightMax: number
  #weight = 0

  constructor(weightMax: number) {
    this.#weightMax = weightMax
  }

  get(name: string): MemberEntry | undefined {
    return this.#entries.get(name)
  }

  set(name: string, entry: MemberEntry): void {
    this.delete(name)
    // One member who fills the cache alone would drive all others out, and leave it with them.
    if (weightOf(entry) > this.#weightMax) return
    this.#entries.set(name, entry)
    this.#weight += weightOf(entry)
    for (const [oldest, { weight }] of this.#entries) {
      if (this.#weight <= this.#weightMax) break
      this.#entries.delete(oldest)
      this.#weight -= weight + ENTRY_WEIGHT
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
const weightOf = (entry: MemberEntry): number => entry.weight + ENTRY_WEIGHT
