import { ERROR, wrongError } from '../estimate.ts'
import { normalBeyond, normalQuantile } from '../numbers/normal.ts'
import { type Untold, untold } from '../untold.ts'
import { errorAt, type Look } from './look.ts'

/** Four times in five an experiment of that size finds a difference of that size. */
export const POWER = 0.8

/**
 * How many members, treated and held out, an experiment takes that is to find a difference (Cohen, Statistical Power Analysis, 1988,
 * 2.4, for arms of unequal size). `spread` is the standard deviation of what members spend, `difference` what is worth knowing, both in
 * minor units; `holdout` is the share held out. What is skewed takes some more.
 */
export function membersNeeded(
  spread: number,
  difference: number,
  holdout: number,
  look: Look['type'],
  error = ERROR,
): { readonly type: 'told'; readonly members: number } | Untold<'no-error' | 'no-difference' | 'no-holdout'> {
  const cannot = wrongError(error)
  if (cannot !== null) return cannot
  if (!(holdout > 0 && holdout < 1)) {
    return untold('no-holdout', 'Somebody has to be held out, and somebody treated.')
  }
  const unit = (spread / difference) ** 2 * (1 / holdout + 1 / (1 - holdout))
  // Where as many are there as were planned, the error of a look does not depend on how many that is.
  const now = look === 'once' ? error : errorAt({ type: look, membersPlanned: 1 }, 1, error)
  const members = Math.ceil(unit * (normalBeyond(now) + normalQuantile(POWER)) ** 2)
  return difference > 0 && spread >= 0 && Number.isSafeInteger(members)
    ? { type: 'told', members }
    : untold(
        'no-difference',
        'Say how much spending differs, and how large a difference is worth knowing: to find next to none takes more members than there are.',
      )
}
