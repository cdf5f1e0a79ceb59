import type { Estimate } from '../estimate.ts'
import { type Untold, untold } from '../untold.ts'
import type { Breakage } from './breakage.ts'

/** What was thought of a cohort on a day, and on which figures: it is never changed, only followed by another. */
export interface EstimateRecord {
  readonly cohort: string
  /** Days since 1970-01-01; the figures are those of the end of that day. */
  readonly asOf: number
  readonly issued: number
  readonly burned: number
  readonly expectedBurn: Estimate
  /** Points by which it differs from the estimate before; null: it is the first of the cohort. */
  readonly change: number | null
}

/**
 * The trail with the estimates of another day at its end (FIN-3). The same day again with the same figures adds nothing; with
 * others, or a day before the last, it is refused: what was closed on an estimate stays closed on it.
 */
export function reviseEstimates(
  trail: readonly EstimateRecord[],
  { cohorts }: Breakage,
  asOf: number,
):
  | { readonly type: 'told'; readonly trail: readonly EstimateRecord[] }
  | Untold<'no-whole-day' | 'day-is-past' | 'day-is-taken'> {
  if (!Number.isSafeInteger(asOf)) return untold('no-whole-day', 'The day of the estimate is no whole number of days.')
  const last = trail.at(-1)
  if (last !== undefined && asOf < last.asOf) {
    return untold('day-is-past', 'A later estimate has been made already. Revise the estimate as of today instead.')
  }
  const records = cohorts.map(({ cohort, issued, burned, expectedBurn }): EstimateRecord => {
    const before = estimateAt(trail, cohort, asOf - 1)
    const change = before === null ? null : expectedBurn.value - before.expectedBurn.value
    return { cohort, asOf, issued, burned, expectedBurn, change }
  })
  if (last?.asOf !== asOf) return { type: 'told', trail: [...trail, ...records] }
  const known = trail.filter((record) => record.asOf === asOf)
  return JSON.stringify(known) === JSON.stringify(records)
    ? { type: 'told', trail }
    : untold('day-is-taken', 'There are other estimates as of that day already. Revise them as of the next day.')
}

/** The estimate that held for a cohort at the end of a day; null: there was none yet. */
export const estimateAt = (trail: readonly EstimateRecord[], cohort: string, day: number): EstimateRecord | null =>
  trail.findLast((record) => record.cohort === cohort && record.asOf <= day) ?? null
