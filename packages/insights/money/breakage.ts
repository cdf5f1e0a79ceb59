import { ERROR, type Estimate, wrongError } from '../estimate.ts'
import { studentBeyond } from '../numbers/student.ts'
import { counted, type Untold, untold } from '../untold.ts'

/** Points of one asset that were issued in one period. */
export interface IssuedCohort {
  readonly cohort: string
  /** Net of what refunds took back, above zero. */
  readonly issued: number
  /** What was burned of them, net of returns, in the period in which they were issued, in the next, and so on; none yet: empty. */
  readonly burned: readonly number[]
  /** What members could still burn of them now. */
  readonly outstanding: number
}

export interface CohortEstimate {
  readonly cohort: string
  readonly issued: number
  readonly burned: number
  /** Points of the cohort that will have been burned in the end. */
  readonly expectedBurn: Estimate
  /** Points that will have lapsed or been forfeited by then: the rest. */
  readonly breakage: Estimate
}

export interface Breakage {
  readonly type: 'told'
  readonly cohorts: readonly CohortEstimate[]
  /** By age in periods, the share of what was issued that is burned at that age. */
  readonly shares: readonly number[]
}

export type NoBreakage = Untold<
  | 'no-error'
  | 'nothing-issued'
  | 'no-whole-figures'
  | 'more-burned-than-issued'
  | 'one-cohort'
  | 'no-lifetime'
  | 'no-old-cohort'
  | 'too-old-cohort'
>

/**
 * How much will be burned, and how much will break (FIN-3): by the additive method of loss reserving, in which each age has a share
 * of what was issued (Schmidt & Zocher 2003; Mack, Schadenversicherungsmathematik, 2002, 3.2). Unlike chain ladder, which multiplies
 * what was burned so far, it does not conclude from a first month without any burn that there will never be one. The error is that
 * of the process and of the shares (Mack 1993, adapted), with Student's t as Welch has it for variances from few cohorts each.
 * `periods` is how long points live; no older cohort than that may still have something.
 */
export function breakageOf(cohorts: readonly IssuedCohort[], periods: number, error = ERROR): Breakage | NoBreakage {
  const cannot = wrongError(error) ?? reasonNotTo(cohorts, periods)
  if (cannot !== null) return cannot
  const ages = agesOf(cohorts, periods)
  return {
    type: 'told',
    cohorts: cohorts.map((cohort) => estimateOf(cohort, ages.slice(cohort.burned.length), error)),
    shares: ages.map(({ share }) => share),
  }
}

/** What all cohorts that have been through an age say of it. */
interface Age {
  readonly share: number
  /** Variance of what is burned, for each point issued. */
  readonly variance: number
  readonly degrees: number
  readonly issued: number
}

function agesOf(cohorts: readonly IssuedCohort[], periods: number): Age[] {
  const ages: Age[] = []
  for (let age = 0; age < periods; age++) {
    const seen = cohorts.filter(({ burned }) => burned.length > age)
    const issued = sumOf(seen.map((cohort) => cohort.issued))
    const share = sumOf(seen.map(({ burned }) => burned[age] ?? 0)) / issued
    const squares = sumOf(
      seen.map((cohort) => cohort.issued * ((cohort.burned[age] ?? 0) / cohort.issued - share) ** 2),
    )
    const before = ages.at(-1)
    // A single cohort does not say how much cohorts differ: it is taken to be as much as at the age before.
    if (seen.length < 2 && before !== undefined) ages.push({ ...before, share, issued })
    else ages.push({ share, issued, variance: squares / (seen.length - 1), degrees: seen.length - 1 })
  }
  return ages
}

function estimateOf(
  { cohort, issued, burned: byAge, outstanding }: IssuedCohort,
  ahead: readonly Age[],
  error: number,
): CohortEstimate {
  const burned = sumOf(byAge)
  const parts = ahead.map((age) => ({ ...age, part: age.variance * issued * (1 + issued / age.issued) }))
  const variance = sumOf(parts.map(({ part }) => part))
  const degrees = variance === 0 ? 1 : variance ** 2 / sumOf(parts.map(({ part, degrees }) => part ** 2 / degrees))
  const width = variance === 0 ? 0 : studentBeyond(error, degrees) * Math.sqrt(variance)
  const future = issued * sumOf(ahead.map(({ share }) => share))
  // Nothing comes back of what was burned, and no more can be than is there.
  const within = (points: number) => burned + Math.round(Math.min(outstanding, Math.max(0, points)))
  const expectedBurn = { value: within(future), low: within(future - width), high: within(future + width) }
  const breakage = {
    value: issued - expectedBurn.value,
    low: issued - expectedBurn.high,
    high: issued - expectedBurn.low,
  }
  return { cohort, issued, burned, expectedBurn, breakage }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

function reasonNotTo(cohorts: readonly IssuedCohort[], periods: number): NoBreakage | null {
  const figures = cohorts.flatMap(({ issued, burned, outstanding }) => [issued, outstanding, ...burned])
  if (![periods, ...figures].every(Number.isSafeInteger)) {
    return untold('no-whole-figures', 'Some figures are no whole numbers of points.')
  }
  if (cohorts.length === 0 || !cohorts.every(({ issued }) => issued > 0)) {
    return untold('nothing-issued', 'No points were given, or none in some period: leave such periods out.')
  }
  const wrong = cohorts.find(
    ({ issued, burned, outstanding }) =>
      Math.min(outstanding, sumOf(burned)) < 0 || sumOf(burned) + outstanding > issued,
  )
  if (wrong !== undefined) {
    return untold(
      'more-burned-than-issued',
      `Of the points of ${wrong.cohort} more were burned, or are left, than were given, or more came back than were burned: the records do not fit.`,
    )
  }
  // Points that were issued just now say nothing yet.
  if (cohorts.filter(({ burned }) => burned.length > 0).length < 2) {
    return untold(
      'one-cohort',
      'Points of no period, or of one only, could be burned so far, so nobody knows how much periods differ.',
    )
  }
  if (periods < 1) return untold('no-lifetime', 'Say for how many periods points live: one at least.')
  const oldest = cohorts.reduce((most, { burned }) => Math.max(most, burned.length), 0)
  if (oldest < periods) {
    return untold(
      'no-old-cohort',
      `Points live for ${counted(periods, 'period')}, and the oldest have been there for ${oldest}: nobody has seen yet how many are burned after that.`,
    )
  }
  if (oldest > periods) {
    return untold(
      'too-old-cohort',
      `Points are said to live for ${counted(periods, 'period')}, but some were counted for ${oldest}: say how long they live, or leave out what came after.`,
    )
  }
  return null
}
