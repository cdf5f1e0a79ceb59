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
  /** What of that has become revenue so far, and by how many burned points, of how many that were expected to be burned. */
  readonly released: number
  readonly burned: number
  readonly expected: number
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
  readonly why: 'sale' | 'refund' | 'refund-of-released' | 'burned' | 'estimate-revised'
  readonly lines: readonly JournalLine[]
}

export interface Posted {
  readonly type: 'told'
  readonly deferral: Deferral
  readonly journals: readonly Journal[]
}

export type NoSale = Untold<'nothing-sold' | 'no-worth' | 'no-share' | 'no-whole-figures'>

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
): Posted | NoSale {
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
  if (![worth.points, worth.minor].every((each) => Number.isSafeInteger(each) && each > 0)) {
    return untold('no-worth', 'Nobody has said what a point is worth, so nobody knows what part of a price it is.')
  }
  if (!(expectedShare >= 0 && expectedShare <= 1)) {
    return untold('no-share', 'The share of points that is expected to be burned has to lie between none and all.')
  }
  const expected = issued * expectedShare
  const value = expected * (worth.minor / worth.points)
  const deferred = Math.round(sold * (value / (sold + value)))
  const deferral = { cohort, issued, sold, deferred, released: 0, burned: 0, expected }
  return { type: 'told', deferral, journals: [saleJournal(cohort, sold, deferred)] }
}

const saleJournal = (cohort: string, sold: number, deferred: number): Journal => ({
  cohort,
  why: 'sale',
  lines: [debit('receivable', sold), credit('sales', sold - deferred), credit('contract-liability', deferred)],
})

/** Points that a refund took back: what members still had of them, and what they had burned by then and now owe. */
export interface TakenBack {
  readonly outstanding: number
  readonly burned: number
}

/**
 * Money went back, and points with it (FIN-2; IFRS 15, B20 to B27: no revenue stays of what was paid back). The part of the price
 * that waited for those points goes back in proportion, and so what is left for each other point stays what it was. What of it has
 * been released, since the points were burned or were thought never to be, is revenue no more: a posting of its own brings it back
 * before it goes. What the member owes instead is points, no money, and stands in no journal; points that repay it are burned in that
 * moment. Points that are waived are not taken back: they stay given, at the cost of the sales.
 */
export function deferRefund(
  before: Deferral,
  refunded: number,
  { outstanding, burned }: TakenBack,
): Posted | Untold<'more-refunded-than-sold' | 'no-whole-figures'> {
  const figures = [refunded, outstanding, burned]
  if (!isWhole(before) || !figures.every((figure) => Number.isSafeInteger(figure) && figure >= 0)) {
    return untold(
      'no-whole-figures',
      'What was refunded and the points taken back have to be whole numbers, none below zero.',
    )
  }
  const takenBack = outstanding + burned
  if (refunded > before.sold || takenBack > before.issued) {
    return untold(
      'more-refunded-than-sold',
      'More went back than these sales had brought: the refund belongs to other sales.',
    )
  }
  const share = before.issued === 0 ? 0 : takenBack / before.issued
  const back = Math.min(refunded, Math.round(before.deferred * share))
  // Points that were burned since the last release have not been released either, and are not among these.
  const stillBurned = Math.max(0, before.burned - burned)
  const [deferred, expected] = [before.deferred - back, before.expected * (1 - share)]
  const released = Math.min(before.released, earnedOf(deferred, stillBurned, expected))
  const { cohort } = before
  return {
    type: 'told',
    deferral: {
      ...{ cohort, issued: before.issued - takenBack, sold: before.sold - refunded },
      ...{ deferred, released, burned: stillBurned, expected },
    },
    journals: [
      ...releaseJournal(cohort, 'refund-of-released', released - before.released),
      {
        cohort,
        why: 'refund',
        lines: [debit('sales', refunded - back), debit('contract-liability', back), credit('receivable', refunded)],
      },
    ],
  }
}

const isWhole = ({ issued, sold, deferred, released, burned, expected }: Deferral): boolean =>
  [issued, sold, deferred, released, burned].every(Number.isSafeInteger) && Number.isFinite(expected)

/** Where points of a cohort stand at the end of a period: all of them since they were issued, net of what refunds took back. */
export interface Standing {
  readonly burned: number
  /** What members could still burn. */
  readonly outstanding: number
  /** What will have been burned of the cohort in the end, as is thought now. */
  readonly expected: number
}

/**
 * Revenue in proportion to what was burned of what will be (FIN-2; IFRS 15, B46 and example 52). What a new estimate changes of the
 * past is caught up at once, in a posting of its own, and can be below zero. Once nothing is left to burn all of it is revenue.
 */
export function releaseDeferred(
  before: Deferral,
  { burned, outstanding, expected }: Standing,
): Posted | Untold<'more-burned-than-issued' | 'no-estimate' | 'no-whole-figures'> {
  if (!isWhole(before) || ![burned, outstanding].every(Number.isSafeInteger)) {
    return untold('no-whole-figures', 'Money and points have to be whole numbers.')
  }
  if (burned < 0 || outstanding < 0 || burned + outstanding > before.issued) {
    return untold(
      'more-burned-than-issued',
      'More points were burned, or are left, than were ever given: the records do not fit.',
    )
  }
  if (!(expected >= 0) || !Number.isFinite(expected)) {
    return untold('no-estimate', 'Nobody has estimated how many of these points will be burned in the end.')
  }
  const most = burned + outstanding
  const byBurning = earnedOf(before.deferred, burned, Math.min(before.expected, most))
  const target = earnedOf(before.deferred, burned, Math.min(expected, most))
  return {
    type: 'told',
    deferral: { ...before, released: target, burned, expected: Math.min(expected, most) },
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
