import type { Journal } from './deferral.ts'

/** How what is owed in points went from one end of a period to the other, in minor units: the terms add up to the closing (FIN-2). */
export interface LiabilityMovement {
  readonly opening: number
  readonly deferred: number
  readonly refunded: number
  /** Of what was refunded, what had been revenue by then: it comes back before it goes. */
  readonly reversed: number
  /** Below zero where more burns were undone than made. */
  readonly burned: number
  /** Below zero where the new estimates release more than the old. */
  readonly revised: number
  readonly closing: number
}

/** The account `contract-liability` over the journals of a period, by why they were posted; `opening` is the closing before. */
export function liabilityMovement(opening: number, journals: readonly Journal[]): LiabilityMovement {
  const of = (why: Journal['why']): number =>
    journals
      .filter((journal) => journal.why === why)
      .flatMap(({ lines }) => lines)
      .filter(({ account }) => account === 'contract-liability')
      .reduce((sum, { debit, credit }) => sum + credit - debit, 0)
  const [deferred, refunded, reversed] = [of('sale'), 0 - of('refund'), of('refund-of-released')]
  const [burned, revised] = [0 - of('burned'), of('estimate-revised')]
  const closing = opening + deferred - refunded + reversed - burned + revised
  return { opening, deferred, refunded, reversed, burned, revised, closing }
}
