import type { AwardState } from '../awards/held.ts'
import type { ChallengeStates } from '../challenges/challenge-state.ts'
import type { ExperimentState } from '../experiments/arms.ts'
import type { OfferStates } from '../offers/receipt.ts'
import type { Voucher, VoucherState } from './voucher.ts'

/**
 * Answers that are in no event: vouchers that were announced, awards that found nothing left, experiments that were met, and what
 * budgets have paid for.
 */
export type Told = VoucherState &
  Pick<AwardState, 'missed'> &
  ExperimentState &
  OfferStates &
  ChallengeStates &
  EarlierVouchers

export interface EarlierVouchers {
  /** Taken back, and issued anew since under the same name; absent: none. In the order in which they were issued. */
  earlier?: readonly Voucher[]
}
