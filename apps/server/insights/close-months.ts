import { type Asset, addToDay, type Expiry, type Period } from '@laurel/engine'
import {
  type Breakage,
  breakageOf,
  type Deferral,
  deferRefund,
  deferSale,
  type EstimateRecord,
  type IssuedCohort,
  type Journal,
  type NoBreakage,
  releaseDeferred,
  reviseEstimates,
  type Untold,
  type Worth,
} from '@laurel/insights'
import { numberIn, type Sums, sumsIn } from './sums.ts'

/** How the points of one asset stood, month by month, as it is known now. */
export interface PointsHistory {
  /** By month of gaining: `gained`, and by month what was `burned` and `lapsed`. */
  readonly points: Sums
  /** What members spent in a month, kept by now. */
  readonly spend: ReadonlyMap<number, number>
}

export interface MonthClosed {
  readonly month: number
  /** By cohort, each the month of its sales. */
  readonly deferrals: readonly Deferral[]
  readonly journals: readonly Journal[]
}

/** Estimates of months up to a month, as of its last day. */
export interface Estimated {
  readonly breakage: Breakage | NoBreakage | Untold<'no-fixed-life'>
  /** The trail with them at its end, where they could be made. */
  readonly trail: readonly EstimateRecord[]
}

/** Calendar months that points of one month may live through, their own among them; null: they have no fixed life. */
export function monthsOfLife({ expiry, pending }: Pick<Asset, 'expiry' | 'pending'>): number | null {
  if (expiry.type !== 'life') return null
  return wholeMonths(expiry.life) + waitingMonths(pending) + 1 + roundingMonths(expiry.endOf)
}

/** A life begins when points become active. */
function waitingMonths(pending: Asset['pending']): number {
  switch (pending.type) {
    case 'none':
      return 0
    case 'period':
      return wholeMonths(pending.period)
    case 'event':
      return wholeMonths(pending.longest)
  }
}

/** Rounded up; of a period in days a little less, since a month may be shorter than the mean of all. */
const wholeMonths = (period: Period): number => Math.ceil((addToDay(0, period) / 365.25) * 12 - 0.1)

function roundingMonths(endOf: Extract<Expiry, { readonly type: 'life' }>['endOf']): number {
  switch (endOf) {
    case null:
    case 'month':
      return 0
    case 'quarter':
      return 2
    case 'year':
      return 11
  }
}

/** The cohorts as they stood at the end of a month, oldest first; of what lived longer than `life` nothing is left. */
export function cohortsAt({ points }: PointsHistory, month: number, life: number): IssuedCohort[] {
  return Object.keys(points)
    .map(Number)
    .filter((cohort) => cohort <= month && cohort > month - life)
    .sort((a, b) => a - b)
    .flatMap((cohort) => {
      const issued = numberIn(points, cohort, 'gained')
      const upTo = (name: 'burned' | 'lapsed') =>
        Array.from({ length: month - cohort + 1 }, (_, age) => numberIn(points, cohort, name, cohort + age))
      const burned = upTo('burned')
      const outstanding = issued - sumOf(burned) - sumOf(upTo('lapsed'))
      return issued > 0 ? [{ cohort: String(cohort), issued, burned, outstanding: Math.max(0, outstanding) }] : []
    })
}

export function estimateAt(
  history: PointsHistory,
  asset: Pick<Asset, 'expiry' | 'pending'>,
  month: number,
  asOf: number,
  trail: readonly EstimateRecord[],
): Estimated {
  const life = monthsOfLife(asset)
  if (life === null) return { breakage: NO_LIFE, trail }
  const breakage = breakageOf(cohortsAt(history, month, life), life)
  if (breakage.type === 'untold') return { breakage, trail }
  const revised = reviseEstimates(trail, breakage, asOf)
  // As of a day that has its estimates already: those stay.
  return { breakage, trail: revised.type === 'told' ? revised.trail : trail }
}

const NO_LIFE: Untold<'no-fixed-life'> = {
  ...{ type: 'untold', reason: 'no-fixed-life' },
  sentence:
    'Breakage is estimated of points that live for a fixed time. These lapse by inactivity or on a date, or never: nobody can say of an age how many are still to be burned.',
}

