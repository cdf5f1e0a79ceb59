import type { Candidate } from './candidate.ts'
import { addGaps, type Comparison, mergeComparisons, newComparison } from './compare-lives.ts'
import { type BacktestSetting, liveAgain, type Recording } from './live-again.ts'
import { addLife, mergeTotals, newTotals, type Totals } from './totals.ts'

/** What one candidate makes of the members, and how they fare with it against the first candidate; null: it is the first. */
export interface Backtested {
  readonly totals: Totals
  readonly against: Comparison | null
}

/** The same members under each candidate; each member is there once, with its whole past. */
export function backtest(
  candidates: readonly Candidate[],
  recordings: Iterable<Recording>,
  setting: BacktestSetting,
): readonly Backtested[] {
  const backtested = candidates.map((_, index) => ({
    totals: newTotals(),
    against: index === 0 ? null : newComparison(),
  }))
  for (const recording of recordings) {
    const lives = candidates.map((candidate) => liveAgain(candidate, recording, setting))
    const [first] = lives
    backtested.forEach(({ totals, against }, index) => {
      const life = lives[index]
      if (first === undefined || life === undefined) return
      addLife(totals, life)
      if (against !== null) addGaps(against, recording.member, first, life)
    })
  }
  return backtested
}

/** Of members that are in one of them each, under the same candidates. */
export const mergeBacktested = (a: readonly Backtested[], b: readonly Backtested[]): readonly Backtested[] =>
  a.map(({ totals, against }, index) => {
    const other = b[index]
    if (other === undefined || a.length !== b.length) throw new Error('invariant: the same candidates on both sides')
    return {
      totals: mergeTotals(totals, other.totals),
      against: against && other.against && mergeComparisons(against, other.against),
    }
  })
