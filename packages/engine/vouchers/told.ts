import type { ExperimentState } from '../experiments/arms.ts'
import type { VoucherState } from './voucher.ts'

/** Answers that are in no event: vouchers that were announced, and experiments that were met. */
export type Told = VoucherState & ExperimentState