/**
 * Closes a month on what the one before has left (FIN-2): what was sold and given in it, what changed since of months before, and what
 * was burned. Answers also why something is in no journal.
 */
export function closeMonth(
  history: PointsHistory,
  before: readonly Deferral[],
  month: number,
  worth: Worth,
  breakage: Estimated['breakage'],
): { readonly closed: MonthClosed; readonly untold: readonly Untold<string>[] } {
  const journals: Journal[] = []
  const untold: Untold<string>[] = []
  const estimates = new Map(breakage.type === 'told' ? breakage.cohorts.map((each) => [each.cohort, each]) : [])
  const cohorts = Object.keys(history.points)
    .map(Number)
    .filter((cohort) => cohort <= month)
    .sort((a, b) => a - b)
  const deferrals = cohorts.flatMap((cohort): Deferral[] => {
    const [found] = cohortsAt(
      { ...history, points: { [cohort]: sumsIn(history.points, cohort) } },
      month,
      Number.POSITIVE_INFINITY,
    )
    if (found === undefined) return []
    const { issued, outstanding } = found
    const burned = Math.min(Math.max(0, sumOf(found.burned)), issued - outstanding)
    const expected = estimates.get(found.cohort)?.expectedBurn.value ?? burned + outstanding
    const sold = Math.round(history.spend.get(cohort) ?? 0)
    const known = before.find((each) => each.cohort === found.cohort) ?? null
    const stands = changed(known, found.cohort, { sold, issued, burned, share: Math.min(1, expected / issued), worth })
    journals.push(...stands.journals)
    untold.push(...stands.untold)
    if (stands.deferral === null) return []
    const released = releaseDeferred(stands.deferral, { burned, outstanding, expected })
    if (released.type === 'untold') {
      untold.push(released)
      return [stands.deferral]
    }
    journals.push(...released.journals)
    return [released.deferral]
  })
  return { closed: { month, deferrals, journals }, untold }
}

interface Changed {
  readonly deferral: Deferral | null
  readonly journals: readonly Journal[]
  readonly untold: readonly Untold<string>[]
}

interface AsKnown {
  readonly sold: number
  readonly issued: number
  readonly burned: number
  readonly share: number
  readonly worth: Worth
}

/** What came to the sales of a cohort since, and what was taken back of them. */
function changed(known: Deferral | null, cohort: string, { sold, issued, burned, share, worth }: AsKnown): Changed {
  const none = { journals: [], untold: [] }
  if (known === null) {
    const first = deferSale(cohort, sold, issued, worth, share)
    return first.type === 'told'
      ? { deferral: first.deferral, journals: first.journals, untold: [] }
      : { deferral: null, journals: [], untold: [first] }
  }
  const [refunded, takenBack] = [Math.max(0, known.sold - sold), Math.max(0, known.issued - issued)]
  let stands: Changed = { deferral: known, ...none }
  if (refunded > 0 || takenBack > 0) {
    const ofBurned = Math.min(takenBack, Math.max(0, known.burned - burned))
    const back = deferRefund(known, refunded, { outstanding: takenBack - ofBurned, burned: ofBurned })
    stands =
      back.type === 'told'
        ? { deferral: back.deferral, journals: back.journals, untold: [] }
        : { deferral: known, journals: [], untold: [back] }
  }
  const [more, given] = [Math.max(0, sold - known.sold), Math.max(0, issued - known.issued)]
  if (stands.deferral === null || (more === 0 && given === 0)) return stands
  const late = more === 0 ? null : deferSale(cohort, more, given, worth, share)
  const added = late?.type === 'told' ? late.deferral : { sold: more, deferred: 0, expected: given * share }
  return {
    deferral: {
      ...stands.deferral,
      issued: stands.deferral.issued + given,
      sold: stands.deferral.sold + added.sold,
      deferred: stands.deferral.deferred + added.deferred,
      expected: stands.deferral.expected + added.expected,
    },
    journals: [...stands.journals, ...(late?.type === 'told' ? late.journals : [])],
    untold: stands.untold,
  }
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0)
