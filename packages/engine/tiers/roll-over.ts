import type { LadderEntry, LadderState } from '../member.ts'
import type { Ladder, RollOver, Window } from '../program/program.ts'
import { dayOf, type LocalDay, type LocalTime } from '../time/local.ts'
import { homeOf, sumsOf } from './tally.ts'
import { countedOf, levelFor, periodOf, type Span, type Sums } from './window.ts'

export const rollOverOf = (window: Window): RollOver | null => ('rollOver' in window ? (window.rollOver ?? null) : null)

/** The sums of a period, or of all that a window without periods looks at, as they stand at `now`. */
export function sumsAt(
  ladder: Ladder,
  entries: readonly LadderEntry[],
  joinedOn: LocalDay,
  now: LocalTime,
): (span: Span, folded: LadderState['folded']) => Sums {
  if (rollOverOf(ladder.window) === null) return (span, folded) => sumsOf(ladder, entries, span, folded)
  const periods = new Periods(ladder, entries, joinedOn, now)
  return (span) => periods.of(span)
}

/** What a period leaves to the next as it stands: nothing without a level, or where nothing rolls over. */
export function surplusOf(ladder: Ladder, sums: Sums): number {
  const rollOver = rollOverOf(ladder.window)
  const level = levelFor(ladder, countedOf(ladder, sums))
  const beyond = sums.net - (ladder.levels[level]?.reach ?? 0)
  return rollOver === null || level === 0 || beyond <= 0 ? 0 : Math.min(beyond, rollOver.most ?? beyond)
}

/**
 * What the period that begins at `into` took over, as entries of its own: they stand for all that was before it, once that is
 * kept no more. Several, for the highest sum of that period asks when its surplus changed.
 */
export function takenOver(
  ladder: Ladder,
  entries: readonly LadderEntry[],
  joinedOn: LocalDay,
  now: LocalTime,
  into: LocalTime,
): LadderEntry[] {
  const { taken } = new Periods(ladder, entries, joinedOn, now, into)
  return taken.map(([at, change]): LadderEntry => [at, change, into])
}

interface Period extends Span {
  /** What counts in it of its own. */
  own: number
  /** What it took over. */
  taken: number
  net: number
  highest: number
}

interface Step {
  readonly at: LocalTime
  readonly home: LocalTime
  readonly change: number
}

/**
 * The periods of a ladder on which surplus rolls over (TIER-3), told in the order of what changed them. What a period had beyond
 * its level is there at the beginning of the next one. A refund changes the period of its order, and with it what later ones
 * took over, at its own moment (TIER-6): the highest sum of a later period is what it was when the refund came.
 */
class Periods {
  /** Changes of what the period that begins at `into` took over, in their order. */
  readonly taken: (readonly [local: LocalTime, change: number])[] = []
  readonly #ladder: Ladder
  readonly #periods: Period[] = []
  readonly #into: LocalTime
  /** How many have begun. */
  #begun = 0

  constructor(
    ladder: Ladder,
    entries: readonly LadderEntry[],
    joinedOn: LocalDay,
    now: LocalTime,
    into: LocalTime = Number.POSITIVE_INFINITY,
  ) {
    this.#ladder = ladder
    this.#into = into
    const steps = stepsOf(ladder, entries)
    const first = steps.reduce((least, { home }) => Math.min(least, home), now)
    let span = periodOf(ladder.window, joinedOn, first)
    while (span !== null && span.from <= now) {
      this.#periods.push({ ...span, own: 0, taken: 0, net: 0, highest: 0 })
      span = periodOf(ladder.window, joinedOn, span.to)
    }
    for (const { at, home, change } of steps) {
      this.#beginUpTo(at)
      const index = this.#periods.findIndex(({ from, to }) => home >= from && home < to)
      const period = this.#periods[index]
      if (!period) continue
      period.own += change
      this.#sumFrom(index, at)
    }
    this.#beginUpTo(now)
  }

  of({ from }: Span): Sums {
    return this.#periods.find((period) => period.from === from) ?? { net: 0, highest: 0 }
  }

  #beginUpTo(now: LocalTime): void {
    for (let next = this.#periods[this.#begun]; next && next.from <= now; next = this.#periods[this.#begun]) {
      this.#begun += 1
      this.#sumFrom(this.#begun - 1, next.from)
    }
  }

  /** Sums anew what has begun, from the period that changed. */
  #sumFrom(changed: number, at: LocalTime): void {
    for (let index = changed; index < this.#begun; index++) {
      const period = this.#periods[index]
      const before = this.#periods[index - 1]
      if (!period) return
      const taken = before ? surplusOf(this.#ladder, before) : 0
      if (taken !== period.taken && period.from === this.#into) this.taken.push([at, taken - period.taken])
      period.taken = taken
      period.net = period.own + taken
      period.highest = Math.max(period.highest, period.net)
    }
  }
}

/** What a period took over stands at its beginning and is of no day: no visit is told at its own home, or counts more than one. */
const isTakenOver = (entry: LadderEntry): boolean => entry.length === 3 && (entry[0] === entry[2] || entry[1] !== 1)

function stepsOf(ladder: Ladder, entries: readonly LadderEntry[]): Step[] {
  const steps: Step[] = []
  let lastDay: LocalDay | null = null
  for (const entry of entries) {
    const home = homeOf(entry)
    if (ladder.measure.type === 'visits' && !isTakenOver(entry)) {
      // Entries stand in order, so those of one day follow each other.
      if (dayOf(home) === lastDay) continue
      lastDay = dayOf(home)
    }
    steps.push({ at: entry[0], home, change: entry[1] })
  }
  return steps
}
