/**
 * Tasks that are worth a transaction of their own while another is on its way. What a transaction costs once (a dozen
 * statements, the wait for the disk) is as much as some ten events cost.
 */
const COMPANY_MIN = 32

/**
 * Whose turn it is. A lane with few tasks lets the other finish first, and meanwhile more join it: sixty clients that wait for
 * their answers then share two transactions instead of four. A lane with many goes at once, so that all cores have work.
 */
export class Turns {
  #taken = 0
  /** In the order in which they came. */
  readonly #waiting: { readonly start: () => void; readonly count: () => number }[] = []

  /** Resolves when a lane may start; `count` says how many tasks it has by now. Ended by `give`. */
  take(count: () => number): Promise<void> {
    if (this.#taken === 0 || count() >= COMPANY_MIN) {
      this.#taken += 1
      return Promise.resolve()
    }
    return new Promise((start) => this.#waiting.push({ start, count }))
  }

  /** A task was added somewhere. */
  look(): void {
    const ready = this.#waiting.findIndex(({ count }) => count() >= COMPANY_MIN)
    if (ready >= 0) this.#start(ready)
  }

  give(): void {
    this.#taken -= 1
    if (this.#taken === 0 && this.#waiting.length > 0) this.#start(0)
  }

  #start(index: number): void {
    this.#taken += 1
    this.#waiting.splice(index, 1)[0]?.start()
  }
}
