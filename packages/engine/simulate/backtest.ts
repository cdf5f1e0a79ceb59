import type { Candidate } from './candidate.ts'
import { addGaps, type Comparison, mergeComparisons, newComparison } from './compare-lives.ts'
import { type Recording, type Simulation, simulateMember } from './simulate-member.ts'
import { addLife, mergeTotals, newTotals, type Totals } from './totals.ts'

/** What one candidate makes of the members, and how they fare with it against the first candidate; null: it is the first. */
export interface Simulated {
  readonly totals: Totals
  readonly against: Comparison | null
}

/** The same members under each candidate; each member is there once, with its whole past. */
export function backtest(
  candidates: readonly Candidate[],
  recordings: Iterable<Recording>,
  simulation: Simulation,
): readonly Simulated[] {
  const simulated = candidates.map((_, index) => ({
    totals: newTotals(),
    against: index === 0 ? null : newComparison(),
  }))
  for (const recording of recordings) {
    const lives = candidates.map((candidate) => simulateMember(candidate, recording, simulation))
    const [first] = lives
    simulated.forEach(({ totals, against }, index) => {
      const life = lives[index]
      if (first === undefined || life === undefined) return
      addLife(totals, life)
      if (against !== null) addGaps(against, recording.member, first, life)
    })
  }
  return simulated
}

/** Of members that are in one of them each, under the same candidates. */
export const mergeSimulated = (a: readonly Simulated[], b: readonly Simulated[]): readonly Simulated[] =>
  a.map(({ totals, against }, index) => {
    const other = b[index]
    if (other === undefined || a.length !== b.length) throw new Error('invariant: the same candidates on both sides')
    return {
      totals: mergeTotals(totals, other.totals),
      against: against && other.against && mergeComparisons(against, other.against),
    }
  })
