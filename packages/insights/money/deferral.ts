import { type Untold, untold } from '../untold.ts'

/** Points of one cohort, say of one month, and the part of the price of their sales that waits for them. Money is minor units. */
export interface Deferral {
  readonly cohort: string
  /** Points that were given with sales, net of what refunds took back. */
  readonly issued: number
  /** What those sales brought, net of refunds. */
  readonly sold: number
  /** The part of it that belongs to the points. */
  readonly deferred: number
  /** What of that has become revenue so far. */
  readonly released: number
}

/** What a point is worth to a member at the counter: so many points are worth so many minor units. */
export interface Worth {
  readonly points: number
  readonly minor: number
}

export interface JournalLine {
  readonly account: 'receivable' | 'sales' | 'contract-liability' | 'points-revenue'
  /** One of the two is zero, none is below it. */
  readonly debit: number
  readonly credit: number
}

/** One posting: its debits are its credits. */
export interface Journal {
  readonly cohort: string
  readonly why: 'sale' | 'refund' | 'burned' | 'estimate-revised'
  readonly lines: readonly JournalLine[]
}

export interface Posted {
  readonly type: 'told'
  readonly deferral: Deferral
  readonly journals: readonly Journal[]
}

export type SaleUntold = 'nothing-sold' | 'no-worth' | 'no-share' | 'no-whole-figures'

/**
 * The price of sales split between goods and points by relative stand-alone selling price (FIN-2; IFRS 15, paragraphs 74 to 80 and
 * B39 to B41; ASC 606-10-32-31): goods at what they were sold for, points at their worth times the share that is expected to be
 * burned. The split is made once; a later estimate changes when revenue comes, never how much.
 */
export function deferSale(
  cohort: string,
  sold: number,
  issued: number,
  worth: Worth,
  expectedShare: number,
): Posted | Untold<SaleUntold> {
  if (![sold, issued].every(Number.isSafeInteger) || issued < 0) {
    return untold(
      'no-whole-figures',
      'What was sold and the points given have to be whole numbers, the points not below zero.',
    )
  }
  if (sold <= 0) {
    return untold(
      'nothing-sold',
      'These points came without a sale: there is no price to split. They cost what they are burned for.',
    )
  }
  if (!(worth.points > 0) || !(worth.minor > 0)) {
    return untold('no-worth', 'Nobody has said what a point is worth, so nobody knows what part of a price it is.')
  }
  if (!(expectedShare >= 0 && expectedShare <= 1)) {
    return untold('no-share', 'The share of points that is expected to be burned has to lie between none and all.')
  }
  const value = issued * expectedShare * (worth.minor / worth.points)
  const deferred = Math.round(sold * (value / (sold + value)))
  const deferral = { cohort, issued, sold, deferred, released: 0 }
  return { type: 'told', deferral, journals: [saleJournal(cohort, sold, deferred)] }
}

const saleJournal = (cohort: string, sold: number, deferred: number): Journal => ({
  cohort,
  why: 'sale',
  lines: [debit('receivable', sold), credit('sales', sold - deferred), credit('contract-liability', deferred)],
})

/**
 * Money went back, and points with it. The part of the price that waited for those points goes back in proportion, so that what is
 * left for each other point stays what it was; what has been released of it already is taken out with the next release.
 */
export function deferRefund(
  before: Deferral,
  refunded: number,
  takenBack: number,
): Posted | Untold<'more-refunded-than-sold' | 'no-whole-figures'> {
  if (![refunded, takenBack].every(Number.isSafeInteger) || refunded < 0 || takenBack < 0) {
    return untold(
      'no-whole-figures',
      'What was refunded and the points taken back have to be whole numbers, none below zero.',
    )
  }
  if (refunded > before.sold || takenBack > before.issued) {
    return untold(
      'more-refunded-than-sold',
      'More went back than these sales had brought: the refund belongs to other sales.',
    )
  }
  const back = before.issued === 0 ? 0 : Math.min(refunded, Math.round(before.deferred * (takenBack / before.issued)))
  return {
    type: 'told',
    deferral: {
      ...before,
      issued: before.issued - takenBack,
      sold: before.sold - refunded,
      deferred: before.deferred - back,
    },
    journals: [
      {
        cohort: before.cohort,
        why: 'refund',
        lines: [debit('sales', refunded - back), debit('contract-liability', back), credit('receivable', refunded)],
      },
    ],
  }
}

/** Where points of a cohort stand at the end of a period: all of them since they were issued. */
export interface Standing {
  readonly burned: number
  /** What members could still burn. */
  readonly outstanding: number
  /** What will have been burned of the cohort in the end, as was thought before and as is thought now. */
  readonly expectedBefore: number
  readonly expectedNow: number
}

/**
 * Revenue in proportion to what was burned of what will be (FIN-2; IFRS 15, B46 and example 52). What a new estimate changes of the
 * past is caught up at once, in a posting of its own, and can be below zero. Once nothing is left to burn all of it is revenue.
 */
export function release(
  before: Deferral,
  { burned, outstanding, expectedBefore, expectedNow }: Standing,
): Posted | Untold<'more-burned-than-issued' | 'no-estimate'> {
  if (!(burned >= 0) || !(outstanding >= 0) || burned + outstanding > before.issued) {
    return untold(
      'more-burned-than-issued',
      'More points were burned, or are left, than were ever given: the records do not fit.',
    )
  }
  if (!Number.isFinite(expectedBefore) || !Number.isFinite(expectedNow)) {
    return untold('no-estimate', 'Nobody has estimated how many of these points will be burned in the end.')
  }
  const earned = (expected: number) => earnedOf(before.deferred, burned, Math.min(expected, burned + outstanding))
  const [byBurning, target] = [earned(expectedBefore), earned(expectedNow)]
  return {
    type: 'told',
    deferral: { ...before, released: target },
    journals: [
      ...releaseJournal(before.cohort, 'burned', byBurning - before.released),
      ...releaseJournal(before.cohort, 'estimate-revised', target - byBurning),
    ],
  }
}

function earnedOf(deferred: number, burned: number, expected: number): number {
  return burned >= expected ? deferred : Math.round(deferred * (burned / expected))
}

function releaseJournal(cohort: string, why: Journal['why'], amount: number): Journal[] {
  if (amount === 0) return []
  const [size, isBack] = [Math.abs(amount), amount < 0]
  return [
    {
      cohort,
      why,
      lines: isBack
        ? [debit('points-revenue', size), credit('contract-liability', size)]
        : [debit('contract-liability', size), credit('points-revenue', size)],
    },
  ]
}

const debit = (account: JournalLine['account'], amount: number): JournalLine => ({ account, debit: amount, credit: 0 })
const credit = (account: JournalLine['account'], amount: number): JournalLine => ({ account, debit: 0, credit: amount })

/** What is still owed in points, in minor units: it is what the contract liability shows. */
export const liabilityOf = (deferrals: readonly Deferral[]): number =>
  deferrals.reduce((sum, { deferred, released }) => sum + deferred - released, 0)
