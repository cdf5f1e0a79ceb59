import type { Leaderboard } from '../program/program.ts'
import type { LocalTime } from '../time/local.ts'

export interface Score {
  readonly member: string
  readonly score: number
  readonly since: LocalTime
}

export interface Ranked {
  readonly rank: number
  readonly member: string
  readonly score: number
}

/**
 * The first so many of the scores that are put in, in any order; holds little more than that many at once. Equal scores share
 * the rank and leave out those after it, or, where the first counts, who was there first comes first, then the smaller id.
 */
export class Ranking {
  readonly #ties: Leaderboard['ties']
  readonly #most: number
  #best: Score[] = []

  constructor({ ties, top, ranks }: Leaderboard) {
    this.#ties = ties
    this.#most = Math.max(top, ...ranks.map(({ last }) => last))
  }

  add(score: Score): void {
    this.#best.push(score)
    if (this.#best.length >= this.#most * 2 + 1_000) this.#prune()
  }

  ranked(): Ranked[] {
    this.#prune()
    let [rank, last] = [0, Number.NaN]
    return this.#best.map(({ member, score }, index) => {
      if (this.#ties === 'first' || score !== last) rank = index + 1
      last = score
      return { rank, member, score }
    })
  }

  /** Who shares the last rank that counts stays in. */
  #prune(): void {
    this.#best.sort(
      (a, b) => b.score - a.score || (this.#ties === 'first' ? a.since - b.since : 0) || (a.member < b.member ? -1 : 1),
    )
    const edge = this.#best[this.#most - 1]
    if (!edge) return
    this.#best = this.#best.filter(
      ({ score }, index) => index < this.#most || (this.#ties === 'share' && score === edge.score),
    )
  }
}
