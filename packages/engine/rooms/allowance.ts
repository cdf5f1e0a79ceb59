import { type Grant, type Grants, grantsIn, grantsOf } from './grant.ts'

/**
 * What awards that a replay makes due for the first time may take of rooms that members share (EARN-5). Those that were given
 * before, or found nothing left, are answered (EVT-2) and take nothing of it.
 */
export class Allowance {
  readonly #left: Grants | null
  readonly #asked: Grants = new Map()

  /** Null: as if there were enough; what is taken then is what would be asked for. */
  constructor(granted: readonly Grant[] | null) {
    this.#left = granted === null ? null : grantsOf(granted)
  }

  /** Whether there is one of each room to take, and as many of one that is named more than once. */
  has(rooms: readonly string[]): boolean {
    const left = this.#left
    return left === null || rooms.every((room) => (left.get(room) ?? 0) >= rooms.filter((each) => each === room).length)
  }

  /** Takes one of each room; false, and of none, where one of them has none left. */
  take(rooms: readonly string[]): boolean {
    if (!this.has(rooms)) return false
    const left = this.#left
    for (const room of rooms) {
      left?.set(room, (left.get(room) ?? 0) - 1)
      this.#asked.set(room, (this.#asked.get(room) ?? 0) + 1)
    }
    return true
  }

  /** What was taken. */
  get asked(): readonly Grant[] {
    return grantsIn(this.#asked)
  }

  /** Nothing new where room is counted, else as if there were enough. */
  within(): Allowance {
    return new Allowance(this.#left === null ? null : [])
  }
}
