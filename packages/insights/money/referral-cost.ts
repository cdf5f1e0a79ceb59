import { ERROR, type Estimate, shareEstimate, wrongError } from '../estimate.ts'
import { type Untold, untold } from '../untold.ts'

/** What referrals cost in some time, in minor units, and what came of them. */
export interface ReferralFigures {
  /** What advocates and friends were given, net of what was taken back. */
  readonly toAdvocates: number
  readonly toFriends: number
  /** Whatever else it took: messages, reviews of doubtful claims. */
  readonly running: number
  /** Friends who qualified, and those among them who have bought again since. */
  readonly acquired: number
  readonly boughtAgain: number
  /** The margin on all that these friends have bought so far. */
  readonly margin: number
}

export interface ReferralCost {
  readonly type: 'told'
  /** Minor units for each friend. */
  readonly perAcquired: number
  /** For each friend who has bought again: a friend who came for the award alone is no member won. */
  readonly perKept: number | Untold<'nobody-kept'>
  readonly kept: Estimate
  /** What friends have brought so far for each unit that they cost; from 1 on they have paid for themselves; null: they cost nothing. */
  readonly paidBack: number | null
}

/** What a member who was sent by another costs. That the friend would not have come anyway is for an experiment to say. */
export function referralCost(
  figures: ReferralFigures,
  error = ERROR,
): ReferralCost | Untold<'no-error' | 'nobody-acquired' | 'no-whole-figures'> {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  const { toAdvocates, toFriends, running, acquired, boughtAgain, margin } = figures
  const counts = [toAdvocates, toFriends, running, acquired, boughtAgain]
  if (!counts.every((figure) => Number.isSafeInteger(figure) && figure >= 0) || !Number.isSafeInteger(margin)) {
    return untold('no-whole-figures', 'Costs and counts have to be whole numbers, none below zero.')
  }
  if (acquired === 0)
    return untold('nobody-acquired', 'No friend has qualified yet, so there is nobody to share the cost.')
  if (boughtAgain > acquired) {
    return untold(
      'no-whole-figures',
      'More friends bought again than qualified: the two were not counted over the same friends.',
    )
  }
  const cost = toAdvocates + toFriends + running
  return {
    type: 'told',
    perAcquired: Math.round(cost / acquired),
    perKept:
      boughtAgain === 0
        ? untold('nobody-kept', 'No friend has bought again yet, so nobody knows what a member who stays costs.')
        : Math.round(cost / boughtAgain),
    kept: shareEstimate(boughtAgain, acquired, error),
    paidBack: cost === 0 ? null : margin / cost,
  }
}
